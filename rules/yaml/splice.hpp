#pragma once
// Fills the holes of a pattern (`!input name` in a blueprint) with nodes of other documents: a new document,
// in which everything keeps the place where it stands.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"
#include "yaml/limits.hpp"
#include "yaml/node.hpp"

namespace gable::rules::yaml {

// What stands for the name; nothing when there is nothing.
using InputOf = std::function<std::optional<Node>(std::string_view name)>;

// The map of these entries, with every !input filled. Of equal keys the last one counts. Errors: malformed (a
// hole that nothing fills, at its place), too_large.
wire::Result<Document> splice(const std::vector<Entry>& entries, const InputOf& input,
                              const Limits& limits = {});

}  // namespace gable::rules::yaml

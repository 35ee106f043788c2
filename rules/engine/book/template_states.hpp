#pragma once
// The words of template entities: what rendered values mean as a state, and which attribute an option fills.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules {

// true, yes, on, enable, 1 … as Home Assistant reads a rendered boolean; nothing for None, unknown and what
// is none.
std::optional<bool> template_truth(const jinja::Value& value);

// What the options of an entity were rendered to: "state", "position", "attributes.x" …
using RenderedOptions = std::vector<std::pair<std::string, jinja::Value>>;

// The state of an entity of this domain, never empty. Where no option says it, it stays what it was last told
// to be (`before`, as it was shown last; empty: never), else it is unknown.
// `now`: as text, for the domains whose state is a time (event, image).
std::string state_of(std::string_view domain, const RenderedOptions& options, std::string_view before,
                     std::string_view now);

// Options and attributes: "level" of a light is brightness, "attributes.x" is x.
std::string attribute_name(std::string_view domain, std::string_view option);

}  // namespace gable::rules

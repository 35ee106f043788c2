#pragma once
// Single parts of a call's data.

#include <string>
#include <string_view>
#include <vector>

#include "template/json_values.hpp"

namespace gable::rules::simulation {

// The dict's value under the key; null when `data` is no dict or has no such key.
const jinja::Value* part(const jinja::Value& data, std::string_view key);
// As text; empty when it is not there.
std::string text_part(const jinja::Value& data, std::string_view key);
// One text or a list of them; "a, b" is two.
std::vector<std::string> texts_part(const jinja::Value& data, std::string_view key);

// {"entity_id": [id]}
jinja::Value target_of(const std::string& entity);

}  // namespace gable::rules::simulation

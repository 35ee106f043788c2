#pragma once
// Native results: the text of a rendered template as the value that rules go on with. "21.5" is a number,
// "[1, 2]" a list, "on" a text; what Home Assistant makes of it (ast.literal_eval, then numbers only in plain
// notation). Pure.

#include <string_view>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

Value native(std::string_view rendered);

}  // namespace gable::rules::jinja

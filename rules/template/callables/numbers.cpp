// Filters and functions of numbers.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

std::optional<Value> number_constant(std::string_view name);
std::optional<Value> number_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable number_filters() { return {}; }
CallableTable number_functions() { return {}; }
CallableTable number_methods() { return {}; }

}  // namespace gable::rules::jinja

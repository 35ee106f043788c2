// The house as templates see it: functions, filters and tests.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

std::optional<Value> house_constant(std::string_view name);
std::optional<Value> house_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable house_filters() { return {}; }
CallableTable house_functions() { return {}; }
CallableTable house_tests() { return {}; }

}  // namespace gable::rules::jinja

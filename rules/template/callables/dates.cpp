// Dates as templates know them: functions, filters and tests.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

std::optional<Value> time_constant(std::string_view name);
std::optional<Value> time_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable time_filters() { return {}; }
CallableTable time_functions() { return {}; }
CallableTable time_tests() { return {}; }
CallableTable datetime_methods() { return {}; }
CallableTable date_methods() { return {}; }
CallableTable time_methods() { return {}; }
CallableTable timedelta_methods() { return {}; }

}  // namespace gable::rules::jinja

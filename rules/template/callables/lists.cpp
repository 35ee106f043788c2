// Filters and functions of lists, as far as they fit here; see also lists_*.cpp.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

std::optional<Value> list_constant(std::string_view name);
std::optional<Value> list_constant(std::string_view /*name*/) { return std::nullopt; }

CallableTable list_filters() { return {}; }
CallableTable list_functions() { return {}; }

}  // namespace gable::rules::jinja

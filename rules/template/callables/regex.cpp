// Regular expressions with Python's syntax, on RE2.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable regex_filters() { return {}; }
CallableTable regex_functions() { return {}; }
CallableTable regex_tests() { return {}; }

}  // namespace gable::rules::jinja

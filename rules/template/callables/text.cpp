// Filters and functions of text.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable text_filters() { return {}; }
CallableTable text_functions() { return {}; }

}  // namespace gable::rules::jinja

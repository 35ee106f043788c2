// Jinja's tests and the plain ones of Home Assistant.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable core_tests() { return {}; }

}  // namespace gable::rules::jinja

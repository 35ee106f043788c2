// Methods of list, tuple, dict and set.

#include "template/callables/callable.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

Value forbidden_method(Evaluation& /*evaluation*/, const Bound& /*arguments*/) {
  throw_error(ErrorClass::security_error, "access to a method that changes its object is unsafe");
}

CallableTable list_methods() { return {}; }
CallableTable dict_methods() { return {}; }
CallableTable set_methods() { return {}; }

}  // namespace gable::rules::jinja

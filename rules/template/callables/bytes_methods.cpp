// Methods of bytes.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable bytes_methods() { return {}; }

}  // namespace gable::rules::jinja

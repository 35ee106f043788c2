// Methods of text.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable text_methods() { return {}; }

}  // namespace gable::rules::jinja

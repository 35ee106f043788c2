// JSON, bytes, hashes and what else turns data into other data.

#include "template/callables/callable.hpp"

namespace gable::rules::jinja {

CallableTable data_filters() { return {}; }
CallableTable data_functions() { return {}; }

}  // namespace gable::rules::jinja

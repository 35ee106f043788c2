// Bodies to link against while the real ones are written.

#include "template/value/format.hpp"

namespace gable::rules::jinja {
std::string percent_format(Evaluation&, std::string_view, const Value&) { return {}; }
std::string format_value(Evaluation&, const Value&, std::string_view) { return {}; }
std::string format_text(Evaluation&, std::string_view, const Arguments&) { return {}; }
std::string format_map(Evaluation&, std::string_view, const Value&) { return {}; }
}  // namespace gable::rules::jinja

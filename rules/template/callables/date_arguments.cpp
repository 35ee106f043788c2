// Arguments of the functions and methods of dates.

#include "template/callables/date_arguments.hpp"

#include <string>

#include "template/time/strptime.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

std::int64_t integer_argument(const Value& value) {
  std::int64_t integer = 0;
  if (small_integer(value, integer)) return integer;
  if (value.is(Value::Kind::big_integer)) {
    throw_error(ErrorClass::overflow_error, "Python int too large to convert to C int");
  }
  throw_type_error("'" + std::string(type_name(value)) + "' object cannot be interpreted as an integer");
}

std::string_view text_argument(const Value& value, std::string_view function) {
  if (const std::string* text = value.as_text()) return *text;
  throw_type_error(std::string(function) + "() argument must be str, not " + std::string(type_name(value)));
}

double seconds_argument(const Value& value) {
  if (const double* real = value.as_real()) return *real;
  if (value.is(Value::Kind::big_integer)) {
    throw_error(ErrorClass::overflow_error, "timestamp out of range for platform time_t");
  }
  return static_cast<double>(integer_argument(value));
}

void throw_no_default(std::string_view function, const Value& value) {
  throw_value_error("'" + std::string(function) + "' got invalid input '" + str(value) +
                    "' and no default was given");
}

Value parse_by_format(Evaluation& evaluation, std::string_view text, std::string_view format) {
  StrptimeInput input{text, format, {}};
  const Clock& clock = evaluation.clock();
  if (clock.zone != nullptr) {
    input.zone_names.push_back(clock.zone->abbreviation(clock.now));
    input.zone_names.push_back(clock.zone->abbreviation(clock.now + std::chrono::hours(24 * 182)));
  }
  const ParsedMoment moment = strptime(evaluation.budget(), input);
  return make_datetime(moment.wall, moment.zone);
}

}  // namespace gable::rules::jinja

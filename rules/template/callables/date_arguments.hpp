#pragma once
// What the functions and methods of dates ask of their arguments. Pure.

#include <cstdint>
#include <string_view>

#include "template/callables/callable.hpp"
#include "template/time/datetime.hpp"
#include "template/time/zone.hpp"

namespace gable::rules::jinja {

// TypeError, worded as Python's, for another type.
[[nodiscard]] std::int64_t integer_argument(const Value& value);
[[nodiscard]] std::string_view text_argument(const Value& value, std::string_view function);
// An int or float (no text) as seconds.
[[nodiscard]] double seconds_argument(const Value& value);

// ValueError: there is no such value and no default was given.
[[noreturn]] void throw_no_default(std::string_view function, const Value& value);

// datetime.strptime(text, format), with what the house's clocks are called for %Z.
[[nodiscard]] Value parse_by_format(Evaluation& evaluation, std::string_view text, std::string_view format);

}  // namespace gable::rules::jinja

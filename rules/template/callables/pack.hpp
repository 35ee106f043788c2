#pragma once
// Python's struct module for one value: numbers and octets in the layouts of devices' registers. Pure.

#include <cstdint>
#include <optional>
#include <string_view>

#include "template/evaluate/evaluation.hpp"

namespace gable::rules::jinja {

// struct.pack(format, value) as bytes; nothing for what Python calls a struct.error: a bad format, a value of
// another type or outside the range, or a format for more than one value. OverflowError for a number that is
// too large for "f" or "e".
std::optional<Value> pack(Evaluation& evaluation, std::string_view format, const Value& value);
// Whether `format` is one: Python looks at it before it looks at the octets.
bool is_pack_format(std::string_view format);
// The first of struct.unpack_from(format, octets, offset); nothing for a struct.error. IndexError for a
// format without values.
std::optional<Value> unpack(Evaluation& evaluation, std::string_view format, std::string_view octets,
                            std::int64_t offset);

}  // namespace gable::rules::jinja

#include "wire/coercion.hpp"
// Pure; any thread.

#include <cmath>

#include "wire/json.hpp"

namespace gable::wire {

namespace {

// As Home Assistant's schemas have it, a light's numbers are brought into their range, others refused.
Value numeric(const FieldSpec& param, const Value& value, bool clamp) {
  Value number = value;
  if (const auto* text = value.as_string()) {
    const bool relative = text->starts_with('+') || text->ends_with('%');
    if (relative || !parse_scalar(*text, number) || !number.is_number()) return value;
  }
  if (!number.is_number()) return value;
  double of = number.number_or(0);
  if (clamp && of < param.min) of = param.min;
  if (clamp && of > param.max) of = param.max;
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  if (param.type == ValueType::integer && std::fabs(of) < kLargestExact)
    return static_cast<std::int64_t>(std::trunc(of));
  return of == number.number_or(0) ? number : Value(of);
}

// What Python's str() gives.
std::string text_of(const Value& value) {
  if (const auto* text = value.as_string()) return *text;
  if (const auto* truth = value.as_bool()) return *truth ? "True" : "False";
  return value.is_number() ? plain_text(value) : std::string();
}

Value truth(const Value& value) {
  if (value.is_number()) return value.number_or(0) != 0;
  const std::string text = text_of(value);
  for (const char* word : {"true", "True", "on", "yes", "1"}) {
    if (text == word) return true;
  }
  for (const char* word : {"false", "False", "off", "no", "0"}) {
    if (text == word) return false;
  }
  return value;
}

// What a template or a quoted number of YAML gives, in the type that the parameter has.
Value coerced(const FieldSpec& param, const Value& value, bool clamp) {
  switch (param.type) {
    case ValueType::integer:
    case ValueType::number:
    case ValueType::duration:  // "600" is seconds
      return numeric(param, value, clamp);
    case ValueType::string:
      if (value.is_number() || value.as_bool() != nullptr) return text_of(value);
      return value;
    case ValueType::boolean:
      return value.as_bool() == nullptr ? truth(value) : value;
    case ValueType::list:
      if (param.item_type == ValueType::string && value.as_string() != nullptr) return List{value};
      return value;
    default:
      return value;
  }
}

}  // namespace

Object coerced(const DomainSpec& domain, const ServiceSpec& service, const Object& data) {
  Object out;
  for (const auto& [key, value] : data) {
    const FieldSpec* param = find_param(service, key);
    out.append(key, param == nullptr ? value : coerced(*param, value, domain.name == "light"));
  }
  return out;
}

}  // namespace gable::wire

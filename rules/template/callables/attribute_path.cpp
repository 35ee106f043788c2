#include "template/callables/attribute_path.hpp"

#include <algorithm>
#include <string_view>

#include "template/value/big_integer.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

Value part_value(std::string_view part) {
  const bool digits = !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  if (digits) {
    if (std::optional<Value> number = integer_from_digits(part, 10)) return *std::move(number);
  }
  return part;
}

}  // namespace

AttributePath::AttributePath(const Value& attribute) {
  if (attribute.is_none()) return;
  const std::string* text = attribute.as_text();
  if (text == nullptr) {
    parts_.push_back(attribute);
    return;
  }
  std::string_view rest = *text;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    parts_.push_back(part_value(rest.substr(0, dot)));
    rest.remove_prefix(dot + 1);
  }
  parts_.push_back(part_value(rest));
}

Value AttributePath::look_up(Evaluation& evaluation, Value value) const {
  for (const Value& part : parts_) {
    value = item(evaluation, value, part);
    if (value.is_undefined() && !fallback_.is_none()) value = fallback_;
  }
  return value;
}

Value without_case(Value value) {
  if (const std::string* text = value.as_text()) return unicode::lower(*text);
  return value;
}

}  // namespace gable::rules::jinja

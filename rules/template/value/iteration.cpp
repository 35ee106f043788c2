// Truth, length and going through a value.

#include <cstdint>
#include <string>
#include <utility>

#include "template/evaluate/evaluation.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// Of plain data. Keeps what it goes through.
class PlainIterator final : public Iterator {
 public:
  explicit PlainIterator(Value source) : source_(std::move(source)) {}

  std::optional<Value> next(Evaluation& /*evaluation*/) override {
    switch (source_.kind()) {
      case Kind::text:
        return next_character(*source_.as_text());
      case Kind::bytes:
        return next_octet(*source_.as_bytes());
      case Kind::dict:
        return next_key(*source_.as_dict());
      case Kind::set:
        return next_item(source_.as_set()->items());
      default:
        break;
    }
    const Values* items = source_.as_sequence();
    return items != nullptr ? next_item(*items) : std::nullopt;
  }

 private:
  std::optional<Value> next_item(const Values& items) {
    if (at_ >= items.size()) return std::nullopt;
    return items[at_++];
  }
  std::optional<Value> next_key(const Dict& dict) {
    if (at_ >= dict.size()) return std::nullopt;
    return dict.entries()[at_++].key;
  }
  std::optional<Value> next_octet(const std::string& octets) {
    if (at_ >= octets.size()) return std::nullopt;
    return Value(int{static_cast<unsigned char>(octets[at_++])});
  }
  std::optional<Value> next_character(std::string_view text) {
    if (at_ >= text.size()) return std::nullopt;
    const std::size_t begin = std::exchange(at_, unicode::end_of(text, at_));
    return Value(text.substr(begin, at_ - begin));
  }

  Value source_;
  std::size_t at_ = 0;
};

[[noreturn]] void refuse(const Value& value) {
  throw_type_error("'" + std::string(type_name(value)) + "' object is not iterable");
}

Values items_of_object(Evaluation& evaluation, const Value& value) {
  const IteratorPtr iterator = value.as_object()->iterate(evaluation);
  if (iterator == nullptr) refuse(value);
  Values result;
  while (std::optional<Value> next = iterator->next(evaluation)) {
    evaluation.budget().work(1);
    result.push_back(*std::move(next));
  }
  return result;
}

}  // namespace

bool truth(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::none:
      return false;
    case Kind::boolean:
      return *value.as_bool();
    case Kind::integer:
      return *value.as_int() != 0;
    case Kind::big_integer:
      return true;  // zero fits 64 bits
    case Kind::real:
      return *value.as_real() != 0;
    case Kind::text:
      return !value.as_text()->empty();
    case Kind::bytes:
      return !value.as_bytes()->empty();
    case Kind::list:
    case Kind::tuple:
      return !value.as_sequence()->empty();
    case Kind::dict:
      return value.as_dict()->size() != 0;
    case Kind::set:
      return value.as_set()->size() != 0;
    case Kind::object:
      return value.as_object()->truth();
  }
  return true;
}

std::optional<std::size_t> length(const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
      return 0;
    case Kind::text:
      return unicode::count(*value.as_text());
    case Kind::bytes:
      return value.as_bytes()->size();
    case Kind::list:
    case Kind::tuple:
      return value.as_sequence()->size();
    case Kind::dict:
      return value.as_dict()->size();
    case Kind::set:
      return value.as_set()->size();
    case Kind::object:
      return value.as_object()->length();
    default:
      return std::nullopt;
  }
}

IteratorPtr iterate(Evaluation& evaluation, const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::text:
    case Kind::bytes:
    case Kind::list:
    case Kind::tuple:
    case Kind::dict:
    case Kind::set:
      return std::make_shared<PlainIterator>(value);
    case Kind::object:
      if (IteratorPtr iterator = value.as_object()->iterate(evaluation)) return iterator;
      break;
    default:
      break;
  }
  refuse(value);
}

Values items(Evaluation& evaluation, const Value& value) {
  if (const Values* sequence = value.as_sequence()) {
    evaluation.budget().work(sequence->size());
    return *sequence;
  }
  if (value.is(Kind::object)) return items_of_object(evaluation, value);
  const std::optional<std::size_t> size = length(value);
  if (!size) refuse(value);
  evaluation.budget().work(*size);
  Values result;
  result.reserve(*size);
  PlainIterator iterator(value);
  while (std::optional<Value> next = iterator.next(evaluation)) result.push_back(*std::move(next));
  return result;
}

void require_defined(const Value& value) {
  const Undefined* undefined = value.as_undefined();
  if (undefined == nullptr) return;
  throw_error(undefined->unsafe ? ErrorClass::security_error : ErrorClass::undefined_error,
              undefined->message != nullptr ? *undefined->message : std::string("value is undefined"));
}

}  // namespace gable::rules::jinja

// Access to what a Value holds.

#include "template/value/value.hpp"

#include <algorithm>

#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/object.hpp"

template class std::vector<gable::rules::jinja::Value>;

namespace gable::rules::jinja {

Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

namespace {

std::uint16_t depth_above(const Values& items) {
  std::uint16_t deepest = 0;
  for (const Value& item : items) deepest = std::max(deepest, item.depth());
  if (deepest >= Value::kMaxDepth) throw_error(ErrorClass::recursion_error, "nested too deeply");
  return static_cast<std::uint16_t>(deepest + 1);
}

}  // namespace

Value Value::list(Values items) {
  const std::uint16_t depth = depth_above(items);
  return List{std::make_shared<const Values>(std::move(items)), depth};
}

Value Value::tuple(Values items) {
  const std::uint16_t depth = depth_above(items);
  return Tuple{std::make_shared<const Values>(std::move(items)), depth};
}

Value Value::undefined(std::string message) {
  if (message.empty()) return Undefined{};
  return Undefined{std::make_shared<const std::string>(std::move(message))};
}

const std::string* Value::as_bytes() const {
  const auto* bytes = std::get_if<Bytes>(&content_);
  return bytes != nullptr ? &bytes->octets : nullptr;
}

const Values* Value::as_list() const {
  const auto* list = std::get_if<List>(&content_);
  return list != nullptr ? list->items.get() : nullptr;
}

const Values* Value::as_tuple() const {
  const auto* tuple = std::get_if<Tuple>(&content_);
  return tuple != nullptr ? tuple->items.get() : nullptr;
}

const Values* Value::as_sequence() const {
  const Values* list = as_list();
  return list != nullptr ? list : as_tuple();
}

const BigInteger* Value::as_big() const {
  const auto* big = std::get_if<BigIntegerPtr>(&content_);
  return big != nullptr ? big->get() : nullptr;
}

const Dict* Value::as_dict() const {
  const auto* dict = std::get_if<DictPtr>(&content_);
  return dict != nullptr ? dict->get() : nullptr;
}

const Set* Value::as_set() const {
  const auto* set = std::get_if<SetPtr>(&content_);
  return set != nullptr ? set->get() : nullptr;
}

Object* Value::as_object() const {
  const auto* object = std::get_if<ObjectPtr>(&content_);
  return object != nullptr ? object->get() : nullptr;
}

std::uint16_t Value::depth() const {
  switch (kind()) {
    case Kind::list:
      return std::get<List>(content_).depth;
    case Kind::tuple:
      return std::get<Tuple>(content_).depth;
    case Kind::dict:
      return as_dict()->depth();
    case Kind::set:
      return as_set()->depth();
    default:
      return 0;
  }
}

bool small_integer(const Value& value, std::int64_t& out) {
  if (const std::int64_t* number = value.as_int()) {
    out = *number;
    return true;
  }
  if (const bool* truth = value.as_bool()) {
    out = *truth ? 1 : 0;
    return true;
  }
  return false;
}

}  // namespace gable::rules::jinja

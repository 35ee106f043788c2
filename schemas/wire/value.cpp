// Value and Object: the ordered JSON value of the tree. Pure; values belong to whoever holds them.
#include "wire/value.hpp"

#include <algorithm>
#include <cmath>

#include "wire/json.hpp"

template class std::vector<gable::wire::Value>;
template class std::vector<gable::wire::Member>;

namespace gable::wire {

Value::Value() = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Object::Object() = default;
Object::Object(const Object& other) = default;
Object::Object(Object&& other) noexcept = default;
Object& Object::operator=(const Object& other) = default;
Object& Object::operator=(Object&& other) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) {
  members_.reserve(members.size());
  for (const Member& member : members) set(member.key, member.value);
}

const Value* Object::find(std::string_view key) const {
  for (const Member& member : members_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value* Object::find(std::string_view key) {
  for (Member& member : members_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Value& Object::set(std::string key, Value value) {
  if (Value* present = find(key)) {
    *present = std::move(value);
    return *present;
  }
  return append(std::move(key), std::move(value));
}

Value& Object::append(std::string key, Value value) {
  // Hardly any object has fewer keys; growing 1, 2, 4 would move them twice.
  constexpr std::size_t kFirst = 4;
  if (members_.capacity() == 0) members_.reserve(kFirst);
  return members_.emplace_back(Member{std::move(key), std::move(value)}).value;
}

bool Object::erase(std::string_view key) {
  const auto it =
      std::find_if(members_.begin(), members_.end(), [key](const Member& m) { return m.key == key; });
  if (it == members_.end()) return false;
  members_.erase(it);
  return true;
}

namespace {

using SortedMembers = std::vector<const Member*>;

SortedMembers sorted(const Object& object) {
  SortedMembers members;
  members.reserve(object.size());
  for (const Member& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->key < b->key; });
  return members;
}

// An int64 beyond 2^53 must not equal a double merely because converting it rounds.
bool equal_numbers(std::int64_t i, double d) {
  // 2^63 as a double; the comparison keeps the conversion below defined.
  constexpr double kEnd = 9223372036854775808.0;
  return d >= -kEnd && d < kEnd && std::trunc(d) == d && static_cast<std::int64_t>(d) == i;
}

}  // namespace

bool operator==(const Object& a, const Object& b) {
  if (a.size() != b.size()) return false;
  // Documents that came from the same writer have their keys in the same order.
  const auto equal = [](const Member& x, const Member& y) { return x.key == y.key && x.value == y.value; };
  constexpr std::size_t kSmall = 32;  // above it, sort: announcements may hold thousands of keys
  if (a.size() > kSmall) {
    const SortedMembers left = sorted(a);
    const SortedMembers right = sorted(b);
    return std::equal(left.begin(), left.end(), right.begin(),
                      [&](const Member* x, const Member* y) { return equal(*x, *y); });
  }
  auto other = b.begin();
  for (const Member& member : a) {
    if (member.key == other->key) {
      if (!(member.value == other->value)) return false;
    } else {
      const Value* value = b.find(member.key);
      if (value == nullptr || !(*value == member.value)) return false;
    }
    ++other;
  }
  return true;
}

bool operator==(const Value& a, const Value& b) {
  if (a.as_int() != nullptr && b.as_double() != nullptr) return equal_numbers(*a.as_int(), *b.as_double());
  if (a.as_double() != nullptr && b.as_int() != nullptr) return equal_numbers(*b.as_int(), *a.as_double());
  return a.content_ == b.content_;
}

double Value::number_or(double fallback) const {
  if (const double* d = as_double()) return *d;
  if (const std::int64_t* i = as_int()) return static_cast<double>(*i);
  return fallback;
}

std::string_view Value::string_or(std::string_view fallback) const {
  const std::string* s = as_string();
  return s != nullptr ? std::string_view(*s) : fallback;
}

bool Value::bool_or(bool fallback) const {
  const bool* b = as_bool();
  return b != nullptr ? *b : fallback;
}

std::string_view Value::type_name() const {
  constexpr std::string_view kNames[] = {"null", "boolean", "integer", "number", "string", "list", "object"};
  static_assert(std::size(kNames) == std::variant_size_v<decltype(content_)>);
  return kNames[content_.index()];
}

std::string plain_text(const Value& value) {
  if (const std::string* s = value.as_string()) return *s;
  if (const bool* b = value.as_bool()) return *b ? "on" : "off";
  if (value.is_null()) return "unknown";
  if (const double* d = value.as_double()) return number_text(*d);
  return to_json(value);
}

}  // namespace gable::wire

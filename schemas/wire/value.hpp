#pragma once
// Value: what a JSON document, an attribute or a command parameter holds. A plain value type: copying copies.
// Objects keep the order in which keys came (people read them; templates print them like Python).

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gable::wire {

class Value;
struct Member;

using List = std::vector<Value>;

// A small ordered map. Look-up is linear: documents of the tree have a dozen keys.
class Object {
 public:
  using Iterator = std::vector<Member>::iterator;
  using ConstIterator = std::vector<Member>::const_iterator;

  Object();
  Object(std::initializer_list<Member> members);
  Object(const Object& other);
  Object(Object&& other) noexcept;
  Object& operator=(const Object& other);
  Object& operator=(Object&& other) noexcept;
  ~Object();

  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  // Replaces the value of `key` in place, or appends it. Returns the stored value.
  Value& set(std::string key, Value value);
  // Appends without looking for an equal key; for readers that have checked.
  Value& append(std::string key, Value value);
  bool erase(std::string_view key);
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != nullptr; }

  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] ConstIterator begin() const;
  [[nodiscard]] ConstIterator end() const;
  [[nodiscard]] Iterator begin();
  [[nodiscard]] Iterator end();

  // Equal keys with equal values, in any order, as JSON has it.
  friend bool operator==(const Object& a, const Object& b);

 private:
  std::vector<Member> members_;
};

class Value {
 public:
  Value();  // null
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  Value(std::nullptr_t) : Value() {}                        // NOLINT: literals read as JSON does
  Value(bool b) : content_(b) {}                            // NOLINT
  Value(int i) : content_(static_cast<std::int64_t>(i)) {}  // NOLINT
  Value(std::int64_t i) : content_(i) {}                    // NOLINT
  Value(double d) : content_(d) {}                          // NOLINT
  Value(std::string s) : content_(std::move(s)) {}          // NOLINT
  Value(std::string_view s) : content_(std::string(s)) {}   // NOLINT
  Value(const char* s) : content_(std::string(s)) {}        // NOLINT
  Value(List list) : content_(std::move(list)) {}           // NOLINT
  Value(Object object) : content_(std::move(object)) {}     // NOLINT

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  [[nodiscard]] bool is_number() const { return as_int() != nullptr || as_double() != nullptr; }

  // Borrowed pointers to the content, null when the value is of another type.
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&content_); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&content_); }
  [[nodiscard]] const double* as_double() const { return std::get_if<double>(&content_); }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&content_); }
  [[nodiscard]] const List* as_list() const { return std::get_if<List>(&content_); }
  [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&content_); }
  [[nodiscard]] List* as_list() { return std::get_if<List>(&content_); }
  [[nodiscard]] Object* as_object() { return std::get_if<Object>(&content_); }

  // The number as double; `fallback` when it is none.
  [[nodiscard]] double number_or(double fallback) const;
  // The string; `fallback` (borrowed) when it is none.
  [[nodiscard]] std::string_view string_or(std::string_view fallback) const;
  [[nodiscard]] bool bool_or(bool fallback) const;

  // "null", "boolean", "integer", "number", "string", "list", "object": for messages to people.
  [[nodiscard]] std::string_view type_name() const;

  // 1 equals 1.0; true does not equal 1.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> content_;
};

struct Member {
  std::string key;
  Value value;
};

}  // namespace gable::wire

// Compiled once, in value.cpp, and not in every unit that holds a value: a tenth of the time of a build.
extern template class std::vector<gable::wire::Value>;
extern template class std::vector<gable::wire::Member>;

namespace gable::wire {

// Here, since a vector's functions need its complete element.
inline bool Object::empty() const { return members_.empty(); }
inline std::size_t Object::size() const { return members_.size(); }
inline Object::ConstIterator Object::begin() const { return members_.begin(); }
inline Object::ConstIterator Object::end() const { return members_.end(); }
inline Object::Iterator Object::begin() { return members_.begin(); }
inline Object::Iterator Object::end() { return members_.end(); }

// Shortest text that reads back as the same number, laid out as Python prints a float: 21.5, 21.0, 1e+16.
// Not for NaN or infinity (JSON has none); those give "null".
std::string number_text(double number);

// The text of a scalar as the state machine and rules see it: strings as they are, numbers as Python prints
// them, booleans "on" and "off", null "unknown". Lists and objects give their JSON.
std::string plain_text(const Value& value);

}  // namespace gable::wire

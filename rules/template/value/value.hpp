#pragma once
// Value: what an expression of a template yields, with Python's types and Python's meaning. Lists, tuples,
// dicts and sets cannot be changed once made (Home Assistant's sandbox forbids it), so copies share their
// content. Everything that is not plain data (dates, iterators, functions, states) is an Object. Pure; one
// evaluation, one thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gable::rules::jinja {

class Value;
class BigInteger;  // beyond 64 bits: value/big_integer.hpp
class Dict;        // value/dict.hpp
class Set;         // value/dict.hpp
class Object;      // value/object.hpp

using Values = std::vector<Value>;

struct None {
  friend bool operator==(None, None) { return true; }
};

// Jinja's Undefined: prints as nothing, is false, iterates as empty; all else on it is an UndefinedError with
// `message`.
struct Undefined {
  // Shared by all copies of the value; may be null ("value is undefined").
  std::shared_ptr<const std::string> message;
  // In place of a method that would change its object: using it is a SecurityError.
  bool unsafe = false;
};

struct Bytes {
  std::string octets;
};

// Python's list and tuple differ in how they print, compare and hash; both are never null. Made by
// Value::list() and Value::tuple(), which know the depth.
struct List {
  std::shared_ptr<const Values> items;
  std::uint16_t depth = 1;  // levels of containers, itself included
};
struct Tuple {
  std::shared_ptr<const Values> items;
  std::uint16_t depth = 1;
};

using BigIntegerPtr = std::shared_ptr<const BigInteger>;
using DictPtr = std::shared_ptr<const Dict>;
using SetPtr = std::shared_ptr<const Set>;
using ObjectPtr = std::shared_ptr<Object>;

class Value {
 public:
  // In the order of the variant's alternatives.
  enum class Kind : std::uint8_t {
    undefined,
    none,
    boolean,
    integer,
    big_integer,
    real,
    text,
    bytes,
    list,
    tuple,
    dict,
    set,
    object
  };

  Value() : content_(None{}) {}
  // These, as the vector below, are compiled once and not in every unit: they are a tenth of the time of a
  // build.
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  Value(None) : content_(None{}) {}                         // NOLINT: literals read as in Python
  Value(bool b) : content_(b) {}                            // NOLINT
  Value(int i) : content_(static_cast<std::int64_t>(i)) {}  // NOLINT
  Value(std::int64_t i) : content_(i) {}                    // NOLINT
  Value(double d) : content_(d) {}                          // NOLINT
  Value(std::string s) : content_(std::move(s)) {}          // NOLINT
  Value(std::string_view s) : content_(std::string(s)) {}   // NOLINT
  Value(const char* s) : content_(std::string(s)) {}        // NOLINT
  Value(Undefined u) : content_(std::move(u)) {}            // NOLINT
  Value(Bytes b) : content_(std::move(b)) {}                // NOLINT
  Value(List l) : content_(std::move(l)) {}                 // NOLINT
  Value(Tuple t) : content_(std::move(t)) {}                // NOLINT
  Value(BigIntegerPtr b) : content_(std::move(b)) {}        // NOLINT
  Value(DictPtr d) : content_(std::move(d)) {}              // NOLINT
  Value(SetPtr s) : content_(std::move(s)) {}               // NOLINT
  Value(ObjectPtr o) : content_(std::move(o)) {}            // NOLINT

  // Containers nest at most so deep, else RecursionError: what goes through a value may then call itself.
  static constexpr std::uint16_t kMaxDepth = 200;
  static Value list(Values items);
  static Value tuple(Values items);
  static Value undefined(std::string message = {});
  // From a container size or index. Sizes here are far below 2^63.
  static Value size(std::size_t n) { return static_cast<std::int64_t>(n); }

  [[nodiscard]] Kind kind() const { return static_cast<Kind>(content_.index()); }
  [[nodiscard]] bool is(Kind kind) const { return this->kind() == kind; }
  [[nodiscard]] bool is_undefined() const { return is(Kind::undefined); }
  [[nodiscard]] bool is_none() const { return is(Kind::none); }
  // bool, int of any size or float: what Python's arithmetic takes.
  [[nodiscard]] bool is_number() const { return kind() >= Kind::boolean && kind() <= Kind::real; }

  // Borrowed pointers to the content, null when the value is of another kind.
  [[nodiscard]] const Undefined* as_undefined() const { return std::get_if<Undefined>(&content_); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&content_); }
  [[nodiscard]] const std::int64_t* as_int() const { return std::get_if<std::int64_t>(&content_); }
  [[nodiscard]] const double* as_real() const { return std::get_if<double>(&content_); }
  [[nodiscard]] const std::string* as_text() const { return std::get_if<std::string>(&content_); }
  [[nodiscard]] const std::string* as_bytes() const;
  [[nodiscard]] const Values* as_list() const;
  [[nodiscard]] const Values* as_tuple() const;
  // The items of a list or of a tuple.
  [[nodiscard]] const Values* as_sequence() const;
  [[nodiscard]] const BigInteger* as_big() const;
  [[nodiscard]] const Dict* as_dict() const;
  [[nodiscard]] const Set* as_set() const;
  [[nodiscard]] Object* as_object() const;
  // The object as T (a class derived from Object), or null.
  template <typename T>
  [[nodiscard]] T* as() const {
    return dynamic_cast<T*>(as_object());
  }
  [[nodiscard]] const ObjectPtr& object() const { return std::get<ObjectPtr>(content_); }
  // Levels of containers; 0 for all that is none.
  [[nodiscard]] std::uint16_t depth() const;

 private:
  std::variant<Undefined, None, bool, std::int64_t, BigIntegerPtr, double, std::string, Bytes, List, Tuple,
               DictPtr, SetPtr, ObjectPtr>
      content_;
};

}  // namespace gable::rules::jinja

extern template class std::vector<gable::rules::jinja::Value>;

namespace gable::rules::jinja {

// bool → 0/1 and int64 as int64: an index or small integer as Python's __index__ sees it. False for anything
// else.
bool small_integer(const Value& value, std::int64_t& out);

}  // namespace gable::rules::jinja

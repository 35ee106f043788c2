// ==, <, in and hash(), by Python's rules.

#include <cmath>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "template/evaluate/evaluation.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// Containers may share their content, so that going through them is exponential in their size: no more than
// so many values in one comparison.
constexpr std::size_t kMostVisited = 200'000;

[[nodiscard]] std::partial_ordering ordering(int sign) {
  if (sign == 0) return std::partial_ordering::equivalent;
  return sign < 0 ? std::partial_ordering::less : std::partial_ordering::greater;
}

std::partial_ordering order_with_real(const Value& integer, double real) {
  std::int64_t small = 0;
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (small_integer(integer, small) && small >= -kExact && small <= kExact) {
    return static_cast<double>(small) <=> real;
  }
  if (std::isnan(real)) return std::partial_ordering::unordered;
  return ordering(compare_integer_with_real(integer, real));
}

std::partial_ordering order_numbers(const Value& a, const Value& b) {
  const double* x = a.as_real();
  const double* y = b.as_real();
  if (x != nullptr && y != nullptr) return *x <=> *y;
  if (x != nullptr) return 0 <=> order_with_real(b, *x);
  if (y != nullptr) return order_with_real(a, *y);
  std::int64_t i = 0;
  std::int64_t j = 0;
  if (small_integer(a, i) && small_integer(b, j)) return i <=> j;
  return ordering(compare_integers(a, b));
}

bool holds(Operator op, std::partial_ordering order) {
  switch (op) {
    case Operator::less:
      return order < 0;
    case Operator::less_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

// One comparison, with what it has cost so far.
class Comparison {
 public:
  [[nodiscard]] std::size_t visited() const { return visited_; }

  bool equal(const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) return order_numbers(a, b) == 0;
    if (a.is(Kind::object)) return a.as_object()->equals(b);
    if (b.is(Kind::object)) return b.as_object()->equals(a);
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
      case Kind::text:
        return *a.as_text() == *b.as_text();
      case Kind::bytes:
        return *a.as_bytes() == *b.as_bytes();
      case Kind::list:
      case Kind::tuple:
        return equal_sequences(*a.as_sequence(), *b.as_sequence());
      case Kind::dict:
        return equal_dicts(*a.as_dict(), *b.as_dict());
      case Kind::set:
        return a.as_set()->size() == b.as_set()->size() && within(*a.as_set(), *b.as_set());
      default:
        return true;  // None and None, undefined and undefined
    }
  }

  // One of the four orderings.
  bool ordered(Operator op, const Value& a, const Value& b) {
    if (a.is_number() && b.is_number()) return holds(op, order_numbers(a, b));
    require_defined(a);
    require_defined(b);
    if (a.is(Kind::object) || b.is(Kind::object)) return ordered_objects(op, a, b);
    if (a.kind() != b.kind()) refuse(op, a, b);
    switch (a.kind()) {
      // UTF-8 has the order of the code points.
      case Kind::text:
        return holds(op, ordering(a.as_text()->compare(*b.as_text())));
      case Kind::bytes:
        return holds(op, ordering(a.as_bytes()->compare(*b.as_bytes())));
      case Kind::list:
      case Kind::tuple:
        return ordered_sequences(op, *a.as_sequence(), *b.as_sequence());
      case Kind::set:
        return ordered_sets(op, *a.as_set(), *b.as_set());
      default:
        refuse(op, a, b);
    }
  }

 private:
  void visit(std::size_t count) {
    visited_ += count;
    if (visited_ > kMostVisited) throw_error(ErrorClass::budget_exceeded, "too much to compare");
  }

  [[noreturn]] static void refuse(Operator op, const Value& a, const Value& b) {
    throw_type_error("'" + std::string(operator_text(op)) + "' not supported between instances of '" +
                     std::string(type_name(a)) + "' and '" + std::string(type_name(b)) + "'");
  }

  bool equal_sequences(const Values& a, const Values& b) {
    if (a.size() != b.size()) return false;
    if (&a == &b) return true;
    return first_difference(a, b) == a.size();
  }

  std::size_t first_difference(const Values& a, const Values& b) {
    const std::size_t size = std::min(a.size(), b.size());
    std::size_t i = 0;
    while (i < size && equal(a[i], b[i])) ++i;
    visit(i + 1);
    return i;
  }

  bool equal_dicts(const Dict& a, const Dict& b) {
    if (a.size() != b.size()) return false;
    if (&a == &b) return true;
    visit(a.size() + 1);
    for (const Dict::Entry& entry : a.entries()) {
      const Value* other = b.find(entry.key);
      if (other == nullptr || !equal(entry.value, *other)) return false;
    }
    return true;
  }

  bool within(const Set& small, const Set& large) {
    visit(small.size() + 1);
    for (const Value& item : small.items()) {
      if (!large.contains(item)) return false;
    }
    return true;
  }

  bool ordered_sequences(Operator op, const Values& a, const Values& b) {
    const std::size_t at = first_difference(a, b);
    if (at < a.size() && at < b.size()) return ordered(op, a[at], b[at]);
    return holds(op, a.size() <=> b.size());
  }

  // Subset and superset: a partial order.
  bool ordered_sets(Operator op, const Set& a, const Set& b) {
    if (op == Operator::greater || op == Operator::greater_equal) {
      return ordered_sets(op == Operator::greater ? Operator::less : Operator::less_equal, b, a);
    }
    if (op == Operator::less && a.size() >= b.size()) return false;
    return a.size() <= b.size() && within(a, b);
  }

  bool ordered_objects(Operator op, const Value& a, const Value& b) {
    const bool swapped = op == Operator::greater || op == Operator::greater_equal;
    const Value& left = swapped ? b : a;
    const Value& right = swapped ? a : b;
    if (left.is(Kind::object)) {
      const std::optional<bool> less = left.as_object()->less(right);
      if (less) {
        if (op == Operator::less || op == Operator::greater || *less) return *less;
        // Not "less or equal": equal times of the hour that comes twice are not equal to Python.
        const std::optional<bool> more =
            right.is(Kind::object) ? right.as_object()->less(left) : std::nullopt;
        return more ? !*more : equal(left, right);
      }
    }
    if (right.is(Kind::object)) {
      const std::optional<bool> more = right.as_object()->more(left);
      const bool strict = op == Operator::less || op == Operator::greater;
      if (more) return *more || (!strict && equal(right, left));
    }
    refuse(op, a, b);
  }

  std::size_t visited_ = 0;
};

std::size_t mix(std::size_t seed, std::size_t hash) {
  return seed ^ (hash + 0x9E3779B97F4A7C15U + (seed << 6U) + (seed >> 2U));
}

// Equal to the hash of the integer of the same value.
std::size_t real_hash(double number) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (number >= -kTwoTo63 && number < kTwoTo63 && std::trunc(number) == number) {
    return std::hash<std::int64_t>{}(static_cast<std::int64_t>(number));
  }
  return std::hash<double>{}(number);
}

std::size_t hash_of(const Value& value, std::size_t& visited) {
  switch (value.kind()) {
    case Kind::undefined:
      return 1;
    case Kind::none:
      return 2;
    case Kind::boolean:
      return std::hash<std::int64_t>{}(*value.as_bool() ? 1 : 0);
    case Kind::integer:
      return std::hash<std::int64_t>{}(*value.as_int());
    case Kind::big_integer:
      return value.as_big()->hash();
    case Kind::real:
      return real_hash(*value.as_real());
    case Kind::text:
      return text_hash(*value.as_text());
    case Kind::bytes:
      return mix(3, text_hash(*value.as_bytes()));
    case Kind::object:
      return value.as_object()->hash();
    case Kind::tuple:
      break;
    default:
      throw_type_error("unhashable type: '" + std::string(type_name(value)) + "'");
  }
  std::size_t result = 4;
  for (const Value& item : *value.as_tuple()) {
    if (++visited > kMostVisited) throw_error(ErrorClass::budget_exceeded, "too much to hash");
    result = mix(result, hash_of(item, visited));
  }
  return result;
}

bool text_contains(Evaluation& evaluation, const std::string& text, const Value& item) {
  const std::string* part = item.as_text();
  if (part == nullptr) {
    throw_type_error("'in <string>' requires string as left operand, not " + std::string(type_name(item)));
  }
  evaluation.budget().work(text.size());
  return text.find(*part) != std::string::npos;
}

bool bytes_contain(const std::string& octets, const Value& item) {
  if (const std::string* part = item.as_bytes()) return octets.find(*part) != std::string::npos;
  std::int64_t octet = 0;
  const bool big = item.is(Kind::big_integer);
  if (big || small_integer(item, octet)) {
    if (big || octet < 0 || octet > 255) throw_value_error("byte must be in range(0, 256)");
    return octets.find(static_cast<char>(octet)) != std::string::npos;
  }
  throw_type_error("a bytes-like object is required, not '" + std::string(type_name(item)) + "'");
}

bool any_equal(Evaluation& evaluation, const Values& values, const Value& item) {
  Comparison comparison;
  std::size_t looked_at = 0;
  bool found = false;
  while (!found && looked_at < values.size()) found = comparison.equal(values[looked_at++], item);
  evaluation.budget().work(looked_at + comparison.visited());
  return found;
}

bool object_contains(Evaluation& evaluation, const Value& container, const Value& item) {
  const std::optional<bool> known = container.as_object()->contains(item);
  if (known) return *known;
  const IteratorPtr iterator = container.as_object()->iterate(evaluation);
  if (iterator == nullptr) {
    throw_type_error("argument of type '" + std::string(type_name(container)) + "' is not iterable");
  }
  while (const std::optional<Value> next = iterator->next(evaluation)) {
    evaluation.budget().work(1);
    if (equals(*next, item)) return true;
  }
  return false;
}

}  // namespace

bool equals(const Value& a, const Value& b) { return Comparison().equal(a, b); }

bool less(const Value& a, const Value& b) { return Comparison().ordered(Operator::less, a, b); }

bool compare(Evaluation& evaluation, Operator op, const Value& a, const Value& b) {
  if (op == Operator::in) return contains(evaluation, b, a);
  if (op == Operator::not_in) return !contains(evaluation, b, a);
  Comparison comparison;
  bool result = false;
  switch (op) {
    case Operator::equal:
      result = comparison.equal(a, b);
      break;
    case Operator::not_equal:
      result = !comparison.equal(a, b);
      break;
    default:
      result = comparison.ordered(op, a, b);
  }
  evaluation.budget().work(comparison.visited());
  return result;
}

std::size_t hash(const Value& value) {
  std::size_t visited = 0;
  return hash_of(value, visited);
}

bool contains(Evaluation& evaluation, const Value& container, const Value& item) {
  switch (container.kind()) {
    case Kind::undefined:
      return false;
    case Kind::text:
      return text_contains(evaluation, *container.as_text(), item);
    case Kind::bytes:
      return bytes_contain(*container.as_bytes(), item);
    case Kind::list:
    case Kind::tuple:
      return any_equal(evaluation, *container.as_sequence(), item);
    case Kind::dict:
      return container.as_dict()->find(item) != nullptr;
    case Kind::set:
      return container.as_set()->contains(item);
    case Kind::object:
      return object_contains(evaluation, container, item);
    default:
      break;
  }
  throw_type_error("argument of type '" + std::string(type_name(container)) + "' is not iterable");
}

}  // namespace gable::rules::jinja

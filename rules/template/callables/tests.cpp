// Jinja's tests and the plain ones of Home Assistant.

#include "template/callables/group.hpp"
#include "template/callables/lists.hpp"
#include "template/callables/numbers.hpp"
#include "template/callables/range.hpp"
#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

template <Kind TheKind>
Value is_kind(Evaluation& /*evaluation*/, const Bound& arguments) {
  return arguments[0].is(TheKind);
}

template <bool Wanted>
Value is_truth(Evaluation& /*evaluation*/, const Bound& arguments) {
  const bool* truth = arguments[0].as_bool();
  return truth != nullptr && *truth == Wanted;
}

template <Operator TheOperator>
Value compares(Evaluation& evaluation, const Bound& arguments) {
  return compare(evaluation, TheOperator, arguments[0], arguments[1]);
}

// value % divisor == rest, with whatever % does for the type.
bool leaves(Evaluation& evaluation, const Value& value, const Value& divisor, int rest) {
  return equals(arithmetic(evaluation, Operator::modulo, value, divisor), rest);
}

template <int Rest>
Value halves(Evaluation& evaluation, const Bound& arguments) {
  return leaves(evaluation, arguments[0], 2, Rest);
}

Value divisible_by(Evaluation& evaluation, const Bound& arguments) {
  return leaves(evaluation, arguments[0], arguments[1], 0);
}

Value is_defined(Evaluation& /*evaluation*/, const Bound& arguments) { return !arguments[0].is_undefined(); }

Value is_number_type(Evaluation& /*evaluation*/, const Bound& arguments) { return arguments[0].is_number(); }

Value is_integer(Evaluation& /*evaluation*/, const Bound& arguments) {
  return arguments[0].is(Kind::integer) || arguments[0].is(Kind::big_integer);
}

Value is_text_or_bytes(Evaluation& /*evaluation*/, const Bound& arguments) {
  return arguments[0].is(Kind::text) || arguments[0].is(Kind::bytes);
}

Value is_tuple(Evaluation& /*evaluation*/, const Bound& arguments) {
  return plain_tuple(arguments[0]).is(Kind::tuple);
}

// Has a length and items by key. (A set and a dict's views have none by key.)
Value is_sequence(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value& value = arguments[0];
  if (value.is(Kind::object)) return value.as<Range>() != nullptr || value.as<Group>() != nullptr;
  return !value.is(Kind::set) && length(value).has_value();
}

Value is_iterable_test(Evaluation& evaluation, const Bound& arguments) {
  return is_iterable(evaluation, arguments[0]);
}

Value is_callable(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Object* object = arguments[0].as_object();
  // Jinja's Undefined can be called, if only to fail.
  return arguments[0].is_undefined() || (object != nullptr && object->callable());
}

// Python's `is`: the same object. Texts, small integers and the like are the same when they are equal.
bool same(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::list:
    case Kind::tuple:
      return a.as_sequence() == b.as_sequence();
    case Kind::dict:
      return a.as_dict() == b.as_dict();
    case Kind::set:
      return a.as_set() == b.as_set();
    case Kind::object:
      return a.as_object() == b.as_object();
    case Kind::integer:
      return *a.as_int() == *b.as_int() && *a.as_int() >= -5 && *a.as_int() <= 256;
    case Kind::big_integer:
    case Kind::real:
    case Kind::undefined:
      return false;
    default:
      return equals(a, b);
  }
}

Value same_as(Evaluation& /*evaluation*/, const Bound& arguments) { return same(arguments[0], arguments[1]); }

// Nothing is: this sandbox does not escape.
Value is_escaped(Evaluation& /*evaluation*/, const Bound& /*arguments*/) { return false; }

template <const Callable* (*Find)(std::string_view)>
Value is_known(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const std::string* name = arguments[0].as_text()) return Find(*name) != nullptr;
  static_cast<void>(hash(arguments[0]));  // TypeError for what cannot be a key
  return false;
}

template <bool (*Property)(std::string_view)>
Value has_case(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const std::string* text = arguments[0].as_text()) return Property(*text);
  return Property(str(arguments[0]));
}

Value is_in(Evaluation& evaluation, const Bound& arguments) {
  return contains(evaluation, arguments[1], arguments[0]);
}

Value has(Evaluation& evaluation, const Bound& arguments) {
  return contains(evaluation, arguments[0], arguments[1]);
}

Value applies(Evaluation& evaluation, const Bound& arguments) {
  return find_filter("apply")->implementation(evaluation, arguments);
}

constexpr std::string_view kOne = "value";
constexpr std::string_view kTwo = "value, other, /";

constexpr std::array kTests{
    Callable{"!=", kTwo, compares<Operator::not_equal>},
    Callable{"<", kTwo, compares<Operator::less>},
    Callable{"<=", kTwo, compares<Operator::less_equal>},
    Callable{"==", kTwo, compares<Operator::equal>},
    Callable{">", kTwo, compares<Operator::greater>},
    Callable{">=", kTwo, compares<Operator::greater_equal>},
    Callable{"apply", "value, fn, *, **", applies},
    Callable{"boolean", kOne, is_kind<Kind::boolean>},
    Callable{"callable", "value, /", is_callable},
    Callable{"contains", "value, item", has},
    Callable{"defined", kOne, is_defined},
    Callable{"divisibleby", "value, num", divisible_by},
    Callable{"eq", kTwo, compares<Operator::equal>},
    Callable{"equalto", kTwo, compares<Operator::equal>},
    Callable{"escaped", kOne, is_escaped},
    Callable{"even", kOne, halves<0>},
    Callable{"false", kOne, is_truth<false>},
    Callable{"filter", kOne, is_known<find_filter>},
    Callable{"float", kOne, is_kind<Kind::real>},
    Callable{"ge", kTwo, compares<Operator::greater_equal>},
    Callable{"greaterthan", kTwo, compares<Operator::greater>},
    Callable{"gt", kTwo, compares<Operator::greater>},
    Callable{"in", "value, seq", is_in},
    Callable{"integer", kOne, is_integer},
    Callable{"is_number", kOne, is_number},
    Callable{"iterable", kOne, is_iterable_test},
    Callable{"le", kTwo, compares<Operator::less_equal>},
    Callable{"lessthan", kTwo, compares<Operator::less>},
    Callable{"list", kOne, is_kind<Kind::list>},
    Callable{"lower", kOne, has_case<unicode::is_lower>},
    Callable{"lt", kTwo, compares<Operator::less>},
    Callable{"mapping", kOne, is_kind<Kind::dict>},
    Callable{"ne", kTwo, compares<Operator::not_equal>},
    Callable{"none", kOne, is_kind<Kind::none>},
    Callable{"number", kOne, is_number_type},
    Callable{"odd", kOne, halves<1>},
    Callable{"sameas", "value, other", same_as},
    Callable{"sequence", kOne, is_sequence},
    Callable{"set", kOne, is_kind<Kind::set>},
    Callable{"string", kOne, is_kind<Kind::text>},
    Callable{"string_like", kOne, is_text_or_bytes},
    Callable{"test", kOne, is_known<find_test>},
    Callable{"true", kOne, is_truth<true>},
    Callable{"tuple", kOne, is_tuple},
    Callable{"undefined", kOne, is_kind<Kind::undefined>},
    Callable{"upper", kOne, has_case<unicode::is_upper>},
};

}  // namespace

CallableTable core_tests() { return kTests; }

}  // namespace gable::rules::jinja

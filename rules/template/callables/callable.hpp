#pragma once
// Functions, filters, tests and methods: how one is written down and how its arguments reach it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "template/evaluate/evaluation.hpp"
#include "template/value/operations.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

// The arguments of one call, by the names in the signature. Lives for the call.
class Bound {
 public:
  static constexpr std::size_t kMost = 12;  // parameters of one function

  [[nodiscard]] bool has(std::size_t i) const { return slots_[i] != nullptr; }
  // A parameter that was given (or is not optional).
  [[nodiscard]] const Value& operator[](std::size_t i) const { return *slots_[i]; }
  // The i-th parameter, or `fallback` where it was not given. `fallback` must live as long as the result is
  // used.
  [[nodiscard]] const Value& get(std::size_t i, const Value& fallback) const {
    return slots_[i] != nullptr ? *slots_[i] : fallback;
  }
  [[nodiscard]] bool flag(std::size_t i, bool fallback) const {
    return slots_[i] != nullptr ? truth(*slots_[i]) : fallback;
  }
  // Positional arguments beyond the named ones, for a signature with "*".
  [[nodiscard]] std::span<const Value> rest() const { return rest_; }
  // Keywords that are no parameter, for a signature with "**".
  [[nodiscard]] std::span<const Keyword> keywords() const { return keywords_; }

 private:
  friend Bound bind(std::string_view name, std::string_view signature, const Value* self,
                    const Arguments& arguments);
  std::array<const Value*, kMost> slots_{};
  std::span<const Value> rest_;
  std::span<const Keyword> keywords_;
};

// Matches arguments with a signature like "value, default?, base?, *, **": parameters in order, "?" marks one
// that may be missing, "*" collects further positional ones, "**" keywords (then all keywords, also those
// that name a parameter). As in Python, parameters before "/" have no name for keywords and those after "*"
// are only given by keyword. `self`, where not null, is the first positional argument (a filter's value, a
// method's object); the signature then names it. TypeError, worded as Python's, for too many, too few,
// unknown and doubled arguments.
Bound bind(std::string_view name, std::string_view signature, const Value* self, const Arguments& arguments);

using Implementation = Value (*)(Evaluation& evaluation, const Bound& arguments);

struct Callable {
  std::string_view name;
  std::string_view signature;
  Implementation implementation;
};

// Home Assistant offers most of its functions as filters and tests too; each table names what is what. Looked
// up once, at compilation; null when there is none. Unknown names find their nearest with nearest_name().
const Callable* find_function(std::string_view name);  // {{ name(…) }}
const Callable* find_filter(std::string_view name);    // {{ x | name }}
const Callable* find_test(std::string_view name);      // {{ x is name }}; the result's truth counts
enum class CallableKind : std::uint8_t { function, filter, test };
// The known name that is most like `name`, for "did you mean"; empty when none is near.
std::string_view nearest_name(CallableKind kind, std::string_view name);
// A method of plain data (text, list, dict, …) or of an object (datetime, …): the object is the first
// argument.
const Callable* find_method(const Value& object, std::string_view name);
// A global that is no function (pi, e, inf, namespace's and other types as objects); nothing when there is
// none.
std::optional<Value> find_constant(std::string_view name);
// What it is joined from.
std::optional<Value> number_constant(std::string_view name);  // numbers.cpp: pi, e, tau, inf …
std::optional<Value> list_constant(std::string_view name);    // lists.cpp: the type dict …
std::optional<Value> time_constant(std::string_view name);    // dates.cpp
std::optional<Value> house_constant(std::string_view name);   // house_functions.cpp: states

// A Callable, or a method with its object, as a value.
Value function_value(const Callable& callable);
Value bound_method(const Callable& callable, Value self);
// What implements the methods that would change their object (append, update …). Jinja's sandbox hands out
// something undefined and unsafe (value.hpp) in place of such a method, even where the object has an item of
// that name; so does bound_method().
Value forbidden_method(Evaluation& evaluation, const Bound& arguments);

// One line each: what tables are made of (callables/*.cpp each define one or more, tables.cpp joins them).
using CallableTable = std::span<const Callable>;
CallableTable text_filters();    // text.cpp: lower, replace, trim, …
CallableTable list_filters();    // lists.cpp: map, select, sort, join, …
CallableTable number_filters();  // numbers.cpp: float, int, round, …
CallableTable data_filters();    // data.cpp: to_json, from_json, base64, pack, hashes, …
CallableTable regex_filters();   // regex.cpp
CallableTable time_filters();    // dates.cpp: as_timestamp, timestamp_custom, …
CallableTable house_filters();   // house_functions.cpp: states, is_state, area_id, …
CallableTable number_functions();
CallableTable list_functions();
CallableTable data_functions();
CallableTable text_functions();
CallableTable regex_functions();
CallableTable time_functions();
CallableTable house_functions();
CallableTable namespace_functions();  // evaluate/namespace.cpp
CallableTable core_tests();           // tests.cpp: defined, none, number, in, ge, …
CallableTable regex_tests();
CallableTable time_tests();
CallableTable house_tests();
CallableTable text_methods();
CallableTable bytes_methods();
CallableTable list_methods();
CallableTable tuple_methods();
CallableTable dict_methods();
CallableTable set_methods();
CallableTable number_methods();    // of int and float: is_integer, bit_length …
CallableTable datetime_methods();  // by the object's type_name(): datetime, date, time, timedelta
CallableTable date_methods();
CallableTable time_methods();
CallableTable timedelta_methods();

}  // namespace gable::rules::jinja

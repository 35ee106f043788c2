// x.name, x[key] and x[start:stop:step], as Jinja's environment and Python have them.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "template/callables/callable.hpp"
#include "template/evaluate/evaluation.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

// How Jinja's messages call a value: 'dict object', None.
std::string described(const Value& object) {
  return object.is_none() ? "None" : std::string(type_name(object)) + " object";
}

Value no_attribute(const Value& object, std::string_view name) {
  return Value::undefined("'" + described(object) + "' has no attribute " + repr(name));
}

Value no_element(const Value& object, const Value& key) {
  if (const std::string* name = key.as_text()) return no_attribute(object, *name);
  return Value::undefined(described(object) + " has no element " + repr(key));
}

// The few attributes of numbers that are no methods.
std::optional<Value> number_attribute(const Value& object, std::string_view name) {
  if (!object.is_number()) return std::nullopt;
  const bool real = object.is(Kind::real);
  if (name == "imag") return real ? Value(0.0) : Value(0);
  if (name == "denominator" && !real) return Value(1);
  if (name == "real" || (name == "numerator" && !real)) return positive(object);
  return std::nullopt;
}

// Python's getattr(). The sandbox hides what begins with an underscore.
std::optional<Value> find_attribute(Evaluation& evaluation, const Value& object, std::string_view name) {
  if (name.starts_with('_')) return std::nullopt;
  if (Object* behaviour = object.as_object()) {
    if (std::optional<Value> found = behaviour->attribute(evaluation, name)) return found;
  }
  if (const Callable* method = find_method(object, name)) return bound_method(*method, object);
  return number_attribute(object, name);
}

// Where in `size` items `index` is, counting from the end when negative.
std::optional<std::size_t> position(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (index < 0) index += length;
  if (index < 0 || index >= length) return std::nullopt;
  return static_cast<std::size_t>(index);
}

std::optional<Value> find_character(Evaluation& evaluation, std::string_view text, std::int64_t index) {
  evaluation.budget().work(text.size());
  const std::optional<std::size_t> at = position(index, unicode::count(text));
  if (!at) return std::nullopt;
  return Value(unicode::sub(text, *at, 1));
}

std::optional<Value> find_indexed(Evaluation& evaluation, const Value& object, const Value& key) {
  std::int64_t index = 0;
  if (!small_integer(key, index)) return std::nullopt;
  if (const std::string* text = object.as_text()) return find_character(evaluation, *text, index);
  if (const Values* items = object.as_sequence()) {
    const std::optional<std::size_t> at = position(index, items->size());
    return at ? std::optional((*items)[*at]) : std::nullopt;
  }
  if (const std::string* octets = object.as_bytes()) {
    const std::optional<std::size_t> at = position(index, octets->size());
    return at ? std::optional<Value>(int{static_cast<unsigned char>((*octets)[*at])}) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Value> find_in_dict(const Dict& dict, const Value& key) {
  const Value* found = dict.find(key);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

bool is_hashable(const Value& key) {
  if (key.kind() <= Kind::bytes) return true;
  try {
    static_cast<void>(hash(key));
    return true;
  } catch (const EvaluationError& error) {
    if (error.error_class() != ErrorClass::type_error) throw;
    return false;
  }
}

// x[key]; nothing where Python has a LookupError or a TypeError.
std::optional<Value> find_item(Evaluation& evaluation, const Value& object, const Value& key) {
  if (const Dict* dict = object.as_dict()) {
    return is_hashable(key) ? find_in_dict(*dict, key) : std::nullopt;
  }
  if (Object* behaviour = object.as_object()) return behaviour->item(evaluation, key);
  return find_indexed(evaluation, object, key);
}

std::string_view name_in_index_errors(const Value& object) {
  switch (object.kind()) {
    case Kind::text:
      return "string";
    case Kind::bytes:
      return "byte";
    default:
      return type_name(object);
  }
}

// What Python says where find_item() found nothing in something that is no dict.
[[noreturn]] void throw_no_item(const Value& object, const Value& key) {
  const bool indexed = object.as_sequence() != nullptr || object.is(Kind::text) || object.is(Kind::bytes);
  if (object.is(Kind::object)) throw_error(ErrorClass::key_error, repr(key));
  if (!indexed) throw_type_error("'" + std::string(type_name(object)) + "' object is not subscriptable");
  const std::string name(name_in_index_errors(object));
  if (key.is(Kind::big_integer)) {
    throw_error(ErrorClass::index_error, "cannot fit 'int' into an index-sized integer");
  }
  std::int64_t index = 0;
  if (small_integer(key, index)) {
    throw_error(ErrorClass::index_error,
                object.is(Kind::bytes) ? "index out of range" : name + " index out of range");
  }
  const std::string type(type_name(key));
  if (object.is(Kind::text)) throw_type_error("string indices must be integers, not '" + type + "'");
  throw_type_error(name + " indices must be integers or slices, not " + type);
}

// A part of a slice, cut to what 64 bits hold: no container is so long.
std::int64_t slice_number(const Value& part, std::int64_t fallback) {
  if (part.is_none()) return fallback;
  std::int64_t number = 0;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (small_integer(part, number)) return std::max(number, -kMost);
  if (const BigInteger* big = part.as_big()) return big->sign() < 0 ? -kMost : kMost;
  throw_type_error("slice indices must be integers or None or have an __index__ method");
}

// The items start, start + step … of a slice.
struct Picked {
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::size_t count = 0;

  [[nodiscard]] std::size_t operator[](std::size_t i) const {
    return static_cast<std::size_t>(start + static_cast<std::int64_t>(i) * step);
  }
};

Picked pick(const Slice& slice, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t step = slice_number(slice.step, 1);
  if (step == 0) throw_value_error("slice step cannot be zero");
  const std::int64_t lowest = step < 0 ? -1 : 0;
  const std::int64_t highest = step < 0 ? length - 1 : length;
  const auto bound = [&](const Value& part, std::int64_t fallback) {
    if (part.is_none()) return fallback;
    std::int64_t at = slice_number(part, 0);
    if (at < 0) at += length;
    return std::clamp(at, lowest, highest);
  };
  Picked picked;
  picked.step = step;
  picked.start = bound(slice.start, step < 0 ? highest : lowest);
  const std::int64_t stop = bound(slice.stop, step < 0 ? lowest : highest);
  const std::int64_t distance = step < 0 ? picked.start - stop : stop - picked.start;
  if (distance > 0) picked.count = static_cast<std::size_t>((distance - 1) / (step < 0 ? -step : step) + 1);
  return picked;
}

std::string slice_octets(std::string_view octets, const Picked& picked) {
  if (picked.step == 1) return std::string(octets.substr(picked[0], picked.count));
  std::string result;
  result.reserve(picked.count);
  for (std::size_t i = 0; i < picked.count; ++i) result += octets[picked[i]];
  return result;
}

std::string slice_text(std::string_view text, const Slice& slice) {
  if (unicode::is_ascii(text)) return slice_octets(text, pick(slice, text.size()));
  std::vector<std::size_t> begins;
  for (std::size_t at = 0; at < text.size(); at = unicode::end_of(text, at)) begins.push_back(at);
  const Picked picked = pick(slice, begins.size());
  std::string result;
  for (std::size_t i = 0; i < picked.count; ++i) {
    const std::size_t begin = begins[picked[i]];
    result += text.substr(begin, unicode::end_of(text, begin) - begin);
  }
  return result;
}

Values slice_items(const Values& items, const Slice& slice) {
  const Picked picked = pick(slice, items.size());
  Values result;
  result.reserve(picked.count);
  for (std::size_t i = 0; i < picked.count; ++i) result.push_back(items[picked[i]]);
  return result;
}

}  // namespace

Value attribute(Evaluation& evaluation, const Value& object, std::string_view name) {
  require_defined(object);
  if (std::optional<Value> found = find_attribute(evaluation, object, name)) return *std::move(found);
  if (const Dict* dict = object.as_dict()) {
    if (const Value* found = dict->find(name)) return *found;
  } else if (Object* behaviour = object.as_object()) {
    if (std::optional<Value> found = behaviour->item(evaluation, Value(name))) return *std::move(found);
  }
  return no_attribute(object, name);
}

Value item(Evaluation& evaluation, const Value& object, const Value& key) {
  require_defined(object);
  if (std::optional<Value> found = find_item(evaluation, object, key)) return *std::move(found);
  if (const std::string* name = key.as_text()) {
    if (std::optional<Value> found = find_attribute(evaluation, object, *name)) return *std::move(found);
  }
  return no_element(object, key);
}

Value subscript(Evaluation& evaluation, const Value& object, const Value& key) {
  require_defined(object);
  if (const Dict* dict = object.as_dict()) {
    const Value* found = dict->find(key);
    if (found == nullptr) throw_error(ErrorClass::key_error, repr(key));
    return *found;
  }
  if (std::optional<Value> found = find_item(evaluation, object, key)) return *std::move(found);
  throw_no_item(object, key);
}

Value slice(Evaluation& evaluation, const Value& object, const Slice& slice) {
  require_defined(object);
  if (const std::string* text = object.as_text()) {
    evaluation.budget().work(text->size());
    return slice_text(*text, slice);
  }
  if (const Values* items = object.as_sequence()) {
    Values part = slice_items(*items, slice);
    evaluation.budget().work(part.size());
    return object.is(Kind::list) ? Value::list(std::move(part)) : Value::tuple(std::move(part));
  }
  if (const std::string* octets = object.as_bytes()) {
    evaluation.budget().work(octets->size());
    return Bytes{slice_octets(*octets, pick(slice, octets->size()))};
  }
  if (Object* behaviour = object.as_object()) {
    if (std::optional<Value> part = behaviour->sliced(evaluation, slice)) return *std::move(part);
  }
  if (object.is(Kind::dict)) throw_type_error("unhashable type: 'slice'");
  throw_type_error("'" + std::string(type_name(object)) + "' object is not subscriptable");
}

}  // namespace gable::rules::jinja

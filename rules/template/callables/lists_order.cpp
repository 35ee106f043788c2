// Filters and functions that put values in order, or find the first in an order.

#include <algorithm>

#include "template/callables/attribute_path.hpp"
#include "template/callables/group.hpp"
#include "template/callables/lists.hpp"
#include "template/callables/sorting.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

const Value kNone;

// "a,b.c": one path for each part.
std::vector<AttributePath> paths_of(const Value& attribute) {
  std::vector<AttributePath> paths;
  const std::string* text = attribute.as_text();
  if (text == nullptr) {
    paths.emplace_back(attribute);
    return paths;
  }
  std::string_view rest = *text;
  for (std::size_t comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
    paths.emplace_back(Value(rest.substr(0, comma)));
    rest.remove_prefix(comma + 1);
  }
  paths.emplace_back(Value(rest));
  return paths;
}

Value key_of(Evaluation& evaluation, const AttributePath& path, const Value& value, bool case_sensitive) {
  Value key = path.look_up(evaluation, value);
  return case_sensitive ? key : without_case(std::move(key));
}

// Which parameter of min and max is which.
constexpr std::size_t kValue = 0;
constexpr std::size_t kCaseSensitive = 1;
constexpr std::size_t kAttribute = 2;

Value extreme(Evaluation& evaluation, const Bound& arguments, Operator better) {
  if (!arguments.has(kValue)) throw_type_error("expected at least 1 argument, got 0");
  const Values values = spread(evaluation, arguments);
  if (values.empty()) return Value::undefined("No aggregated item, sequence was empty.");
  evaluation.budget().work(values.size());
  // Values compare by themselves, unless somebody asks for the way of Jinja's filter.
  const bool by_key = arguments.has(kCaseSensitive) || arguments.has(kAttribute);
  const AttributePath path(arguments.get(kAttribute, kNone));
  const bool case_sensitive = !by_key || arguments.flag(kCaseSensitive, false);
  std::size_t best = 0;
  Value best_key = key_of(evaluation, path, values[0], case_sensitive);
  for (std::size_t i = 1; i < values.size(); ++i) {
    Value key = key_of(evaluation, path, values[i], case_sensitive);
    if (!compare(evaluation, better, key, best_key)) continue;
    best = i;
    best_key = std::move(key);
  }
  return values[best];
}

// Numbers below a bound, always the same for one seed: Home Assistant promises no more than that.
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  std::uint64_t below(std::uint64_t bound) {  // SplitMix64
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31U)) % bound;
  }

 private:
  std::uint64_t state_;
};

template <typename Random>
void shuffle_with(Random& random, Values& values) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[static_cast<std::size_t>(random.below(i))]);
  }
}

// Python takes only a whole number for it.
bool is_reversed(const Bound& arguments, std::size_t i) {
  if (!arguments.has(i)) return false;
  std::int64_t reverse = 0;
  if (!small_integer(arguments[i], reverse)) {
    throw_type_error("'" + std::string(type_name(arguments[i])) +
                     "' object cannot be interpreted as an integer");
  }
  return reverse != 0;
}

// A number that is the same on every machine for the same text.
std::uint64_t seed_from(const Value& seed) {
  std::uint64_t number = 0xcbf29ce484222325U;  // FNV-1a
  for (const char octet : repr(seed)) {
    number = (number ^ static_cast<unsigned char>(octet)) * 0x100000001b3U;
  }
  return number;
}

}  // namespace

Value sort(Evaluation& evaluation, const Bound& arguments) {
  const std::vector<AttributePath> paths = paths_of(arguments.get(3, kNone));
  const bool case_sensitive = arguments.flag(2, false);
  std::vector<Sortable> sortables;
  for (Value& value : items(evaluation, arguments[0])) {
    if (paths.size() == 1) {
      Value key = key_of(evaluation, paths[0], value, case_sensitive);
      sortables.push_back({std::move(key), std::move(value)});
      continue;
    }
    Values keys;
    keys.reserve(paths.size());
    for (const AttributePath& path : paths) keys.push_back(key_of(evaluation, path, value, case_sensitive));
    sortables.push_back({Value::list(std::move(keys)), std::move(value)});
  }
  sort_stable(evaluation, sortables,
              {.reverse = is_reversed(arguments, 1), .within_list = paths.size() == 1});
  return Value::list(sorted_values(std::move(sortables)));
}

Value dictsort(Evaluation& evaluation, const Bound& arguments) {
  const Value key_word = "key";
  const Value& by = arguments.get(2, key_word);
  const bool by_key = equals(by, key_word);
  if (!by_key && !equals(by, "value")) {
    throw_error(ErrorClass::filter_argument_error, "You can only sort by either \"key\" or \"value\"");
  }
  const Dict* dict = arguments[0].as_dict();
  if (dict == nullptr) {
    require_defined(arguments[0]);
    throw_error(ErrorClass::attribute_error,
                "'" + std::string(type_name(arguments[0])) + "' object has no attribute 'items'");
  }
  const bool case_sensitive = arguments.flag(1, false);
  std::vector<Sortable> sortables;
  sortables.reserve(dict->size());
  for (const Dict::Entry& entry : dict->entries()) {
    Value key = by_key ? entry.key : entry.value;
    if (!case_sensitive) key = without_case(std::move(key));
    sortables.push_back({std::move(key), Value::tuple({entry.key, entry.value})});
  }
  sort_stable(evaluation, sortables, {.reverse = is_reversed(arguments, 3)});
  return Value::list(sorted_values(std::move(sortables)));
}

Value groupby(Evaluation& evaluation, const Bound& arguments) {
  const AttributePath path(arguments[1], arguments.get(2, kNone));
  const bool case_sensitive = arguments.flag(3, false);
  std::vector<Sortable> sortables;
  for (Value& value : items(evaluation, arguments[0])) {
    Value key = key_of(evaluation, path, value, case_sensitive);
    sortables.push_back({std::move(key), std::move(value)});
  }
  sort_stable(evaluation, sortables, {});
  Values groups;
  for (std::size_t begin = 0; begin < sortables.size();) {
    Values members;
    std::size_t end = begin;
    while (end < sortables.size() && equals(sortables[begin].key, sortables[end].key)) {
      members.push_back(std::move(sortables[end++].value));
    }
    // In the case in which the first member has it.
    Value grouper = path.look_up(evaluation, members.front());
    groups.emplace_back(
        ObjectPtr(std::make_shared<Group>(std::move(grouper), Value::list(std::move(members)))));
    begin = end;
  }
  return Value::list(std::move(groups));
}

Value smallest(Evaluation& evaluation, const Bound& arguments) {
  return extreme(evaluation, arguments, Operator::less);
}

Value largest(Evaluation& evaluation, const Bound& arguments) {
  return extreme(evaluation, arguments, Operator::greater);
}

// shuffle(list, seed) or shuffle(a, b, c …).
Value shuffle(Evaluation& evaluation, const Bound& arguments) {
  if (!arguments.has(0)) throw_type_error("shuffle expected at least 1 argument, got 0");
  const Value& given = arguments[0];
  const bool listed = is_iterable(evaluation, given) && !given.is(Value::Kind::text);
  if (!listed && arguments.rest().empty()) {
    throw_type_error("'" + std::string(type_name(given)) + "' object is not iterable");
  }
  Values values = listed ? items(evaluation, given) : all_positional(arguments);
  Value seed = arguments.get(1, kNone);
  if (listed && seed.is_none() && !arguments.rest().empty()) seed = arguments.rest()[0];
  evaluation.budget().work(values.size());
  if (truth(seed)) {
    SeededRandom random(seed_from(seed));
    shuffle_with(random, values);
  } else {
    shuffle_with(evaluation.random(), values);
  }
  return Value::list(std::move(values));
}

}  // namespace gable::rules::jinja

// Filters and functions of lists: the plain ones, and the tables of all.

#include "template/callables/lists.hpp"

#include <algorithm>

#include "template/callables/dict_view.hpp"
#include "template/callables/generators.hpp"
#include "template/callables/group.hpp"
#include "template/callables/helpers.hpp"
#include "template/callables/range.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

using Kind = Value::Kind;

const Value kNone;
const Value kNothing = "";

Value made(std::shared_ptr<Iterator> iterator) { return ObjectPtr(std::move(iterator)); }

Value list(Evaluation& evaluation, const Bound& arguments) {
  return Value::list(items(evaluation, arguments[0]));
}

Value first(Evaluation& evaluation, const Bound& arguments) {
  if (std::optional<Value> item = iterate(evaluation, arguments[0])->next(evaluation))
    return *std::move(item);
  return Value::undefined("No first item, sequence was empty.");
}

Value last(Evaluation& evaluation, const Bound& arguments) {
  const Value& sequence = arguments[0];
  if (const Values* values = sequence.as_sequence(); values != nullptr && !values->empty()) {
    return values->back();
  }
  std::optional<Reversed> all = reversed(evaluation, sequence);
  if (!all) throw_type_error("'" + std::string(type_name(sequence)) + "' object is not reversible");
  if (all->values.empty()) return Value::undefined("No last item, sequence was empty.");
  return std::move(all->values.front());
}

Value reverse(Evaluation& evaluation, const Bound& arguments) {
  const Value& value = arguments[0];
  if (const std::string* text = value.as_text()) {
    evaluation.budget().text(text->size());
    std::string turned;
    turned.reserve(text->size());
    for (std::size_t end = text->size(); end > 0;) {
      std::size_t begin = end;
      static_cast<void>(unicode::previous(*text, begin));
      turned.append(*text, begin, end - begin);
      end = begin;
    }
    return turned;
  }
  if (std::optional<Reversed> all = reversed(evaluation, value)) {
    return made(std::make_shared<ValuesIterator>(std::move(all->values), all->type_name));
  }
  try {
    Values values = items(evaluation, value);
    std::ranges::reverse(values);
    return Value::list(std::move(values));
  } catch (const EvaluationError& error) {
    if (error.error_class() != ErrorClass::type_error) throw;
    throw_error(ErrorClass::filter_argument_error, "argument must be iterable");
  }
}

Value count(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const std::optional<std::size_t> size = length(arguments[0])) return Value::size(*size);
  throw_type_error("object of type '" + std::string(type_name(arguments[0])) + "' has no len()");
}

Value join(Evaluation& evaluation, const Bound& arguments) {
  const std::string separator = str(arguments.get(1, kNothing));
  const AttributePath path(arguments.get(2, kNone));
  Budget& budget = evaluation.budget();
  const IteratorPtr values = iterate(evaluation, arguments[0]);
  std::string joined;
  bool first = true;
  while (const std::optional<Value> item = values->next(evaluation)) {
    const std::size_t before = joined.size();
    if (!first) joined += separator;
    first = false;
    append_str(path.empty() ? *item : path.look_up(evaluation, *item), joined);
    budget.work(1 + joined.size() - before);
    if (joined.size() > budget.limits().output) budget.text(joined.size());
  }
  return joined;
}

Value sum(Evaluation& evaluation, const Bound& arguments) {
  const AttributePath path(arguments.get(1, kNone));
  const Value zero = 0;
  const IteratorPtr values = iterate(evaluation, arguments[0]);
  Value total = arguments.get(2, zero);
  if (total.is(Kind::text)) throw_type_error("sum() can't sum strings [use ''.join(seq) instead]");
  if (total.is(Kind::bytes)) throw_type_error("sum() can't sum bytes [use b''.join(seq) instead]");
  while (std::optional<Value> item = values->next(evaluation)) {
    evaluation.budget().work(1);
    if (!path.empty()) item = path.look_up(evaluation, *std::move(item));
    total = arithmetic(evaluation, Operator::add, total, *item);
  }
  return total;
}

Value random_item(Evaluation& evaluation, const Bound& arguments) {
  const Value& sequence = arguments[0];
  const std::optional<std::size_t> size = length(sequence);
  if (!size) throw_type_error("object of type '" + std::string(type_name(sequence)) + "' has no len()");
  if (*size == 0) return Value::undefined("No random item, sequence was empty.");
  const std::uint64_t chosen = evaluation.random().below(*size);
  return subscript(evaluation, sequence, Value::size(static_cast<std::size_t>(chosen)));
}

// Like x.name, but never the item of that name.
Value attr(Evaluation& evaluation, const Bound& arguments) {
  const Value& object = arguments[0];
  const std::string* name = arguments[1].as_text();
  if (name == nullptr) {
    throw_type_error("attribute name must be string, not '" + std::string(type_name(arguments[1])) + "'");
  }
  require_defined(object);
  if (!object.is(Kind::dict) && !object.is(Kind::object)) return attribute(evaluation, object, *name);
  if (!name->starts_with('_')) {
    std::optional<Value> found;
    if (Object* behaviour = object.as_object()) found = behaviour->attribute(evaluation, *name);
    if (found) return *std::move(found);
    if (const Callable* method = find_method(object, *name)) return bound_method(*method, object);
  }
  return Value::undefined("'" + std::string(type_name(object)) + " object' has no attribute " + repr(*name));
}

Value map(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<MapGenerator>(arguments[0], arguments.rest(), arguments.keywords()));
}

template <bool Wanted, bool ByAttribute>
Value select(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<SelectGenerator>(arguments[0], SelectGenerator::Mode{Wanted, ByAttribute},
                                                arguments.rest(), arguments.keywords()));
}

Value unique(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<UniqueGenerator>(arguments[0], AttributePath(arguments.get(2, kNone)),
                                                arguments.flag(1, false)));
}

Value batch(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<BatchGenerator>(arguments[0], arguments[1], arguments.get(2, kNone)));
}

Value sliced(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<SliceGenerator>(arguments[0], arguments[1], arguments.get(2, kNone)));
}

Value item_pairs(Evaluation& /*evaluation*/, const Bound& arguments) {
  return made(std::make_shared<ItemsGenerator>(arguments[0]));
}

Value zip(Evaluation& evaluation, const Bound& arguments) {
  std::vector<IteratorPtr> sources;
  sources.reserve(arguments.rest().size());
  for (const Value& source : arguments.rest()) sources.push_back(iterate(evaluation, source));
  return made(std::make_shared<ZipIterator>(std::move(sources), arguments.flag(0, false)));
}

Value range(Evaluation& /*evaluation*/, const Bound& arguments) {
  return Range::make({arguments.rest(), arguments.keywords()});
}

Value cycler(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (arguments.rest().empty()) throw_value_error("at least one item has to be provided");
  Values values(arguments.rest().begin(), arguments.rest().end());
  return ObjectPtr(std::make_shared<Cycler>(Value::tuple(std::move(values))));
}

Value joiner(Evaluation& /*evaluation*/, const Bound& arguments) {
  const Value comma = ", ";
  return ObjectPtr(std::make_shared<Joiner>(arguments.get(0, comma)));
}

// value | apply(function, …): function(value, …).
Value apply(Evaluation& evaluation, const Bound& arguments) {
  Values positional{arguments[0]};
  positional.insert(positional.end(), arguments.rest().begin(), arguments.rest().end());
  return evaluation.call(arguments[1], {positional, arguments.keywords()});
}

Value as_function(Evaluation& evaluation, const Bound& arguments) {
  const Value& macro = arguments[0];
  const Object* object = macro.as_object();
  if (object == nullptr || object->type_name() != "Macro") {
    require_defined(macro);
    throw_error(ErrorClass::attribute_error,
                "'" + std::string(type_name(macro)) + "' object has no attribute 'name'");
  }
  std::string name = str(attribute(evaluation, macro, "name"));
  constexpr std::string_view kPrefix = "macro_";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  return ObjectPtr(std::make_shared<MacroFunction>(macro, std::move(name)));
}

constexpr std::string_view kMinMax = "value?, *, case_sensitive?, attribute?";

constexpr std::array kFilters{
    Callable{"apply", "value, fn, *, **", apply},
    Callable{"as_function", "macro", as_function},
    Callable{"attr", "obj, name", attr},
    Callable{"batch", "value, linecount, fill_with?", batch},
    Callable{"combine", "value?, *, recursive?", combine},
    Callable{"count", "obj, /", count},
    Callable{"dictsort", "value, case_sensitive?, by?, reverse?", dictsort},
    Callable{"difference", "value, other", difference},
    Callable{"first", "seq", first},
    Callable{"flatten", "value, levels?", flatten},
    Callable{"groupby", "value, attribute, default?, case_sensitive?", groupby},
    Callable{"intersect", "value, other", intersect},
    Callable{"items", "value", item_pairs},
    Callable{"join", "value, d?, attribute?", join},
    Callable{"last", "seq", last},
    Callable{"length", "obj, /", count},
    Callable{"list", "value", list},
    Callable{"map", "value, /, *, **", map},
    Callable{"max", kMinMax, largest},
    Callable{"min", kMinMax, smallest},
    Callable{"random", "seq", random_item},
    Callable{"reject", "value, /, *, **", select<false, false>},
    Callable{"rejectattr", "value, /, *, **", select<false, true>},
    Callable{"reverse", "value", reverse},
    Callable{"select", "value, /, *, **", select<true, false>},
    Callable{"selectattr", "value, /, *, **", select<true, true>},
    Callable{"shuffle", "value?, *, seed?", shuffle},
    Callable{"slice", "value, slices, fill_with?", sliced},
    Callable{"sort", "value, reverse?, case_sensitive?, attribute?", sort},
    Callable{"sum", "iterable, attribute?, start?", sum},
    Callable{"symmetric_difference", "value, other", symmetric_difference},
    Callable{"union", "value, other", unite},
    Callable{"unique", "value, case_sensitive?, attribute?", unique},
};

constexpr std::array kFunctions{
    Callable{"apply", "value, fn, *, **", apply},
    Callable{"as_function", "macro", as_function},
    Callable{"combine", "value?, *, recursive?", combine},
    Callable{"cycler", "*", cycler},
    Callable{"difference", "value, other", difference},
    Callable{"flatten", "value, levels?", flatten},
    Callable{"intersect", "value, other", intersect},
    Callable{"joiner", "sep?", joiner},
    Callable{"max", kMinMax, largest},
    Callable{"merge_response", "value", merge_response},
    Callable{"min", kMinMax, smallest},
    Callable{"range", "*, **", range},
    Callable{"set", "iterable?, /", make_set},
    Callable{"shuffle", "value?, *, seed?", shuffle},
    Callable{"symmetric_difference", "value, other", symmetric_difference},
    Callable{"tuple", "iterable?, /", make_tuple},
    Callable{"union", "value, other", unite},
    Callable{"zip", "*, strict?", zip},
};

}  // namespace

bool is_iterable(Evaluation& evaluation, const Value& value) {
  switch (value.kind()) {
    case Kind::undefined:
    case Kind::text:
    case Kind::bytes:
    case Kind::list:
    case Kind::tuple:
    case Kind::dict:
    case Kind::set:
      return true;
    case Kind::object:
      return value.as_object()->iterate(evaluation) != nullptr;
    default:
      return false;
  }
}

std::optional<Reversed> reversed(Evaluation& evaluation, const Value& value) {
  if (const auto* const range = value.as<Range>()) {
    evaluation.budget().work(static_cast<std::size_t>(range->size()));
    return Reversed{range->reversed(), "range_iterator"};
  }
  if (const auto* const view = value.as<DictView>()) {
    evaluation.budget().work(view->dict().size());
    return Reversed{view->reversed(), "dict_reverseiterator"};
  }
  if (const Dict* dict = value.as_dict()) {
    evaluation.budget().work(dict->size());
    return Reversed{DictView(value, DictView::Part::keys).reversed(), "dict_reversekeyiterator"};
  }
  const Value& sequence = plain_tuple(value);
  switch (sequence.kind()) {
    case Kind::undefined:
    case Kind::text:
    case Kind::bytes:
    case Kind::tuple:
    case Kind::list:
      break;
    default:
      return std::nullopt;
  }
  Values values = items(evaluation, sequence);
  std::ranges::reverse(values);
  return Reversed{std::move(values), sequence.is(Kind::list) ? "list_reverseiterator" : "reversed"};
}

Values all_positional(const Bound& arguments) {
  Values values;
  values.reserve(arguments.rest().size() + 1);
  if (arguments.has(0)) values.push_back(arguments[0]);
  values.insert(values.end(), arguments.rest().begin(), arguments.rest().end());
  return values;
}

Values spread(Evaluation& evaluation, const Bound& arguments) {
  const bool single = arguments.has(0) && arguments.rest().empty();
  if (single && is_iterable(evaluation, arguments[0])) return items(evaluation, arguments[0]);
  return all_positional(arguments);
}

std::optional<Value> list_constant(std::string_view name) {
  if (name == "dict") return ObjectPtr(std::make_shared<DictType>());
  return std::nullopt;
}

CallableTable list_filters() { return kFilters; }
CallableTable list_functions() { return kFunctions; }

}  // namespace gable::rules::jinja

// Functions and filters that flatten, join and compare lists, dicts and sets.

#include "template/callables/lists.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::string_view kEntityId = "entity_id";

// A list, or anything that has items but is no text.
void require_list(Evaluation& evaluation, const Value& value) {
  if (!value.is(Value::Kind::text) && is_iterable(evaluation, value)) return;
  throw_type_error("expected a list, got " + std::string(type_name(value)));
}

struct Flattening {
  Evaluation& evaluation;
  std::optional<std::int64_t> levels;  // none: all
  Values out;
};

void flatten_into(Flattening& flattening, const Value& value, std::int64_t depth) {
  if (depth > Value::kMaxDepth) throw_error(ErrorClass::recursion_error, "nested too deeply");
  const bool deeper = !flattening.levels || depth < *flattening.levels;
  for (Value& item : items(flattening.evaluation, value)) {
    if (deeper && !item.is(Value::Kind::text) && is_iterable(flattening.evaluation, item)) {
      flatten_into(flattening, item, depth + 1);
    } else {
      flattening.out.push_back(std::move(item));
    }
  }
}

// Puts one dict into another; `recursive`: dicts under the same key are combined too.
void combine_into(Evaluation& evaluation, Dict& out, const Value& value, bool recursive) {
  const Dict* dict = value.as_dict();
  if (dict == nullptr) {
    require_defined(value);
    throw_error(ErrorClass::attribute_error,
                "'" + std::string(type_name(value)) + "' object has no attribute 'items'");
  }
  evaluation.budget().work(dict->size());
  for (const Dict::Entry& entry : dict->entries()) {
    const Value* present = recursive && entry.value.as_dict() != nullptr ? out.find(entry.key) : nullptr;
    if (present == nullptr || present->as_dict() == nullptr) {
      out.set(entry.key, entry.value);
      continue;
    }
    auto combined = std::make_shared<Dict>();
    combine_into(evaluation, *combined, *present, true);
    combine_into(evaluation, *combined, entry.value, true);
    out.set(entry.key, DictPtr(std::move(combined)));
  }
}

Set set_of(Evaluation& evaluation, const Value& value) {
  Set set;
  for (Value& item : items(evaluation, value)) set.insert(std::move(item));
  return set;
}

struct TwoSets {
  Set first;
  Set second;
};

TwoSets two_sets(Evaluation& evaluation, const Bound& arguments) {
  require_list(evaluation, arguments[0]);
  require_list(evaluation, arguments[1]);
  return {set_of(evaluation, arguments[0]), set_of(evaluation, arguments[1])};
}

// The items of `set` that `other` has (or has not).
void append_where(const Set& set, const Set& other, bool present, Values& out) {
  for (const Value& item : set.items()) {
    if (other.contains(item) == present) out.push_back(item);
  }
}

Value with_entry(const Dict& dict, std::string_view key, const Value& value) {
  auto changed = std::make_shared<Dict>(dict);
  changed->set(key, value);
  return DictPtr(std::move(changed));
}

void refuse_entity_id(const Dict& dict) {
  if (dict.find(kEntityId) != nullptr) {
    throw_value_error("Response dictionary already contains key 'entity_id'");
  }
}

const Dict& response_dict(const Value& value) {
  if (const Dict* dict = value.as_dict()) return *dict;
  require_defined(value);
  throw_type_error("Response is not a dictionary");
}

// The single list in the answer of one entity, each of its dicts marked with where it comes from.
void append_marked(const Value& entity_id, const Dict::Entry& answer, Values& out) {
  for (const Value& item : *answer.value.as_list()) {
    const Dict* dict = item.as_dict();
    if (dict == nullptr) {
      out.push_back(item);
      continue;
    }
    refuse_entity_id(*dict);
    const Value marked = with_entry(*dict, kEntityId, entity_id);
    out.push_back(with_entry(*marked.as_dict(), "value_key", answer.key));
  }
}

}  // namespace

Value flatten(Evaluation& evaluation, const Bound& arguments) {
  require_list(evaluation, arguments[0]);
  Flattening flattening{evaluation, {}, {}};
  if (arguments.has(1) && !arguments[1].is_none()) {
    std::int64_t number = 0;
    if (!small_integer(arguments[1], number)) {
      throw_type_error("levels expected an integer, got " + std::string(type_name(arguments[1])));
    }
    flattening.levels = number;
  }
  flatten_into(flattening, arguments[0], 0);
  return Value::list(std::move(flattening.out));
}

Value combine(Evaluation& evaluation, const Bound& arguments) {
  auto combined = std::make_shared<Dict>();
  const bool recursive = arguments.flag(1, false);
  if (arguments.has(0)) combine_into(evaluation, *combined, arguments[0], recursive);
  for (const Value& value : arguments.rest()) combine_into(evaluation, *combined, value, recursive);
  return DictPtr(std::move(combined));
}

Value intersect(Evaluation& evaluation, const Bound& arguments) {
  const TwoSets sets = two_sets(evaluation, arguments);
  // Of two that are equal (1 and 1.0) Python keeps the one of the smaller set.
  const bool by_first = sets.first.size() < sets.second.size();
  Values result;
  append_where(by_first ? sets.first : sets.second, by_first ? sets.second : sets.first, true, result);
  return Value::list(std::move(result));
}

Value difference(Evaluation& evaluation, const Bound& arguments) {
  const TwoSets sets = two_sets(evaluation, arguments);
  Values result;
  append_where(sets.first, sets.second, false, result);
  return Value::list(std::move(result));
}

Value unite(Evaluation& evaluation, const Bound& arguments) {
  const TwoSets sets = two_sets(evaluation, arguments);
  Values result = sets.first.items();
  append_where(sets.second, sets.first, false, result);
  return Value::list(std::move(result));
}

Value symmetric_difference(Evaluation& evaluation, const Bound& arguments) {
  const TwoSets sets = two_sets(evaluation, arguments);
  Values result;
  append_where(sets.first, sets.second, false, result);
  append_where(sets.second, sets.first, false, result);
  return Value::list(std::move(result));
}

Value make_set(Evaluation& evaluation, const Bound& arguments) {
  auto set = std::make_shared<Set>();
  if (arguments.has(0)) *set = set_of(evaluation, arguments[0]);
  return SetPtr(std::move(set));
}

Value make_tuple(Evaluation& evaluation, const Bound& arguments) {
  if (!arguments.has(0)) return Value::tuple({});
  if (arguments[0].is(Value::Kind::tuple)) return arguments[0];
  return Value::tuple(items(evaluation, arguments[0]));
}

// The answers of an action of several entities as one list. Once one entity answers with a single list, no
// other shape of answer is looked for (as Home Assistant does it).
Value merge_response(Evaluation& evaluation, const Bound& arguments) {
  Values merged;
  bool single_list = false;
  for (const Dict::Entry& entity : response_dict(arguments[0]).entries()) {
    const Dict& answers = response_dict(entity.value);
    evaluation.budget().work(answers.size() + 1);
    if (answers.size() == 1 && answers.entries()[0].value.as_list() != nullptr) {
      single_list = true;
      append_marked(entity.key, answers.entries()[0], merged);
    }
    if (single_list) continue;
    refuse_entity_id(answers);
    merged.push_back(with_entry(answers, kEntityId, entity.key));
  }
  return Value::list(std::move(merged));
}

}  // namespace gable::rules::jinja

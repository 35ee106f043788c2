#include "simulation/scenario/matching.hpp"

#include <algorithm>

#include "engine/triggers/trigger_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::simulation {

namespace {

using jinja::Value;

bool covers(const Value& wanted, const Value& actual) {
  if (const jinja::Dict* dict = wanted.as_dict()) {
    const jinja::Dict* found = actual.as_dict();
    if (found == nullptr) return false;
    return std::all_of(dict->entries().begin(), dict->entries().end(),
                       [found](const jinja::Dict::Entry& entry) {
                         const Value* value = found->find(entry.key);
                         return value != nullptr && covers(entry.value, *value);
                       });
  }
  const jinja::Values* list = wanted.as_sequence();
  const jinja::Values* items = actual.as_sequence();
  if (list == nullptr || items == nullptr) return jinja::equals(wanted, actual);
  return std::equal(list->begin(), list->end(), items->begin(), items->end(), covers);
}

}  // namespace

bool Matcher::matches(const Templated& wanted, const Value& actual) const {
  switch (wanted.kind()) {
    case Templated::Kind::literal:
      return covers(wanted.literal(), actual);
    case Templated::Kind::text_template:
      return matches_template(wanted, actual);
    case Templated::Kind::list:
      return matches_list(wanted, actual);
    case Templated::Kind::map:
      return matches_map(wanted, actual);
  }
  return false;
}

bool Matcher::matches_text(const Templated& wanted, const std::string& actual) const {
  if (wanted.kind() == Templated::Kind::literal) return jinja::str(wanted.literal()) == actual;
  return matches(wanted, actual);
}

bool Matcher::matches_template(const Templated& wanted, const Value& actual) const {
  Scope scope;
  scope.define("value", actual);
  const Rendered rendered = renderer_.native(wanted, scope);
  return rendered.ok() && counts_as_true(rendered.value);
}

bool Matcher::matches_map(const Templated& wanted, const Value& actual) const {
  const jinja::Dict* dict = actual.as_dict();
  if (dict == nullptr) return false;
  return std::all_of(wanted.entries().begin(), wanted.entries().end(), [&](const auto& entry) {
    if (!entry.first.is_literal()) return false;
    const Value* value = dict->find(entry.first.literal());
    return value != nullptr && matches(entry.second, *value);
  });
}

bool Matcher::matches_list(const Templated& wanted, const Value& actual) const {
  const jinja::Values* items = actual.as_sequence();
  if (items == nullptr) return false;
  return std::equal(wanted.items().begin(), wanted.items().end(), items->begin(), items->end(),
                    [this](const Templated& one, const Value& value) { return matches(one, value); });
}

}  // namespace gable::rules::simulation

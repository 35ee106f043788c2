#include "template/callables/dict_view.hpp"

#include "template/callables/callable.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

class ViewIterator final : public Iterator {
 public:
  explicit ViewIterator(std::shared_ptr<const DictView> view) : view_(std::move(view)) {}
  std::optional<Value> next(Evaluation& /*evaluation*/) override {
    if (position_ == view_->dict().size()) return std::nullopt;
    return view_->at(position_++);
  }
  [[nodiscard]] std::string_view type_name() const override {
    switch (view_->part()) {
      case DictView::Part::keys:
        return "dict_keyiterator";
      case DictView::Part::values:
        return "dict_valueiterator";
      case DictView::Part::items:
        break;
    }
    return "dict_itemiterator";
  }

 private:
  std::shared_ptr<const DictView> view_;
  std::size_t position_ = 0;
};

// The items of what - takes on its other side, as far as they can be had without an evaluation.
std::optional<Values> plain_items(const Value& value) {
  if (const Values* items = value.as_sequence()) return *items;
  if (const Set* set = value.as_set()) return set->items();
  if (const auto* const view = value.as<DictView>()) {
    Values items = view->reversed();
    return Values(items.rbegin(), items.rend());
  }
  const Dict* dict = value.as_dict();
  if (dict == nullptr) return std::nullopt;
  Values keys;
  keys.reserve(dict->size());
  for (const Dict::Entry& entry : dict->entries()) keys.push_back(entry.key);
  return keys;
}

Value is_disjoint_method(Evaluation& evaluation, const Bound& arguments) {
  return arguments[0].as<DictView>()->is_disjoint(evaluation, arguments[1]);
}

constexpr Callable kIsDisjoint{"isdisjoint", "self, other, /", is_disjoint_method};

}  // namespace

Value DictView::make(const Value& dict, Part part) {
  return ObjectPtr(std::make_shared<DictView>(dict, part));
}

Value DictView::at(std::size_t position) const {
  const Dict::Entry& entry = dict().entries()[position];
  switch (part_) {
    case Part::keys:
      return entry.key;
    case Part::values:
      return entry.value;
    case Part::items:
      break;
  }
  return Value::tuple({entry.key, entry.value});
}

Values DictView::reversed() const {
  Values values;
  values.reserve(dict().size());
  for (std::size_t i = dict().size(); i > 0; --i) values.push_back(at(i - 1));
  return values;
}

bool DictView::is_disjoint(Evaluation& evaluation, const Value& other) const {
  const IteratorPtr items = jinja::iterate(evaluation, other);
  while (const std::optional<Value> item = items->next(evaluation)) {
    evaluation.budget().work(1);
    if (*contains(*item)) return false;
  }
  return true;
}

std::string_view DictView::type_name() const {
  switch (part_) {
    case Part::keys:
      return "dict_keys";
    case Part::values:
      return "dict_values";
    case Part::items:
      break;
  }
  return "dict_items";
}

std::string DictView::repr() const {
  std::string text(type_name());
  text += "([";
  for (std::size_t i = 0; i < dict().size(); ++i) {
    if (i > 0) text += ", ";
    text += jinja::repr(at(i));
  }
  return text + "])";
}

std::optional<std::size_t> DictView::length() const { return dict().size(); }

std::optional<Value> DictView::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "mapping") return dict_;
  if (name == kIsDisjoint.name && part_ != Part::values) return bound_method(kIsDisjoint, shared_from_this());
  return std::nullopt;
}

IteratorPtr DictView::iterate(Evaluation& /*evaluation*/) {
  return std::make_shared<ViewIterator>(std::static_pointer_cast<const DictView>(shared_from_this()));
}

bool DictView::equals(const Value& other) const {
  const auto* const view = other.as<DictView>();
  if (part_ == Part::values) return view == this;
  if (view == nullptr && other.as_set() == nullptr) return false;
  const std::optional<Values> items = plain_items(other);
  if (items->size() != dict().size()) return false;
  for (const Value& item : *items) {
    if (!*contains(item)) return false;
  }
  return true;
}

std::size_t DictView::hash() const {
  if (part_ == Part::values) return Object::hash();
  throw_type_error("unhashable type: '" + std::string(type_name()) + "'");
}

std::optional<bool> DictView::contains(const Value& item) const {
  if (part_ == Part::keys) return dict().find(item) != nullptr;
  if (part_ == Part::items) {
    const Values* pair = item.as_tuple();
    if (pair == nullptr || pair->size() != 2) return false;
    const Value* found = dict().find((*pair)[0]);
    return found != nullptr && jinja::equals(*found, (*pair)[1]);
  }
  for (const Dict::Entry& entry : dict().entries()) {
    if (jinja::equals(entry.value, item)) return true;
  }
  return false;
}

std::optional<Value> DictView::arithmetic(Operator op, const Value& other, bool reflected) const {
  if (op != Operator::subtract || part_ == Part::values) return std::nullopt;
  std::optional<Values> others = plain_items(other);
  if (!others) return std::nullopt;
  const auto result = std::make_shared<Set>();
  if (reflected) {
    for (Value& item : *others) {
      if (!*contains(item)) result->insert(std::move(item));
    }
    return Value(SetPtr(result));
  }
  Set excluded;
  for (Value& item : *others) excluded.insert(std::move(item));
  for (std::size_t i = 0; i < dict().size(); ++i) {
    if (Value item = at(i); !excluded.contains(item)) result->insert(std::move(item));
  }
  return Value(SetPtr(result));
}

}  // namespace gable::rules::jinja

#include "template/callables/helpers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "template/callables/callable.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

void add_pair(Evaluation& evaluation, Dict& dict, const Value& element, std::size_t number) {
  const std::string which = "dictionary update sequence element #" + std::to_string(number);
  const bool can = element.as_sequence() != nullptr || element.as_text() != nullptr ||
                   element.as_dict() != nullptr || element.as_set() != nullptr ||
                   element.is(Value::Kind::bytes) || element.is(Value::Kind::object);
  if (!can && !element.is_undefined()) throw_type_error("cannot convert " + which + " to a sequence");
  Values pair = items(evaluation, element);
  if (pair.size() != 2) {
    throw_value_error(which + " has length " + std::to_string(pair.size()) + "; 2 is required");
  }
  dict.set(std::move(pair[0]), std::move(pair[1]));
}

// What dict() takes, put into `dict`.
void add_all(Evaluation& evaluation, Dict& dict, const Value& source) {
  if (const Dict* other = source.as_dict()) {
    evaluation.budget().work(other->size());
    for (const Dict::Entry& entry : other->entries()) dict.set(entry.key, entry.value);
    return;
  }
  require_defined(source);
  const IteratorPtr pairs = iterate(evaluation, source);
  std::size_t number = 0;
  while (const std::optional<Value> element = pairs->next(evaluation)) {
    evaluation.budget().work(2);
    add_pair(evaluation, dict, *element, number++);
  }
}

Value cycler_next(Evaluation& /*evaluation*/, const Bound& arguments) {
  return arguments[0].as<Cycler>()->next();
}

Value cycler_reset(Evaluation& /*evaluation*/, const Bound& arguments) {
  arguments[0].as<Cycler>()->reset();
  return None{};
}

constexpr std::array kCyclerMethods{Callable{"next", "self", cycler_next},
                                    Callable{"reset", "self", cycler_reset}};

// What a macro function hands to its macro as `returns`.
class Returns final : public Object {
 public:
  explicit Returns(std::shared_ptr<Value> slot) : slot_(std::move(slot)) {}

  [[nodiscard]] std::string_view type_name() const override { return "function"; }
  [[nodiscard]] std::string repr() const override { return "<function returns>"; }
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& /*evaluation*/, const Arguments& arguments) override {
    const Bound bound = bind("returns", "value", nullptr, arguments);
    *slot_ = bound[0];
    return bound[0];
  }
  // May have been called with itself.
  void release() override { *slot_ = None{}; }

 private:
  std::shared_ptr<Value> slot_;
};

}  // namespace

std::string_view DictType::type_name() const { return parameter_ ? "GenericAlias" : "type"; }

std::string DictType::repr() const {
  return parameter_ ? "dict[" + jinja::repr(*parameter_) + "]" : "<class 'dict'>";
}

Value DictType::make(Evaluation& evaluation, const Arguments& arguments) {
  const std::size_t given = arguments.positional.size();
  if (given > 1) throw_type_error("dict expected at most 1 argument, got " + std::to_string(given));
  auto dict = std::make_shared<Dict>();
  if (given == 1) add_all(evaluation, *dict, arguments.positional[0]);
  for (const Keyword& keyword : arguments.keywords) dict->set(keyword.name, keyword.value);
  return DictPtr(std::move(dict));
}

Value DictType::call(Evaluation& evaluation, const Arguments& arguments) {
  return make(evaluation, arguments);
}

std::optional<Value> DictType::attribute(Evaluation& evaluation, std::string_view name) {
  static_cast<void>(evaluation);
  const Value empty = DictPtr(std::make_shared<Dict>());
  const Callable* method = find_method(empty, name);
  if (method == nullptr) return std::nullopt;
  // A method of the class itself, not of one dict; and those that change a dict are undefined.
  if (name == "fromkeys" || method->implementation == forbidden_method) return bound_method(*method, empty);
  return function_value(*method);
}

std::optional<Value> DictType::item(Evaluation& /*evaluation*/, const Value& key) {
  // What has its parameter takes no other.
  if (parameter_) return std::nullopt;
  return ObjectPtr(std::make_shared<DictType>(key));
}

bool DictType::equals(const Value& other) const {
  const auto* const type = other.as<DictType>();
  if (type == nullptr || type->parameter_.has_value() != parameter_.has_value()) return false;
  return !parameter_ || jinja::equals(*parameter_, *type->parameter_);
}

std::size_t DictType::hash() const { return parameter_ ? jinja::hash(*parameter_) + 1 : 1; }

Value Cycler::next() {
  Value value = current();
  position_ = (position_ + 1) % items_.as_tuple()->size();
  return value;
}

std::optional<Value> Cycler::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "current") return current();
  if (name == "items") return items_;
  if (name == "pos") return Value::size(position_);
  const auto* const method = std::ranges::find(kCyclerMethods, name, &Callable::name);
  if (method == kCyclerMethods.end()) return std::nullopt;
  return bound_method(*method, shared_from_this());
}

Value Joiner::call(Evaluation& /*evaluation*/, const Arguments& arguments) {
  static_cast<void>(bind("joiner", "", nullptr, arguments));
  return std::exchange(used_, true) ? separator_ : Value("");
}

std::optional<Value> Joiner::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "sep") return separator_;
  if (name == "used") return Value(used_);
  return std::nullopt;
}

Value MacroFunction::call(Evaluation& evaluation, const Arguments& arguments) {
  const auto slot = std::make_shared<Value>();
  const auto returns = std::make_shared<Returns>(slot);
  evaluation.release_at_end(returns);
  std::vector<Keyword> keywords(arguments.keywords.begin(), arguments.keywords.end());
  for (const Keyword& keyword : keywords) {
    if (keyword.name == "returns") throw_type_error("got multiple values for keyword argument 'returns'");
  }
  keywords.push_back({"returns", ObjectPtr(returns)});
  evaluation.call(macro_, {arguments.positional, keywords});
  return std::exchange(*slot, None{});
}

}  // namespace gable::rules::jinja

// Recognises and follows bare paths.
#include "template/bare_path.hpp"

#include <algorithm>

#include "template/callables/callable.hpp"
#include "template/value/dict.hpp"

namespace gable::rules::jinja {

namespace {

constexpr std::string_view kRoot = "value_json";

// A dict's own methods come before its keys: `value_json.items` is no look-up.
bool is_dict_method(const std::string& name) {
  const Value dict{DictPtr(std::make_shared<Dict>())};
  return find_method(dict, name) != nullptr;
}

// A constant, or one with a minus before it; undefined for anything else.
Value constant_of(const Expression& expression) {
  if (expression.kind == ExpressionKind::constant) return expression.constant;
  const bool negated = expression.kind == ExpressionKind::unary && expression.op == Operator::negative;
  const std::int64_t* number = negated ? expression.operands[0]->constant.as_int() : nullptr;
  const bool is_constant = negated && expression.operands[0]->kind == ExpressionKind::constant;
  return number != nullptr && is_constant ? Value(-*number) : Value::undefined();
}

const Value* list_item(const Value& list, std::int64_t index) {
  const Values* items = list.as_list();
  if (items == nullptr) return nullptr;
  const auto size = static_cast<std::int64_t>(items->size());
  if (index < 0) index += size;
  return index >= 0 && index < size ? &(*items)[static_cast<std::size_t>(index)] : nullptr;
}

}  // namespace

std::optional<BarePath> BarePath::recognise(const Tree& tree) {
  if (tree.body.size() != 1 || tree.body.front()->kind != StatementKind::output) return std::nullopt;
  BarePath path;
  const Expression* at = tree.body.front()->expression.get();
  for (; at->kind != ExpressionKind::name; at = at->operands[0].get()) {
    if (at->kind == ExpressionKind::attribute) {
      if (is_dict_method(at->text) || at->text.starts_with('_')) return std::nullopt;
      path.steps_.emplace_back(at->text);
    } else if (at->kind == ExpressionKind::item) {
      const Value key = constant_of(*at->operands[1]);
      if (const std::string* text = key.as_text()) {
        path.steps_.emplace_back(*text);
      } else if (const std::int64_t* index = key.as_int()) {
        path.steps_.emplace_back(*index);
      } else {
        return std::nullopt;
      }
    } else {
      return std::nullopt;
    }
  }
  if (at->text != kRoot) return std::nullopt;
  std::reverse(path.steps_.begin(), path.steps_.end());
  return path;
}

const Value* BarePath::find(const Value& value_json) const {
  const Value* at = &value_json;
  for (const Step& step : steps_) {
    if (const auto* key = std::get_if<std::string>(&step)) {
      const Dict* dict = at->as_dict();
      at = dict != nullptr ? dict->find(std::string_view(*key)) : nullptr;
    } else {
      at = list_item(*at, std::get<std::int64_t>(step));
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace gable::rules::jinja

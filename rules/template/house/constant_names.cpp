// Which texts an expression may have.

#include "template/house/constant_names.hpp"

namespace gable::rules::jinja {
namespace {

constexpr int kMostDepth = 16;  // of variables set to variables

bool find_in_list(const Value& list, Position position, std::vector<ConstantText>& out) {
  for (const Value& item : *list.as_sequence()) {
    const std::string* text = item.as_text();
    if (text == nullptr) return false;
    out.push_back({*text, position});
  }
  return true;
}

}  // namespace

ConstantNames::ConstantNames(const Tree& tree) { bind_body(tree.body, true); }

bool ConstantNames::find(const Expression& expression, std::vector<ConstantText>& out) const {
  return find(expression, out, 0);
}

void ConstantNames::bind_body(const Body& body, bool certain) {
  for (const StatementPtr& statement : body) bind_statement(*statement, certain);
}

void ConstantNames::bind_statement(const Statement& statement, bool certain) {
  switch (statement.kind) {
    case StatementKind::set:
      bind_target(statement.target, statement.expression.get(), certain);
      break;
    case StatementKind::for_loop:
      // Within its body the variable is always the loop's.
      bind_target(statement.target, statement.expression.get(), true);
      break;
    case StatementKind::set_block:
      bind_target(statement.target, nullptr, certain);
      break;
    case StatementKind::with:
      for (std::size_t i = 0; i < statement.with_targets.size(); ++i) {
        bind_target(statement.with_targets[i], statement.with_values[i].get(), true);
      }
      break;
    case StatementKind::macro:
    case StatementKind::import_file:
      bind_unknown(statement.text);
      break;
    case StatementKind::from_import:
      for (const ImportedName& imported : statement.names) bind_unknown(imported.alias);
      break;
    default:
      break;
  }
  for (const Parameter& parameter : statement.parameters) bind_unknown(parameter.name);
  for (const Branch& branch : statement.branches) bind_body(branch.body, false);
  bind_body(statement.body, certain && statement.kind == StatementKind::with);
  bind_body(statement.otherwise, false);
}

void ConstantNames::bind_target(const Target& target, const Expression* value, bool certain) {
  for (const Target& part : target.parts) bind_target(part, nullptr, certain);
  if (target.name.empty() || !target.attribute.empty()) return;
  Binding& binding = bindings_[target.name];
  if (binding.values.empty()) binding.certain = certain;
  binding.values.push_back(value);
  if (value == nullptr) binding.constant = false;
}

bool ConstantNames::find(const Expression& expression, std::vector<ConstantText>& out, int depth) const {
  if (depth > kMostDepth) return false;
  switch (expression.kind) {
    case ExpressionKind::constant:
      if (const std::string* text = expression.constant.as_text()) {
        out.push_back({*text, expression.position});
        return true;
      }
      return expression.constant.as_sequence() != nullptr &&
             find_in_list(expression.constant, expression.position, out);
    case ExpressionKind::list:
    case ExpressionKind::tuple: {
      bool complete = true;
      for (const ExpressionPtr& item : expression.operands) complete &= find(*item, out, depth + 1);
      return complete;
    }
    case ExpressionKind::conditional: {
      const bool first = find(*expression.operands[0], out, depth + 1);
      return expression.operands[2] != nullptr && find(*expression.operands[2], out, depth + 1) && first;
    }
    case ExpressionKind::name:
      return find_variable(expression.text, out, depth + 1);
    default:
      return false;
  }
}

bool ConstantNames::find_variable(std::string_view name, std::vector<ConstantText>& out, int depth) const {
  const auto found = bindings_.find(name);
  if (found == bindings_.end()) return false;
  bool complete = found->second.constant && found->second.certain;
  for (const Expression* value : found->second.values) {
    if (value != nullptr) complete &= find(*value, out, depth);
  }
  return complete;
}

}  // namespace gable::rules::jinja

// A tree in one line.
#include "tree_text.hpp"

#include "template/syntax/parser.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

std::string text_or_blank(const ExpressionPtr& expression) { return expression ? text_of(*expression) : "_"; }

std::string head_of(const Expression& expression) {
  switch (expression.kind) {
    case ExpressionKind::list:
      return "list";
    case ExpressionKind::tuple:
      return "tuple";
    case ExpressionKind::dict:
      return "dict";
    case ExpressionKind::conditional:
      return "if";
    case ExpressionKind::attribute:
      return ".";
    case ExpressionKind::item:
      return "item";
    case ExpressionKind::slice:
      return "slice";
    case ExpressionKind::call:
      return "call";
    case ExpressionKind::filter:
      return "|";
    case ExpressionKind::test:
      return "is";
    default:
      return std::string(operator_text(expression.op));
  }
}

std::string comparison_text(const Expression& expression) {
  std::string out = "(" + text_of(*expression.operands[0]);
  for (std::size_t i = 0; i < expression.operators.size(); ++i) {
    out += " " + std::string(operator_text(expression.operators[i])) + " " +
           text_of(*expression.operands[i + 1]);
  }
  return out + ")";
}

std::string text_of(const Target& target) {
  if (target.parts.empty())
    return target.attribute.empty() ? target.name : target.name + "." + target.attribute;
  std::string out;
  for (const Target& part : target.parts) out += (out.empty() ? "" : ",") + text_of(part);
  return "(" + out + ")";
}

std::string parameters_of(const Statement& statement) {
  std::string out;
  for (const Parameter& parameter : statement.parameters) {
    out += " " + parameter.name + (parameter.fallback ? "=" + text_of(*parameter.fallback) : "");
  }
  return out;
}

std::string branches_of(const Statement& statement) {
  std::string out = "(if";
  for (const Branch& branch : statement.branches) {
    out += " " + (branch.condition ? text_of(*branch.condition) : "else") + " " + text_of(branch.body);
  }
  return out + ")";
}

std::string for_text(const Statement& statement) {
  std::string out = "(for " + text_of(statement.target) + " in " + text_of(*statement.expression);
  if (statement.filter) out += " if " + text_of(*statement.filter);
  if (statement.recursive) out += " recursive";
  out += " " + text_of(statement.body);
  return out + (statement.otherwise.empty() ? ")" : " else " + text_of(statement.otherwise) + ")");
}

std::string with_text(const Statement& statement) {
  std::string out = "(with";
  for (std::size_t i = 0; i < statement.with_targets.size(); ++i) {
    out += " " + text_of(statement.with_targets[i]) + "=" + text_of(*statement.with_values[i]);
  }
  return out + " " + text_of(statement.body) + ")";
}

std::string from_text(const Statement& statement) {
  std::string out = "(from " + text_of(*statement.expression);
  for (const ImportedName& name : statement.names) out += " " + name.name + ">" + name.alias;
  return out + (statement.with_context ? " with)" : ")");
}

std::string text_of(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::text:
      return repr(statement.text);
    case StatementKind::output:
      return text_of(*statement.expression);
    case StatementKind::if_block:
      return branches_of(statement);
    case StatementKind::for_loop:
      return for_text(statement);
    case StatementKind::break_loop:
      return "(break)";
    case StatementKind::continue_loop:
      return "(continue)";
    case StatementKind::set:
      return "(set " + text_of(statement.target) + " " + text_of(*statement.expression) + ")";
    case StatementKind::set_block:
      return "(set " + text_of(statement.target) +
             (statement.filter ? " " + text_of(*statement.filter) : "") + " " + text_of(statement.body) + ")";
    case StatementKind::macro:
      return "(macro " + statement.text + parameters_of(statement) + " " + text_of(statement.body) + ")";
    case StatementKind::call_block:
      return "(call" + parameters_of(statement) + " " + text_of(*statement.expression) + " " +
             text_of(statement.body) + ")";
    case StatementKind::filter_block:
      return "(filter " + text_of(*statement.filter) + " " + text_of(statement.body) + ")";
    case StatementKind::with:
      return with_text(statement);
    case StatementKind::do_expression:
      return "(do " + text_of(*statement.expression) + ")";
    case StatementKind::import_file:
      return "(import " + text_of(*statement.expression) + " " + statement.text +
             (statement.with_context ? " with)" : ")");
    case StatementKind::from_import:
      return from_text(statement);
    case StatementKind::include:
      return "(include " + text_of(*statement.expression) + (statement.ignore_missing ? " missing" : "") +
             (statement.with_context ? " with)" : ")");
    case StatementKind::autoescape:
      return "(autoescape " + text_of(*statement.expression) + " " + text_of(statement.body) + ")";
  }
  return {};
}

}  // namespace

std::string text_of(const Expression& expression) {
  if (expression.kind == ExpressionKind::constant) return repr(expression.constant);
  if (expression.kind == ExpressionKind::name) return expression.text;
  if (expression.kind == ExpressionKind::comparison) return comparison_text(expression);
  std::string out = "(" + head_of(expression);
  for (std::size_t i = 0; i < expression.operands.size(); ++i) {
    out += " " + text_or_blank(expression.operands[i]);
    if (i == 0 && !expression.text.empty()) out += " " + expression.text;
  }
  for (const KeywordArgument& keyword : expression.keywords)
    out += " " + keyword.name + "=" + text_of(*keyword.value);
  if (expression.star) out += " *" + text_of(*expression.star);
  if (expression.double_star) out += " **" + text_of(*expression.double_star);
  return out + ")";
}

std::string text_of(const Body& body) {
  std::string out;
  for (const StatementPtr& statement : body) out += (out.empty() ? "" : " ") + text_of(*statement);
  return "[" + out + "]";
}

std::string parsed(std::string_view source) {
  const wire::Result<Tree> tree = parse(source);
  return tree ? text_of(tree->body) : tree.error().where + " " + tree.error().text;
}

std::string parsed_expression(std::string_view source) {
  const wire::Result<Tree> tree = parse("{{ " + std::string(source) + " }}");
  if (!tree) return tree.error().where + " " + tree.error().text;
  return tree->body.size() == 1 ? text_of(*tree->body.front()->expression) : "not one expression";
}

}  // namespace gable::rules::jinja

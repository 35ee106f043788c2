#pragma once
// The syntax tree of a template, made once by the parser and then only read. Nodes own their children.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "template/value/operator.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

struct Callable;

// Of the first character, both from 1; columns count octets.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct KeywordArgument {
  std::string name;
  ExpressionPtr value;
};

enum class ExpressionKind : std::uint8_t {
  constant,     // constant
  name,         // text; symbol; function: the global of that name, or null
  list,         // operands
  tuple,        // operands
  dict,         // operands: key, value, key, value …
  unary,        // op (negative, positive, logical_not), operands[0]
  binary,       // op (arithmetic, logical_and, logical_or), operands[0], [1]
  concatenate,  // operands joined as text
  comparison,   // operands[0] op_of(operators[0]) operands[1] operators[1] operands[2] … (chained)
  conditional,  // operands: then, condition, otherwise (may be null: undefined)
  attribute,    // operands[0] . text
  item,         // operands[0] [ operands[1] ]
  slice,        // only as operands[1] of item: operands start, stop, step, each may be null
  call,         // operands[0] ( the other operands, keywords, star, double_star )
  filter,       // text; function; operands[0] | … (operands[0] null in a filter block), the other operands,
                // keywords
  test          // text; function; operands[0] is …, the other operands, keywords
};

struct Expression {
  ExpressionKind kind = ExpressionKind::constant;
  Operator op = Operator::add;
  std::uint16_t height = 1;  // levels of the tree below and including this; limited, so that recursion is
  bool folded_base = false;  // of x ** y: x is a constant expression, y is none: see note_folded_base()
  // Where to point people to: the operator, the '(' of a call, the '[' of an item, the name of an attribute,
  // filter or test, the 'if' of a conditional; of anything else the first character.
  Position position;
  std::uint32_t symbol = 0;  // of a name: index into Tree::symbols
  // Of a filter, a test or a global name. Null for a filter or test that does not exist: as in Jinja that is
  // no syntax error within an if, but a TemplateRuntimeError "No filter named 'x' found." when it is come to.
  const Callable* function = nullptr;
  Value constant;
  std::string text;
  std::vector<ExpressionPtr> operands;
  std::vector<Operator> operators;  // of a comparison
  std::vector<KeywordArgument> keywords;
  ExpressionPtr star, double_star;  // of a call, filter or test: f(*a, **b)
};

// What is assigned to: a name, a tuple of targets, or an attribute of a namespace (ns.x).
struct Target {
  std::uint32_t symbol = 0;
  std::string name;           // of the variable or namespace
  std::string attribute;      // not empty: of the namespace
  std::vector<Target> parts;  // not empty: unpacked
  Position position;
};

struct Statement;
using StatementPtr = std::unique_ptr<Statement>;
using Body = std::vector<StatementPtr>;

struct Parameter {
  std::uint32_t symbol = 0;
  std::string name;
  ExpressionPtr fallback;  // may be null
};

struct Branch {
  ExpressionPtr condition;  // null: else
  Body body;
};

struct ImportedName {
  std::string name;
  std::uint32_t symbol = 0;  // under which it is known here
  std::string alias;
};

enum class StatementKind : std::uint8_t {
  text,      // text
  output,    // expression
  if_block,  // branches
  for_loop,  // target, expression, filter (may be null), body, otherwise; recursive
  break_loop,
  continue_loop,
  set,            // target, expression
  set_block,      // target, body, filter (a chain of filters whose innermost operand is null; may be null)
  macro,          // text: its name; symbol; parameters; body
  call_block,     // expression (a call), parameters, body
  filter_block,   // filter, body
  with,           // assignments: with_targets[i] = with_values[i]; body
  do_expression,  // expression
  import_file,    // expression: the file; symbol, text: its alias; with_context
  from_import,    // expression: the file; names; with_context
  include,        // expression; ignore_missing; with_context
  autoescape      // body (escaping is not done: Home Assistant never does)
};

struct Statement {
  StatementKind kind = StatementKind::text;
  Position position;
  bool recursive = false;
  bool with_context = false;
  bool ignore_missing = false;
  std::uint32_t symbol = 0;
  std::string text;
  Target target;
  ExpressionPtr expression;
  ExpressionPtr filter;
  std::vector<Branch> branches;
  Body body;
  Body otherwise;
  std::vector<Parameter> parameters;
  std::vector<ImportedName> names;
  std::vector<Target> with_targets;
  std::vector<ExpressionPtr> with_values;
  // See Tree::hidden; of the body and of otherwise.
  std::vector<std::string> hidden;
  std::vector<std::string> hidden_otherwise;
};

struct Tree {
  Body body;
  // Every name in the template, once; Expression::symbol is an index into it.
  std::vector<std::string> symbols;
  // Names that the outermost scope sets, but only after a scope within it has read them. Jinja then takes
  // them for its own from the begin: they are undefined until they are set, whatever was given to the
  // template.
  std::vector<std::string> hidden;
};

}  // namespace gable::rules::jinja

// Expressions: names, literals, operators, look-ups.
#include <cmath>

#include "template/callables/callable.hpp"
#include "template/evaluate/interpreter.hpp"
#include "template/house/states.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

// Expressions within macros within expressions …; the parser bounds one template's nesting, this bounds the
// stack.
constexpr int kMaxEvaluationDepth = 400;

class Nested {
 public:
  explicit Nested(int& depth) : depth_(depth) {
    if (depth_ >= kMaxEvaluationDepth) {
      throw_error(ErrorClass::recursion_error, "maximum recursion depth exceeded");
    }
    ++depth_;
  }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  ~Nested() { --depth_; }

 private:
  int& depth_;
};

bool is_negative(const Value& number) {
  if (const std::int64_t* small = number.as_int()) return *small < 0;
  if (const BigInteger* big = number.as_big()) return big->sign() < 0;
  const double* real = number.as_real();
  return real != nullptr && std::signbit(*real);
}

}  // namespace

Value Interpreter::evaluate(const Expression& expression, const FramePtr& frame) {
  switch (expression.kind) {
    case ExpressionKind::constant:
      return expression.constant;
    case ExpressionKind::name:
      return name(expression, frame);
    default:
      break;
  }
  const Nested nested(nesting_);
  return evaluate_kind(expression, frame);
}

Value Interpreter::evaluate_kind(const Expression& expression, const FramePtr& frame) {
  switch (expression.kind) {
    case ExpressionKind::list:
      return Value::list(operands(expression, frame));
    case ExpressionKind::tuple:
      return Value::tuple(operands(expression, frame));
    case ExpressionKind::dict:
      return make_dict(expression, frame);
    case ExpressionKind::unary:
      return unary(expression, frame);
    case ExpressionKind::binary:
      return binary(expression, frame);
    case ExpressionKind::concatenate:
      return concatenate(expression, frame);
    case ExpressionKind::comparison:
      return compare_chain(expression, frame);
    case ExpressionKind::conditional:
      return conditional(expression, frame);
    case ExpressionKind::attribute: {
      const Value object = evaluate(*expression.operands[0], frame);
      where_ = expression.position;
      return attribute(evaluation_, object, expression.text);
    }
    case ExpressionKind::item:
      return subscripted(expression, frame);
    case ExpressionKind::call:
      return call(expression, frame);
    case ExpressionKind::filter:
      return filtered(expression, frame);
    case ExpressionKind::test:
      return tested(expression, frame);
    case ExpressionKind::constant:
    case ExpressionKind::name:
    case ExpressionKind::slice:
      break;
  }
  return {};
}

Value Interpreter::name(const Expression& expression, const FramePtr& frame) {
  if (const Value* value = frame->find(expression.text)) return *value;
  for (const Variable& variable : variables_) {
    if (variable.name == expression.text) return variable.value;
  }
  if (expression.text == "states") return states_value(evaluation_);
  if (const Callable* function = find_function(expression.text)) return function_value(*function);
  if (std::optional<Value> constant = find_constant(expression.text)) return std::move(*constant);
  return Value::undefined("'" + expression.text + "' is undefined");
}

Values Interpreter::operands(const Expression& expression, const FramePtr& frame) {
  Values values;
  values.reserve(expression.operands.size());
  for (const ExpressionPtr& operand : expression.operands) values.push_back(evaluate(*operand, frame));
  return values;
}

Value Interpreter::make_dict(const Expression& expression, const FramePtr& frame) {
  auto dict = std::make_shared<Dict>();
  // As in Python, all are evaluated before the first is found to be no key.
  Values parts = operands(expression, frame);
  where_ = expression.position;
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    dict->set(std::move(parts[i]), std::move(parts[i + 1]));
  return DictPtr(std::move(dict));
}

Value Interpreter::unary(const Expression& expression, const FramePtr& frame) {
  const Value operand = evaluate(*expression.operands[0], frame);
  where_ = expression.position;
  if (expression.op == Operator::logical_not) return !truth(operand);
  return expression.op == Operator::negative ? negative(operand) : positive(operand);
}

Value Interpreter::binary(const Expression& expression, const FramePtr& frame) {
  Value left = evaluate(*expression.operands[0], frame);
  if (expression.op == Operator::logical_and || expression.op == Operator::logical_or) {
    const bool decided = truth(left) == (expression.op == Operator::logical_or);
    return decided ? left : evaluate(*expression.operands[1], frame);
  }
  const Value right = evaluate(*expression.operands[1], frame);
  where_ = expression.position;
  if (expression.folded_base && is_negative(left)) {
    return negative(arithmetic(evaluation_, expression.op, negative(left), right));
  }
  return arithmetic(evaluation_, expression.op, left, right);
}

Value Interpreter::concatenate(const Expression& expression, const FramePtr& frame) {
  // All are evaluated before the first is printed, as Jinja does.
  std::string out;
  for (const Value& value : operands(expression, frame)) {
    where_ = expression.position;
    append_str(value, out);
    evaluation_.budget().text(out.size());
  }
  return out;
}

Value Interpreter::compare_chain(const Expression& expression, const FramePtr& frame) {
  Value left = evaluate(*expression.operands[0], frame);
  for (std::size_t i = 0; i < expression.operators.size(); ++i) {
    Value right = evaluate(*expression.operands[i + 1], frame);
    where_ = expression.position;
    if (!compare(evaluation_, expression.operators[i], left, right)) return false;
    left = std::move(right);
  }
  return true;
}

Value Interpreter::conditional(const Expression& expression, const FramePtr& frame) {
  if (truth(evaluate(*expression.operands[1], frame))) return evaluate(*expression.operands[0], frame);
  if (expression.operands.size() > 2 && expression.operands[2])
    return evaluate(*expression.operands[2], frame);
  return Value::undefined("the inline if-expression on line " + std::to_string(expression.position.line) +
                          " evaluated to false and no else section was defined.");
}

Value Interpreter::subscripted(const Expression& expression, const FramePtr& frame) {
  const Value object = evaluate(*expression.operands[0], frame);
  const Expression& key = *expression.operands[1];
  if (key.kind != ExpressionKind::slice) {
    const Value at = evaluate(key, frame);
    where_ = expression.position;
    return item(evaluation_, object, at);
  }
  const auto bound = [&](std::size_t i) {
    return i < key.operands.size() && key.operands[i] ? evaluate(*key.operands[i], frame) : Value();
  };
  Slice range{bound(0), bound(1), bound(2)};
  where_ = expression.position;
  return slice(evaluation_, object, range);
}

}  // namespace gable::rules::jinja

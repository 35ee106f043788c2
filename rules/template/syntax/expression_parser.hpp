#pragma once
// ExpressionParser: reads expressions. Jinja's grammar, where the binding from loose to tight is: inline if;
// or; and; not; comparisons (chained); + -; ~; * / // %; **; unary + -; calls, points and brackets; filters
// and tests. Two of its oddities: -2 ** 2 is 4, and -x | abs is (-x) | abs.

#include <string_view>
#include <vector>

#include "template/syntax/symbols.hpp"
#include "template/syntax/token_stream.hpp"
#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

// How a list of expressions without brackets is read.
struct TupleRules {
  bool simple = false;         // names and literals only: what is assigned to
  bool condition = true;       // may hold an inline if
  bool parenthesised = false;  // may be empty
};

// Counts how deep the parser is within itself, so that no template makes it use up the stack.
class Depth {
 public:
  Depth(int& depth, const TokenStream& tokens);
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --depth_; }

 private:
  int& depth_;
};

class ExpressionParser {
 public:
  // Both are borrowed.
  ExpressionParser(TokenStream& tokens, Symbols& symbols) : tokens_(tokens), symbols_(symbols) {}

  ExpressionPtr expression(bool with_condition = true);
  // One expression, or several with commas between them as a tuple.
  ExpressionPtr tuple(const TupleRules& rules = {});
  // Filters over `operand` (which may be null) as long as there is a '|'.
  ExpressionPtr filters(ExpressionPtr operand);
  // A filter's name with its arguments, without '|' in front of it.
  ExpressionPtr filter(ExpressionPtr operand);

  [[nodiscard]] int& depth() { return depth_; }

  // Jinja refuses an unknown filter or test when it compiles, except within an if (statement or inline),
  // where rendering fails when it gets there. Statements say here whether they are in an if.
  [[nodiscard]] bool in_if() const { return in_if_; }
  void set_in_if(bool in_if) { in_if_ = in_if; }
  // Throws the first unknown filter or test.
  void refuse_unknown() const;

 private:
  struct Unknown {
    Position position;
    std::string text;
  };

  // Operators (operators.cpp).
  ExpressionPtr conditional();
  ExpressionPtr logical_or();
  ExpressionPtr logical_and();
  ExpressionPtr logical_not();
  ExpressionPtr comparison();
  ExpressionPtr sum();
  ExpressionPtr concatenation();
  ExpressionPtr product();
  ExpressionPtr power();
  ExpressionPtr unary(bool with_filters = true);
  // Marks x ** y whose x Jinja works out when it compiles, and whose y it does not.
  static void note_folded_base(Expression& power);
  // What is right of and, or: what its left side makes dead is not looked at, as Jinja folds it away.
  void forget_dead(const Expression& left, Operator op, std::size_t unknown_before);

  // Operands (operands.cpp, calls.cpp).
  ExpressionPtr primary();
  ExpressionPtr name_or_constant();
  ExpressionPtr string();
  ExpressionPtr list();
  ExpressionPtr dict();
  ExpressionPtr postfix(ExpressionPtr operand);
  ExpressionPtr filters_and_tests(ExpressionPtr operand);
  ExpressionPtr attribute(ExpressionPtr operand);
  ExpressionPtr subscript(ExpressionPtr operand);
  ExpressionPtr subscript_part();
  ExpressionPtr call(ExpressionPtr operand);
  void arguments(Expression& call);
  void argument(Expression& call);
  void keyword_argument(Expression& call);
  ExpressionPtr test(ExpressionPtr operand);
  bool at_test_argument();
  std::string dotted_name(std::string_view what);
  void note_unknown(const Expression& expression);

  TokenStream& tokens_;
  Symbols& symbols_;
  int depth_ = 0;
  bool in_if_ = false;
  std::vector<Unknown> unknown_;
};

}  // namespace gable::rules::jinja

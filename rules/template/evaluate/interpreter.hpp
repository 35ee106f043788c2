#pragma once
// Interpreter: goes through the tree of a template and writes its text. Lives for one rendering; macros and
// loops refer to it until then.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/evaluate/evaluation.hpp"
#include "template/evaluate/frame.hpp"
#include "template/evaluate/loop.hpp"
#include "template/syntax/tree.hpp"
#include "template/template.hpp"

namespace gable::rules::jinja {

class Namespace;

class Interpreter {
 public:
  // All are borrowed and outlive it; `library` may be null.
  Interpreter(Evaluation& evaluation, std::span<const Variable> variables, const Library* library)
      : evaluation_(evaluation), variables_(variables), library_(library) {}
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // How a piece of template ended: break and continue go up to their loop.
  enum class Flow : std::uint8_t { normal, leave_loop, next_round };

  // Appends the text of the statements. Throws EvaluationError; where() then says of what.
  Flow run(const Body& body, const FramePtr& frame, std::string& out);
  Value evaluate(const Expression& expression, const FramePtr& frame);
  // The text of a recursive loop over other items.
  std::string recurse(LoopContext::Origin origin, const Value& iterable);

  // Of what was evaluated last.
  [[nodiscard]] Position where() const { return where_; }

 private:
  // Statements (interpreter.cpp, assignments.cpp, imports.cpp).
  Flow execute(const Statement& statement, const FramePtr& frame, std::string& out);
  void output(const Statement& statement, const FramePtr& frame, std::string& out);
  Flow run_if(const Statement& statement, const FramePtr& frame, std::string& out);
  Flow run_for(const Statement& statement, const FramePtr& frame, std::string& out);
  Flow run_loop(LoopContext::Origin origin, const Value& iterable, std::string& out);
  Flow run_with(const Statement& statement, const FramePtr& frame, std::string& out);
  Flow run_filter_block(const Statement& statement, const FramePtr& frame, std::string& out);
  void run_call_block(const Statement& statement, const FramePtr& frame, std::string& out);
  void define_macro(const Statement& statement, const FramePtr& frame);
  Flow set_block(const Statement& statement, const FramePtr& frame);
  void assign(const Target& target, Value value, const FramePtr& frame);
  // The namespace that `target` names. Throws when it is none.
  Namespace& namespace_of(const Target& target, const FramePtr& frame);
  void unpack(const Target& target, const Value& value, const FramePtr& frame);
  void import(const Statement& statement, const FramePtr& frame);
  void from_import(const Statement& statement, const FramePtr& frame);
  void include(const Statement& statement, const FramePtr& frame, std::string& out);
  Value load_module(const Statement& statement, const FramePtr& frame);
  const Template* find_template(const Value& name);

  // Expressions (expressions.cpp, calls.cpp).
  Value evaluate_kind(const Expression& expression, const FramePtr& frame);
  Value name(const Expression& expression, const FramePtr& frame);
  Values operands(const Expression& expression, const FramePtr& frame);
  Value make_dict(const Expression& expression, const FramePtr& frame);
  Value unary(const Expression& expression, const FramePtr& frame);
  Value binary(const Expression& expression, const FramePtr& frame);
  Value concatenate(const Expression& expression, const FramePtr& frame);
  Value compare_chain(const Expression& expression, const FramePtr& frame);
  Value conditional(const Expression& expression, const FramePtr& frame);
  Value subscripted(const Expression& expression, const FramePtr& frame);
  Value call(const Expression& expression, const FramePtr& frame, const Value* caller = nullptr);
  Value filtered(const Expression& expression, const FramePtr& frame, const Value* innermost = nullptr);
  Value tested(const Expression& expression, const FramePtr& frame);

  Evaluation& evaluation_;
  std::span<const Variable> variables_;
  const Library* library_;
  Position where_;
  int nesting_ = 0;
};

}  // namespace gable::rules::jinja

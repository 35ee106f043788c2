#pragma once
// Macro: a piece of template that is called like a function and gives text.

#include <span>
#include <string>

#include "template/evaluate/frame.hpp"
#include "template/syntax/tree.hpp"
#include "template/value/object.hpp"

namespace gable::rules::jinja {

class Interpreter;

// What the body of a macro asks for beyond its parameters.
struct MacroTraits {
  bool caller = false;
  bool varargs = false;
  bool kwargs = false;
};
MacroTraits macro_traits(const Statement& macro);

class Macro final : public Object {
 public:
  // `statement` (macro or call block) and `interpreter` outlive the evaluation; `defined_in` is the frame
  // around it.
  Macro(Interpreter& interpreter, const Statement& statement, FramePtr defined_in);

  [[nodiscard]] std::string_view type_name() const override { return "Macro"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] bool callable() const override { return true; }
  Value call(Evaluation& evaluation, const Arguments& arguments) override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  void release() override { defined_in_.reset(); }

 private:
  // The frame of one call, with every parameter set.
  FramePtr bound(Evaluation& evaluation, const Arguments& arguments) const;
  void bind_extra(Frame& frame, const Arguments& arguments) const;
  void refuse_extra(const Arguments& arguments) const;
  [[nodiscard]] bool is_parameter(std::string_view name) const;

  Interpreter& interpreter_;
  const Statement& statement_;
  FramePtr defined_in_;
  MacroTraits traits_;
};

}  // namespace gable::rules::jinja

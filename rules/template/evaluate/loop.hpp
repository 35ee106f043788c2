#pragma once
// LoopContext: the variable `loop` of a for statement.

#include <optional>
#include <span>
#include <string>

#include "template/evaluate/frame.hpp"
#include "template/syntax/tree.hpp"
#include "template/value/object.hpp"

namespace gable::rules::jinja {

class Interpreter;

class LoopContext final : public Object {
 public:
  // `statement` and `interpreter` outlive the evaluation; `outer` is the frame around the loop, `depth` the
  // level of recursion from 0.
  struct Origin {
    Interpreter& interpreter;
    const Statement& statement;
    FramePtr outer;
    std::int64_t depth = 0;
  };
  LoopContext(Evaluation& evaluation, Origin origin, const Value& iterable);

  // The next item, which then is the current one.
  [[nodiscard]] std::optional<Value> advance(Evaluation& evaluation);

  [[nodiscard]] std::string_view type_name() const override { return "LoopContext"; }
  [[nodiscard]] std::string repr() const override;
  [[nodiscard]] std::optional<std::size_t> length() const override;
  [[nodiscard]] std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool callable() const override { return true; }
  // loop(items) of a recursive loop: the text of the loop over them.
  Value call(Evaluation& evaluation, const Arguments& arguments) override;
  void release() override;

  Value cycle(std::span<const Value> values) const;
  // Has it changed since the last call (true the first time)?
  bool changed(Value values);

 private:
  // Of a generator it is known only once all of it is there, which is kept for the rounds to come.
  std::int64_t length_of(Evaluation& evaluation) const;
  // The item after the current one, without going on to it.
  const std::optional<Value>& peek(Evaluation& evaluation);
  Value next_item(Evaluation& evaluation);

  Evaluation& evaluation_;
  Origin origin_;
  Value iterable_;
  mutable IteratorPtr iterator_;  // null once the rendering has ended
  std::int64_t index0_ = -1;
  mutable std::optional<std::int64_t> length_;
  bool peeked_ = false;
  std::optional<Value> after_;
  std::optional<Value> current_;
  std::optional<Value> before_;
  std::optional<Value> last_changed_;
};

}  // namespace gable::rules::jinja

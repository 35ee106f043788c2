// Statements: output, conditions, loops, blocks.
#include "template/evaluate/interpreter.hpp"

#include <functional>

#include "template/evaluate/macro.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

Interpreter::Flow Interpreter::run(const Body& body, const FramePtr& frame, std::string& out) {
  for (const StatementPtr& statement : body) {
    const Flow flow = execute(*statement, frame, out);
    if (flow != Flow::normal) return flow;
  }
  return Flow::normal;
}

Interpreter::Flow Interpreter::execute(const Statement& statement, const FramePtr& frame, std::string& out) {
  if (statement.kind == StatementKind::text) {
    evaluation_.budget().text(out.size() + statement.text.size());
    out += statement.text;
    return Flow::normal;
  }
  where_ = statement.position;
  evaluation_.budget().step();
  switch (statement.kind) {
    case StatementKind::output:
      output(statement, frame, out);
      break;
    case StatementKind::if_block:
      return run_if(statement, frame, out);
    case StatementKind::for_loop:
      return run_for(statement, frame, out);
    case StatementKind::break_loop:
      return Flow::leave_loop;
    case StatementKind::continue_loop:
      return Flow::next_round;
    case StatementKind::set:
      if (!statement.target.attribute.empty()) namespace_of(statement.target, frame);  // complains first
      assign(statement.target, evaluate(*statement.expression, frame), frame);
      break;
    case StatementKind::set_block:
      return set_block(statement, frame);
    case StatementKind::macro:
      define_macro(statement, frame);
      break;
    case StatementKind::call_block:
      run_call_block(statement, frame, out);
      break;
    case StatementKind::filter_block:
      return run_filter_block(statement, frame, out);
    case StatementKind::with:
      return run_with(statement, frame, out);
    case StatementKind::do_expression:
      evaluate(*statement.expression, frame);
      break;
    case StatementKind::import_file:
      import(statement, frame);
      break;
    case StatementKind::from_import:
      from_import(statement, frame);
      break;
    case StatementKind::include:
      include(statement, frame, out);
      break;
    case StatementKind::autoescape:
      return run(statement.body, inner_frame(frame, statement.hidden), out);
    case StatementKind::text:
      break;
  }
  return Flow::normal;
}

void Interpreter::output(const Statement& statement, const FramePtr& frame, std::string& out) {
  append_str(evaluate(*statement.expression, frame), out);
  evaluation_.budget().text(out.size());
}

Interpreter::Flow Interpreter::run_if(const Statement& statement, const FramePtr& frame, std::string& out) {
  for (const Branch& branch : statement.branches) {
    if (!branch.condition || truth(evaluate(*branch.condition, frame))) return run(branch.body, frame, out);
  }
  return Flow::normal;
}

namespace {

// The items of a loop that pass its filter: `for x in y if …`, asked for one by one.
class FilteredItems final : public Iterator {
 public:
  FilteredItems(IteratorPtr source, std::function<bool(const Value&)> accept)
      : source_(std::move(source)), accept_(std::move(accept)) {}
  std::optional<Value> next(Evaluation& evaluation) override {
    while (std::optional<Value> item = source_->next(evaluation)) {
      evaluation.budget().step();
      if (accept_(*item)) return item;
    }
    return std::nullopt;
  }

 private:
  IteratorPtr source_;
  std::function<bool(const Value&)> accept_;
};

}  // namespace

Interpreter::Flow Interpreter::run_for(const Statement& statement, const FramePtr& frame, std::string& out) {
  const Value iterable = evaluate(*statement.expression, frame);
  return run_loop({*this, statement, frame, 0}, iterable, out);
}

Interpreter::Flow Interpreter::run_loop(LoopContext::Origin origin, const Value& iterable, std::string& out) {
  const Statement& statement = origin.statement;
  const FramePtr outer = origin.outer;
  Value source = iterable;
  if (statement.filter) {
    source = ObjectPtr(std::make_shared<FilteredItems>(iterate(evaluation_, iterable),
                                                       [this, &statement, outer](const Value& item) {
                                                         const FramePtr test = inner_frame(outer);
                                                         assign(statement.target, item, test);
                                                         return truth(evaluate(*statement.filter, test));
                                                       }));
  }
  const auto loop = std::make_shared<LoopContext>(evaluation_, std::move(origin), source);
  evaluation_.release_at_end(loop);
  FramePtr frame;
  bool finished = false;
  while (const std::optional<Value> item = loop->advance(evaluation_)) {
    evaluation_.budget().step();
    // A macro defined in the last round may still hold its frame.
    if (!frame || frame.use_count() > 1) frame = inner_frame(outer);
    frame->variables.clear();
    hide(*frame, statement.hidden);
    frame->set("loop", ObjectPtr(loop));
    assign(statement.target, *item, frame);
    const Flow flow = run(statement.body, frame, out);
    if (flow == Flow::leave_loop) break;
    finished = finished || flow == Flow::normal;
  }
  // Jinja takes the else when no round came to its end: also when each was left by continue or break.
  if (finished) return Flow::normal;
  return run(statement.otherwise, inner_frame(outer, statement.hidden_otherwise), out);
}

std::string Interpreter::recurse(LoopContext::Origin origin, const Value& iterable) {
  evaluation_.budget().enter();
  std::string out;
  run_loop(std::move(origin), iterable, out);
  evaluation_.budget().leave();
  return out;
}

Interpreter::Flow Interpreter::run_with(const Statement& statement, const FramePtr& frame, std::string& out) {
  const FramePtr inner = inner_frame(frame, statement.hidden);
  for (std::size_t i = 0; i < statement.with_targets.size(); ++i) {
    assign(statement.with_targets[i], evaluate(*statement.with_values[i], frame), inner);
  }
  return run(statement.body, inner, out);
}

namespace {

// Jinja joins what blocks give without making text of it first.
void append_text(const Value& value, std::string& out) {
  const std::string* text = value.as_text();
  if (text == nullptr) {
    throw_type_error("sequence item 0: expected str instance, " + std::string(type_name(value)) + " found");
  }
  out += *text;
}

}  // namespace

Interpreter::Flow Interpreter::run_filter_block(const Statement& statement, const FramePtr& frame,
                                                std::string& out) {
  std::string body;
  const FramePtr inner = inner_frame(frame, statement.hidden);
  const Flow flow = run(statement.body, inner, body);
  if (flow != Flow::normal) return flow;
  const Value text(std::move(body));
  append_text(filtered(*statement.filter, inner, &text), out);
  evaluation_.budget().text(out.size());
  return Flow::normal;
}

void Interpreter::run_call_block(const Statement& statement, const FramePtr& frame, std::string& out) {
  const auto caller = std::make_shared<Macro>(*this, statement, frame);
  evaluation_.release_at_end(caller);
  const Value value{ObjectPtr(caller)};
  append_text(call(*statement.expression, frame, &value), out);
  evaluation_.budget().text(out.size());
}

}  // namespace gable::rules::jinja

// Statements that give a name to something: set, macro, unpacking.
#include "template/evaluate/interpreter.hpp"
#include "template/evaluate/macro.hpp"
#include "template/evaluate/namespace.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

void Interpreter::define_macro(const Statement& statement, const FramePtr& frame) {
  const auto macro = std::make_shared<Macro>(*this, statement, frame);
  evaluation_.release_at_end(macro);
  frame->set(statement.text, ObjectPtr(macro));
}

Interpreter::Flow Interpreter::set_block(const Statement& statement, const FramePtr& frame) {
  std::string body;
  const FramePtr inner = inner_frame(frame, statement.hidden);
  const Flow flow = run(statement.body, inner, body);
  if (flow != Flow::normal) return flow;
  Value value(std::move(body));
  if (statement.filter) value = filtered(*statement.filter, inner, &value);
  assign(statement.target, std::move(value), frame);
  return Flow::normal;
}

void Interpreter::assign(const Target& target, Value value, const FramePtr& frame) {
  if (!target.parts.empty()) {
    unpack(target, value, frame);
    return;
  }
  if (target.attribute.empty()) {
    frame->set(target.name, std::move(value));
    return;
  }
  namespace_of(target, frame).set(evaluation_, target.attribute, std::move(value));
}

Namespace& Interpreter::namespace_of(const Target& target, const FramePtr& frame) {
  where_ = target.position;
  const Value* holder = frame->find(target.name);
  Namespace* space = holder != nullptr ? holder->as<Namespace>() : nullptr;
  for (const Variable& variable : variables_) {
    if (holder == nullptr && variable.name == target.name) space = variable.value.as<Namespace>();
  }
  if (space == nullptr) {
    throw_error(ErrorClass::template_runtime_error, "cannot assign attribute on non-namespace object");
  }
  return *space;
}

void Interpreter::unpack(const Target& target, const Value& value, const FramePtr& frame) {
  const std::size_t expected = target.parts.size();
  const IteratorPtr source = iterate(evaluation_, value);
  Values parts;
  parts.reserve(expected);
  while (std::optional<Value> part = source->next(evaluation_)) {
    if (parts.size() == expected) {
      throw_value_error("too many values to unpack (expected " + std::to_string(expected) + ")");
    }
    parts.push_back(std::move(*part));
  }
  if (parts.size() < expected) {
    throw_value_error("not enough values to unpack (expected " + std::to_string(expected) + ", got " +
                      std::to_string(parts.size()) + ")");
  }
  for (std::size_t i = 0; i < expected; ++i) assign(target.parts[i], std::move(parts[i]), frame);
}

}  // namespace gable::rules::jinja

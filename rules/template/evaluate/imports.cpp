// import, from … import and include: shared macro files out of the library.
#include "template/evaluate/interpreter.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

namespace {

// What an imported file offers: its macros and variables of the outermost level. Printed, it is the file's
// text.
class Module final : public Object {
 public:
  Module(FramePtr frame, std::string text) : frame_(std::move(frame)), text_(std::move(text)) {}
  [[nodiscard]] std::string_view type_name() const override { return "TemplateModule"; }
  [[nodiscard]] std::string repr() const override { return "<TemplateModule>"; }
  [[nodiscard]] std::string str() const override { return text_; }
  [[nodiscard]] std::optional<Value> attribute(Evaluation& /*evaluation*/, std::string_view name) override {
    const Value* value = name.starts_with('_') ? nullptr : frame_->find_here(name);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }
  void release() override { frame_ = std::make_shared<Frame>(); }

 private:
  FramePtr frame_;
  std::string text_;
};

}  // namespace

const Template* Interpreter::find_template(const Value& name) {
  const std::string* text = name.as_text();
  if (text == nullptr) require_defined(name);
  return text != nullptr && library_ != nullptr ? library_->find(*text) : nullptr;
}

Value Interpreter::load_module(const Statement& statement, const FramePtr& frame) {
  const Value name = evaluate(*statement.expression, frame);
  const Template* file = find_template(name);
  if (file == nullptr) throw_error(ErrorClass::template_not_found, str(name));
  evaluation_.budget().enter();
  const FramePtr own = statement.with_context ? inner_frame(frame) : std::make_shared<Frame>();
  const auto variables = variables_;
  if (!statement.with_context) variables_ = {};
  hide(*own, file->tree().hidden);
  std::string text;
  run(file->tree().body, own, text);
  variables_ = variables;
  evaluation_.budget().leave();
  const auto module = std::make_shared<Module>(own, std::move(text));
  evaluation_.release_at_end(module);
  return ObjectPtr(module);
}

void Interpreter::import(const Statement& statement, const FramePtr& frame) {
  frame->set(statement.text, load_module(statement, frame));
}

void Interpreter::from_import(const Statement& statement, const FramePtr& frame) {
  const Value module = load_module(statement, frame);
  for (const ImportedName& imported : statement.names) {
    std::optional<Value> value = module.as_object()->attribute(evaluation_, imported.name);
    if (!value) {
      value = Value::undefined("the template does not export the requested name '" + imported.name + "'");
    }
    frame->set(imported.alias, std::move(*value));
  }
}

void Interpreter::include(const Statement& statement, const FramePtr& frame, std::string& out) {
  const Value name = evaluate(*statement.expression, frame);
  const Values* choices = name.as_sequence();
  const Template* file = nullptr;
  if (choices != nullptr) {
    for (const Value& choice : *choices) {
      if (file == nullptr) file = find_template(choice);
    }
  } else {
    file = find_template(name);
  }
  if (file == nullptr) {
    if (statement.ignore_missing) return;
    throw_error(ErrorClass::template_not_found, str(name));
  }
  evaluation_.budget().enter();
  run(file->tree().body, inner_frame(frame, file->tree().hidden), out);
  evaluation_.budget().leave();
}

}  // namespace gable::rules::jinja

// The door: compiles and renders, and turns what went wrong into an outcome.
#include "template/template.hpp"

#include "template/bare_path.hpp"
#include "template/evaluate/interpreter.hpp"
#include "template/syntax/parser.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::text:
      return "text";
    case Outcome::passthrough:
      return "passthrough";
    case Outcome::drop:
      return "drop";
  }
  return "drop";
}

struct Template::Compiled {
  std::string source;
  bool is_static = false;
  Tree tree;
  std::optional<BarePath> path;
};

Template::Template(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;
Template::~Template() = default;

wire::Result<Template> Template::compile(std::string_view source) {
  auto compiled = std::make_unique<Compiled>();
  if (source.size() > kMaxSource) {
    return wire::Error{wire::ErrorCode::too_large,
                       std::to_string(source.size()) + " bytes, the limit is " + std::to_string(kMaxSource),
                       "1:1"};
  }
  compiled->source = unicode::trim(source);
  const std::string& text = compiled->source;
  compiled->is_static =
      text.find("{{") == text.npos && text.find("{%") == text.npos && text.find("{#") == text.npos;
  if (!compiled->is_static) {
    wire::Result<Tree> tree = parse(text);
    if (!tree) return tree.error();
    compiled->tree = std::move(*tree);
    compiled->path = BarePath::recognise(compiled->tree);
  }
  return Template(std::move(compiled));
}

Rendering Template::render(std::span<const Variable> variables, const Evaluation::Surroundings& surroundings,
                           const Library* library) const {
  Rendering rendering;
  if (compiled_->is_static) {
    rendering.text = compiled_->source;
    return rendering;
  }
  Evaluation evaluation(surroundings);
  Interpreter interpreter(evaluation, variables, library);
  try {
    std::string out;
    interpreter.run(compiled_->tree.body, inner_frame(nullptr, compiled_->tree.hidden), out);
    const std::string_view text = unicode::trim(out);
    rendering.text = text.size() == out.size() ? std::move(out) : std::string(text);
  } catch (const EvaluationError& error) {
    rendering.outcome = is_jinja_error(error.error_class()) ? Outcome::passthrough : Outcome::drop;
    rendering.error = std::string(error_name(error.error_class())) + ": " + error.text();
    rendering.where = interpreter.where();
  }
  rendering.reads = std::move(evaluation.reads());
  rendering.steps = evaluation.budget().spent();
  return rendering;
}

bool Template::is_static() const { return compiled_->is_static; }
const std::string& Template::source() const { return compiled_->source; }
const Tree& Template::tree() const { return compiled_->tree; }

bool Template::look_up(const Value& value_json, std::string& out) const {
  const Value* found = compiled_->path ? compiled_->path->find(value_json) : nullptr;
  if (found == nullptr) return false;
  if (const std::string* text = found->as_text()) {
    out += unicode::trim(*text);
  } else {
    append_str(*found, out);
  }
  return true;
}

}  // namespace gable::rules::jinja

// Macros and the anonymous ones of call blocks: how arguments reach them (jinja2.runtime.Macro).
#include "template/evaluate/macro.hpp"

#include <algorithm>

#include "template/evaluate/evaluation.hpp"
#include "template/evaluate/interpreter.hpp"
#include "template/syntax/walk.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

MacroTraits macro_traits(const Statement& macro) {
  MacroTraits traits;
  walk_names(macro.body, [&traits](std::string_view name) {
    traits.caller = traits.caller || name == "caller";
    traits.varargs = traits.varargs || name == "varargs";
    traits.kwargs = traits.kwargs || name == "kwargs";
  });
  for (const Parameter& parameter : macro.parameters) {
    if (parameter.name == "caller") traits.caller = false;  // then it is an ordinary parameter
    if (parameter.name == "varargs") traits.varargs = false;
    if (parameter.name == "kwargs") traits.kwargs = false;
  }
  return traits;
}

Macro::Macro(Interpreter& interpreter, const Statement& statement, FramePtr defined_in)
    : interpreter_(interpreter),
      statement_(statement),
      defined_in_(std::move(defined_in)),
      traits_(macro_traits(statement)) {}

std::string Macro::repr() const {
  return "<Macro " + (statement_.text.empty() ? "anonymous" : jinja::repr(Value(statement_.text))) + ">";
}

std::optional<Value> Macro::attribute(Evaluation& /*evaluation*/, std::string_view name) {
  if (name == "name") return statement_.text.empty() ? Value() : Value(statement_.text);
  if (name == "caller") return Value(traits_.caller);
  if (name == "catch_kwargs") return Value(traits_.kwargs);
  if (name == "catch_varargs") return Value(traits_.varargs);
  if (name == "arguments") {
    Values names;
    names.reserve(statement_.parameters.size());
    for (const Parameter& parameter : statement_.parameters) names.emplace_back(parameter.name);
    return Value::list(std::move(names));
  }
  return std::nullopt;
}

bool Macro::is_parameter(std::string_view name) const {
  const auto& all = statement_.parameters;
  return std::any_of(all.begin(), all.end(), [name](const Parameter& p) { return p.name == name; });
}

void Macro::refuse_extra(const Arguments& arguments) const {
  const std::size_t count = statement_.parameters.size();
  const std::string name = jinja::repr(Value(statement_.text));
  for (std::size_t i = 0; i < arguments.keywords.size(); ++i) {
    const std::string_view keyword = arguments.keywords[i].name;
    if (keyword == "caller" && traits_.caller) continue;
    const auto& all = statement_.parameters;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == keyword; });
    // One that a positional argument has filled already is as unknown as one that does not exist.
    const bool filled =
        found != all.end() && static_cast<std::size_t>(found - all.begin()) < arguments.positional.size();
    if (!traits_.kwargs && (found == all.end() || filled)) {
      throw_type_error("macro " + name + " takes no keyword argument " + jinja::repr(Value(keyword)));
    }
  }
  if (!traits_.varargs && arguments.positional.size() > count) {
    throw_type_error("macro " + name + " takes not more than " + std::to_string(count) + " argument(s)");
  }
}

void Macro::bind_extra(Frame& frame, const Arguments& arguments) const {
  const std::size_t count = statement_.parameters.size();
  if (traits_.caller) {
    const Value* caller = arguments.keyword("caller");
    frame.set("caller", caller != nullptr ? *caller : Value::undefined("No caller defined"));
  }
  if (traits_.kwargs) {
    auto rest = std::make_shared<Dict>();
    for (const Keyword& keyword : arguments.keywords) {
      if (keyword.name == "caller" && traits_.caller) continue;
      if (!is_parameter(keyword.name)) rest->set(Value(keyword.name), keyword.value);
    }
    frame.set("kwargs", DictPtr(std::move(rest)));
  }
  if (traits_.varargs) {
    const auto all = arguments.positional;
    const auto rest = all.subspan(std::min(count, all.size()));
    frame.set("varargs", Value::tuple({rest.begin(), rest.end()}));
  }
}

namespace {

Value not_yet_given(const Parameter& parameter) {
  return Value::undefined(parameter.fallback ? "'" + parameter.name + "' is undefined"
                                             : "parameter '" + parameter.name + "' was not provided");
}

}  // namespace

FramePtr Macro::bound(Evaluation& evaluation, const Arguments& arguments) const {
  refuse_extra(arguments);
  FramePtr frame = inner_frame(defined_in_, statement_.hidden);
  frame->variables.reserve(frame->variables.size() + statement_.parameters.size() + 3);
  bind_extra(*frame, arguments);
  std::size_t position = 0;
  for (const Parameter& parameter : statement_.parameters) {
    const Value* given = position < arguments.positional.size() ? &arguments.positional[position]
                                                                : arguments.keyword(parameter.name);
    frame->set(parameter.name, given != nullptr ? *given : not_yet_given(parameter));
    ++position;
  }
  // Defaults see all arguments, those before and those behind them.
  for (std::size_t i = arguments.positional.size(); i < statement_.parameters.size(); ++i) {
    const Parameter& parameter = statement_.parameters[i];
    if (!parameter.fallback || arguments.keyword(parameter.name) != nullptr) continue;
    frame->set(parameter.name, interpreter_.evaluate(*parameter.fallback, frame));
  }
  evaluation.budget().work(position);
  return frame;
}

Value Macro::call(Evaluation& evaluation, const Arguments& arguments) {
  evaluation.budget().enter();
  std::string out;
  interpreter_.run(statement_.body, bound(evaluation, arguments), out);
  evaluation.budget().leave();
  return out;
}

}  // namespace gable::rules::jinja

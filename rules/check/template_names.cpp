#include "check/template_names.hpp"

#include <algorithm>
#include <array>

#include "check/sequences.hpp"
#include "template/callables/callable.hpp"
#include "template/syntax/walk.hpp"

namespace gable::rules {

namespace {

using jinja::Expression;
using jinja::ExpressionKind;

// What the engine, or whoever renders, gives along.
constexpr std::array<std::string_view, 22> kGiven{
    "dict",  "trigger",    "this",    "context", "repeat",       "wait",    "state", "states",
    "value", "value_json", "true",    "false",   "none",         "True",    "False", "None",
    "loop",  "caller",     "varargs", "kwargs",  "entity_value", "response"};

class NameInspector {
 public:
  NameInspector(Inspection& in, const jinja::ConstantNames& bound, Place place)
      : in_(in), bound_(bound), place_(place) {}

  void visit(const Expression& expression) {
    if (expression.kind == ExpressionKind::filter || expression.kind == ExpressionKind::test) {
      if (expression.function == nullptr) {
        const std::string what = expression.kind == ExpressionKind::filter ? "filter" : "test";
        in_.warn(place_, "unknown_" + what, "templates have no " + what + " '" + expression.text + "'");
      }
      // `x | default(…)` and `x is defined` are for what may not be there.
      if (expression.text == "default" || expression.text == "d" || expression.text == "defined" ||
          expression.text == "undefined")
        skip_ = expression.operands.empty() ? nullptr : expression.operands[0].get();
    }
    if (expression.kind == ExpressionKind::call && expression.operands[0]->kind == ExpressionKind::name)
      visit_call(*expression.operands[0]);
    if (expression.kind == ExpressionKind::name) visit_name(expression);
  }

 private:
  [[nodiscard]] bool is_known(const Expression& name) const {
    return name.function != nullptr || bound_.is_bound(name.text) || in_.variables.contains(name.text) ||
           std::find(kGiven.begin(), kGiven.end(), name.text) != kGiven.end();
  }

  void visit_call(const Expression& name) {
    called_ = &name;
    if (is_known(name)) return;
    in_.warn(place_, "unknown_function", "templates have no function '" + name.text + "'");
  }

  void visit_name(const Expression& name) {
    if (&name == called_ || &name == skip_ || !in_.closed || is_known(name)) return;
    std::vector<std::string_view> names(in_.variables.begin(), in_.variables.end());
    names.insert(names.end(), kGiven.begin(), kGiven.end());
    const std::string near(wire::nearest(name.text, names));
    in_.warn(place_, "undefined_variable", "nothing defines '" + name.text + "' here" + did_you_mean(near),
             near);
  }

  Inspection& in_;
  const jinja::ConstantNames& bound_;
  Place place_;
  const Expression* called_ = nullptr;
  const Expression* skip_ = nullptr;
};

}  // namespace

void inspect_names(Inspection& in, const jinja::Tree& tree, const jinja::ConstantNames& bound, Place place) {
  NameInspector inspector(in, bound, place);
  jinja::walk(tree.body, [&inspector](const Expression& expression) { inspector.visit(expression); });
}

void collect_variables(const Variables& variables, Inspection& in) {
  for (const auto& [name, value] : variables) in.variables.insert(name);
}

void collect_variables(const std::vector<Trigger>& triggers, Inspection& in) {
  for (const Trigger& trigger : triggers) collect_variables(trigger.variables, in);
}

void collect_variables(const Sequence& sequence, Inspection& in) {
  for_each_action(sequence, [&in](const Action& action) {
    if (const auto* step = std::get_if<VariablesAction>(&action.kind)) collect_variables(step->variables, in);
    if (const auto* step = std::get_if<WaitForTriggerAction>(&action.kind))
      collect_variables(step->triggers, in);
    const auto* service = std::get_if<ServiceAction>(&action.kind);
    if (service != nullptr && !service->response_variable.empty())
      in.variables.insert(service->response_variable);
  });
}

}  // namespace gable::rules

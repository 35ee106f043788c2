// Conditions: and, or, not, templates, triggers; the others have files of their own.
#include "engine/conditions.hpp"

#include <algorithm>

#include "engine/judgement.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::yes:
      return "true";
    case Verdict::no:
      return "false";
    case Verdict::error:
      return "error";
  }
  return "error";
}

// Left out where `enabled` says so: neither true nor false, for a group as if it were not there.
bool was_left_out(const ConditionResult& result) {
  const wire::Value* said = result.trace.find("result");
  return said != nullptr && said->string_or("") == "disabled";
}

// Judges members until one decides; what follows is not looked at, as in Home Assistant.
Verdict judge_members(const LogicalCondition& condition, const Judgement& how) {
  wire::List members;
  bool failed = false;
  const Verdict decisive = condition.kind == LogicalCondition::Kind::all ? Verdict::no : Verdict::yes;
  bool decided = false;
  for (const Condition& member : condition.members) {
    ConditionResult result = judge(member, how.scope, how.renderer);
    const bool left_out = was_left_out(result);
    members.emplace_back(std::move(result.trace));
    if (left_out) continue;
    failed = failed || result.verdict == Verdict::error;
    decided = result.verdict == decisive;
    if (decided) break;
  }
  how.trace.set("members", std::move(members));
  if (decided) return verdict(condition.kind == LogicalCondition::Kind::any);
  if (failed) return Verdict::error;
  return verdict(condition.kind != LogicalCondition::Kind::any);
}

// Stricter than a template trigger: only the text "true" counts.
Verdict judge_template(const TemplateCondition& condition, const Judgement& how) {
  const Rendered rendered = how.renderer.text(condition.condition, how.scope);
  if (!rendered.ok()) return how.error(rendered.error);
  std::string text = jinja::str(rendered.value);
  how.trace.set("rendered", text);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return verdict(text == "true");
}

Verdict judge_trigger(const TriggerCondition& condition, const Judgement& how) {
  const jinja::Value* trigger = how.scope.find("trigger");
  const jinja::Dict* fields = trigger != nullptr ? trigger->as_dict() : nullptr;
  const jinja::Value* id = fields != nullptr ? fields->find(std::string_view("id")) : nullptr;
  if (id == nullptr) return Verdict::no;
  const std::string text = jinja::str(*id);
  how.trace.set("id", text);
  return verdict(std::find(condition.ids.begin(), condition.ids.end(), text) != condition.ids.end());
}

struct Judge {
  const Judgement& how;

  Verdict operator()(const LogicalCondition& c) const { return judge_members(c, how); }
  Verdict operator()(const StateCondition& c) const { return judge_state(c, how); }
  Verdict operator()(const NumericStateCondition& c) const { return judge_numeric(c, how); }
  Verdict operator()(const TemplateCondition& c) const { return judge_template(c, how); }
  Verdict operator()(const TimeCondition& c) const { return judge_time(c, how); }
  Verdict operator()(const SunCondition& c) const { return judge_sun(c, how); }
  Verdict operator()(const ZoneCondition& c) const { return judge_zone(c, how); }
  Verdict operator()(const TriggerCondition& c) const { return judge_trigger(c, how); }
  Verdict operator()(const DeviceCondition& c) const { return judge_device(c, how); }
};

bool is_disabled(const Condition& condition, const Judgement& how, Verdict& failed) {
  if (!condition.enabled) return false;
  const Rendered enabled = how.renderer.native(*condition.enabled, how.scope);
  if (!enabled.ok()) failed = how.error(enabled.error);
  return enabled.ok() && !jinja::truth(enabled.value);
}

}  // namespace

ConditionResult judge(const Condition& condition, const Scope& scope, const Renderer& renderer) {
  ConditionResult result;
  result.trace.set("condition", condition.name);
  if (!condition.alias.empty()) result.trace.set("alias", condition.alias);
  const Judgement how{scope, renderer, result.trace};
  Verdict failed = Verdict::yes;
  if (is_disabled(condition, how, failed)) {
    // In a block or a step of its own: as good as met.
    result.verdict = Verdict::yes;
    result.trace.set("result", "disabled");
    return result;
  }
  result.verdict = failed == Verdict::error ? failed : std::visit(Judge{how}, condition.kind);
  result.trace.set("result", verdict_text(result.verdict));
  return result;
}

ConditionResult judge(const Conditions& conditions, const Scope& scope, const Renderer& renderer) {
  ConditionResult all;
  all.verdict = Verdict::yes;
  wire::List members;
  for (const Condition& condition : conditions) {
    ConditionResult result = judge(condition, scope, renderer);
    members.emplace_back(std::move(result.trace));
    if (result.verdict == Verdict::error) all.verdict = Verdict::error;
    if (result.verdict != Verdict::no) continue;
    all.verdict = Verdict::no;
    break;
  }
  all.trace = wire::Object{{"result", verdict_text(all.verdict)}, {"members", std::move(members)}};
  return all;
}

}  // namespace gable::rules

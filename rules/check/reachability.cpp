// What is never come to: conditions that contradict each other, branches behind others that always go first,
// rules that nothing triggers.
#include <algorithm>

#include "check/facts.hpp"
#include "check/inspection.hpp"

namespace gable::rules {

namespace {

// Says where the first contradiction is; deeper ones are looked for on their own.
bool inspect_together(Inspection& in, Facts facts, const Conditions& conditions) {
  for (const Condition& condition : conditions) {
    if (facts.add(condition)) continue;
    in.warn(condition.place, "contradiction", "this can never be met: " + facts.why());
    return false;
  }
  return true;
}

// Alternatives of which one can never be, whatever the others are.
void inspect_alternatives(Inspection& in, const Conditions& conditions) {
  for (const Condition& condition : conditions) {
    const auto* logical = std::get_if<LogicalCondition>(&condition.kind);
    if (logical == nullptr || is_disabled(condition.enabled)) continue;
    if (logical->kind == LogicalCondition::Kind::any) {
      for (const Condition& member : logical->members) inspect_together(in, {}, {member});
    }
    inspect_alternatives(in, logical->members);
  }
}

void inspect_all(Inspection& in, const Conditions& conditions) {
  if (inspect_together(in, {}, conditions)) inspect_alternatives(in, conditions);
}

bool is_subset(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::all_of(part.begin(), part.end(), [&whole](const std::string& each) {
    return std::find(whole.begin(), whole.end(), each) != whole.end();
  });
}

std::vector<std::string> texts_of(const std::vector<jinja::Value>& values) {
  std::vector<std::string> out;
  for (const jinja::Value& value : values) {
    if (const std::string* text = value.as_text()) out.push_back(*text);
  }
  return out;
}

// Whenever `later` is met, `earlier` is, too.
bool covers(const Condition& earlier, const Condition& later) {
  if (earlier.enabled || later.enabled) return false;
  const auto* ids = std::get_if<TriggerCondition>(&earlier.kind);
  const auto* other_ids = std::get_if<TriggerCondition>(&later.kind);
  if (ids != nullptr && other_ids != nullptr) return is_subset(other_ids->ids, ids->ids);
  const auto* state = std::get_if<StateCondition>(&earlier.kind);
  const auto* other = std::get_if<StateCondition>(&later.kind);
  if (state == nullptr || other == nullptr || state->hold || state->match_any || other->match_any)
    return false;
  if (state->attribute != other->attribute || state->entities != other->entities) return false;
  const auto texts = texts_of(state->states), others = texts_of(other->states);
  return others.size() == other->states.size() && !others.empty() && is_subset(others, texts);
}

bool goes_first(const ChooseOption& earlier, const ChooseOption& later) {
  if (earlier.conditions.size() != 1) return earlier.conditions.empty();
  return std::any_of(later.conditions.begin(), later.conditions.end(), [&](const Condition& condition) {
    return covers(earlier.conditions.front(), condition);
  });
}

void inspect_choose(Inspection& in, const ChooseAction& choose, Place place) {
  for (std::size_t i = 0; i < choose.options.size(); ++i) {
    const ChooseOption& option = choose.options[i];
    const Place where = option.conditions.empty() ? place : option.conditions.front().place;
    inspect_all(in, option.conditions);
    const bool behind = std::any_of(choose.options.begin(), choose.options.begin() + static_cast<long>(i),
                                    [&](const ChooseOption& earlier) { return goes_first(earlier, option); });
    if (behind) {
      in.warn(where, "unreachable", "this option is never chosen: an earlier one is, whenever this could be");
    }
    inspect_reachability(in, option.sequence);
  }
  if (choose.otherwise) inspect_reachability(in, *choose.otherwise);
}

class StepInspector {
 public:
  StepInspector(Inspection& in, Place place) : in_(in), place_(place) {}

  void operator()(const ChooseAction& step) { inspect_choose(in_, step, place_); }
  void operator()(const IfAction& step) {
    inspect_all(in_, step.conditions);
    inspect_reachability(in_, step.then);
    if (step.otherwise) inspect_reachability(in_, *step.otherwise);
  }
  void operator()(const RepeatAction& step) {
    if (step.while_) inspect_all(in_, *step.while_);
    if (step.until) inspect_all(in_, *step.until);
    inspect_reachability(in_, step.sequence);
  }
  void operator()(const ParallelAction& step) {
    for (const Sequence& branch : step.branches) inspect_reachability(in_, branch);
  }
  void operator()(const SequenceAction& step) { inspect_reachability(in_, step.sequence); }
  void operator()(const ConditionAction& step) { inspect_all(in_, {*step.condition}); }
  template <typename Other>
  void operator()(const Other&) {}

 private:
  Inspection& in_;
  Place place_;
};

void inspect_triggering(Inspection& in, const Automation& rule) {
  const auto enabled = [](const Trigger& trigger) { return !is_disabled(trigger.enabled); };
  if (rule.triggers.empty()) return;
  const auto count = std::count_if(rule.triggers.begin(), rule.triggers.end(), enabled);
  if (count == 0) {
    in.warn(rule.triggers.front().place, "never_triggered",
            "every trigger of this rule is disabled: it runs only when something calls automation.trigger");
  }
  Facts facts;
  // What several triggers have in common would have to be guessed.
  if (count == 1) facts.add(*std::find_if(rule.triggers.begin(), rule.triggers.end(), enabled));
  if (inspect_together(in, facts, rule.conditions)) inspect_alternatives(in, rule.conditions);
}

}  // namespace

void inspect_reachability(Inspection& in, const Sequence& sequence) {
  bool stopped = false;
  for (const Action& action : sequence) {
    if (is_disabled(action.enabled)) continue;
    if (stopped) {
      in.warn(action.place, "unreachable", "a stop stands before this: it is never come to");
      return;
    }
    std::visit(StepInspector(in, action.place), action.kind);
    stopped = std::holds_alternative<StopAction>(action.kind) && !action.enabled;
  }
}

void inspect_reachability(Inspection& in, const Automation& rule) {
  inspect_triggering(in, rule);
  inspect_reachability(in, rule.actions);
}

}  // namespace gable::rules

#include "check/facts.hpp"

#include <algorithm>

#include "check/inspection.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

constexpr std::int64_t kDay = 86'400;
// Between the evening's and the morning's bound of a night there are always more than these, even with
// offsets.
constexpr std::int64_t kSmallOffset = 2 * 3'600;

std::string subject_of(const std::string& entity, const std::string& attribute) {
  return attribute.empty() ? "the state of " + entity : attribute + " of " + entity;
}

// Nothing when a value may stand for something else: the state of a helper.
std::optional<std::set<std::string>> texts_of(const std::vector<jinja::Value>& values) {
  std::set<std::string> out;
  for (const jinja::Value& value : values) {
    const std::string* text = value.as_text();
    if (text == nullptr || text->starts_with("input_") || *text == "*") return std::nullopt;
    out.insert(*text);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::string joined(const std::set<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "'" : " or '") + value + "'";
  return out;
}

}  // namespace

bool Facts::Subject::bounded() const {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  return above != -kInfinite || below != kInfinite;
}

bool Facts::Subject::possible() const {
  if (above >= below) return false;
  if (!allowed) return true;
  return std::any_of(allowed->begin(), allowed->end(), [this](const std::string& value) {
    if (excluded.contains(value)) return false;
    if (!bounded()) return true;
    const auto number = jinja::to_real(jinja::Value(value));
    return number && *number > above && *number < below;
  });
}

bool Facts::judge(const std::string& subject) {
  const Subject& known = subjects_[subject];
  if (known.possible()) return true;
  why_ = subject + " cannot be that and what is asked for beside it";
  if (known.allowed && known.allowed->size() == 1 && !known.bounded())
    why_ = subject + " cannot be " + joined(*known.allowed) + " and not be it";
  if (!known.allowed) {
    why_ = subject + " cannot be above " + jinja::str(jinja::Value(known.above)) + " and below " +
           jinja::str(jinja::Value(known.below));
  }
  return false;
}

bool Facts::allow(const std::string& subject, const std::set<std::string>& values) {
  Subject& known = subjects_[subject];
  if (!known.allowed) {
    known.allowed = values;
    return judge(subject);
  }
  std::set<std::string> both;
  std::set_intersection(values.begin(), values.end(), known.allowed->begin(), known.allowed->end(),
                        std::inserter(both, both.end()));
  if (both.empty()) {
    why_ = subject + " cannot be " + joined(*known.allowed) + " and " + joined(values) + " at once";
    return false;
  }
  known.allowed = std::move(both);
  return judge(subject);
}

bool Facts::bound(const std::string& subject, const Threshold& above, const Threshold& below) {
  Subject& known = subjects_[subject];
  if (above.number) known.above = std::max(known.above, *above.number);
  if (below.number) known.below = std::min(known.below, *below.number);
  return judge(subject);
}

bool Facts::add_state(const StateCondition& condition) {
  if (condition.match_any && condition.entities.size() > 1) return true;
  const auto texts = texts_of(condition.states);
  if (!texts) return true;
  return std::all_of(condition.entities.begin(), condition.entities.end(), [&](const std::string& entity) {
    return allow(subject_of(entity, condition.attribute), *texts);
  });
}

bool Facts::add_number(const NumericStateCondition& condition) {
  if (condition.value_template) return true;
  return std::all_of(condition.entities.begin(), condition.entities.end(), [&](const std::string& entity) {
    return bound(subject_of(entity, condition.attribute), condition.above, condition.below);
  });
}

bool Facts::add_time(const TimeCondition& condition) {
  weekdays_ = static_cast<Weekdays>(weekdays_ & condition.weekdays);
  if (weekdays_ == 0) {
    why_ = "no day of the week is left";
    return false;
  }
  const auto seconds = [](const std::optional<TimeBound>& bound, std::int64_t missing) {
    return bound && bound->time ? bound->time->count() : missing;
  };
  const auto by_entity = [](const std::optional<TimeBound>& bound) { return bound && !bound->time; };
  if (by_entity(condition.after) || by_entity(condition.before)) return true;
  const std::int64_t after = seconds(condition.after, 0), before = seconds(condition.before, kDay);
  std::vector<Span> window{{after, before}};
  if (after == before) window = {{0, kDay}};
  if (after > before) window = {{0, before}, {after, kDay}};
  std::vector<Span> both;
  for (const Span& a : spans_) {
    for (const Span& b : window) {
      const Span common{std::max(a.from, b.from), std::min(a.to, b.to)};
      if (common.from < common.to) both.push_back(common);
    }
  }
  spans_ = std::move(both);
  if (spans_.empty()) why_ = "no time of the day is left";
  return !spans_.empty();
}

bool Facts::add_sun(const SunCondition& condition) {
  // After sunset and before sunrise in one condition is the night.
  if (condition.after.has_value() == condition.before.has_value()) return true;
  const bool after = condition.after.has_value();
  const SunBound& bound = after ? *condition.after : *condition.before;
  sun_[bound.rise ? 1 : 0][after ? 1 : 0] = bound.offset.count();
  const auto& set = sun_[0];
  const auto& rise = sun_[1];
  const auto empty = [](const auto& event) { return event[0] && event[1] && *event[0] <= *event[1]; };
  const bool night =
      rise[0] && set[1] && std::abs(*rise[0]) <= kSmallOffset && std::abs(*set[1]) <= kSmallOffset;
  if (night) {
    why_ =
        "after sunset lasts until midnight, before sunrise begins there; both in one condition mean the "
        "night";
  } else if (empty(set) || empty(rise)) {
    why_ = "it cannot be before and after the same time of the sun";
  }
  return !night && !empty(set) && !empty(rise);
}

bool Facts::add_ids(const TriggerCondition& condition) {
  const std::set<std::string> ids(condition.ids.begin(), condition.ids.end());
  if (!ids_) {
    ids_ = ids;
    return true;
  }
  std::set<std::string> both;
  std::set_intersection(ids.begin(), ids.end(), ids_->begin(), ids_->end(), std::inserter(both, both.end()));
  if (both.empty()) why_ = "one trigger fires at a time: not " + joined(*ids_) + " and " + joined(ids);
  const bool possible = !both.empty();
  ids_ = std::move(both);
  return possible;
}

// Only what is simple can be turned round.
bool Facts::add_none(const Condition& member) {
  const auto* state = std::get_if<StateCondition>(&member.kind);
  if (state == nullptr || is_disabled(member.enabled) || state->hold || state->entities.size() != 1)
    return true;
  const auto texts = texts_of(state->states);
  if (!texts) return true;
  const std::string subject = subject_of(state->entities.front(), state->attribute);
  subjects_[subject].excluded.insert(texts->begin(), texts->end());
  return judge(subject);
}

bool Facts::add_logical(const LogicalCondition& condition) {
  using Kind = LogicalCondition::Kind;
  if (condition.kind == Kind::all) return add(condition.members);
  if (condition.kind == Kind::none) {
    return std::all_of(condition.members.begin(), condition.members.end(),
                       [this](const Condition& member) { return add_none(member); });
  }
  if (condition.members.empty()) return true;
  std::string why;
  const bool possible =
      std::any_of(condition.members.begin(), condition.members.end(), [&](const Condition& member) {
        Facts copy = *this;
        if (copy.add(member)) return true;
        why = copy.why();
        return false;
      });
  if (!possible) why_ = why;
  return possible;
}

bool Facts::add(const Condition& condition) {
  if (is_disabled(condition.enabled)) return true;
  if (const auto* state = std::get_if<StateCondition>(&condition.kind)) return add_state(*state);
  if (const auto* number = std::get_if<NumericStateCondition>(&condition.kind)) return add_number(*number);
  if (const auto* time = std::get_if<TimeCondition>(&condition.kind)) return add_time(*time);
  if (const auto* sun = std::get_if<SunCondition>(&condition.kind)) return add_sun(*sun);
  if (const auto* ids = std::get_if<TriggerCondition>(&condition.kind)) return add_ids(*ids);
  if (const auto* logical = std::get_if<LogicalCondition>(&condition.kind)) return add_logical(*logical);
  return true;
}

bool Facts::add(const Conditions& conditions) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [this](const Condition& condition) { return add(condition); });
}

bool Facts::add(const Trigger& trigger) {
  if (const auto* state = std::get_if<StateTrigger>(&trigger.kind)) {
    const auto texts = texts_of(state->to.values);
    if (state->entities.size() != 1 || !texts) return true;
    return allow(subject_of(state->entities.front(), state->attribute), *texts);
  }
  const auto* number = std::get_if<NumericStateTrigger>(&trigger.kind);
  if (number == nullptr || number->entities.size() != 1 || number->value_template) return true;
  return bound(subject_of(number->entities.front(), number->attribute), number->above, number->below);
}

}  // namespace gable::rules

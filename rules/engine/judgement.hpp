#pragma once
// What the judges of the single conditions share: the surroundings, the variables and the trace that they
// write. Lives for one judgement.

#include <string>
#include <string_view>

#include "engine/conditions.hpp"

namespace gable::rules {

struct Judgement {
  const Scope& scope;
  const Renderer& renderer;
  wire::Object& trace;

  [[nodiscard]] const Surroundings& surroundings() const { return renderer.surroundings(); }
  // Writes down what could not be decided.
  Verdict error(std::string text) const {
    trace.set("error", std::move(text));
    return Verdict::error;
  }
};

inline Verdict verdict(bool holds) { return holds ? Verdict::yes : Verdict::no; }

Verdict judge_state(const StateCondition& condition, const Judgement& how);
Verdict judge_numeric(const NumericStateCondition& condition, const Judgement& how);
Verdict judge_time(const TimeCondition& condition, const Judgement& how);
Verdict judge_sun(const SunCondition& condition, const Judgement& how);
Verdict judge_zone(const ZoneCondition& condition, const Judgement& how);
Verdict judge_device(const DeviceCondition& condition, const Judgement& how);

// The value that an entity's state or attribute has for rules; nothing without the attribute.
std::optional<jinja::Value> value_of(const StateSnapshot& state, const std::string& attribute);
// A number as numeric_state reads it: nothing for unavailable, unknown, None and what is no number.
std::optional<double> number_of(const jinja::Value& value);
// A threshold's number. Nothing when it is an entity that is not there or holds no number.
std::optional<double> number_of(const Threshold& threshold, const Surroundings& surroundings);

}  // namespace gable::rules

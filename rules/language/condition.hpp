#pragma once
// Conditions as a rule file has them, checked and compiled.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/trigger.hpp"

namespace gable::rules {

struct Condition;
using Conditions = std::vector<Condition>;

struct LogicalCondition {
  enum class Kind : std::uint8_t { all, any, none };  // and, or, not
  Kind kind = Kind::all;
  Conditions members;
};

struct StateCondition {
  EntityIds entities;
  bool match_any = false;  // match: any
  std::string attribute;
  std::vector<jinja::Value> states;  // one of them; text may name an input_* entity, whose state then counts
  Rare<Period> hold;                 // for:
};

struct NumericStateCondition {
  EntityIds entities;
  std::string attribute;
  Threshold above, below;
  Rare<Templated> value_template;
};

struct TemplateCondition {
  Templated condition;
};

// A bound of a time window: a time of day, or an entity that holds one.
struct TimeBound {
  std::optional<std::chrono::seconds> time;
  std::string entity;
};

struct TimeCondition {
  std::optional<TimeBound> after,
      before;  // after inclusive, before exclusive, across midnight where after > before
  Weekdays weekdays = kEveryDay;
};

struct SunBound {
  bool rise = true;
  std::chrono::seconds offset{};
};

struct SunCondition {
  std::optional<SunBound> after, before;
};

struct ZoneCondition {
  EntityIds entities;
  EntityIds zones;
};

struct TriggerCondition {
  std::vector<std::string> ids;
};

struct DeviceCondition {
  std::string device, domain, type, entity;
  std::vector<std::pair<std::string, Templated>> options;
  Rare<Period> hold;
};

using ConditionKind =
    std::variant<LogicalCondition, StateCondition, NumericStateCondition, TemplateCondition, TimeCondition,
                 SunCondition, ZoneCondition, TriggerCondition, DeviceCondition>;

struct Condition {
  Place place;
  std::string alias;
  std::string name;  // "state", "and" …
  Rare<Templated> enabled;
  ConditionKind kind;
};

}  // namespace gable::rules

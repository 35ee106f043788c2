#pragma once
// Triggers as a rule file has them, checked and compiled. What each means: rules.md, section 8, and
// LANGUAGE.md.

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "language/rare.hpp"
#include "language/templated.hpp"

namespace gable::rules {

using EntityIds = std::vector<std::string>;

// A period as `for:` and `delay:` take it: seconds, "hh:mm:ss", a map of days, hours, minutes, seconds,
// milliseconds, or templates of these, rendered when it begins.
using Period = Templated;

// from, to, not_from, not_to of a state trigger: absent, null (any value, but only changes of the state), or
// a list.
struct StateFilter {
  bool given = false;
  bool any = false;                  // null
  std::vector<jinja::Value> values;  // text, unless the trigger looks at an attribute
};

struct StateTrigger {
  EntityIds entities;
  std::string attribute;  // empty: the state
  StateFilter from, to, not_from, not_to;
  Rare<Period> hold;  // for:
};

// A threshold: a number, or the state of an entity (input_number.x).
struct Threshold {
  std::optional<double> number;
  std::string entity;
  [[nodiscard]] bool given() const { return number.has_value() || !entity.empty(); }
};

struct NumericStateTrigger {
  EntityIds entities;
  std::string attribute;
  Threshold above, below;
  Rare<Templated> value_template;  // sees `state`
  Rare<Period> hold;
};

using Weekdays = std::uint8_t;  // bit 0 Monday … bit 6 Sunday
inline constexpr Weekdays kEveryDay = 0x7F;

struct TimeAt {
  std::optional<std::chrono::seconds> time;  // of the day
  std::string entity;                        // input_datetime.x or a timestamp sensor
  std::chrono::seconds offset{};             // of the entity's time
  Rare<Templated> at_template;               // rendered once, when the rule is put in force
};

struct TimeTrigger {
  std::vector<TimeAt> at;
  Weekdays weekdays = kEveryDay;
};

struct TimePattern {
  enum class Kind : std::uint8_t { any, exact, step };
  Kind kind = Kind::any;
  int number = 0;
};

struct TimePatternTrigger {
  TimePattern hours, minutes, seconds;  // after the rule that smaller ones not given are 0
};

struct SunTrigger {
  bool rises = true;  // else sets
  std::chrono::seconds offset{};
};

// The beginning or the end of an event in a calendar.
struct CalendarTrigger {
  std::string entity;
  bool starts = true;  // else ends
  std::chrono::seconds offset{};
};

struct TemplateTrigger {
  Templated condition;  // its kind is text_template, or a literal that never changes
  Rare<Period> hold;
};

struct MqttTrigger {
  Templated topic;  // a topic filter; templates are rendered once
  Rare<Templated> payload;
  Rare<Templated> value_template;
  int qos = 0;
  std::string encoding = "utf-8";
};

struct EventTrigger {
  std::vector<Templated> types;
  // Those given must be in the event's data, equal.
  std::vector<std::pair<std::string, Templated>> data;
  std::vector<std::pair<std::string, Templated>> context;  // user_id, parent_id, id
};

struct HomeassistantTrigger {
  bool start = true;  // else shutdown
};

struct ZoneTrigger {
  EntityIds entities;
  std::string zone;
  bool enters = true;
};

struct WebhookTrigger {
  std::string id;
  std::vector<std::string> methods;  // upper case; empty: POST and PUT
  bool local_only = true;
};

struct TagTrigger {
  std::vector<std::string> tags, devices;
};

// Of a device, by the names of its domain: turned into a state or event trigger when the device is known.
struct DeviceTrigger {
  std::string device, domain, type, subtype, entity, discovery_id;
  std::vector<std::pair<std::string, Templated>> options;  // above, below, to, from, event …
  Rare<Period> hold;
};

using TriggerKind = std::variant<StateTrigger, NumericStateTrigger, TimeTrigger, TimePatternTrigger,
                                 SunTrigger, TemplateTrigger, MqttTrigger, EventTrigger, HomeassistantTrigger,
                                 ZoneTrigger, WebhookTrigger, TagTrigger, DeviceTrigger, CalendarTrigger>;

using Variables = std::vector<std::pair<std::string, Templated>>;  // rendered in order

struct Trigger {
  Place place;
  std::string id;  // as given; empty: its number as text
  std::string alias;
  std::string platform;  // "state", as Home Assistant names it in trigger.platform
  Rare<Templated> enabled;
  Variables variables;
  TriggerKind kind;
};

}  // namespace gable::rules

#pragma once
// The table of domains, generated at build time from schemas/domains.yaml: states, attributes, services and
// the features that they need, in Home Assistant's names. Everything is static and constant.

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace gable::wire {

// date "2026-11-22", time "07:30:00", datetime "2026-11-22T07:30:00Z" are texts; a duration is a number of
// seconds, however it was said ("0:05:00", an object of hours, minutes, …: date_text.hpp).
enum class ValueType { any, boolean, integer, number, string, list, object, date, time, datetime, duration };
std::string_view to_string(ValueType type);

// What may be an entity's main state.
enum class StateKind {
  choice,  // one of `states`
  number,  // a JSON number
  text,    // any text
  time,    // an RFC 3339 time (last press, last event, scene activation)
  open,    // what the entity announces: options or, with a unit or numeric class, a number; else text
};

// No bound, no value.
inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct FeatureSpec {
  std::string_view name;  // as announced: "brightness", "set_position"
  std::uint32_t bit = 0;  // in Home Assistant's supported_features; 0 where it has none
};

// One place of a list of fixed length: hs_color is [0–360, 0–100].
struct ItemSpec {
  ValueType type = ValueType::any;
  double min = kNone;
  double max = kNone;
};

// How a parameter becomes another one, before the command is made.
enum class Conversion {
  none,
  scale,  // other = value × factor:            brightness_pct 40 → brightness 102
  step,   // other = current + value × factor:  brightness_step −20
  mired,  // other = 1,000,000 ÷ value:         color_temp 250 → color_temp_kelvin 4000
};

// The shape of one attribute or service parameter.
struct FieldSpec {
  std::string_view name;
  ValueType type = ValueType::any;
  std::string_view unit;
  double min = kNone;  // of a number; of a string: its length in characters; kNone: no bound
  double max = kNone;
  std::span<const std::string_view> options;
  std::span<const ItemSpec> items;             // lists of fixed length only
  ValueType item_type = ValueType::any;        // of lists of any length
  std::span<const std::string_view> features;  // any one of them is enough; empty: always there
  std::string_view
      range_from;  // "x": the capabilities min_x and max_x narrow the range; "state": min, max, step
  std::string_view
      options_from;  // capability that lists what is allowed, e.g. "effect_list"; "options": its options
  double when_off = kNone;  // what a relative command takes for current while the state is "off"
  double tolerance = 0;     // |reported − asked| that counts as reached
  // Attributes only: the service and its parameter that set this attribute; empty: read-only.
  std::string_view service;
  std::string_view param;
  // Parameters only.
  bool required = false;
  std::string_view zero_service;  // the value 0 means this service: brightness 0 → turn_off
  std::string_view converts_to;   // name of the parameter that it becomes; empty: stays as it is
  Conversion conversion = Conversion::none;
  double factor = 1;
};

// What the device is expected to report after a service: attribute (or "state") equals a constant or a
// parameter.
struct Expectation {
  std::string_view attribute;
  std::span<const std::string_view> values;  // any one of these constants, as text; empty with `param`
  std::string_view param;                    // name of the parameter; empty with constants
};

// What a toggle leads to.
struct Toggle {
  std::string_view from;
  std::string_view to;
};

struct ServiceSpec {
  std::string_view name;
  std::span<const std::string_view> words;  // bare payloads that mean it: "on"
  std::span<const FieldSpec> params;
  std::span<const std::string_view> features;  // any one of them is enough; empty: always offered
  std::span<const Expectation> expects;
  std::span<const Toggle> toggles;  // expectation by the state before
  double timeout_seconds = 5;       // until an unreached command ends in `timeout` …
  std::string_view timeout_param;   // … plus the seconds in this parameter ("transition")
  bool needs_param = false;         // at least one parameter must be given
  bool repeatable = true;           // may be sent again when its outcome is not known
};

struct DomainSpec {
  std::string_view name;
  std::string_view title;
  StateKind state_kind = StateKind::text;
  std::span<const std::string_view> states;  // for choice
  std::span<const FieldSpec> attributes;
  std::span<const ServiceSpec> services;
  std::span<const FeatureSpec> features;
  std::span<const std::string_view> device_classes;
  std::span<const std::string_view> text_classes;  // those device classes whose state is no number
  std::string_view value_service;                  // bare number or text as payload: this service …
  std::string_view value_param;                    // … with this parameter; empty: bare values are refused
  bool helper = false;                             // lives in the hub itself
};

// All domains, sorted by name.
std::span<const DomainSpec> domains();
// Null when there is no such domain.
const DomainSpec* find_domain(std::string_view name);
const FieldSpec* find_attribute(const DomainSpec& domain, std::string_view name);
const ServiceSpec* find_service(const DomainSpec& domain, std::string_view name);
const FeatureSpec* find_feature(const DomainSpec& domain, std::string_view name);
const FieldSpec* find_param(const ServiceSpec& service, std::string_view name);

// The candidate nearest to `text` by edit distance, for "did you mean"; empty when none is near.
std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates);
// "; did you mean x?" for the end of a refusal; empty when no candidate is near.
std::string did_you_mean(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace gable::wire

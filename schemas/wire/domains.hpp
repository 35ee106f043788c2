#pragma once
// The table of domains, generated at build time from schemas/domains.yaml: states, attributes, services and the
// features that they need, in Home Assistant's names. Everything is static and constant.

#include <cstdint>
#include <span>
#include <string_view>

namespace gable::wire {

enum class ValueType { any, boolean, integer, number, string, list, object };
std::string_view to_string(ValueType type);

// What may be an entity's main state.
enum class StateKind {
  choice,   // one of `states`
  number,   // a JSON number
  text,     // any text
  time,     // an RFC 3339 time (last press, last event, scene activation)
  open,     // what the entity announces: options or, with a unit or numeric class, a number; else text
};

struct FeatureSpec {
  std::string_view name;  // as announced: "brightness", "set_position"
  std::uint32_t bit = 0;  // in Home Assistant's supported_features; 0 where it has none
};

// The shape of one attribute or service parameter. NaN means: no bound.
struct FieldSpec {
  std::string_view name;
  ValueType type = ValueType::any;
  std::string_view unit;
  double min = 0;
  double max = 0;
  std::span<const std::string_view> options;
  std::string_view feature;        // needed for it; empty: always there
  std::string_view range_from;     // attribute of the entity's own range: "min"/"max" prefix, e.g. "temp"; or empty
  std::string_view options_from;   // description attribute that lists what is allowed, e.g. "effect_list"; or empty
  // Attributes only: the service and its parameter that set this attribute; empty: read-only.
  std::string_view service;
  std::string_view param;
  double tolerance = 0;            // |reported − asked| that counts as reached
  bool required = false;           // parameters only
};

// What the device is expected to report after a service: attribute (or "state") equals a constant or a parameter.
struct Expectation {
  std::string_view attribute;
  std::string_view value;  // constant, as text; empty with from_param
  std::string_view param;  // name of the parameter; empty with a constant
};

struct ServiceSpec {
  std::string_view name;
  std::span<const std::string_view> words;     // bare payloads that mean it: "on"
  std::span<const FieldSpec> params;
  std::span<const std::string_view> features;  // any one of them is enough; empty: always offered
  std::span<const Expectation> expects;
  double timeout_seconds = 5;                  // until an unreached command ends in `timeout`
  bool repeatable = true;                      // may be sent again when its outcome is not known
};

struct DomainSpec {
  std::string_view name;
  std::string_view title;
  StateKind state_kind = StateKind::text;
  std::span<const std::string_view> states;          // for choice
  std::span<const FieldSpec> attributes;
  std::span<const ServiceSpec> services;
  std::span<const FeatureSpec> features;
  std::span<const std::string_view> device_classes;
  std::string_view value_service;                    // bare number or text as payload: this service …
  std::string_view value_param;                      // … with this parameter; empty: bare values are refused
  bool helper = false;                               // lives in the hub itself
};

// All domains, sorted by name.
std::span<const DomainSpec> domains();
// Null when there is no such domain.
const DomainSpec* find_domain(std::string_view name);
const FieldSpec* find_attribute(const DomainSpec& domain, std::string_view name);
const ServiceSpec* find_service(const DomainSpec& domain, std::string_view name);
const FeatureSpec* find_feature(const DomainSpec& domain, std::string_view name);

// The candidate nearest to `text` by edit distance, for "did you mean"; empty when none is near.
std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace gable::wire

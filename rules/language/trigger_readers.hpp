#pragma once
// Readers of the single kinds of triggers, one for each platform. Each takes its own keys; those that all
// triggers have (id, alias, enabled, variables) are taken already, and what is left over is named by whoever
// called. Also what triggers and conditions share.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/fields.hpp"
#include "language/values.hpp"

namespace gable::rules {

TriggerKind read_state_trigger(Fields& fields);
TriggerKind read_numeric_state_trigger(Fields& fields);
TriggerKind read_template_trigger(Fields& fields);
TriggerKind read_zone_trigger(Fields& fields);

TriggerKind read_time_trigger(Fields& fields);
TriggerKind read_time_pattern_trigger(Fields& fields);
TriggerKind read_sun_trigger(Fields& fields);
TriggerKind read_calendar_trigger(Fields& fields);

// "door.opened", "light.turned_on": state triggers by their purpose. The reader takes all keys and says what
// is left over.
bool is_purpose(std::string_view name);
TriggerKind read_purpose_trigger(Fields& fields, std::string_view name);
// `target:` of triggers and conditions by purpose: entities only.
EntityIds read_purpose_target(Fields& fields);

TriggerKind read_mqtt_trigger(Fields& fields);
TriggerKind read_event_trigger(Fields& fields);
TriggerKind read_homeassistant_trigger(Fields& fields);
TriggerKind read_webhook_trigger(Fields& fields);
TriggerKind read_tag_trigger(Fields& fields);
TriggerKind read_device_trigger(Fields& fields);

// `entity_id`, which must be there.
EntityIds require_entities(Fields& fields);
// `for`; a null counts as absent.
Rare<Period> read_hold(Fields& fields);
// A text of the file; numbers and booleans are errors ("quote_text") that say to quote them.
std::string read_quoted_text(Reading& reading, yaml::Node node, std::string_view what);

// States as they stand in from, to, state: one or a list. Those of an attribute may be of any type, others
// must be texts.
std::vector<jinja::Value> read_states(Reading& reading, yaml::Node node, std::string_view what,
                                      bool of_attribute);
// above, below and value_template, of which one of the first two must be there.
struct NumericRange {
  Threshold above, below;
  Rare<Templated> value_template;
};
NumericRange read_numeric_range(Fields& fields);

// As read_choice, in any case of letters.
std::string read_lower_choice(Reading& reading, yaml::Node node, std::string_view what,
                              std::initializer_list<std::string_view> choices);
// "sunrise" or "sunset", in any case; true for sunrise.
bool read_sun_event(Reading& reading, yaml::Node node, std::string_view what);

// An entity that holds a time, of one of these domains; empty, after an error, for what is none.
std::string read_time_entity(Reading& reading, yaml::Node node, std::string_view what,
                             std::span<const std::string_view> domains);

// What device triggers and conditions have in common. `options` are the keys that depend on the domain: a
// fixed set for domains of entities, any for integrations.
struct DeviceParts {
  std::string device, domain, type, subtype, entity, discovery_id;
  std::vector<std::pair<std::string, Templated>> options;
  Rare<Period> hold;
};
DeviceParts read_device_parts(Fields& fields);

}  // namespace gable::rules

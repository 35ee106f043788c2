#include "engine/triggers/house_watches.hpp"

#include "engine/triggers/trigger_values.hpp"
#include "template/house/places.hpp"
#include "template/house/state_object.hpp"
#include "template/json_values.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

std::optional<double> number_at(const StateSnapshot& state, std::string_view name) {
  const wire::Value* found = state.attributes->find(name);
  return found != nullptr && found->is_number() ? std::optional(found->number_or(0)) : std::nullopt;
}

std::optional<jinja::House::Place> place_of(const StateSnapshot& state) {
  const std::optional<double> latitude = number_at(state, "latitude");
  const std::optional<double> longitude = number_at(state, "longitude");
  if (!latitude || !longitude) return std::nullopt;
  return jinja::House::Place{*latitude, *longitude};
}

std::string zone_name(const std::string& zone, const StateSnapshot& state) {
  const wire::Value* name = state.attributes->find("friendly_name");
  return name != nullptr ? std::string(name->string_or("")) : std::string(jinja::object_id_of(zone));
}

}  // namespace

void MqttWatch::begin(Instant now) {
  const Renderer renderer(surroundings(), now);
  const Rendered topic = renderer.text(asked_.topic, variables());
  if (!topic.ok()) return complain("error", "topic: " + topic.error);
  if (asked_.payload) {
    const Rendered payload = renderer.text(*asked_.payload, variables());
    if (!payload.ok()) return complain("error", "payload: " + payload.error);
    wanted_ = jinja::str(payload.value);
  }
  const std::string filter = jinja::str(topic.value);
  if (filter.empty()) return complain("error", "topic: expected a topic filter, got an empty text");
  listen(Subject::topic, filter);
}

std::optional<std::string> MqttWatch::compared(const MqttMessage& message, Instant now) const {
  if (!asked_.value_template) return message.payload;
  Scope scope(&variables());
  scope.define("value", message.payload);
  auto json = jinja::read_json(message.payload);
  if (json) scope.define("value_json", std::move(*json));
  const Rendered rendered = Renderer(surroundings(), now).text(*asked_.value_template, scope);
  if (rendered.ok()) return jinja::str(rendered.value);
  complain("warning", "value_template: " + rendered.error);
  return std::nullopt;
}

void MqttWatch::on_message(const MqttMessage& message, Instant now) {
  const bool is_text = !asked_.encoding.empty();
  if (is_text && !wire::valid_utf8(message.payload))
    return complain("warning", "the payload on " + message.topic + " is no UTF-8 text; expected one");
  if (wanted_) {
    // An empty payload matches nothing but its absence in the rule, as in Home Assistant.
    const std::optional<std::string> value = compared(message, now);
    if (!value || value->empty() || *value != *wanted_) return;
  }
  const Value payload = is_text ? Value(message.payload) : Value(jinja::Bytes{message.payload});
  const Fields own = fields({{"topic", Value(message.topic)},
                             {"payload", payload},
                             {"qos", Value(message.qos)},
                             {"retain", Value(message.retained)},
                             {"description", Value("mqtt topic " + message.topic)}});
  auto json = jinja::read_json(message.payload);
  if (json) own->set("payload_json", std::move(*json));
  fire(own, {}, now);
}

void ZoneWatch::begin(Instant /*now*/) {
  for (const std::string& entity : asked_.entities) listen(Subject::entity, entity);
}

std::optional<bool> ZoneWatch::is_within(const std::optional<StateSnapshot>& state,
                                         const StateSnapshot& zone) const {
  constexpr double kMetres = 1000;
  if (!state) return false;
  if (is_absent(state->state)) return std::nullopt;
  const std::optional<jinja::House::Place> at = place_of(*state);
  // A tracker that knows no position says the zone's name; at home it says "home", whatever that is called.
  if (!at) return state->state == (asked_.zone == "zone.home" ? "home" : zone_name(asked_.zone, zone));
  const std::optional<jinja::House::Place> centre = place_of(zone);
  const auto distance = centre ? jinja::kilometres_between(*at, *centre) : std::nullopt;
  if (!distance) return false;
  return *distance * kMetres - number_at(*state, "gps_accuracy").value_or(0) <
         number_at(zone, "radius").value_or(0);
}

void ZoneWatch::on_state(const StateChanged& change, Instant now) {
  const std::optional<StateSnapshot> zone = surroundings().snapshot(asked_.zone);
  if (!zone) return complain("warning", "there is no zone " + asked_.zone);
  const std::optional<bool> before = is_within(change.before, *zone);
  const std::optional<bool> after = is_within(change.after, *zone);
  if (!before || !after || *before == *after || *after != asked_.enters) return;
  const std::string doing = asked_.enters ? " entering " : " leaving ";
  fire(fields({{"entity_id", Value(change.entity)},
               {"from_state", state_or_none(change.entity, change.before)},
               {"to_state", state_or_none(change.entity, change.after)},
               {"zone", state_object(asked_.zone, *zone)},
               {"event", Value(asked_.enters ? "enter" : "leave")},
               {"description", Value(change.entity + doing + zone_name(asked_.zone, *zone))}}),
       change.after ? change.after->context : Context{}, now);
}

void HouseWatch::begin(Instant /*now*/) { listen(asked_.start ? Subject::start : Subject::stop); }

void HouseWatch::report(const char* event, const char* description, Instant now) {
  fire(fields({{"event", Value(event)}, {"description", Value(description)}}), {}, now);
}

}  // namespace gable::rules

#include "world/nature.hpp"

#include <utility>

#include "wire/command.hpp"
#include "wire/json.hpp"

namespace gable::sim {

Nature::Nature(Schedule& schedule, History& history, Random& random)
    : schedule_(schedule), history_(history), random_(random) {
  add("zw", "lamp", "light.lamp", {{"state", "off"}});
  add("zw", "plug", "switch.plug", {{"state", "off"}});
  add("zw", "door", "binary_sensor.door", {{"state", "off"}});
  add("zw", "motion", "binary_sensor.motion", {{"state", "off"}});
  add("zw", "heat", "sensor.heat", {{"state", 1000}});
  add("zw", "remote", "event.remote", {});
  add("mb", "latch", "lock.latch", {{"state", "locked"}});
  add("mb", "pump", "switch.pump", {{"state", "off"}});
  add("mb", "dial", "event.dial", {});
  add("z2m", "bulb", "switch.bulb", {{"state", "off"}});
  add("z2m", "window", "binary_sensor.window", {{"state", "off"}});
  add("z2m", "frost", "sensor.frost", {{"state", 1000}});
}

void Nature::add(std::string bridge, std::string id, std::string entity, wire::Object state) {
  Thing thing{std::move(bridge), id, std::move(entity), std::move(state)};
  if (const auto* value = thing.state.find("state"))
    history_.values[thing.entity].insert(wire::plain_text(*value));
  things_.emplace(std::move(id), std::move(thing));
}

bridge::Entity Nature::description(const Thing& thing) {
  const std::string domain = thing.entity.substr(0, thing.entity.find('.'));
  bridge::Entity entity(domain);
  if (domain == "light") entity.feature("brightness").feature("transition");
  if (domain == "event") entity.event_types({"press"});
  if (domain == "sensor") entity.device_class("temperature").unit("°C").state_class("measurement");
  entity.named(thing.id).suggest_id(thing.id);
  return entity;
}

void Nature::merge(Thing& thing, const wire::Object& state) {
  for (const auto& [key, value] : state) thing.state.set(key, value);
  // A light that is off has no brightness.
  if (const auto* word = thing.state.find("state"); word != nullptr && word->string_or("") == "off") {
    thing.state.erase("brightness");
  }
  if (const auto* value = thing.state.find("state"))
    history_.values[thing.entity].insert(wire::plain_text(*value));
}

void Nature::change(const std::string& id, const wire::Object& state) {
  Thing& thing = things_.at(id);
  merge(thing, state);
  history_.note("nature " + id + " is " + wire::to_json(thing.state));
  if (const auto& ear = ears_[thing.bridge]; ear.changed) ear.changed(thing);
}

void Nature::press(const std::string& id) {
  const Thing& thing = things_.at(id);
  const auto& ear = ears_[thing.bridge];
  history_.presses.push_back({.device = id, .number = ++presses_, .at = schedule_.now()});
  history_.presses.back().sent = static_cast<bool>(ear.pressed);
  history_.note("nature " + id + " pressed, " + std::to_string(presses_));
  if (ear.pressed) ear.pressed(thing, presses_);
}

void Nature::order(const std::string& id, const Order& order, Then then) {
  const Thing& thing = things_.at(id);
  history_.actuations.push_back({thing.bridge, id, order.command_id, order.service, schedule_.now()});
  history_.note("nature " + id + " gets " + order.service + " " + order.command_id);
  const bool obeys = !random_.chance(stubborn);
  schedule_.after(random_.span(Span(5), Span(random_.chance(10) ? 3'000 : 200)),
                  [this, id, expected = order.expected, obeys, then = std::move(then)] {
                    if (obeys && !expected.empty()) change(id, expected);
                    then(obeys);
                  });
}

}  // namespace gable::sim

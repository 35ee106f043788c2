// States of a simulated house: how they change, and what follows by itself: groups, zones, the sun.
#include <algorithm>
#include <array>
#include <cmath>

#include "simulation/simulated_house.hpp"
#include "simulation/values.hpp"
#include "template/value/dict.hpp"
#include "wire/time.hpp"

namespace gable::rules::simulation {

namespace {

using wire::Value;

struct Words {
  std::string_view on, off;
};

Words words_of(std::string_view domain) {
  if (domain == "device_tracker" || domain == "person") return {"home", "not_home"};
  if (domain == "cover" || domain == "valve") return {"open", "closed"};
  if (domain == "lock") return {"unlocked", "locked"};
  return {"on", "off"};
}

bool counts_as_on(std::string_view state) {
  constexpr std::array<std::string_view, 13> kOff{
      "off",    "not_home",      "closed",  "locked",      "idle",     "standby", "paused",
      "docked", "below_horizon", "unknown", "unavailable", "disarmed", ""};
  return std::find(kOff.begin(), kOff.end(), state) == kOff.end();
}

wire::Time time_of(Instant when) { return std::chrono::floor<std::chrono::milliseconds>(when); }
double rounded(double degrees) { return std::round(degrees * 100) / 100; }

bool lists(const wire::Object& attributes, const std::string& member) {
  const Value* members = attributes.find("entity_id");
  if (members == nullptr || members->as_list() == nullptr) return false;
  return std::any_of(members->as_list()->begin(), members->as_list()->end(),
                     [&member](const Value& one) { return one.string_or("") == member; });
}

jinja::Value event_data(const std::string& entity) {
  auto data = std::make_shared<jinja::Dict>();
  data->set("entity_id", entity);
  return jinja::DictPtr(std::move(data));
}

// A group's state out of its members'; nothing as long as none of them is known.
std::optional<std::string> group_state(const Entities& house, const wire::Object& attributes) {
  std::size_t on = 0, known = 0, present = 0;
  std::string_view domain;
  bool one_domain = true;
  for (const Value& member : *attributes.find("entity_id")->as_list()) {
    const std::string_view id = member.string_or("");
    const std::string_view of = domain_part(id);
    if (domain.empty()) domain = of;
    one_domain = one_domain && words_of(of).on == words_of(domain).on;
    const Entities::Entity* entity = house.find(id);
    if (entity == nullptr) continue;
    ++present;
    const std::string& state = entity->state.state;
    if (state != "unknown" && state != "unavailable") ++known;
    if (counts_as_on(state)) ++on;
  }
  if (known == 0) return std::nullopt;
  const Words words = one_domain ? words_of(domain) : Words{"on", "off"};
  const Value* all = attributes.find("all");
  const bool is_on = all != nullptr && all->bool_or(false) ? on == present : on > 0;
  return std::string(is_on ? words.on : words.off);
}

}  // namespace

void SimulatedHouse::place_entity(const std::string& id, std::string state, wire::Object attributes,
                                  std::chrono::microseconds since) {
  Entities::Entity& entity = entities_.put(id);
  StateSnapshot& snapshot = entity.state;
  snapshot.state = std::move(state);
  snapshot.last_changed = snapshot.last_updated = snapshot.last_reported = now_ - since;
  snapshot.context = context_below({});
  if (domain_part(id) == "timer" && snapshot.state == "active") {
    const Value* end = attributes.find("finishes_at");
    const auto at = end != nullptr ? wire::parse_time(end->string_or("")) : std::nullopt;
    if (at) timers_[id] = *at;
  }
  snapshot.attributes = std::make_shared<const wire::Object>(std::move(attributes));
}

std::optional<StateSnapshot> SimulatedHouse::snapshot(std::string_view entity) const {
  const Entities::Entity* found = entities_.find(entity);
  return found == nullptr ? std::nullopt : std::optional(found->state);
}

void SimulatedHouse::set(const std::string& id, std::string state, std::optional<wire::Object> attributes) {
  const Entities::Entity* entity = entities_.find(id);
  wire::Object next;
  if (entity != nullptr) next = *entity->state.attributes;
  if (attributes) {
    for (auto& [key, value] : *attributes) next.set(key, std::move(value));
  }
  become(id, std::move(state), std::move(next), {});
}

void SimulatedHouse::remove(const std::string& id) {
  const Entities::Entity* entity = entities_.find(id);
  if (entity == nullptr) return;
  StateChanged change{id, entity->state, std::nullopt, false};
  entities_.erase(id);
  timers_.erase(id);
  record_.states.push_back({stamp(), change});
  happen(std::move(change));
}

void SimulatedHouse::show(const std::string& entity, const std::string& state, const wire::Object& attributes,
                          const Context& context) {
  wire::Object all;
  if (const auto own = own_.find(entity); own != own_.end()) {
    all = own->second.description;
    if (!own->second.name.empty()) all.set("friendly_name", own->second.name);
    if (!own->second.icon.empty()) all.set("icon", own->second.icon);
  }
  for (const auto& [key, value] : attributes) all.set(key, value);
  become(entity, state, std::move(all), context);
}

void SimulatedHouse::apply(const std::string& id, Change change, const Context& context) {
  Entities::Entity* entity = entities_.find(id);
  if (entity == nullptr) return;
  if (!change.remembered.empty()) entity->remembered = std::move(change.remembered);
  wire::Object attributes = *entity->state.attributes;
  for (auto& [key, value] : change.attributes) {
    if (value.is_null()) {
      attributes.erase(key);
    } else {
      attributes.set(key, std::move(value));
    }
  }
  if (domain_part(id) == "timer" && change.state) {
    timers_.erase(id);
    if (change.finishes) timers_[id] = *change.finishes;
  }
  become(id, change.state.value_or(entity->state.state), std::move(attributes), context);
  if (change.event.empty()) return;
  BusEvent event{change.event, event_data(id), context};
  record_.events.push_back({stamp(), event});
  happen(std::move(event));
}

// A report that says nothing new is no event, as in Home Assistant.
void SimulatedHouse::become(const std::string& id, std::string state, wire::Object attributes,
                            const Context& context) {
  const Entities::Entity* known = entities_.find(id);
  StateChanged change{id, {}, {}, false};
  if (known != nullptr) change.before = known->state;
  Entities::Entity& entity = entities_.put(id);
  StateSnapshot& present = entity.state;
  present.last_reported = now_;
  const bool same_state = change.before && present.state == state;
  if (same_state && *present.attributes == attributes) return;
  if (!same_state) present.last_changed = now_;
  present.last_updated = now_;
  present.state = std::move(state);
  present.attributes = std::make_shared<const wire::Object>(std::move(attributes));
  present.context = context.id.empty() ? context_below({}) : context;
  change.after = present;
  record_.states.push_back({stamp(), change});
  const Context cause = present.context;
  happen(std::move(change));
  update_groups(id, cause);
  if (domain_part(id) == "person") update_zones(cause);
}

// Those that have this member; a group itself is asked for at the start.
void SimulatedHouse::update_groups(const std::string& member, const Context& context) {
  std::vector<std::pair<std::string, std::string>> changed;
  for (const auto& [id, entity] : entities_.of_domain("group")) {
    if (id != member && !lists(*entity.state.attributes, member)) continue;
    const Value* members = entity.state.attributes->find("entity_id");
    if (members == nullptr || members->as_list() == nullptr) continue;
    const auto state = group_state(entities_, *entity.state.attributes);
    if (state && *state != entity.state.state) changed.emplace_back(id, *state);
  }
  for (const auto& [id, state] : changed) become(id, state, *entities_.find(id)->state.attributes, context);
}

// How many persons are in each zone, by the zone's name; at home they are at "home".
void SimulatedHouse::update_zones(const Context& context) {
  std::vector<std::pair<std::string, std::string>> counts;
  for (const auto& [id, zone] : entities_.of_domain("zone")) {
    const Value* name = zone.state.attributes->find("friendly_name");
    const std::string_view called = id == "zone.home" ? "home"
                                    : name != nullptr ? name->string_or("")
                                                      : object_part(id);
    int count = 0;
    for (const auto& [who, person] : entities_.of_domain("person")) {
      if (person.state.state == called) ++count;
    }
    if (zone.state.state != std::to_string(count)) counts.emplace_back(id, std::to_string(count));
  }
  for (const auto& [id, count] : counts) become(id, count, *entities_.find(id)->state.attributes, context);
}

std::optional<Instant> SimulatedHouse::next_sun(bool rises, Instant after) const {
  if (!settings_.place) return std::nullopt;
  const auto next =
      next_solar_event(*settings_.place, rises ? SolarEvent::rising : SolarEvent::setting, time_of(after));
  return next ? std::optional<Instant>(*next) : std::nullopt;
}

// sun.sun changes when the sun rises or sets; its other attributes are true whenever somebody looks.
void SimulatedHouse::start_sun() {
  const auto rises = next_sun(true, now_), sets = next_sun(false, now_);
  sun_ = rises && sets ? std::min(*rises, *sets) : rises ? rises : sets;
  const SolarPosition at = solar_position(*settings_.place, time_of(now_));
  const bool up = sun_is_up(*settings_.place, time_of(now_));
  wire::Object attributes;
  if (rises) attributes.set("next_rising", wire::format_time(time_of(*rises)));
  if (sets) attributes.set("next_setting", wire::format_time(time_of(*sets)));
  attributes.set("elevation", rounded(at.elevation));
  attributes.set("azimuth", rounded(at.azimuth));
  attributes.set("rising", at.azimuth < 180);
  become("sun.sun", up ? "above_horizon" : "below_horizon", std::move(attributes), {});
  entities_.on_look_at_sun([this] { refresh_sun(); });
}

void SimulatedHouse::refresh_sun() {
  Entities::Entity* sun = entities_.find(std::string_view("sun.sun"));
  if (sun == nullptr || sun->state.last_reported == now_) return;
  sun->state.last_reported = now_;
  const SolarPosition at = solar_position(*settings_.place, time_of(now_));
  wire::Object attributes = *sun->state.attributes;
  attributes.set("elevation", rounded(at.elevation));
  attributes.set("azimuth", rounded(at.azimuth));
  attributes.set("rising", at.azimuth < 180);
  sun->state.attributes = std::make_shared<const wire::Object>(std::move(attributes));
}

}  // namespace gable::rules::simulation

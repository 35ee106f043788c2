// The part of the helper desk that knows where people and the sun are: zones, persons, sun.sun.

#include <algorithm>

#include "core/helpers/helper_desk.hpp"
#include "core/helpers/sun.hpp"
#include "wire/domains.hpp"

namespace gable::hub {

namespace {

wire::EntityDescription plain(std::string_view domain, const std::string& name,
                              const std::string& icon = {}) {
  wire::EntityDescription out;
  out.domain = wire::find_domain(domain);
  out.name = name;
  out.icon = icon;
  return out;
}

// A tracker by satellite knows zones, others only whether somebody is at home.
bool tells_position(const Entity& tracker) {
  const wire::Value* type = tracker.state.attributes.find("source_type");
  if (type == nullptr) type = tracker.description->capabilities.find("source_type");
  return type != nullptr ? type->string_or("") == "gps"
                         : tracker.state.attributes.find("latitude") != nullptr;
}

}  // namespace

void HelperDesk::add_places(Turn& turn) {
  for (const auto& zone : house_.zones)
    add(turn, EntityId("zone", zone.object_id), plain("zone", zone.name, zone.icon));
  if (house_.info.location) add(turn, EntityId("zone", "home"), plain("zone", house_.info.name));
  for (const auto& person : house_.persons) {
    if (add(turn, EntityId("person", person.object_id), plain("person", person.name)) != nullptr)
      refresh_person(turn, person);
  }
  refresh_zones(turn);
}

void HelperDesk::refresh_person(Turn& turn, const Person& person) {
  const Entity* entity = p_.registry.find("person", person.object_id);
  if (entity == nullptr || !entity->helper()) return;
  // Home Assistant's order: the router or beacon that has the phone at home, else the latest position, else
  // the latest that is not at home.
  const Entity *home = nullptr, *position = nullptr, *away = nullptr;
  wire::List trackers;
  for (const auto& id : person.device_trackers) {
    trackers.emplace_back(id.text());
    const Entity* tracker = p_.registry.find(id);
    if (tracker == nullptr || !tracker->state.known || tracker->availability == Availability::offline)
      continue;
    const Entity*& best = tells_position(*tracker) ? position : tracker->state.text == "home" ? home : away;
    if (best == nullptr || tracker->state.last_updated > best->state.last_updated) best = tracker;
  }
  const Entity* best = home != nullptr ? home : position != nullptr ? position : away;
  Report out;
  out.context.own().by = "hub";
  out.attributes.append("id", person.object_id);
  out.attributes.append("device_trackers", std::move(trackers));
  if (best != nullptr) {
    out.text = best->state.text;
    out.attributes.append("source", best->id.text());
    for (const char* key : {"latitude", "longitude", "gps_accuracy"}) {
      if (const auto* value = best->state.attributes.find(key)) out.attributes.append(key, *value);
    }
  }
  report(turn, p_.registry.index_of(*entity), std::move(out));
  refresh_zones(turn);
}

void HelperDesk::refresh_zones(Turn& turn) {
  const auto refresh = [&](const std::string& object_id, const std::string& name, const Location& at,
                           double radius, bool passive) {
    const Entity* entity = p_.registry.find("zone", object_id);
    if (entity == nullptr) return;
    wire::List inside;
    for (const auto& person : house_.persons) {
      const Entity* who = p_.registry.find("person", person.object_id);
      if (who == nullptr || !who->state.known) continue;
      if (who->state.text == (object_id == "home" ? "home" : name)) inside.emplace_back(who->id.text());
    }
    Report out;
    out.context.own().by = "hub";
    out.text = std::to_string(inside.size());
    out.attributes = {{"latitude", at.latitude}, {"longitude", at.longitude},    {"radius", radius},
                      {"passive", passive},      {"persons", std::move(inside)}, {"editable", false}};
    report(turn, p_.registry.index_of(*entity), std::move(out));
  };
  if (house_.info.location)
    refresh("home", house_.info.name, *house_.info.location, house_.info.radius, false);
  for (const auto& zone : house_.zones)
    refresh(zone.object_id, zone.name, zone.location, zone.radius, zone.passive);
}

void HelperDesk::on_sun(Turn& turn) {
  const EntityId id("sun", "sun");
  if (!house_.info.location) {  // never computed for 0,0
    p_.deadlines.clear(DeadlineKind::sun, 0);
    return;
  }
  const Entity* known = p_.registry.find(id);
  const Entity* entity = known != nullptr && known->availability == Availability::online
                             ? known
                             : add(turn, id, plain("sun", "Sun"));
  if (entity == nullptr) return;
  SunStep step = sun_step(*house_.info.location, house_.info.elevation, turn.now);
  p_.deadlines.set(DeadlineKind::sun, 0, step.next);
  report(turn, p_.registry.index_of(*entity), std::move(step.report));
}

}  // namespace gable::hub

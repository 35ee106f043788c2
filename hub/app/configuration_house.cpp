// The house itself: where it stands, its floors, areas, labels, zones and people, and what is said of
// entities.

#include <algorithm>
#include <set>

#include "app/configuration.hpp"
#include "app/configuration_parts.hpp"
#include "wire/domains.hpp"

namespace gable::hub {
namespace {

constexpr double kEarth = 20'000'000;  // metres, half way round

UnitSystem unit_system_of(const ConfigNode& node) {
  const std::string& text = node.as_text();
  if (text == "metric") return UnitSystem::metric;
  if (text == "us_customary" || text == "imperial") return UnitSystem::us_customary;
  node.fail_expected("metric or us_customary");
}

std::string country_of(const ConfigNode& node) {
  const std::string& text = node.as_text();
  const bool letters = std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (text.size() != 2 || !letters) node.fail_expected("a country code of two capital letters", "such as NL");
  return text;
}

std::string time_zone_of(const ConfigNode& node) {
  const std::string& text = node.as_text();
  if (!time_zone_exists(text))
    node.fail("unknown time zone '" + text + "'", "a name such as Europe/Amsterdam");
  return text;
}

Location location_of(const ConfigNode& block) {
  return {block.at("latitude").as_number(-90, 90), block.at("longitude").as_number(-180, 180)};
}

double radius_of(const ConfigNode& node) {
  const double radius = node.as_number(0, kEarth);
  if (radius == 0) node.fail_expected("more than 0 metres");
  return radius;
}

std::string hint_for(const std::string& text, const std::vector<std::string_view>& known) {
  const std::string_view near = wire::nearest(text, known);
  if (!near.empty()) return "did you mean '" + std::string(near) + "'?";
  std::string hint;
  for (std::string_view name : known) hint += (hint.empty() ? "known: " : ", ") + std::string(name);
  return hint.empty() ? "none is listed" : hint;
}

// The id of the floor, area or label that `node` names by id or name.
template <class Thing>
std::string reference(const ConfigNode& node, const std::vector<Thing>& things, const std::string& what) {
  const std::string& text = node.as_name();
  std::vector<std::string_view> known;
  for (const Thing& thing : things) {
    if (thing.id == text || thing.name == text) return thing.id;
    known.push_back(thing.id);
  }
  node.fail("unknown " + what + " '" + text + "'", hint_for(text, known));
}

std::vector<std::string> label_references(const ConfigNode& node, const House& house) {
  std::vector<std::string> labels;
  if (node.is_scalar()) return {reference(node, house.labels, "label")};
  for (const ConfigNode& item : node.items()) labels.push_back(reference(item, house.labels, "label"));
  return labels;
}

template <class Thing>
void check_new(const Named& named, const std::vector<Thing>& things, std::string Thing::*id,
               const std::string& what) {
  for (const Thing& thing : things) {
    if (thing.*id == named.id) named.place.fail("the " + what + " '" + named.id + "' is given twice");
  }
}

EntityOverride& override_of(House& house, const wire::EntityId& id) {
  for (EntityOverride& over : house.entities) {
    if (over.id == id) return over;
  }
  house.entities.emplace_back().id = id;
  return house.entities.back();
}

wire::EntityId entity_id_of(const ConfigEntry& entry) {
  auto id = wire::EntityId::parse(entry.key);
  if (!id) entry.fail("'" + entry.key + "' is no entity id", "such as light.kitchen");
  return *id;
}

}  // namespace

std::string readable_id(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

void check_object_id(const ConfigNode& node, const std::string& id) {
  if (wire::valid_object_id(id)) return;
  node.fail("'" + id + "' cannot be an id", "small letters, digits and _: '" + wire::slugify(id) + "'");
}

void each_named(const ConfigNode& block, const std::function<void(const Named&)>& each) {
  if (block.is_list()) {
    for (const ConfigNode& item : block.items()) {
      Named named{{}, {}, item.is_scalar() ? ConfigNode(item.position()) : item, item};
      named.name = item.is_scalar() ? item.as_name() : item.at("name").as_name();
      named.id = wire::slugify(named.name);
      take(named.body, "id", named.id, name_of);
      check_object_id(item, named.id);
      each(named);
    }
    return;
  }
  for (const ConfigEntry& entry : block.entries()) {
    Named named{entry.key, readable_id(entry.key), entry.value, ConfigNode(entry.position)};
    check_object_id(named.place, named.id);
    if (entry.value.is_scalar()) {
      named.name = entry.value.as_name();
      named.body = ConfigNode(entry.value.position());
    }
    take(named.body, "name", named.name, name_of);
    each(named);
  }
}

void read_house_info(const ConfigNode& block, HouseInfo& info) {
  block.expect_keys({"name", "latitude", "longitude", "elevation", "radius", "time_zone", "unit_system",
                     "country", "language"});
  take(block, "name", info.name, name_of);
  const auto given = [&](const char* key) {
    return block.find(key) != nullptr && !block.find(key)->is_null();
  };
  if (given("latitude") || given("longitude")) info.location = location_of(block);
  take(block, "elevation", info.elevation, [](const ConfigNode& node) { return node.as_number(-500, 9000); });
  take(block, "radius", info.radius, radius_of);
  take(block, "time_zone", info.time_zone, time_zone_of);
  take(block, "unit_system", info.unit_system, unit_system_of);
  take(block, "country", info.country, country_of);
  take(block, "language", info.language, name_of);
}

void read_floors(const ConfigNode& block, House& house) {
  each_named(block, [&](const Named& named) {
    named.body.expect_keys({"id", "name", "icon", "level", "aliases"});
    check_new(named, house.floors, &Floor::id, "floor");
    Floor floor{named.id, named.name, {}, {}, {}};
    take(named.body, "icon", floor.icon, text_of);
    take(named.body, "level", floor.level,
         [](const ConfigNode& node) { return static_cast<int>(node.as_int(-100, 200)); });
    take(named.body, "aliases", floor.aliases, texts_of);
    house.floors.push_back(std::move(floor));
  });
}

void read_labels(const ConfigNode& block, House& house) {
  each_named(block, [&](const Named& named) {
    named.body.expect_keys({"id", "name", "icon", "color", "description"});
    check_new(named, house.labels, &Label::id, "label");
    Label label{named.id, named.name, {}, {}, {}};
    take(named.body, "icon", label.icon, text_of);
    take(named.body, "color", label.color, text_of);
    take(named.body, "description", label.description, text_of);
    house.labels.push_back(std::move(label));
  });
}

void read_areas(const ConfigNode& block, House& house) {
  each_named(block, [&](const Named& named) {
    named.body.expect_keys({"id", "name", "icon", "floor", "labels", "aliases"});
    check_new(named, house.areas, &Area::id, "area");
    Area area{named.id, named.name, {}, {}, {}, {}};
    take(named.body, "icon", area.icon, text_of);
    take(named.body, "floor", area.floor,
         [&](const ConfigNode& node) { return reference(node, house.floors, "floor"); });
    take(named.body, "labels", area.labels,
         [&](const ConfigNode& node) { return label_references(node, house); });
    take(named.body, "aliases", area.aliases, texts_of);
    house.areas.push_back(std::move(area));
  });
}

void read_zones(const ConfigNode& block, House& house) {
  each_named(block, [&](const Named& named) {
    named.body.expect_keys({"id", "name", "icon", "latitude", "longitude", "radius", "passive"});
    check_new(named, house.zones, &Zone::object_id, "zone");
    if (named.id == "home")
      named.place.fail("zone.home comes from the house's own place", "house: latitude, longitude, radius");
    if (named.body.is_null()) named.place.fail("the zone '" + named.id + "' needs latitude and longitude");
    Zone zone;
    zone.object_id = named.id;
    zone.name = named.name;
    zone.location = location_of(named.body);
    take(named.body, "icon", zone.icon, text_of);
    take(named.body, "radius", zone.radius, radius_of);
    take(named.body, "passive", zone.passive, bool_of);
    house.zones.push_back(std::move(zone));
  });
}

void read_persons(const ConfigNode& block, House& house) {
  each_named(block, [&](const Named& named) {
    named.body.expect_keys({"id", "name", "user_id", "picture", "device_trackers"});
    check_new(named, house.persons, &Person::object_id, "person");
    Person person{named.id, named.name, {}};
    if (const ConfigNode* trackers = named.body.find("device_trackers")) {
      const auto add = [&](const ConfigNode& node) {
        const auto id = wire::EntityId::parse(node.as_text());
        if (!id || id->domain() != "device_tracker")
          node.fail_expected("a device tracker's id", "such as device_tracker.phone");
        person.device_trackers.push_back(*id);
      };
      if (trackers->is_scalar())
        add(*trackers);
      else
        for (const ConfigNode& item : trackers->items()) add(item);
    }
    house.persons.push_back(std::move(person));
  });
}

void read_entities(const ConfigNode& block, House& house) {
  for (const ConfigEntry& entry : block.entries()) {
    const ConfigNode& body = entry.value;
    body.expect_keys({"name", "area", "hidden", "plain", "icon", "labels", "disabled"});
    EntityOverride& over = override_of(house, entity_id_of(entry));
    take(body, "name", over.name, name_of);
    take(body, "icon", over.icon, text_of);
    take(body, "area", over.area, [&](const ConfigNode& node) {
      return node.as_text().empty() ? std::string() : reference(node, house.areas, "area");
    });
    take(body, "hidden", over.hidden, bool_of);
    take(body, "disabled", over.disabled, bool_of);
    take(body, "plain", over.plain, bool_of);
    take(body, "labels", over.labels, [&](const ConfigNode& node) { return label_references(node, house); });
  }
}

void read_customize(const ConfigNode& block, House& house, std::vector<std::string>& warnings) {
  for (const ConfigEntry& entry : block.entries()) {
    EntityOverride& over = override_of(house, entity_id_of(entry));
    for (const ConfigEntry& option : entry.value.entries()) {
      // What stands under `entities:` wins.
      if (option.key == "friendly_name") {
        if (!over.name) over.name = option.value.as_name();
      } else if (option.key == "icon") {
        if (!over.icon) over.icon = option.value.as_text();
      } else {
        warnings.push_back(option.position.text() + ": '" + option.key + "' of customize is not used here");
      }
    }
  }
}

void read_plain(const ConfigNode& block, House& house) {
  for (const ConfigNode& item : block.items()) {
    const std::string& text = item.as_name();
    const bool glob = text.ends_with('*');
    const std::string stem = text.substr(0, text.size() - (glob ? 1 : 0));
    const bool known = stem.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos;
    if (!known || (!glob && !wire::EntityId::parse(text))) {
      item.fail_expected("an entity id, or the beginning of one and *", "such as sensor.outside or light.*");
    }
    house.plain.push_back(text);
  }
}

}  // namespace gable::hub

#include "house_file.hpp"

#include <array>
#include <cstdio>
#include <set>

#include "node/config_reader.hpp"
#include "protocol/kinds.hpp"
#include "wire/domains.hpp"
#include "wire/entity_id.hpp"

namespace gable::virtual_house {

namespace {

using node::ConfigEntry;
using node::ConfigNode;

constexpr double kMaxSpeed = 10'000;

// Keys that every device may have, whatever its kind.
constexpr std::array<std::string_view, 6> kDeviceKeys{"kind", "name", "area", "one_way", "flaky", "fault"};

std::string did_you_mean(std::string_view text, std::span<const std::string_view> candidates) {
  const std::string_view near = wire::nearest(text, candidates);
  if (!near.empty()) return "did you mean " + std::string(near) + "?";
  std::string all = "one of:";
  for (const auto candidate : candidates) all += " " + std::string(candidate);
  return all;
}

// "06:40"
Span time_of_day_of(const ConfigNode& node) {
  const Span time = node.as_duration();
  if (time >= std::chrono::hours(24)) node.fail_expected("a time of the day such as \"06:40\"");
  return time;
}

// "2026-03-20 06:00:00", local.
Moment moment_of(const ConfigNode& node) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, used = 0;
  const std::string& text = node.as_text();
  const int read = std::sscanf(text.c_str(), "%4d-%2d-%2d%*1[ T]%2d:%2d:%2d%n", &year, &month, &day, &hour,
                               &minute, &second, &used);
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  const bool sound = read == 6 && used == static_cast<int>(text.size()) && date.ok() && year >= 1970 &&
                     hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!sound) node.fail_expected("a local time such as \"2026-03-20 06:00:00\"");
  return std::chrono::local_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

ClimateSpec read_climate(const ConfigNode& node) {
  node.expect_keys({"latitude", "coldest_month", "warmest_month", "daily_swing"});
  ClimateSpec climate;
  if (const auto* value = node.find("latitude")) climate.latitude = value->as_number(-66, 66);
  if (const auto* value = node.find("coldest_month")) climate.coldest_month = value->as_number(-40, 40);
  if (const auto* value = node.find("warmest_month")) climate.warmest_month = value->as_number(-40, 40);
  if (const auto* value = node.find("daily_swing")) climate.daily_swing = value->as_number(0, 30);
  return climate;
}

std::vector<AreaSpec> read_areas(const ConfigNode& node) {
  std::vector<AreaSpec> areas;
  for (const ConfigEntry& entry : node.entries()) {
    if (!wire::valid_object_id(entry.key)) entry.fail("an area id is made of a-z, 0-9 and _");
    entry.value.expect_keys({"name", "outside", "heated_to"});
    AreaSpec area;
    area.id = entry.key;
    area.name = entry.value.at("name").as_name();
    if (const auto* value = entry.value.find("outside")) area.outside = value->as_bool();
    if (const auto* value = entry.value.find("heated_to")) area.heated_to = value->as_number(-10, 40);
    areas.push_back(std::move(area));
  }
  return areas;
}

// Checks names of areas and devices as they are used.
class Names {
 public:
  explicit Names(const HouseSpec& house) {
    for (const auto& area : house.areas) areas_.insert(area.id);
  }
  void add_device(const std::string& id) { devices_.insert(id); }
  [[nodiscard]] std::string area(const ConfigNode& node) const { return known(node, areas_, "area"); }
  [[nodiscard]] std::string device(const ConfigNode& node) const { return known(node, devices_, "device"); }

 private:
  static std::string known(const ConfigNode& node, const std::set<std::string>& names,
                           std::string_view what) {
    const std::string& name = node.as_name();
    if (names.contains(name)) return name;
    const std::vector<std::string_view> all(names.begin(), names.end());
    node.fail("there is no " + std::string(what) + " '" + name + "'", did_you_mean(name, all));
  }
  std::set<std::string> areas_, devices_;
};

PersonSpec read_person(const ConfigNode& node, const Names& names) {
  node.expect_keys(
      {"name", "wakes", "leaves", "returns", "sleeps", "rooms", "bedroom", "bathroom", "hall", "door"});
  PersonSpec person;
  person.name = node.at("name").as_name();
  if (const auto* value = node.find("wakes")) person.wakes = time_of_day_of(*value);
  if (const auto* value = node.find("leaves")) person.leaves = time_of_day_of(*value);
  if (const auto* value = node.find("returns")) person.returns = time_of_day_of(*value);
  if (const auto* value = node.find("sleeps")) person.sleeps = time_of_day_of(*value);
  const bool ordered =
      person.wakes < person.leaves && person.leaves < person.returns && person.returns < person.sleeps;
  if (!ordered) node.fail("a person wakes, leaves, returns and sleeps in this order within one day");
  if (const auto* rooms = node.find("rooms")) {
    for (const ConfigNode& room : rooms->items()) person.rooms.push_back(names.area(room));
  }
  if (const auto* value = node.find("bedroom")) person.bedroom = names.area(*value);
  if (const auto* value = node.find("bathroom")) person.bathroom = names.area(*value);
  if (const auto* value = node.find("hall")) person.hall = names.area(*value);
  if (const auto* value = node.find("door")) person.door = names.device(*value);
  return person;
}

std::string choice_of(const ConfigNode& node, std::span<const std::string_view> choices) {
  const std::string& text = node.as_text();
  for (const auto choice : choices) {
    if (choice == text) return text;
  }
  if (!choices.empty()) node.fail("'" + text + "' is not possible here", did_you_mean(text, choices));
  return text;
}

Value read_option(const OptionSpec& option, const ConfigNode& node) {
  switch (option.type) {
    case OptionType::flag:
      return node.as_bool();
    case OptionType::number:
      return node.as_number(option.min, option.max);
    case OptionType::text:
      return choice_of(node, option.choices);
    case OptionType::time_of_day:
      return seconds_of(time_of_day_of(node));
    case OptionType::list:
      break;
  }
  List list;
  for (const ConfigNode& element : node.items()) list.push_back(choice_of(element, option.choices));
  if (std::set(list.begin(), list.end()).size() != list.size()) node.fail("something is in this list twice");
  return list;
}

FlakySpec read_flaky(const ConfigNode& node) {
  node.expect_keys({"every", "lasts"});
  FlakySpec flaky;
  flaky.every = node.at("every").as_duration();
  if (flaky.every < std::chrono::seconds(1)) node.at("every").fail_expected("at least one second");
  if (const auto* value = node.find("lasts")) flaky.lasts = value->as_duration();
  return flaky;
}

FaultSpec read_fault(const ConfigNode& node) {
  node.expect_keys({"kind", "lasts", "delay"});
  constexpr std::array<std::string_view, 4> kKindNames{"drop", "delay", "refuse", "offline"};
  FaultSpec fault;
  fault.kind = parse_fault_kind(choice_of(node.at("kind"), kKindNames)).value_or(FaultKind::none);
  if (const auto* value = node.find("lasts")) fault.lasts = value->as_duration();
  if (const auto* value = node.find("delay")) fault.delay = value->as_duration();
  return fault;
}

void read_options(const ConfigNode& node, const KindSpec& kind, DeviceSpec& device) {
  std::vector<std::string_view> known(kDeviceKeys.begin(), kDeviceKeys.end());
  for (const OptionSpec& option : kind.options) known.push_back(option.name);
  for (const ConfigEntry& entry : node.entries()) {
    const auto is_entry = [&entry](const OptionSpec& option) { return option.name == entry.key; };
    const auto option = std::find_if(kind.options.begin(), kind.options.end(), is_entry);
    if (option != kind.options.end()) {
      device.options.set(entry.key, read_option(*option, entry.value));
    } else if (std::find(kDeviceKeys.begin(), kDeviceKeys.end(), entry.key) == kDeviceKeys.end()) {
      entry.fail("a " + device.kind + " has no '" + entry.key + "'", did_you_mean(entry.key, known));
    }
  }
}

// What the single options cannot tell.
void check_whole(const ConfigNode& node, const DeviceSpec& device) {
  const Fields& options = device.options;
  if (device.kind == "sensor" && options.list("measures").empty()) node.fail("a sensor needs 'measures'");
  if (device.kind == "number" && options.number("min", 0) >= options.number("max", 100)) {
    node.fail("'min' must be less than 'max'");
  }
  if (device.kind == "light" && options.number("min_kelvin", 2200) > options.number("max_kelvin", 6500)) {
    node.fail("'min_kelvin' must not be more than 'max_kelvin'");
  }
  for (const auto& button : options.list("buttons")) {
    if (!wire::valid_object_id(button) || button.size() > 64)
      node.fail("a button's name is made of a-z, 0-9 and _");
  }
}

DeviceSpec read_device(const ConfigEntry& entry, const Names& names) {
  if (!wire::valid_device_id(entry.key)) entry.fail("a device id is made of letters, digits and _ . : -");
  const ConfigNode& node = entry.value;
  const ConfigNode& kind_node = node.at("kind");
  DeviceSpec device;
  device.id = entry.key;
  device.kind = kind_node.as_text();
  const KindSpec* kind = find_kind(device.kind);
  if (kind == nullptr) {
    std::vector<std::string_view> all;
    for (const KindSpec& known : kinds()) all.push_back(known.name);
    kind_node.fail("there is no kind of device '" + device.kind + "'", did_you_mean(device.kind, all));
  }
  device.name = node.find("name") == nullptr ? entry.key : node.at("name").as_name();
  if (const auto* value = node.find("area")) device.area = names.area(*value);
  if (const auto* value = node.find("one_way")) device.one_way = value->as_bool();
  if (const auto* value = node.find("flaky")) device.flaky = read_flaky(*value);
  if (const auto* value = node.find("fault")) device.fault = read_fault(*value);
  read_options(node, *kind, device);
  check_whole(node, device);
  return device;
}

HouseFile read_house(const ConfigNode& root) {
  root.expect_keys({"seed", "speed", "start", "climate", "areas", "people", "devices"});
  HouseFile file;
  if (const auto* value = root.find("seed")) file.house.seed = static_cast<std::uint64_t>(value->as_int(0));
  if (const auto* value = root.find("speed")) file.speed = value->as_number(0.01, kMaxSpeed);
  if (const auto* value = root.find("start")) file.start = moment_of(*value);
  if (const auto* value = root.find("climate")) file.house.climate = read_climate(*value);
  if (const auto* value = root.find("areas")) file.house.areas = read_areas(*value);
  Names names(file.house);
  for (const ConfigEntry& entry : root.at("devices").entries()) {
    file.house.devices.push_back(read_device(entry, names));
    names.add_device(entry.key);
  }
  if (const auto* people = root.find("people")) {
    for (const ConfigNode& person : people->items()) file.house.people.push_back(read_person(person, names));
  }
  return file;
}

}  // namespace

HouseFile read_house_file(const node::ConfigNode& own) {
  if (own.entries().empty()) return read_house_text("built-in house", built_in_house());
  return read_house(own);
}

HouseFile read_house_text(const std::string& name, std::string_view yaml) {
  return read_house(node::parse_config(name, yaml).root);
}

}  // namespace gable::virtual_house

#pragma once
// The house as its configuration describes it: plain values without a trace of the file they came from. Read
// by hub/app/configuration, used by the registry and the helpers. Owned by whoever starts the hub; never
// changes after that but as a whole (reload).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "wire/entity_id.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::hub {

enum class UnitSystem { metric, us_customary };

struct Location {
  double latitude = 0;   // degrees, −90 to 90
  double longitude = 0;  // degrees, −180 to 180
};

// `house:`, or Home Assistant's `homeassistant:`.
struct HouseInfo {
  std::string name = "Home";
  std::optional<Location>
      location;                   // nothing: unknown; what needs the sun is refused, never computed for 0,0
  double elevation = 0;           // metres
  double radius = 100;            // of zone.home, metres
  std::string time_zone = "UTC";  // a name of the time zone database
  UnitSystem unit_system = UnitSystem::metric;
  std::string country;          // ISO 3166 alpha-2, empty: unknown
  std::string language = "en";  // BCP 47
};

// Ids of areas, floors and labels are slugs.
struct Floor {
  std::string id, name, icon;
  std::optional<int> level;
  std::vector<std::string> aliases;
};

struct Area {
  std::string id, name, icon;
  std::string floor;                // id, or empty; the reader has checked that it exists
  std::vector<std::string> labels;  // ids
  std::vector<std::string> aliases;
};

struct Label {
  std::string id, name, icon, color, description;
};

struct Zone {
  std::string object_id, name, icon;
  Location location;
  double radius = 100;  // metres, > 0
  bool passive = false;
};

struct Person {
  std::string object_id, name;
  std::vector<wire::EntityId> device_trackers;
};

// What the files say of an entity that somebody else provides. Nothing said: the source's own.
struct EntityOverride {
  wire::EntityId id;
  std::optional<std::string> name, icon;
  std::optional<std::string> area;  // area id; empty text: in no area
  std::optional<bool> hidden, disabled;
  bool plain = false;               // publish value/<domain>/<object_id>
  std::vector<std::string> labels;  // ids
};

// The helpers, with Home Assistant's options and defaults. `initial` given: taken at every start; not given:
// what the store holds, else the stated default.
struct InputBoolean {
  std::optional<bool> initial;  // else off
};
struct InputNumber {
  double min = 0, max = 0;        // min < max
  std::optional<double> initial;  // within min and max; else min
  double step = 1;                // ≥ 0.001
  bool box = false;               // mode: box, else slider
  std::string unit;
};
struct InputSelect {
  std::vector<std::string> options;    // at least one, all different
  std::optional<std::string> initial;  // one of them; else the first
};
struct InputText {
  int min = 0, max = 100;              // characters, 0 to 255
  std::optional<std::string> initial;  // else unknown
  std::string pattern;                 // regular expression; empty: any
  bool password = false;               // mode: password, else text
  std::string unit;
};
struct InputDatetime {
  bool has_date = false, has_time = false;  // at least one
  std::optional<std::string> initial;       // "2026-11-22 07:30:00", "2026-11-22" or "07:30:00"; checked
};
struct InputButton {};
struct Counter {
  std::int64_t initial = 0;
  std::int64_t step = 1;  // ≥ 1
  std::optional<std::int64_t> minimum, maximum;
  bool restore = true;
};
struct Timer {
  wire::Duration duration{};  // 0 when not given
  bool restore = false;
};
struct ScheduleBlock {
  std::chrono::seconds from{},
      to{};  // since midnight; from < to ≤ 24 h; blocks of a day sorted, not overlapping
  wire::Object data;
};
struct Schedule {
  std::vector<ScheduleBlock> days[7];  // Monday first
};
struct Group {
  std::vector<wire::EntityId> entities;
  bool all = false;  // on only when all are on
};

using HelperKind = std::variant<InputBoolean, InputNumber, InputSelect, InputText, InputDatetime, InputButton,
                                Counter, Timer, Schedule, Group>;

struct Helper {
  wire::EntityId id;  // input_boolean.guests; the domain agrees with `kind`
  std::string name;   // the object id, made readable, when none was given
  std::string icon;
  HelperKind kind;
};

// `shell_command:`: the first word is the program, the rest a template.
struct ShellCommand {
  std::string name, command;
};
// `rest_command:`, as Home Assistant has it. All texts but the method are templates.
struct RestCommand {
  std::string name, url, method = "get", payload, content_type, username, password;
  std::vector<std::pair<std::string, std::string>> headers;
  wire::Duration timeout{10'000};
  bool verify_ssl = true;
};

// `discovery:` and `announce:`. Devices that speak MQTT themselves.
struct DiscoveryOptions {
  bool homeassistant = true;             // read Home Assistant's announcements …
  std::string prefix = "homeassistant";  // … below this
  bool homie = true;
  // Device maps, as they stand in their files: name and text. Those that are wrong are problems.
  std::vector<std::pair<std::string, std::string>> maps;
  bool announce = false;  // say in that format what a Home Assistant beside us cannot see
};

// `ids:`, as `gable import` writes them: what another system called the things that are here, so that the
// rules written there go on meaning them.
struct ForeignIds {
  std::vector<std::pair<std::string, wire::EntityId>> entities;  // source → the id to give it when it comes
  std::vector<std::pair<std::string, std::string>> devices;  // their device id → "mqtt/zigbee2mqtt_0x…"
  std::vector<std::pair<std::string, std::string>> aliases;  // their id of an entity → entity id
};

// Everything together. Ids are unique within each list.
struct House {
  HouseInfo info;
  std::vector<Floor> floors;
  std::vector<Area> areas;
  std::vector<Label> labels;
  std::vector<Zone> zones;  // without zone.home, which comes from `info`
  std::vector<Person> persons;
  std::vector<EntityOverride> entities;
  std::vector<std::string> plain;  // entity ids or globs ("light.*") to publish under value/
  std::vector<Helper> helpers;
  bool allow_commands = false;  // whether rules may run programs and call servers
  std::vector<ShellCommand> shell_commands;
  std::vector<RestCommand> rest_commands;
  DiscoveryOptions discovery;
  ForeignIds ids;
};

}  // namespace gable::hub

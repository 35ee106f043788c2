// What a configuration file says, the hub knows.

#include "app/configuration.hpp"

#include <gtest/gtest.h>

#include "memory_files.hpp"
#include "node/config_files.hpp"
#include "node/config_tree.hpp"

namespace gable::hub::test {
namespace {

using node::test::MemoryFiles;

HubConfig read(const std::string& text, const ConfigOverrides& overrides = {}) {
  MemoryFiles files;
  files.add("house.yaml", text);
  return read_configuration(files, "house.yaml", overrides);
}

TEST(Configuration, AnEmptyFileGivesTheDefaults) {
  for (const HubConfig& config : {read(""), read_configuration(MemoryFiles(), "")}) {
    EXPECT_EQ(config.broker.host, "127.0.0.1");
    EXPECT_EQ(config.broker.port, 1883);
    EXPECT_FALSE(config.broker.tls);
    EXPECT_EQ(config.root, "gable");
    EXPECT_EQ(config.state_dir, "state");
    EXPECT_EQ(config.rules, "");
    EXPECT_FALSE(config.house.info.location);
    EXPECT_EQ(config.house.info.time_zone, machine_time_zone());
    EXPECT_EQ(config.journal.days, 30);
    EXPECT_EQ(config.journal.megabytes, 200U);
    EXPECT_TRUE(config.house.helpers.empty());
    EXPECT_TRUE(config.warnings.empty());
  }
}

TEST(Configuration, BrokerAndFolders) {
  MemoryFiles files;
  files.add("/etc/gable/house.yaml",
            "broker:\n  url: mqtts://hub@broker.lan\n  password_file: keys/pw\n  ca_file: keys/ca.crt\n"
            "  certificate_file: keys/hub.crt\n  key_file: keys/hub.key\n"
            "root: home\nstate_dir: /var/lib/gable\nrules: my_rules\njournal: {days: 7, megabytes: 50}\n"
            "limits: {queue: 500}\n");
  files.add("/etc/gable/keys/pw", "s3cret \n");
  for (const char* name : {"ca.crt", "hub.crt", "hub.key"})
    files.add(std::string("/etc/gable/keys/") + name, "x");
  files.add("/etc/gable/my_rules/a.yaml", "");
  const HubConfig config = read_configuration(files, "/etc/gable/house.yaml");
  EXPECT_EQ(config.broker.host, "broker.lan");
  EXPECT_EQ(config.broker.port, 8883);
  EXPECT_EQ(config.broker.user, "hub");
  EXPECT_EQ(config.broker.password, "s3cret ");
  ASSERT_TRUE(config.broker.tls);
  EXPECT_EQ(config.broker.tls->ca_file, "/etc/gable/keys/ca.crt");
  EXPECT_EQ(config.broker.tls->key_file, "/etc/gable/keys/hub.key");
  EXPECT_EQ(config.root, "home");
  EXPECT_EQ(config.state_dir, "/var/lib/gable");
  EXPECT_EQ(config.rules, "/etc/gable/my_rules");
  EXPECT_EQ(config.journal.days, 7);
  EXPECT_EQ(config.limits.queue, 500U);
}

TEST(Configuration, TheCommandLineWins) {
  MemoryFiles files;
  files.add("conf/house.yaml", "broker: {url: 'mqtts://a', user: u, password: p}\nroot: x\nstate_dir: y\n");
  files.add("conf/rules/a.yaml", "");
  files.add("elsewhere/b.yaml", "");
  const HubConfig plain = read_configuration(files, "conf/house.yaml");
  EXPECT_EQ(plain.state_dir, "conf/y");
  EXPECT_EQ(plain.rules, "conf/rules");
  const HubConfig config =
      read_configuration(files, "conf/house.yaml",
                         {.broker = "mqtt://b:1999", .root = "r", .state_dir = "s", .rules = "elsewhere"});
  EXPECT_EQ(config.broker.host, "b");
  EXPECT_EQ(config.broker.port, 1999);
  EXPECT_EQ(config.broker.password, "");  // not sent to another broker
  EXPECT_EQ(config.root, "r");
  EXPECT_EQ(config.state_dir, "s");
  EXPECT_EQ(config.rules, "elsewhere");
}

const char* const kHouse =
    "name: Ours\n  latitude: 52.37\n  longitude: 4.9\n  elevation: 2\n  time_zone: Europe/Amsterdam\n"
    "  unit_system: us_customary\n  country: NL\n  language: nl\n";

TEST(Configuration, HouseInEitherSpelling) {
  for (const char* key : {"house", "homeassistant"}) {
    const HouseInfo info = read(std::string(key) + ":\n  " + kHouse).house.info;
    EXPECT_EQ(info.name, "Ours");
    ASSERT_TRUE(info.location);
    EXPECT_EQ(info.location->latitude, 52.37);
    EXPECT_EQ(info.location->longitude, 4.9);
    EXPECT_EQ(info.elevation, 2);
    EXPECT_EQ(info.time_zone, "Europe/Amsterdam");
    EXPECT_EQ(info.unit_system, UnitSystem::us_customary);
    EXPECT_EQ(info.country, "NL");
    EXPECT_EQ(info.language, "nl");
  }
}

TEST(Configuration, AreasFloorsAndLabels) {
  const House house =
      read(
          "floors:\n  ground: {name: Ground floor, level: 0}\n  attic:\n"
          "labels: [Night light, {name: Heating, color: red}]\n"
          "areas:\n  kitchen: Küche\n  living_room:\n    floor: ground\n    labels: Night light\n"
          "  loft: {floor: attic, labels: [heating, night_light], aliases: [up]}\n")
          .house;
  ASSERT_EQ(house.floors.size(), 2U);
  EXPECT_EQ(house.floors[0].name, "Ground floor");
  EXPECT_EQ(house.floors[0].level, 0);
  EXPECT_EQ(house.floors[1].name, "Attic");
  EXPECT_FALSE(house.floors[1].level);
  ASSERT_EQ(house.labels.size(), 2U);
  EXPECT_EQ(house.labels[0].id, "night_light");
  EXPECT_EQ(house.labels[1].color, "red");
  ASSERT_EQ(house.areas.size(), 3U);
  EXPECT_EQ(house.areas[0].name, "Küche");
  EXPECT_EQ(house.areas[1].name, "Living room");
  EXPECT_EQ(house.areas[1].floor, "ground");
  EXPECT_EQ(house.areas[1].labels, std::vector<std::string>{"night_light"});
  EXPECT_EQ(house.areas[2].labels, (std::vector<std::string>{"heating", "night_light"}));
}

TEST(Configuration, ZonesAndPersonsInBothSpellings) {
  const House house = read(
                          "zone:\n  - {name: Work, latitude: 1, longitude: -2, radius: 250, passive: true}\n"
                          "zones:\n  school: {latitude: 3, longitude: 4}\n"
                          "person:\n  - {name: Anna, id: anna, device_trackers: [device_tracker.phone]}\n"
                          "persons: {ben: }\n")
                          .house;
  ASSERT_EQ(house.zones.size(), 2U);
  EXPECT_EQ(house.zones[0].object_id, "school");
  EXPECT_EQ(house.zones[0].radius, 100);
  EXPECT_EQ(house.zones[1].object_id, "work");
  EXPECT_EQ(house.zones[1].location.longitude, -2);
  EXPECT_TRUE(house.zones[1].passive);
  ASSERT_EQ(house.persons.size(), 2U);
  EXPECT_EQ(house.persons[0].name, "Ben");
  EXPECT_EQ(house.persons[1].device_trackers.at(0).text(), "device_tracker.phone");
}

TEST(Configuration, EntitiesAndPlain) {
  const House house = read(
                          "areas: [Kitchen]\nlabels: [Night]\nentities:\n"
                          "  light.lamp: {name: Lamp, area: Kitchen, hidden: yes, plain: on, icon: mdi:lamp, "
                          "labels: [night]}\n"
                          "  light.other: {area: '', disabled: true}\n"
                          "plain: [sensor.outside, light.*, '*']\n")
                          .house;
  ASSERT_EQ(house.entities.size(), 2U);
  EXPECT_EQ(house.entities[0].id.text(), "light.lamp");
  EXPECT_EQ(house.entities[0].name, "Lamp");
  EXPECT_EQ(house.entities[0].area, "kitchen");
  EXPECT_EQ(house.entities[0].hidden, true);
  EXPECT_FALSE(house.entities[0].disabled);
  EXPECT_TRUE(house.entities[0].plain);
  EXPECT_EQ(house.entities[0].labels, std::vector<std::string>{"night"});
  EXPECT_EQ(house.entities[1].area, "");
  EXPECT_FALSE(house.entities[1].hidden);
  EXPECT_EQ(house.entities[1].disabled, true);
  EXPECT_EQ(house.plain, (std::vector<std::string>{"sensor.outside", "light.*", "*"}));
}

TEST(Configuration, HomeAssistantsPackagesAndCustomize) {
  MemoryFiles files;
  files.add("house.yaml",
            "homeassistant:\n  name: Ours\n  currency: EUR\n  packages: !include_dir_named packages\n"
            "  customize:\n    light.a: {friendly_name: A, icon: mdi:a, device_class: x}\n"
            "entities:\n  light.a: {name: Mine}\ninput_boolean: {one: }\n");
  files.add("packages/p1.yaml", "input_boolean: {two: }\nautomation: []\n");
  files.add("packages/p2.yaml",
            "timer: {t: {duration: 60}}\nzone: [{name: Z, latitude: 1, longitude: 1}]\n"
            "homeassistant: {customize: {light.b: {friendly_name: B}}}\n");
  const HubConfig config = read_configuration(files, "house.yaml");
  ASSERT_EQ(config.house.helpers.size(), 3U);
  EXPECT_EQ(config.house.helpers[1].id.text(), "input_boolean.two");
  EXPECT_EQ(config.house.helpers[2].id.text(), "timer.t");
  EXPECT_EQ(config.house.zones.size(), 1U);
  ASSERT_EQ(config.house.entities.size(), 2U);
  EXPECT_EQ(config.house.entities[0].name, "Mine");  // `entities:` wins
  EXPECT_EQ(config.house.entities[0].icon, "mdi:a");
  EXPECT_EQ(config.house.entities[1].name, "B");
  EXPECT_EQ(config.warnings, (std::vector<std::string>{
                                 "house.yaml:3:3: 'currency' is not used here",
                                 "house.yaml:6:46: 'device_class' of customize is not used here",
                                 "packages/p1.yaml:2:1: 'automation' in a package is not used here",
                             }));
}

TEST(Configuration, TheExampleHouseIsRight) {
  const HubConfig config =
      read_configuration(node::DiskFiles(), std::string(GABLE_SOURCE_DIR) + "/deploy/example/house.yaml");
  EXPECT_TRUE(config.warnings.empty());
  EXPECT_GE(config.house.areas.size(), 5U);
  EXPECT_GE(config.house.helpers.size(), 5U);
}

TEST(Configuration, TimeZones) {
  EXPECT_TRUE(time_zone_exists("UTC"));
  EXPECT_TRUE(time_zone_exists("Europe/Amsterdam"));
  for (const char* bad :
       {"", "Europe", "Europe/Atlantis", "../../../etc/passwd", "/etc/localtime", "tzdata.zi"}) {
    EXPECT_FALSE(time_zone_exists(bad)) << bad;
  }
}

}  // namespace
}  // namespace gable::hub::test

// A folder as a whole: what becomes house.yaml and ids.yaml of it, and what is said of the rest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/house_file.hpp"
#include "import/known_house.hpp"
#include "import/rule_files.hpp"
#include "language/parse.hpp"
#include "memory_folder.hpp"

namespace gable::importing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

class NoBlueprints final : public rules::BlueprintSource {
 public:
  wire::Result<const rules::yaml::Document*> find(std::string_view, std::string_view path) override {
    return wire::Error{wire::ErrorCode::failed, "there is no blueprint " + std::string(path), ""};
  }
};

class FolderTest : public ::testing::Test {
 protected:
  FolderTest() { folder.files["configuration.yaml"] = "automation: !include automations.yaml\n"; }

  void import() {
    if (!folder.files.contains("automations.yaml")) folder.files["automations.yaml"] = "[]\n";
    read = read_folder(folder);
    NoBlueprints blueprints;
    rules::read_file(rules, folder, "configuration.yaml", blueprints);
    remarks = read.remarks;
    names = foreign_names(read, rules, remarks);
    house = house_text(house_document(read, names, rules, remarks));
    ids = ids_text(ids_document(names));
  }
  std::string refusal() {
    try {
      import();
    } catch (const FolderError& error) {
      return error.what();
    }
    return "it was taken";
  }
  auto remarked(const std::string& what) { return Contains(Field(&Remark::what, HasSubstr(what))); }

  MemoryFolder folder;
  Folder read;
  rules::RuleSet rules;
  ForeignNames names;
  Remarks remarks;
  std::string house, ids;
};

TEST_F(FolderTest, place_and_places) {
  folder.store(
      "core.config",
      R"({"latitude":52.5,"longitude":13.25,"elevation":34,"unit_system_v2":"metric","location_name":"Haus",
                  "time_zone":"Europe/Berlin","country":"DE","language":"de","radius":120,"currency":"EUR"})");
  folder.store("core.floor_registry", R"({"floors":[{"floor_id":"ground","name":"Ground","level":0}]})");
  folder.store("core.label_registry", R"({"labels":[{"label_id":"warm","name":"Warm","color":"red"}]})");
  folder.store("core.area_registry",
               R"({"areas":[{"id":"kitchen","name":"Küche","floor_id":"ground","labels":["warm","gone"]},
                  {"id":"attic","name":"Attic","floor_id":"gone"}]})");
  import();
  EXPECT_THAT(house,
              AllOf(HasSubstr("house:\n  name: \"Haus\"\n  latitude: 52.5\n  longitude: 13.25\n"),
                    HasSubstr("  time_zone: \"Europe/Berlin\"\n"), HasSubstr("  unit_system: \"metric\"\n")));
  EXPECT_THAT(house, HasSubstr("  ground: {name: \"Ground\", level: 0}\n"));
  EXPECT_THAT(house, HasSubstr("  kitchen: {name: \"Küche\", floor: \"ground\", labels: [\"warm\"]}\n"));
  EXPECT_THAT(house, HasSubstr("  attic: {name: \"Attic\"}\n"));
}

TEST_F(FolderTest, what_yaml_says_of_the_house_wins_and_secrets_keep_their_names) {
  folder.files["configuration.yaml"] =
      "homeassistant:\n  name: Written\n  latitude: !secret home_latitude\n  packages:\n"
      "    one: !include one.yaml\n  customize:\n    light.a: {friendly_name: Lamp, hidden: true}\n";
  folder.files["one.yaml"] =
      "rest_command:\n  ring: {url: !secret bell, method: post, insecure_cipher: true}\n"
      "input_boolean guests:\n  guests: {name: Guests}\n";
  folder.files["secrets.yaml"] = "home_latitude: 52.5\nbell: http://example.org/secret\n";
  folder.store("core.config", R"({"latitude":1,"longitude":2,"location_name":"Page"})");
  import();
  EXPECT_THAT(house, HasSubstr("name: \"Written\""));
  EXPECT_THAT(house, HasSubstr("latitude: !secret \"home_latitude\"\n"));
  EXPECT_THAT(house, HasSubstr("ring: {url: !secret \"bell\", method: \"post\"}"));
  EXPECT_THAT(house, Not(HasSubstr("example.org")));
  EXPECT_THAT(house, HasSubstr("input_boolean:\n  guests: {name: \"Guests\"}\n"));
  EXPECT_THAT(house, HasSubstr("light.a: {name: \"Lamp\"}"));
  EXPECT_THAT(remarks, AllOf(remarked("insecure_cipher"), remarked("customize light.a: hidden"),
                             remarked("shell_command, rest_command")));
  const auto files = rule_files(folder, read.configuration);
  EXPECT_THAT(files,
              Contains(AllOf(Field(&CopiedFile::path, "secrets.yaml"), Field(&CopiedFile::secret, true))));
  EXPECT_THAT(files,
              Contains(AllOf(Field(&CopiedFile::path, "one.yaml"), Field(&CopiedFile::secret, false))));
}

TEST_F(FolderTest, helpers_of_the_page_by_the_ids_that_they_have_now) {
  folder.store("input_number",
               R"({"items":[{"id":"volume","name":"Volume","min":0,"max":10,"step":0.5,"mode":"box",
                                  "unit_of_measurement":"dB","icon":"","new_option":1}]})");
  folder.store("schedule",
               R"({"items":[{"id":"heat","name":"Heat","monday":[{"from":"07:00:00","to":"24:00:00"}],
                              "tuesday":[]}]})");
  folder.store("person", R"({"items":[{"id":"anna","name":"Anna","user_id":"u",
                            "device_trackers":["device_tracker.phone","light.x"]}]})",
               2);
  folder.store("zone", R"({"items":[{"id":"work","name":"Work","latitude":52,"longitude":13,"radius":150.0,
                          "passive":false,"icon":"mdi:factory"}]})");
  folder.store(
      "core.entity_registry",
      R"({"entities":[{"entity_id":"input_number.loudness","platform":"input_number","unique_id":"volume"}]})");
  import();
  EXPECT_THAT(house, HasSubstr("input_number:\n  loudness: {name: \"Volume\", min: 0, max: 10, step: 0.5, "
                               "mode: \"box\", unit_of_measurement: \"dB\"}\n"));
  EXPECT_THAT(house, HasSubstr("monday: [{from: \"07:00:00\", to: \"24:00:00\"}]"));
  EXPECT_THAT(house, HasSubstr("anna: {name: \"Anna\", device_trackers: [\"device_tracker.phone\"]}"));
  EXPECT_THAT(house, HasSubstr("zones:\n  work: {name: \"Work\", latitude: 52, longitude: 13"));
  EXPECT_THAT(remarks, AllOf(remarked("input_number.volume: new_option"), remarked("person.anna")));
}

TEST_F(FolderTest, a_helper_of_the_wrong_type_is_named_by_its_path) {
  folder.store("counter", R"({"items":[{"id":"c","name":"C","initial":"seven"}]})");
  EXPECT_THAT(refusal(),
              HasSubstr(".storage/counter: data.items[0].initial: expected a whole number, found string"));
  folder.store("counter", R"({"items":[{"name":"C"}]})");
  EXPECT_THAT(refusal(), HasSubstr(".storage/counter: data.items[0].id"));
  folder.store("counter", R"({"items":"none"})");
  EXPECT_THAT(refusal(), HasSubstr(".storage/counter: data.items: expected a list"));
}

TEST_F(FolderTest, names_of_entities_and_devices) {
  folder.store("core.area_registry", R"({"areas":[{"id":"hall","name":"Hall"}]})");
  folder.store("core.device_registry",
               R"({"devices":[{"id":"d1","name":"0x01","name_by_user":"Ceiling","area_id":"hall",
                  "identifiers":[["mqtt","zigbee2mqtt 0x01"]]},{"id":"d2","identifiers":[["hue","b"]]}]})");
  folder.store(
      "core.entity_registry",
      R"({"entities":[{"entity_id":"light.ceiling","id":"0123456789abcdef0123456789abcde1","unique_id":"0x01_light","platform":"mqtt",
                  "device_id":"d1","has_entity_name":true,"original_name":null},
                  {"entity_id":"sensor.ceiling_power","id":"e2","unique_id":"0x01_power","platform":"mqtt",
                  "device_id":"d1","has_entity_name":true,"original_name":"Power","area_id":"gone","disabled_by":"user"},
                  {"entity_id":"light.hue","id":"e3","unique_id":"b","platform":"hue","device_id":"d2"},
                  {"entity_id":"automation.former","id":"e4","unique_id":"17","platform":"automation"},
                  {"entity_id":"sensor.by_hand","id":"e5","unique_id":"hand","platform":"mqtt"}]})");
  folder.files["configuration.yaml"] +=
      "mqtt:\n  sensor:\n    - {name: By hand, unique_id: hand, state_topic: a/b}\n";
  folder.files["automations.yaml"] =
      "- id: '17'\n  alias: Now\n  triggers: [{trigger: state, entity_id: light.ceiling}]\n"
      "  actions: [{action: light.turn_on, target: {device_id: d1, entity_id: "
      "[0123456789abcdef0123456789abcde1, light.hue]}}]\n";
  import();
  EXPECT_THAT(house, HasSubstr("light.ceiling: {name: \"Ceiling\", area: \"hall\"}"));
  EXPECT_THAT(house, HasSubstr("sensor.ceiling_power: {name: \"Ceiling Power\", disabled: true}"));
  EXPECT_THAT(house, HasSubstr("ids: !include \"ids.yaml\"\n"));
  EXPECT_THAT(ids, HasSubstr("light.ceiling: \"mqtt/light/0x01_light\"\n"));
  EXPECT_THAT(ids, HasSubstr("d1: \"mqtt/zigbee2mqtt_0x01\"\n"));
  EXPECT_THAT(ids, AllOf(HasSubstr("\"0123456789abcdef0123456789abcde1\": \"light.ceiling\"\n"),
                         HasSubstr("automation.former: \"automation.now\"\n")));
  EXPECT_THAT(ids, AllOf(Not(HasSubstr("d2:")), Not(HasSubstr("mqtt/sensor/hand"))));

  std::map<std::string, std::size_t> waits;
  const auto reports = check_rules(rules, known_house(read, names, rules), waits);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].status, rules::Status::waits);
  ASSERT_EQ(reports[0].problems.size(), 1U);
  EXPECT_THAT(reports[0].problems[0].message, HasSubstr("'light.hue' comes from hue"));
  EXPECT_EQ(waits["hue"], 1U);
}

TEST_F(FolderTest, rules_that_were_off_are_told_of) {
  folder.files[".storage/core.restore_state"] =
      R"({"version":1,"minor_version":1,"key":"core.restore_state","data":[
         {"state":{"entity_id":"automation.night","state":"off"},"last_seen":"2026-01-01"},
         {"state":{"entity_id":"light.a","state":"off"}},{"state":null}]})";
  import();
  EXPECT_THAT(read.turned_off, ::testing::ElementsAre("automation.night"));
}

TEST_F(FolderTest, a_folder_that_is_none_and_one_without_storage) {
  import();
  EXPECT_THAT(remarks, remarked(".storage"));
  folder.files.clear();
  folder.files["house.yaml"] = "";
  folder.files["automations.yaml"] = "";
  EXPECT_THAT(refusal(), HasSubstr("there is no configuration.yaml"));
}

TEST_F(FolderTest, yaml_that_cannot_be_read_is_named_with_its_place) {
  folder.files["configuration.yaml"] = "automation: !include gone.yaml\n";
  EXPECT_THAT(refusal(), HasSubstr("configuration.yaml:1:"));
  folder.files["configuration.yaml"] = "- a list\n";
  EXPECT_THAT(refusal(), HasSubstr("configuration.yaml:1:1"));
  folder.files["configuration.yaml"] = "input_boolean: [\n";
  EXPECT_THAT(refusal(), HasSubstr("configuration.yaml:"));
  folder.files["configuration.yaml"] = "input_boolean: guests\n";
  EXPECT_THAT(refusal(), HasSubstr("input_boolean: expected a map"));
}

}  // namespace
}  // namespace gable::importing

// Files of .storage as they are, and as they must not be: every complaint names the file and the place in it.

#include "import/storage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/registries.hpp"
#include "memory_folder.hpp"

namespace gable::importing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string refusal(MemoryFolder& folder) {
  try {
    read_registries(folder);
  } catch (const FolderError& error) {
    return error.what();
  }
  return "it was taken";
}

TEST(Storage, what_is_not_there_is_empty) {
  MemoryFolder folder;
  EXPECT_FALSE(read_stored(folder, "core.config"));
  const Registries registries = read_registries(folder);
  EXPECT_THAT(registries.areas, IsEmpty());
  EXPECT_THAT(registries.entities, IsEmpty());
}

TEST(Storage, registries_in_their_present_and_their_old_form) {
  MemoryFolder folder;
  folder.store(
      "core.area_registry",
      R"({"areas":[{"aliases":["Galley"],"floor_id":"ground","icon":null,"id":"kitchen","labels":["warm"],
                  "name":"Küche","picture":null},{"id":"0123456789abcdef0123456789abcdef","name":"Old"}]})");
  folder.store("core.device_registry",
               R"({"devices":[{"id":"d1","name":"0x01","name_by_user":"Lamp","area_id":null,
                  "identifiers":[["mqtt","zigbee2mqtt_0x01"],["other","a","b"],["number",7]],
                  "connections":[["mac","02:00"]],"labels":[],"config_entries":["x"]}],"deleted_devices":[{}]})");
  folder.store(
      "core.entity_registry",
      R"({"entities":[{"entity_id":"light.lamp","id":"e1","unique_id":17,"platform":"hue","device_id":"d1",
                  "area_id":null,"name":null,"original_name":"Lamp","hidden_by":"user","disabled_by":null,
                  "capabilities":{"supported_color_modes":["brightness"]},"supported_features":40,
                  "original_device_class":"plug","labels":["warm"],"aliases":[null]}],"deleted_entities":[7]})");
  const Registries found = read_registries(folder);
  ASSERT_EQ(found.areas.size(), 2U);
  EXPECT_EQ(found.areas[0].name, "Küche");
  EXPECT_EQ(found.areas[0].floor, "ground");
  EXPECT_THAT(found.areas[0].labels, ElementsAre("warm"));
  ASSERT_EQ(found.devices.size(), 1U);
  EXPECT_TRUE(found.devices[0].renamed);
  EXPECT_THAT(found.devices[0].identifiers, ElementsAre(Pair("mqtt", "zigbee2mqtt_0x01")));
  ASSERT_EQ(found.entities.size(), 1U);
  EXPECT_EQ(found.entities[0].unique_id, "");
  EXPECT_TRUE(found.entities[0].hidden);
  EXPECT_FALSE(found.entities[0].disabled);
  EXPECT_EQ(found.entities[0].attributes.find("device_class")->string_or(""), "plug");
  EXPECT_EQ(found.entities[0].attributes.find("supported_features")->number_or(0), 40);
}

TEST(Storage, what_is_no_json_is_named_with_its_line) {
  MemoryFolder folder;
  folder.files[".storage/core.area_registry"] = "{\n  \"version\": 1,\n  \"key\": }";
  EXPECT_THAT(refusal(folder), HasSubstr(".storage/core.area_registry:3:"));
  folder.files[".storage/core.area_registry"] = "";
  EXPECT_THAT(refusal(folder), HasSubstr(".storage/core.area_registry"));
  folder.files[".storage/core.area_registry"] =
      R"({"version":1,"key":"core.area_registry","data":{"areas":[)";
  EXPECT_THAT(refusal(folder), HasSubstr(".storage/core.area_registry:1:"));
  folder.files[".storage/core.area_registry"] = std::string(1'000'000, '[');
  EXPECT_THAT(refusal(folder), HasSubstr(".storage/core.area_registry"));
}

TEST(Storage, another_form_is_refused_with_what_was_expected) {
  MemoryFolder folder;
  auto& file = folder.files[".storage/core.area_registry"];
  file = R"([1,2])";
  EXPECT_THAT(refusal(folder), HasSubstr("object"));
  file = R"({"version":1,"key":"core.floor_registry","data":{}})";
  EXPECT_THAT(refusal(folder), AllOf(HasSubstr("core.area_registry.key"), HasSubstr("core.floor_registry")));
  file = R"({"key":"core.area_registry","data":{}})";
  EXPECT_THAT(refusal(folder), HasSubstr("core.area_registry.version"));
  file = R"({"version":9,"key":"core.area_registry","data":{}})";
  EXPECT_THAT(refusal(folder), HasSubstr("newer Home Assistant"));
  file = R"({"version":1,"key":"core.area_registry"})";
  EXPECT_THAT(refusal(folder), HasSubstr("core.area_registry.data"));
  file = R"({"version":1,"key":"core.area_registry","data":7})";
  EXPECT_THAT(refusal(folder), HasSubstr("expected an object, found integer"));
}

TEST(Storage, values_of_another_type_are_named_by_their_path) {
  MemoryFolder folder;
  folder.store("core.area_registry", R"({"areas":{}})");
  EXPECT_THAT(refusal(folder), HasSubstr("data.areas: expected a list, found object"));
  folder.store("core.area_registry", R"({"areas":[{"id":"a","name":"A"},7]})");
  EXPECT_THAT(refusal(folder), HasSubstr("data.areas[1]: expected an object"));
  folder.store("core.area_registry", R"({"areas":[{"id":"a"}]})");
  EXPECT_THAT(refusal(folder),
              HasSubstr("data.areas[0].name: expected a text that is not empty, found nothing"));
  folder.store("core.area_registry", R"({"areas":[{"id":"a","name":"A","labels":"warm"}]})");
  EXPECT_THAT(refusal(folder), HasSubstr("data.areas[0].labels: expected a list of texts, found string"));
  folder.store("core.area_registry", R"({"areas":[]})");
  folder.store("core.device_registry", R"({"devices":[{"id":"d","identifiers":["mqtt"]}]})");
  EXPECT_THAT(refusal(folder), HasSubstr("data.devices[0].identifiers: expected a list of pairs"));
  folder.store("core.device_registry", R"({"devices":[]})");
  folder.store("core.entity_registry", R"({"entities":[{"entity_id":"Kitchen","platform":"mqtt"}]})");
  EXPECT_THAT(refusal(folder), HasSubstr("'Kitchen' is no entity id"));
  folder.store("core.entity_registry",
               R"({"entities":[{"entity_id":"light.a","platform":"mqtt","has_entity_name":"yes"}]})");
  EXPECT_THAT(refusal(folder), HasSubstr("has_entity_name: expected true or false, found string"));
}

}  // namespace
}  // namespace gable::importing

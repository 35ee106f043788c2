// Self-descriptions: round trips, limits and hostile documents.

#include "fixture.hpp"

namespace gable::wire {
namespace {

TEST(Description, round_trips) {
  constexpr std::string_view kDocuments[] = {
      R"({"schema":"device/1","name":"Desk lamp","manufacturer":"A","model":"B","sw_version":"1","hw_version":"2",
          "serial":"s","area":"Study","via":"bridge-1","configuration_url":"https://192.0.2.1/x",
          "entity":{"domain":"light","features":["brightness","transition"],"icon":"mdi:lamp",
          "capabilities":{"effect_list":["x"],"min_color_temp_kelvin":2200},"assumed_state":true}})",
      R"({"schema":"device/1","name":"Plug","entities":{
          "relay":{"domain":"switch","device_class":"outlet"},
          "power":{"domain":"sensor","name":"Power","device_class":"power","unit":"W","state_class":"measurement",
                   "expected_interval":60},
          "limit":{"domain":"number","object_id":"plug_limit","entity_category":"config","min":0,"max":16,"step":0.5,
                   "disabled":true},
          "mode":{"domain":"select","options":["a","b"]},
          "key":{"domain":"event","event_types":["press","hold"]}}})",
      R"({"schema":"device/1","entities":{}})",
  };
  for (const std::string_view text : kDocuments) {
    const Object document = object(text);
    const Result<DeviceDescription> device = decode_device(document);
    ASSERT_TRUE(device) << device.error().message();
    EXPECT_EQ(encode(*device), document) << to_json(encode(*device));
  }
}

TEST(Description, reads_what_it_says) {
  const Result<DeviceDescription> device = decode_device(object(
      R"({"name":"Plug","entities":{"power":{"domain":"sensor","unit":"W","expected_interval":0.5,"future":1}}})"));
  ASSERT_TRUE(device);
  EXPECT_FALSE(device->single);
  ASSERT_EQ(device->entities.size(), 1U);
  EXPECT_EQ(device->entities[0].first, "power");
  const EntityDescription& power = device->entities[0].second;
  EXPECT_EQ(power.domain, find_domain("sensor"));
  EXPECT_EQ(power.unit, "W");
  EXPECT_EQ(power.expected_interval, Duration(500));
}

TEST(Description, mask_of_features) {
  EXPECT_EQ(entity(kLight).supported_features(), 4U + 8U + 32U);
  EXPECT_EQ(entity(kCover).supported_features(), 255U);
  EXPECT_EQ(entity(R"({"domain":"light","features":["brightness","hs"]})").supported_features(), 0U);
}

TEST(Description, numeric_states) {
  constexpr std::string_view kNumeric[] = {
      R"({"domain":"number"})",
      R"({"domain":"input_number"})",
      R"({"domain":"counter"})",
      R"({"domain":"sensor","unit":"lx"})",
      R"({"domain":"sensor","state_class":"measurement"})",
      R"({"domain":"sensor","device_class":"temperature"})",
      R"({"domain":"sensor","device_class":"ph"})",
  };
  constexpr std::string_view kText[] = {
      R"({"domain":"sensor"})",
      R"({"domain":"sensor","device_class":"timestamp"})",
      R"({"domain":"sensor","device_class":"date"})",
      R"({"domain":"sensor","device_class":"enum","options":["a"]})",
      R"({"domain":"light","features":["brightness"]})",
      R"({"domain":"binary_sensor","device_class":"battery"})",
      R"({"domain":"text"})",
  };
  for (const std::string_view json : kNumeric) EXPECT_TRUE(entity(json).numeric()) << json;
  for (const std::string_view json : kText) EXPECT_FALSE(entity(json).numeric()) << json;
}

struct Bad {
  std::string document;
  ErrorCode code;
  std::string where;
};

std::string with_entity(const std::string& body) { return R"({"name":"x","entity":{)" + body + "}}"; }

void check(const Bad& bad) {
  const Result<DeviceDescription> device = decode_device(object(bad.document));
  const std::string shown = bad.document.substr(0, 120);
  ASSERT_FALSE(device) << shown;
  EXPECT_EQ(to_string(device.error().code), to_string(bad.code)) << shown << ": " << device.error().message();
  EXPECT_EQ(device.error().where, bad.where) << shown << ": " << device.error().message();
  EXPECT_LT(device.error().text.size(), 600U);
}

TEST(Description, refuses_wrong_types_and_unknown_names) {
  using enum ErrorCode;
  const Bad cases[] = {
      {"{}", wrong_type, "entity"},
      {R"({"schema":"device/2","entity":{"domain":"switch"}})", newer_schema, "schema"},
      {R"({"schema":"entity/1","entity":{"domain":"switch"}})", wrong_type, "schema"},
      {R"({"schema":1,"entity":{"domain":"switch"}})", wrong_type, "schema"},
      {R"({"name":5,"entity":{"domain":"switch"}})", wrong_type, "name"},
      {R"({"entity":[]})", wrong_type, "entity"},
      {R"({"entities":[]})", wrong_type, "entities"},
      {R"({"entities":{"a":1}})", wrong_type, "entities.a"},
      {R"({"entities":{"_at":{"domain":"switch"}}})", malformed, "entities"},
      {R"({"entities":{"":{"domain":"switch"}}})", malformed, "entities"},
      {R"({"entities":{"a":{"domain":"swich"}}})", unsupported, "entities.a.domain"},
      {R"({"entity":{"domain":"switch"},"entities":{}})", wrong_type, "entities"},
      {with_entity(""), wrong_type, "entity.domain"},
      {with_entity(R"("domain":7)"), wrong_type, "entity.domain"},
      {with_entity(R"("domain":"light","features":"brightness")"), wrong_type, "entity.features"},
      {with_entity(R"("domain":"light","features":[1])"), wrong_type, "entity.features"},
      {with_entity(R"("domain":"light","features":["brightnes"])"), unsupported, "entity.features"},
      {with_entity(R"("domain":"sensor","device_class":"temprature")"), unsupported, "entity.device_class"},
      {with_entity(R"("domain":"sensor","state_class":"sum")"), unsupported, "entity.state_class"},
      {with_entity(R"("domain":"sensor","entity_category":"x")"), unsupported, "entity.entity_category"},
      {with_entity(R"("domain":"number","min":"0")"), wrong_type, "entity.min"},
      {with_entity(R"("domain":"number","min":true)"), wrong_type, "entity.min"},
      {with_entity(R"("domain":"number","min":2,"max":1)"), out_of_range, "entity.min"},
      {with_entity(R"("domain":"number","step":0)"), out_of_range, "entity.step"},
      {with_entity(R"("domain":"switch","disabled":"yes")"), wrong_type, "entity.disabled"},
      {with_entity(R"("domain":"light","capabilities":[])"), wrong_type, "entity.capabilities"},
      {with_entity(R"("domain":"sensor","expected_interval":0)"), out_of_range, "entity.expected_interval"},
      {with_entity(R"("domain":"sensor","expected_interval":-5)"), out_of_range, "entity.expected_interval"},
      {with_entity(R"("domain":"sensor","expected_interval":1e300)"), out_of_range,
       "entity.expected_interval"},
      {R"x({"configuration_url":"javascript:alert(1)","entity":{"domain":"switch"}})x", unsupported,
       "configuration_url"},
      {R"({"configuration_url":"file:///etc/passwd","entity":{"domain":"switch"}})", unsupported,
       "configuration_url"},
  };
  for (const Bad& bad : cases) check(bad);
}

std::string texts(std::size_t count) {
  std::string out = "[";
  for (std::size_t i = 0; i < count; ++i) out += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\"";
  return out + "]";
}

std::string entities(std::size_t count) {
  std::string out = R"({"entities":{)";
  for (std::size_t i = 0; i < count; ++i) {
    out += (i > 0 ? ",\"e" : "\"e") + std::to_string(i) + R"(":{"domain":"switch"})";
  }
  return out + "}}";
}

TEST(Description, limits) {
  using enum ErrorCode;
  const std::string long_name(257, 'n');
  const Bad cases[] = {
      {R"({"name":")" + long_name + R"(","entity":{"domain":"switch"}})", too_large, "name"},
      {with_entity(R"("domain":"switch","name":")" + long_name + '"'), too_large, "entity.name"},
      {with_entity(R"("domain":"select","options":[")" + long_name + R"("])"), too_large, "entity.options"},
      {with_entity(R"("domain":"select","options":)" + texts(1001)), too_large, "entity.options"},
      {with_entity(R"("domain":"light","capabilities":{"effect_list":)" + texts(1001) + "}"), too_large,
       "entity.capabilities.effect_list"},
      {entities(501), too_large, "entities"},
  };
  for (const Bad& bad : cases) check(bad);
  EXPECT_TRUE(decode_device(object(entities(500))));
  EXPECT_TRUE(decode_device(object(with_entity(R"("domain":"select","options":)" + texts(1000)))));
  EXPECT_TRUE(
      decode_device(object(R"({"name":")" + std::string(256, 'n') + R"(","entity":{"domain":"switch"}})")));
}

TEST(Description, nulls_count_as_absent) {
  const EntityDescription e =
      entity(R"({"domain":"number","min":null,"name":null,"options":null,"capabilities":null})");
  EXPECT_FALSE(e.min.has_value());
  EXPECT_TRUE(e.name.empty());
}

}  // namespace
}  // namespace gable::wire

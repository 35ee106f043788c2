// Templates in the live house: hub/request/template, the composed states and the registry that they see.

#include <gmock/gmock.h>

#include "core_house.hpp"

namespace gable::hub::test {
namespace {

using ::testing::HasSubstr;

// The answer's `data`, or its `reason` where it is none.
wire::Object rendered(CoreHouse& house, const std::string& text, const std::string& variables = "{}") {
  house.take();
  wire::Object request{{"template", text}};
  request.set("variables", *wire::parse_object(variables));
  house.send("gable/hub/request/template", wire::to_json(request));
  const auto answers = house.said("gable/hub/response/template");
  if (answers.size() != 1) return {{"text", "no answer"}};
  const wire::Value* data = answers.front().find("data");
  return data != nullptr && data->as_object() != nullptr ? *data->as_object() : answers.front();
}

std::string text_of(CoreHouse& house, const std::string& text) {
  const wire::Object answer = rendered(house, text);
  const wire::Value* out = answer.find("text");
  return out != nullptr ? std::string(out->string_or("")) : wire::to_json(answer);
}

class Templates : public ::testing::Test {
 protected:
  Templates() {
    house.connect();
    house.lamp();
  }
  CoreHouse house;
};

TEST_F(Templates, SeeStatesAndAttributes) {
  EXPECT_EQ(text_of(house, "{{ states('light.kitchen_lamp') }}"), "off");
  EXPECT_EQ(text_of(house, "{{ states.light.kitchen_lamp.name }}"), "Kitchen lamp");
  EXPECT_EQ(text_of(house, "{{ state_attr('light.kitchen_lamp', 'friendly_name') }}"), "Kitchen lamp");
  EXPECT_EQ(text_of(house, "{{ states('light.nowhere') }}"), "unknown");
  house.device("virtual/state/lamp", R"({"state":"on","brightness":100})");
  EXPECT_EQ(
      text_of(house,
              "{{ states('light.kitchen_lamp') }} {{ state_attr('light.kitchen_lamp', 'brightness') }}"),
      "on 100");
}

TEST_F(Templates, SeeUnavailableInsteadOfAnOldState) {
  house.device("virtual/state/lamp", R"({"state":"on","brightness":100})");
  house.device("virtual/link/lamp", R"({"status":"offline","reason":"no answer"})");
  EXPECT_EQ(text_of(house, "{{ states('light.kitchen_lamp') }}"), "unavailable");
  EXPECT_EQ(text_of(house, "{{ state_attr('light.kitchen_lamp', 'brightness') }}"), "None");
  EXPECT_EQ(text_of(house, "{{ has_value('light.kitchen_lamp') }}"), "False");
}

TEST_F(Templates, SeeTheRegistry) {
  EXPECT_EQ(text_of(house, "{{ area_id('light.kitchen_lamp') }}"), "kitchen");
  EXPECT_EQ(text_of(house, "{{ area_entities('kitchen') }}"), "['light.kitchen_lamp']");
  EXPECT_EQ(text_of(house, "{{ device_id('light.kitchen_lamp') }}"), "virtual/lamp");
  EXPECT_EQ(text_of(house, "{{ integration_entities('virtual') }}"), "['light.kitchen_lamp']");
}

TEST_F(Templates, SeeTheTimeOfTheHouse) {
  EXPECT_EQ(text_of(house, "{{ now().isoformat() }}"), "2026-11-22T12:00:00+00:00");
}

TEST_F(Templates, TellWhatTheyReadAndTakeVariables) {
  const wire::Object answer =
      rendered(house, "{{ states('light.kitchen_lamp') ~ x ~ now().year }}", R"({"x": 1.0})");
  EXPECT_EQ(answer.find("text")->string_or(""), "off1.02026");
  EXPECT_EQ(wire::to_json(*answer.find("reads")), R"({"entities":["light.kitchen_lamp"],"time":true})");
}

TEST_F(Templates, ErrorsSayWhatAndWhere) {
  const wire::Object failed = rendered(house, "{{ 1 / 0 }}");
  EXPECT_EQ(failed.find("outcome")->string_or(""), "drop");
  EXPECT_EQ(failed.find("error")->string_or(""), "ZeroDivisionError: division by zero");
  const wire::Object invalid = rendered(house, "{{ states('x') | flaot }}");
  EXPECT_THAT(std::string(invalid.find("reason")->string_or("")), HasSubstr("float"));
  EXPECT_EQ(invalid.find("code")->string_or(""), "malformed");
}

}  // namespace
}  // namespace gable::hub::test

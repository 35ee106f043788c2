// Lights, covers, switches, locks, sirens, settings: what they say, and what the server is told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "zwave_bench.hpp"

namespace gable::zwave {
namespace {

std::string level(const std::string& value) { return value_text(class_of(38, R"("currentValue")"), value); }
std::string component(int number, int value) {
  return value_text(class_of(51, R"("currentColor")", std::to_string(number)), std::to_string(value));
}

TEST(Light, has_a_brightness) {
  const Node node = node_from(node_text(3, {level("50")}));
  EXPECT_EQ(state_of(node, "light"), R"({"state":"on","brightness":129,"color_mode":"brightness"})");
  EXPECT_EQ(state_of(node_from(node_text(3, {level("0")})), "light"),
            R"({"state":"off","brightness":null,"color_mode":"brightness"})");
  EXPECT_EQ(state_of(node_from(node_text(3, {level("null")})), "light"), R"({"state":null})");
  EXPECT_EQ(calls_of(node, "light", "turn_on"), "38 targetValue = 255");
  EXPECT_EQ(calls_of(node, "light", "turn_on", R"({"brightness":1})"), "38 targetValue = 1");
  EXPECT_EQ(calls_of(node, "light", "turn_on", R"({"brightness":255,"transition":3})"),
            R"(38 targetValue = 99 {"transitionDuration":"3s"})");
  EXPECT_EQ(calls_of(node, "light", "turn_off"), "38 targetValue = 0");
}

TEST(Light, each_level_comes_back_within_the_tolerance) {
  for (int brightness = 1; brightness <= 255; ++brightness) {
    const Node node = node_from(node_text(3, {level("1")}));
    const std::string sent =
        calls_of(node, "light", "turn_on", R"({"brightness":)" + std::to_string(brightness) + "}");
    const std::string back = sent.substr(sent.rfind(' ') + 1);
    const auto state = object_from(state_of(node_from(node_text(3, {level(back)})), "light"));
    EXPECT_NEAR(static_cast<double>(*whole_of(state, "brightness")), brightness, 3);
  }
}

TEST(Light, has_colors_and_whites) {
  const Node node = node_from(node_text(4, {level("99"), component(0, 0), component(1, 0), component(2, 10),
                                            component(3, 20), component(4, 30)}));
  EXPECT_THAT(plan_of(node, "light").description.features,
              testing::ElementsAre("brightness", "transition", "rgb", "color_temp"));
  EXPECT_THAT(state_of(node, "light"),
              testing::HasSubstr(
                  R"("rgb_color":[10,20,30],"rgbw_color":null,"color_temp_kelvin":null,"color_mode":"rgb")"));
  EXPECT_EQ(calls_of(node, "light", "turn_on", R"({"rgb_color":[1,2,3]})"),
            R"(51 targetColor = {"warmWhite":0,"coldWhite":0,"red":1,"green":2,"blue":3})");
  EXPECT_EQ(calls_of(node, "light", "turn_on", R"({"color_temp_kelvin":6500,"brightness":128})"),
            "51 targetColor = {\"warmWhite\":0,\"coldWhite\":255,\"red\":0,\"green\":0,\"blue\":0}\n38 "
            "targetValue = 50");
  const Node white = node_from(node_text(4, {level("99"), component(0, 255), component(1, 0), component(2, 0),
                                             component(3, 0), component(4, 0)}));
  EXPECT_THAT(
      state_of(white, "light"),
      testing::HasSubstr(
          R"("rgb_color":null,"rgbw_color":null,"color_temp_kelvin":2700,"color_mode":"color_temp")"));
  const Node rgbw = node_from(
      node_text(4, {level("99"), component(0, 9), component(2, 1), component(3, 2), component(4, 3)}));
  EXPECT_THAT(state_of(rgbw, "light"), testing::HasSubstr(R"("rgbw_color":[1,2,3,9])"));
}

TEST(Level, of_a_fan_or_a_valve_is_no_light) {
  const Node fan = node_from(node_text(3, {level("99")}, device_class(17, 8)));
  EXPECT_EQ(state_of(fan, "fan"), R"({"state":"on","percentage":100})");
  EXPECT_EQ(calls_of(fan, "fan", "set_percentage", R"({"percentage":50})"), "38 targetValue = 50");
  EXPECT_EQ(calls_of(fan, "fan", "decrease_speed", R"({"percentage_step":20})"), "38 targetValue = 79");
  EXPECT_FALSE(has_plan(fan, "light"));
  EXPECT_EQ(state_of(node_from(node_text(3, {level("40")}, device_class(8, 0))), "level"),
            R"({"state":40.0})");
}

std::string covering(const std::string& property, int parameter, const std::string& value) {
  return value_text(class_of(106, "\"" + property + "\"", std::to_string(parameter)), value);
}

TEST(Cover, travels_and_tilts) {
  const Node node =
      node_from(node_text(5, {covering("currentValue", 13, "20"), covering("targetValue", 13, "99"),
                              covering("currentValue", 23, "50"), level("20")}));
  EXPECT_EQ(state_of(node, "cover"),
            R"({"state":"opening","current_position":20,"current_tilt_position":51})");
  EXPECT_FALSE(has_plan(node, "light"));
  EXPECT_FALSE(has_plan(node, "cover_2"));
  EXPECT_EQ(calls_of(node, "cover", "open_cover"), "106 targetValue 13 = 99");
  EXPECT_EQ(calls_of(node, "cover", "set_cover_position", R"({"position":50})"), "106 targetValue 13 = 50");
  EXPECT_EQ(calls_of(node, "cover", "stop_cover"), "106 levelChangeUp 13 = false");
  EXPECT_EQ(calls_of(node, "cover", "set_cover_tilt_position", R"({"tilt_position":100})"),
            "106 targetValue 23 = 99");
}

TEST(Cover, is_stopped_by_what_ends_a_move) {
  const Node node = node_from(node_text(5, {level("20")}, device_class(17, 6)));
  const auto calls = plan_of(node, "cover").order(node, {"stop_cover", {}});
  ASSERT_TRUE(calls);
  EXPECT_EQ(stopped_by(calls->front()), (ValueId{kMultilevelSwitch, 0, "currentValue"}));
  const auto moves = plan_of(node, "cover").order(node, {"open_cover", {}});
  EXPECT_EQ(stopped_by(moves->front()), std::nullopt);
}

TEST(Cover, without_a_position_only_moves) {
  const Node node = node_from(node_text(5, {covering("currentValue", 12, "0")}));
  EXPECT_THAT(plan_of(node, "cover").description.features, testing::ElementsAre("open", "close", "stop"));
  EXPECT_EQ(calls_of(node, "cover", "close_cover"), "106 levelChangeDown 12 = true");
  EXPECT_THAT(calls_of(node, "cover", "set_cover_tilt_position", R"({"tilt_position":1})"),
              testing::StartsWith("no: "));
}

TEST(Cover, is_a_motor_or_a_garage_door_too) {
  const Node motor = node_from(node_text(5, {level("99")}, device_class(17, 6)));
  EXPECT_EQ(state_of(motor, "cover"), R"({"state":"open","current_position":100})");
  EXPECT_EQ(calls_of(motor, "cover", "close_cover"), "38 targetValue = 0");
  const auto door = [](const std::string& state) {
    return state_of(node_from(node_text(5, {value_text(class_of(102, R"("currentState")"), state)})),
                    "cover");
  };
  EXPECT_EQ(door("0") + door("252") + door("253") + door("254") + door("255"),
            R"({"state":"closed"}{"state":"closing"}{"state":"open"}{"state":"opening"}{"state":"open"})");
}

TEST(Switch, is_switched) {
  const Node node = node_from(node_text(2, {value_text(class_of(37, R"("currentValue")"), "true")}));
  EXPECT_EQ(state_of(node, "switch"), R"({"state":"on"})");
  EXPECT_EQ(calls_of(node, "switch", "turn_off"), "37 targetValue = false");
  EXPECT_THAT(calls_of(node, "switch", "dance"), testing::StartsWith("no: "));
}

TEST(Lock, is_locked_and_has_a_door) {
  const auto lock = [](const std::string& mode) {
    return node_from(node_text(6, {value_text(class_of(98, R"("currentMode")"), mode),
                                   value_text(class_of(98, R"("doorStatus")"), R"("open")")}));
  };
  EXPECT_EQ(state_of(lock("255"), "lock") + state_of(lock("0"), "lock") + state_of(lock("254"), "lock"),
            R"({"state":"locked"}{"state":"unlocked"}{"state":null})");
  EXPECT_EQ(state_of(lock("0"), "door"), R"({"state":"on"})");
  EXPECT_EQ(calls_of(lock("0"), "lock", "lock"), "98 targetMode = 255");
  const Node simple = node_from(node_text(6, {value_text(class_of(118, R"("locked")"), "false")}));
  EXPECT_EQ(state_of(simple, "lock") + calls_of(simple, "lock", "lock"),
            R"({"state":"unlocked"}118 locked = true)");
}

TEST(Siren, plays_tones) {
  const Node node = node_from(node_text(
      9, {value_text(class_of(121, R"("toneId")"), "0",
                     R"x("states":{"0":"off","1":"Ding (1 sec)","2":"Alarm (60 sec)","255":"default"})x")}));
  EXPECT_EQ(state_of(node, "siren"), R"({"state":"off"})");
  EXPECT_EQ(wire::to_json(*plan_of(node, "siren").description.capabilities.find("available_tones")),
            R"(["Ding","Alarm"])");
  EXPECT_EQ(calls_of(node, "siren", "turn_on"), "121 toneId = 255");
  EXPECT_EQ(calls_of(node, "siren", "turn_on", R"({"tone":"Alarm","volume_level":0.5})"),
            R"(121 toneId = 2 {"volume":50})");
  EXPECT_EQ(calls_of(node, "siren", "turn_on", R"({"tone":1})"), "121 toneId = 1");
  EXPECT_THAT(calls_of(node, "siren", "turn_on", R"({"tone":"Horn"})"), testing::StartsWith("no: "));
  EXPECT_EQ(calls_of(node, "siren", "turn_off"), "121 toneId = 0");
}

TEST(Parameter, is_a_number_or_a_choice) {
  const std::string writeable = R"("writeable":true,"min":0,"max":9,"allowManualEntry":)";
  const Node node = node_from(node_text(
      3,
      {value_text(class_of(112, "1"), "4", writeable + "true"),
       value_text(class_of(112, "2"), "1", writeable + R"(false,"states":{"0":"Off","1":"On","2":"On"})"),
       value_text(class_of(112, "3", "255"), "1", writeable + "true"), value_text(class_of(112, "4"), "1")}));
  EXPECT_EQ(state_of(node, "parameter_1") + state_of(node, "parameter_2"), R"({"state":4}{"state":"On"})");
  EXPECT_THAT(plan_of(node, "parameter_2").description.options, testing::ElementsAre("Off", "On", "On (2)"));
  EXPECT_EQ(calls_of(node, "parameter_1", "set_value", R"({"value":7})"), "112 1 = 7");
  EXPECT_THAT(calls_of(node, "parameter_1", "set_value", R"({"value":7.5})"), testing::StartsWith("no: "));
  EXPECT_EQ(calls_of(node, "parameter_2", "select_option", R"x({"option":"On (2)"})x"), "112 2 = 2");
  EXPECT_EQ(calls_of(node, "parameter_2", "select_previous"), "112 2 = 0");
  EXPECT_EQ(calls_of(node, "parameter_3_255", "set_value", R"({"value":7})"), "112 3 255 = 7");
  EXPECT_FALSE(has_plan(node, "parameter_4"));
}

TEST(Call, is_shown_by_the_value_that_the_device_reports) {
  const auto shown = [](const ValueId& target) {
    const auto id = shown_by({"node.set_value", {{"nodeId", 3}, {"valueId", to_object(target)}}});
    return id ? wire::to_json(reading_of(3, *id).arguments) : "none";
  };
  EXPECT_EQ(shown({kMultilevelSwitch, 1, "targetValue"}),
            R"({"nodeId":3,"valueId":{"commandClass":38,"endpoint":1,"property":"currentValue"}})");
  EXPECT_EQ(
      shown({kWindowCovering, 0, "targetValue", 13}),
      R"({"nodeId":3,"valueId":{"commandClass":106,"endpoint":0,"property":"currentValue","propertyKey":13}})");
  EXPECT_EQ(shown({kThermostatMode, 0, "mode"}),
            R"({"nodeId":3,"valueId":{"commandClass":64,"endpoint":0,"property":"mode"}})");
  EXPECT_FALSE(shown_by({"node.ping", {{"nodeId", 3}}}));
}

TEST(Endpoints, have_entities_of_their_own) {
  const Node node = node_from(
      node_text(2,
                {R"({"commandClass":37,"endpoint":1,"property":"currentValue","value":true,"metadata":{}})",
                 R"({"commandClass":37,"endpoint":2,"property":"currentValue","value":false,"metadata":{}})"},
                R"("endpoints":[{"index":0},{"index":2,"endpointLabel":"Pump"}],)"));
  EXPECT_EQ(state_of(node, "switch_1") + state_of(node, "switch_2"), R"({"state":"on"}{"state":"off"})");
  EXPECT_EQ(plan_of(node, "switch_2").description.name, "Pump");
}

}  // namespace
}  // namespace gable::zwave

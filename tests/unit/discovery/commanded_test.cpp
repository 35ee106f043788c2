// switch, button, scene, notify, number, text and select: what is reported and what is sent.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Switch, payloads_are_states_unless_it_says_otherwise) {
  PlatformBench plain("switch",
                      R"({"name":"Plug","state_topic":"s","command_topic":"c","device_class":"outlet"})");
  EXPECT_EQ(plain.described(), R"({"domain":"switch","name":"Plug","device_class":"outlet"})");
  EXPECT_EQ(plain.values("s", "ON"), R"({"state":"on"})");
  EXPECT_EQ(plain.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(plain.values("s", "1"), R"(fault: expected "ON" or "OFF", found "1")");
  EXPECT_EQ(plain.sent("turn_on"), "c ON");
  EXPECT_EQ(plain.sent("turn_off"), "c OFF");

  PlatformBench words("switch",
                      R"({"state_topic":"s","command_topic":"c","payload_on":"AUTO","payload_off":"MANUAL",
    "state_on":true,"state_off":"false","value_template":"{{ value_json.auto }}","qos":1,"retain":true})");
  EXPECT_EQ(words.values("s", R"({"auto":true})"), R"({"state":"on"})");
  EXPECT_EQ(words.values("s", R"({"auto":"false"})"), R"({"state":"off"})");
  EXPECT_EQ(words.sent("turn_off"), "c MANUAL (qos 1) (retained)");
}

TEST(Switch, toggle_goes_by_the_state) {
  PlatformBench bench("switch", R"({"state_topic":"s","command_topic":"c"})");
  EXPECT_EQ(bench.sent("toggle", "{}", Present(R"({"state":"on"})")), "c OFF");
  EXPECT_EQ(bench.sent("toggle", "{}", Present(R"({"state":"off"})")), "c ON");
  EXPECT_EQ(bench.sent("toggle"), "c ON");
}

TEST(Switch, the_state_is_assumed_without_a_topic_or_when_it_is_optimistic) {
  EXPECT_TRUE(PlatformBench("switch", R"({"command_topic":"c"})").description().assumed_state);
  EXPECT_TRUE(PlatformBench("switch", R"({"command_topic":"c","state_topic":"s","optimistic":true})")
                  .description()
                  .assumed_state);
  EXPECT_FALSE(
      PlatformBench("switch", R"({"command_topic":"c","state_topic":"s"})").description().assumed_state);
  EXPECT_EQ(PlatformBench("switch", R"({"state_topic":"s"})").refusal,
            "required key is missing (at command_topic)");
}

TEST(Switch, a_template_makes_the_payload) {
  PlatformBench bench("switch", R"({"command_topic":"c","command_template":"{\"state\": \"{{ value }}\"}"})");
  EXPECT_EQ(bench.sent("turn_on"), R"(c {"state": "ON"})");
  PlatformBench failing("switch", R"({"command_topic":"c","command_template":"{{ x + 1 }}"})");
  EXPECT_EQ(failing.sent("turn_on"), "error: UndefinedError: 'x' is undefined");
}

TEST(Button, one_payload) {
  PlatformBench bench("button", R"({"name":"Identify","command_topic":"c","device_class":"identify"})");
  EXPECT_EQ(bench.described(), R"({"domain":"button","name":"Identify","device_class":"identify"})");
  EXPECT_EQ(bench.sent("press"), "c PRESS");
  PlatformBench other(
      "button", R"({"command_topic":"c","payload_press":"go","command_template":"{{ value | upper }}"})");
  EXPECT_EQ(other.sent("press"), "c GO");
  EXPECT_FALSE(other.description().assumed_state);
}

TEST(Scene, one_payload) {
  PlatformBench bench("scene",
                      R"({"name":"Warm","command_topic":"c","payload_on":"{ \"scene_recall\": 1 }"})");
  EXPECT_EQ(bench.described(), R"({"domain":"scene","name":"Warm"})");
  EXPECT_EQ(bench.sent("turn_on"), R"(c { "scene_recall": 1 })");
  EXPECT_EQ(bench.sent("turn_on", R"({"transition":2})"), R"(c { "scene_recall": 1 })");
}

TEST(Notify, the_message_goes_through_the_template) {
  PlatformBench bench("notify",
                      R"({"command_topic":"c","command_template":"{{ {'text': value} | to_json }}"})");
  EXPECT_EQ(bench.sent("send_message", R"({"message":"Door \"A\" is open"})"),
            R"(c {"text":"Door \"A\" is open"})");
  EXPECT_EQ(PlatformBench("notify", R"({"command_topic":"c"})").sent("send_message", R"({"message":"5"})"),
            "c 5");
}

TEST(Number, range_and_defaults) {
  PlatformBench bench("number", R"({"name":"N","state_topic":"s","command_topic":"c"})");
  EXPECT_EQ(bench.described(),
            R"({"domain":"number","name":"N","min":1,"max":100,"step":1,"capabilities":{"mode":"auto"}})");
  EXPECT_EQ(bench.values("s", "21.50"), R"({"state":"21.50"})");
  EXPECT_EQ(bench.values("s", "101"), R"(fault: expected a number in its range, found "101")");
  EXPECT_EQ(bench.values("s", "much"), R"(fault: expected a number, found "much")");
  EXPECT_EQ(bench.values("s", ""), "-");
  EXPECT_EQ(bench.values("s", "None"), R"({"state":null})");
}

TEST(Number, whole_numbers_are_sent_as_such) {
  PlatformBench bench("number",
                      R"({"state_topic":"s","command_topic":"c","min":-5.5,"max":"50","step":0.5,"mode":"box",
    "unit_of_measurement":"°C","device_class":"temperature","state_class":"measurement","name":null})");
  EXPECT_EQ(bench.described(), R"({"domain":"number","device_class":"temperature","unit":"°C",)"
                               R"("min":-5.5,"max":50,"step":0.5,"capabilities":{"mode":"box"}})");
  EXPECT_EQ(bench.sent("set_value", R"({"value":5.0})"), "c 5");
  EXPECT_EQ(bench.sent("set_value", R"({"value":-5.5})"), "c -5.5");
  EXPECT_TRUE(bench.sent("set_value", R"({"value":51})").starts_with("refused:"));
}

TEST(Number, reset_and_what_cannot_be) {
  PlatformBench bench("number", R"({"state_topic":"s","command_topic":"c","payload_reset":"-","step":0,
    "command_template":"{\"v\":{{ value }}}"})");
  EXPECT_EQ(bench.values("s", "-"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", "None"), R"(fault: expected a number, found "None")");
  EXPECT_EQ(bench.sent("set_value", R"({"value":7})"), R"(c {"v":7})");
  EXPECT_EQ(bench.binding().faults.size(), 1U);
  EXPECT_EQ(PlatformBench("number", R"({"command_topic":"c","min":5,"max":1})").refusal,
            "max is below min (at max)");
}

TEST(Text, any_text_of_its_length_is_a_value) {
  PlatformBench bench("text", R"({"name":"T","state_topic":"s","command_topic":"c","max":5})");
  EXPECT_EQ(bench.described(),
            R"({"domain":"text","name":"T","min":0,"max":5,"capabilities":{"mode":"text"}})");
  EXPECT_EQ(bench.values("s", ""), R"({"state":""})");
  EXPECT_EQ(bench.values("s", "None"), R"({"state":"None"})");
  EXPECT_EQ(bench.values("s", "grün!"), R"({"state":"grün!"})");
  EXPECT_EQ(bench.values("s", "too long"), R"(fault: expected a text of its length, found "too long")");
  EXPECT_EQ(bench.sent("set_value", R"({"value":"abc"})"), "c abc");
  EXPECT_TRUE(bench.sent("set_value", R"({"value":"abcdef"})").starts_with("refused:"));
  EXPECT_EQ(PlatformBench("text", R"({"command_topic":"c","max":300})").refusal,
            "expected 0 ≤ min ≤ max ≤ 255 (at max)");
}

TEST(Text, a_pattern_holds_for_what_is_sent) {
  PlatformBench bench("text", R"({"command_topic":"c","mode":"password","pattern":"^[0-9]{4}$"})");
  EXPECT_EQ(bench.sent("set_value", R"({"value":"1234"})"), "c 1234");
  EXPECT_EQ(bench.sent("set_value", R"({"value":"12x4"})"),
            "error: the text does not match the pattern ^[0-9]{4}$");
  EXPECT_EQ(bench.described(),
            R"({"domain":"text","name":"MQTT Text","min":0,"max":255,)"
            R"("capabilities":{"mode":"password","pattern":"^[0-9]{4}$"},"assumed_state":true})");
}

TEST(Select, options_and_none) {
  PlatformBench bench("select",
                      R"({"name":"S","state_topic":"s","command_topic":"c","options":["off","previous",3]})");
  EXPECT_EQ(bench.described(), R"({"domain":"select","name":"S","options":["off","previous","3"]})");
  EXPECT_EQ(bench.values("s", "previous"), R"({"state":"previous"})");
  EXPECT_EQ(bench.values("s", "none"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", "on"), R"(fault: expected one of its options, found "on")");
  EXPECT_EQ(bench.values("s", ""), "-");
  EXPECT_EQ(bench.sent("select_option", R"({"option":"3"})"), "c 3");
  EXPECT_TRUE(bench.sent("select_option", R"({"option":"4"})").starts_with("refused:"));
  EXPECT_EQ(PlatformBench("select", R"({"command_topic":"c"})").refusal,
            "required key is missing (at options)");
}

TEST(Select, steps_through_its_options) {
  PlatformBench bench("select", R"({"state_topic":"s","command_topic":"c","options":["a","b","d"]})");
  const Present first(R"({"state":"a"})"), last(R"({"state":"d"})");
  EXPECT_EQ(bench.sent("select_first", "{}", last), "c a");
  EXPECT_EQ(bench.sent("select_last", "{}", first), "c d");
  EXPECT_EQ(bench.sent("select_next", "{}", first), "c b");
  EXPECT_EQ(bench.sent("select_next", "{}", last), "c a");
  EXPECT_EQ(bench.sent("select_next", R"({"cycle":false})", last), "c d");
  EXPECT_EQ(bench.sent("select_previous", "{}", first), "c d");
  EXPECT_EQ(bench.sent("select_previous", R"({"cycle":false})", first), "c a");
}

TEST(Select, a_template_around_the_option) {
  PlatformBench bench("select", R"({"command_topic":"c","options":["info","debug"],
    "command_template":"{\"options\": {\"advanced\": {\"log_level\": \"{{ value }}\" } } }"})");
  EXPECT_EQ(bench.sent("select_option", R"({"option":"debug"})"),
            R"(c {"options": {"advanced": {"log_level": "debug" } } })");
}

}  // namespace
}  // namespace gable::discovery

// Alarm panels: codes checked here, codes that the panel checks.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Alarm, arms_and_disarms) {
  PlatformBench alarm("alarm_control_panel", R"({"state_topic":"s","command_topic":"c"})");
  EXPECT_EQ(alarm.description().features.size(), 6U);
  EXPECT_EQ(alarm.description().capabilities.find("code_format"), nullptr);
  EXPECT_EQ(alarm.values("s", "armed_away"), R"({"state":"armed_away"})");
  EXPECT_EQ(alarm.values("s", "disarming"), R"({"state":"disarming"})");
  EXPECT_EQ(alarm.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(alarm.values("s", "asleep"), "fault: state: expected one of its payloads, found 'asleep'");
  EXPECT_EQ(alarm.sent("alarm_arm_home"), "c ARM_HOME");
  EXPECT_EQ(alarm.sent("alarm_disarm"), "c DISARM");
  EXPECT_EQ(alarm.sent("alarm_trigger"), "c TRIGGER");
}

TEST(Alarm, has_the_listed_features_only) {
  PlatformBench alarm("alarm_control_panel", R"({"state_topic":"s","command_topic":"c",
    "supported_features":["arm_home","arm_away"],"payload_arm_home":3})");
  EXPECT_EQ(alarm.description().features, (std::vector<std::string>{"arm_home", "arm_away"}));
  EXPECT_EQ(alarm.sent("alarm_arm_home"), "c 3");
  EXPECT_EQ(alarm.sent("alarm_arm_night"),
            "refused: alarm_arm_night needs the feature arm_night; this alarm_control_panel has arm_home, "
            "arm_away");
}

TEST(Alarm, a_code_of_the_announcement_is_checked_and_not_shown) {
  PlatformBench alarm("alarm_control_panel",
                      R"({"state_topic":"s","command_topic":"c","code":1234,"code_arm_required":false})");
  EXPECT_EQ(alarm.described().find("1234"), std::string::npos);
  EXPECT_EQ(alarm.description().capabilities.find("code_format")->string_or(""), "number");
  EXPECT_EQ(alarm.sent("alarm_disarm", R"({"code":"1234"})"), "c DISARM");
  EXPECT_EQ(alarm.sent("alarm_disarm", R"({"code":"0000"})"), "error: this is not the code that it wants");
  EXPECT_EQ(alarm.sent("alarm_disarm"), "error: it wants a code");
  EXPECT_EQ(alarm.sent("alarm_arm_away"), "c ARM_AWAY");
  PlatformBench text("alarm_control_panel", R"({"state_topic":"s","command_topic":"c","code":"sesame"})");
  EXPECT_EQ(text.description().capabilities.find("code_format")->string_or(""), "text");
}

TEST(Alarm, a_remote_code_is_passed_on) {
  PlatformBench alarm("alarm_control_panel", R"({"state_topic":"s","command_topic":"c","code":"REMOTE_CODE",
    "command_template":"{ \"action\": \"{{ action }}\", \"code\": \"{{ code }}\" }"})");
  EXPECT_EQ(alarm.description().capabilities.find("code_format")->string_or(""), "number");
  EXPECT_EQ(alarm.sent("alarm_disarm", R"({"code":"4711"})"), R"(c { "action": "DISARM", "code": "4711" })");
  EXPECT_EQ(alarm.sent("alarm_arm_home"), "error: it wants a code");
}

TEST(Alarm, without_a_code_the_template_sees_none) {
  PlatformBench alarm("alarm_control_panel", R"({"state_topic":"s","command_topic":"c",
    "command_template":"{{ action }}{{ '' if code is none else code }}"})");
  EXPECT_EQ(alarm.sent("alarm_disarm"), "c DISARM");
}

TEST(Alarm, needs_both_topics) {
  EXPECT_NE(PlatformBench("alarm_control_panel", R"({"command_topic":"c"})").refusal, "");
  EXPECT_NE(PlatformBench("alarm_control_panel", R"({"state_topic":"s"})").refusal, "");
}

}  // namespace
}  // namespace gable::discovery

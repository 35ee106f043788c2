// Humidifiers: target, mode, action.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kHumidifier = R"({"command_topic":"c","state_topic":"s",
  "target_humidity_command_topic":"hc","target_humidity_state_topic":"hs","current_humidity_topic":"ch",
  "mode_command_topic":"mc","mode_state_topic":"ms","modes":["normal","eco"],"action_topic":"a",
  "min_humidity":30,"max_humidity":80,"payload_on":"true","payload_off":"false"})";

TEST(Humidifier, says_what_it_does) {
  PlatformBench humidifier("humidifier", kHumidifier);
  EXPECT_EQ(humidifier.description().device_class, "humidifier");
  EXPECT_EQ(humidifier.description().features, (std::vector<std::string>{"modes"}));
  EXPECT_EQ(humidifier.values("s", "true"), R"({"state":"on"})");
  EXPECT_EQ(humidifier.values("hs", "45.4"), R"({"humidity":45})");
  EXPECT_EQ(humidifier.values("hs", "None"), R"({"humidity":null})");
  EXPECT_EQ(humidifier.values("hs", "20"),
            "fault: humidity: expected a number from min_humidity to max_humidity, found '20'");
  EXPECT_EQ(humidifier.values("ch", "51.5"), R"({"current_humidity":51.5})");
  EXPECT_EQ(humidifier.values("ms", "eco"), R"({"mode":"eco"})");
  EXPECT_EQ(humidifier.values("ms", "None"), R"({"mode":null})");
  EXPECT_EQ(humidifier.values("a", "drying"), R"({"action":"drying"})");
  EXPECT_EQ(humidifier.values("a", "None"), R"({"action":null})");
}

TEST(Humidifier, is_told) {
  PlatformBench humidifier("humidifier", kHumidifier);
  EXPECT_EQ(humidifier.sent("turn_on"), "c true");
  EXPECT_EQ(humidifier.sent("toggle", "{}", Present(R"({"state":"on"})")), "c false");
  EXPECT_EQ(humidifier.sent("set_humidity", R"({"humidity":55})"), "hc 55");
  EXPECT_EQ(humidifier.sent("set_mode", R"({"mode":"eco"})"), "mc eco");
  EXPECT_NE(humidifier.sent("set_humidity", R"({"humidity":90})").find("refused"), std::string::npos);
}

TEST(Humidifier, needs_its_topics) {
  EXPECT_NE(PlatformBench("humidifier", R"({"command_topic":"c"})").refusal, "");
  PlatformBench humidifier("humidifier", R"({"command_topic":"c","target_humidity_command_topic":"h",
    "device_class":"dehumidifier"})");
  EXPECT_EQ(humidifier.description().device_class, "dehumidifier");
  EXPECT_TRUE(humidifier.description().assumed_state);
}

}  // namespace
}  // namespace gable::discovery

// Valves: words, positions, and documents that say both.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Valve, by_words) {
  PlatformBench valve("valve", R"({"state_topic":"s","command_topic":"c","device_class":"water"})");
  EXPECT_EQ(valve.description().features, (std::vector<std::string>{"open", "close"}));
  EXPECT_EQ(valve.values("s", "opening"), R"({"state":"opening"})");
  EXPECT_EQ(valve.values("s", "closed"), R"({"state":"closed"})");
  EXPECT_EQ(valve.values("s", R"({"state":"open"})"), R"({"state":"open"})");
  EXPECT_EQ(valve.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(valve.values("s", ""), "-");
  EXPECT_EQ(valve.sent("open_valve"), "c OPEN");
  EXPECT_EQ(valve.sent("close_valve"), "c CLOSE");
  EXPECT_EQ(valve.sent("stop_valve"),
            "refused: stop_valve needs the feature stop; this valve has open, close");
  EXPECT_EQ(valve.sent("toggle", "{}", Present(R"({"state":"closed"})")), "c OPEN");
}

TEST(Valve, null_takes_a_command_away) {
  PlatformBench valve("valve", R"({"state_topic":"s","command_topic":"c","payload_close":null,
    "payload_stop":"HALT"})");
  EXPECT_EQ(valve.description().features, (std::vector<std::string>{"open", "stop"}));
  EXPECT_EQ(valve.sent("stop_valve"), "c HALT");
}

TEST(Valve, by_position) {
  PlatformBench valve("valve", R"({"state_topic":"s","command_topic":"c","reports_position":true,
    "position_closed":40,"position_open":140,"payload_stop":"STOP"})");
  EXPECT_EQ(valve.description().features,
            (std::vector<std::string>{"open", "close", "set_position", "stop"}));
  EXPECT_EQ(valve.values("s", "90"), R"({"current_position":50,"state":"open"})");
  EXPECT_EQ(valve.values("s", "40"), R"({"current_position":0,"state":"closed"})");
  EXPECT_EQ(valve.values("s", "200"), R"({"current_position":100,"state":"open"})");
  EXPECT_EQ(valve.values("s", R"({"state":"opening","position":50})"),
            R"({"state":"opening","current_position":10})");
  EXPECT_EQ(valve.values("s", "closing"), R"({"state":"closing"})");
  EXPECT_EQ(valve.values("s", "wet"), "fault: state: expected one of its payloads, found 'wet'");
  EXPECT_EQ(valve.sent("open_valve"), "c 140");
  EXPECT_EQ(valve.sent("close_valve"), "c 40");
  EXPECT_EQ(valve.sent("set_valve_position", R"({"position":25})"), "c 65");
  EXPECT_EQ(valve.sent("stop_valve"), "c STOP");
}

TEST(Valve, the_other_way_round_and_through_a_template) {
  PlatformBench valve("valve", R"({"command_topic":"c","reports_position":true,"position_closed":100,
    "position_open":0,"command_template":"{\"p\":{{ value }},\"per_cent\":{{ position }}}"})");
  EXPECT_TRUE(valve.description().assumed_state);
  EXPECT_EQ(valve.sent("set_valve_position", R"({"position":40})"), R"(c {"p":60,"per_cent":40})");
}

TEST(Valve, a_range_without_extent_costs_the_range_only) {
  PlatformBench valve("valve", R"({"state_topic":"s","reports_position":true,"position_open":0})");
  EXPECT_EQ(valve.binding().faults.size(), 1U);
  EXPECT_EQ(valve.values("s", "30"), R"({"current_position":30,"state":"open"})");
}

}  // namespace
}  // namespace gable::discovery

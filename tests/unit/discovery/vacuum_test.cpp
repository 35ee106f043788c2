// Vacuum cleaners: the state document, listed features, commands of its own, rooms.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

constexpr std::string_view kRobot = R"({"state_topic":"v/state","command_topic":"v/command",
  "set_fan_speed_topic":"v/speed","fan_speed_list":["min","max"],"send_command_topic":"v/custom",
  "supported_features":["start","pause","stop","return_home","battery","status","locate","clean_spot",
  "fan_speed","send_command"],"payload_return_to_base":"HOME"})";

TEST(Vacuum, says_what_it_does) {
  PlatformBench robot("vacuum", kRobot);
  EXPECT_EQ(robot.values("v/state", R"({"state":"docked","fan_speed":"max","battery_level":80})"),
            R"({"state":"docked","fan_speed":"max"})");
  EXPECT_EQ(robot.values("v/state", R"({"state":null})"), R"({"state":null})");
  EXPECT_EQ(robot.values("v/state", "null"), R"({"state":null})");
  EXPECT_EQ(robot.values("v/state", R"({"state":"lost"})"),
            "fault: state: 'lost' is no state of a vacuum cleaner");
  EXPECT_EQ(robot.values("v/state", "docked"), "fault: state: expected a JSON object, found 'docked'");
  EXPECT_EQ(robot.values("v/state", R"({"segments":{"1":"Kitchen"}})"), R"({"segments":{"1":"Kitchen"}})");
}

TEST(Vacuum, is_told) {
  PlatformBench robot("vacuum", kRobot);
  EXPECT_EQ(robot.sent("start"), "v/command start");
  EXPECT_EQ(robot.sent("return_to_base"), "v/command HOME");
  EXPECT_EQ(robot.sent("locate"), "v/command locate");
  EXPECT_EQ(robot.sent("set_fan_speed", R"({"fan_speed":"min"})"), "v/speed min");
  EXPECT_EQ(robot.sent("send_command", R"({"command":"dance"})"), "v/custom dance");
  EXPECT_EQ(robot.sent("send_command", R"({"command":"go","params":{"x":1}})"),
            R"(v/custom {"command":"go","x":1})");
  EXPECT_EQ(robot.sent("send_command", R"({"command":"go","params":[{"x":1},{"y":2}]})"),
            R"(v/custom {"command":"go","x":1,"y":2})");
}

TEST(Vacuum, features_without_a_topic_are_not_promised) {
  PlatformBench robot("vacuum", R"({"state_topic":"s"})");
  EXPECT_EQ(robot.description().features, (std::vector<std::string>{"state", "status"}));
  PlatformBench usual("vacuum", R"({"state_topic":"s","command_topic":"c"})");
  EXPECT_EQ(usual.description().features,
            (std::vector<std::string>{"state", "start", "stop", "return_home", "clean_spot", "status"}));
  EXPECT_EQ(usual.sent("pause").rfind("refused: pause needs the feature pause", 0), 0U);
}

TEST(Vacuum, cleans_rooms) {
  constexpr std::string_view kRooms = R"({"command":"clean_segments","params":{"segments":["1","3"]}})";
  PlatformBench plain("vacuum", R"({"state_topic":"s","clean_segments_command_topic":"rooms"})");
  EXPECT_EQ(plain.sent("send_command", kRooms), R"(rooms ["1","3"])");
  EXPECT_EQ(plain.sent("send_command", R"({"command":"dance"})"),
            "error: its announcement names no topic for send_command");
  PlatformBench robot("vacuum", R"({"state_topic":"s","clean_segments_command_topic":"rooms",
    "clean_segments_command_template":"{{ {'segment_ids': value} | to_json }}"})");
  EXPECT_EQ(robot.sent("send_command", kRooms), R"(rooms {"segment_ids":["1","3"]})");
}

}  // namespace
}  // namespace gable::discovery

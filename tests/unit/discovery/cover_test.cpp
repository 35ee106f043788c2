// Covers: states, positions on any scale, tilts, commands that are taken away.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Cover, as_zigbee2mqtt_announces_one) {
  PlatformBench cover("cover", R"({"command_topic":"z/b/set","name":null,
    "position_template":"{{ value_json[\"position\"] }}","position_topic":"z/b",
    "set_position_template":"{ \"position\": {{ position }} }","set_position_topic":"z/b/set",
    "state_closed":"CLOSE","state_open":"OPEN","state_stopped":"STOP","state_topic":"z/b",
    "tilt_command_topic":"z/b/set/tilt","tilt_status_template":"{{ value_json[\"tilt\"] }}",
    "tilt_status_topic":"z/b","value_template":"{{ value_json[\"state\"] }}"})");
  ASSERT_TRUE(cover.bound()) << cover.refusal;
  EXPECT_FALSE(cover.description().assumed_state);
  EXPECT_EQ(cover.description().supported_features(), 255U);
  EXPECT_EQ(cover.values("z/b", R"({"state":"OPEN","position":60,"tilt":20})"),
            R"({"current_position":60,"state":"open","current_tilt_position":20})");
  EXPECT_EQ(cover.values("z/b", R"({"state":"STOP","position":0})"),
            R"({"current_position":0,"state":"closed"})");
  EXPECT_EQ(cover.values("z/b", R"({"state":null,"position":null})"), R"({"state":null})");
  EXPECT_EQ(cover.values("z/b", R"({"linkquality":3})"), "-");
  EXPECT_EQ(cover.sent("open_cover"), "z/b/set OPEN");
  EXPECT_EQ(cover.sent("stop_cover"), "z/b/set STOP");
  EXPECT_EQ(cover.sent("set_cover_position", R"({"position":35})"), R"(z/b/set { "position": 35 })");
  EXPECT_EQ(cover.sent("set_cover_tilt_position", R"({"tilt_position":70})"), "z/b/set/tilt 70");
  EXPECT_EQ(cover.sent("open_cover_tilt"), "z/b/set/tilt 100");
  EXPECT_EQ(cover.sent("close_cover_tilt"), "z/b/set/tilt 0");
  EXPECT_EQ(cover.sent("stop_cover_tilt"), "z/b/set/tilt stop");
}

TEST(Cover, without_a_state_topic_the_position_says_the_state) {
  PlatformBench cover("cover", R"({"command_topic":"c","position_topic":"p","set_position_topic":"sp",
    "position_open":99,"position_template":"{{ value_json.value }}","payload_open":"99","payload_close":"0"})");
  EXPECT_EQ(cover.values("p", R"({"value":99})"), R"({"current_position":100,"state":"open"})");
  EXPECT_EQ(cover.values("p", R"({"value":50})"), R"({"current_position":50,"state":"open"})");
  EXPECT_EQ(cover.values("p", R"({"value":0})"), R"({"current_position":0,"state":"closed"})");
  EXPECT_EQ(cover.sent("open_cover"), "c 99");
  EXPECT_EQ(cover.sent("set_cover_position", R"({"position":50})"), "sp 50");
  EXPECT_EQ(cover.sent("set_cover_position", R"({"position":10})"), "sp 10");
}

TEST(Cover, a_scale_may_run_backwards) {
  PlatformBench cover("cover", R"({"position_topic":"p","set_position_topic":"sp","position_open":0,
    "position_closed":100})");
  EXPECT_EQ(cover.values("p", "60"), R"({"current_position":40,"state":"open"})");
  EXPECT_EQ(cover.values("p", "100"), R"({"current_position":0,"state":"closed"})");
  EXPECT_EQ(cover.values("p", "130"), R"({"current_position":0,"state":"closed"})");
  EXPECT_EQ(cover.sent("set_cover_position", R"({"position":40})"), "sp 60");
  EXPECT_EQ(cover.sent("open_cover"),
            "refused: open_cover needs the feature open; this cover has set_position");
}

TEST(Cover, position_and_tilt_in_one_document) {
  PlatformBench cover("cover", R"({"state_topic":"s","position_topic":"p"})");
  EXPECT_EQ(cover.values("p", R"({"position":30,"tilt_position":80})"),
            R"({"current_tilt_position":80,"current_position":30})");
  EXPECT_EQ(cover.values("p", R"({"tilt_position":80})"), "-");
  EXPECT_EQ(cover.values("p", "half"), "fault: current_position: expected a number, found 'half'");
}

TEST(Cover, null_takes_a_command_away) {
  PlatformBench cover("cover", R"({"command_topic":"c","state_topic":"s","payload_stop":null})");
  EXPECT_EQ(cover.description().features, (std::vector<std::string>{"open", "close"}));
  EXPECT_EQ(cover.sent("stop_cover"),
            "refused: stop_cover needs the feature stop; this cover has open, close");
}

TEST(Cover, stopped_is_judged_by_what_it_was_before) {
  PlatformBench cover("cover", R"({"command_topic":"c","state_topic":"s"})");
  EXPECT_EQ(cover.values("s", "stopped", Present(R"({"state":"closing"})")), R"({"state":"closed"})");
  EXPECT_EQ(cover.values("s", "stopped", Present(R"({"state":"opening"})")), R"({"state":"open"})");
  EXPECT_EQ(cover.values("s", "stopped", Present(R"({"state":"closing","current_position":30})")),
            R"({"state":"open"})");
  EXPECT_EQ(cover.values("s", "opening"), R"({"state":"opening"})");
  EXPECT_EQ(cover.values("s", "ajar"), "fault: state: expected one of its payloads, found 'ajar'");
}

TEST(Cover, a_toggle_stops_what_moves) {
  PlatformBench cover("cover", R"({"command_topic":"c","state_topic":"s","tilt_command_topic":"t"})");
  EXPECT_EQ(cover.sent("toggle", "{}", Present(R"({"state":"closed"})")), "c OPEN");
  EXPECT_EQ(cover.sent("toggle", "{}", Present(R"({"state":"open"})")), "c CLOSE");
  EXPECT_EQ(cover.sent("toggle", "{}", Present(R"({"state":"opening"})")), "c STOP");
  EXPECT_EQ(cover.sent("toggle_cover_tilt", "{}", Present(R"({"current_tilt_position":40})")), "t 0");
}

TEST(Cover, tilts_of_another_range) {
  PlatformBench cover("cover", R"({"state_topic":"s","tilt_status_topic":"ts","tilt_command_topic":"tc",
    "tilt_min":-90,"tilt_max":90,"tilt_opened_value":0,"tilt_closed_value":-90,
    "tilt_command_template":"{{ value }}/{{ tilt_position }}/{{ tilt_min }}"})");
  EXPECT_EQ(cover.values("ts", "0"), R"({"current_tilt_position":50})");
  EXPECT_EQ(cover.values("ts", "91"),
            "fault: current_tilt_position: expected a number of its tilt range, found '91'");
  EXPECT_EQ(cover.sent("set_cover_tilt_position", R"({"tilt_position":25})"), "tc -45/25/-90");
  EXPECT_EQ(cover.sent("open_cover_tilt"), "tc 0/0/-90");
}

TEST(Cover, further_attributes_do_not_say_what_the_platform_says) {
  PlatformBench cover("cover", R"({"state_topic":"s","json_attributes_topic":"a"})");
  EXPECT_EQ(cover.values("a", R"({"current_position":7,"motor":"left"})"), R"({"motor":"left"})");
  EXPECT_EQ(cover.values("a", R"([1])"), "fault: json_attributes: expected a JSON object");
}

TEST(Cover, numbers_beyond_all_reason) {
  PlatformBench cover("cover", R"({"position_topic":"p","set_position_topic":"c","position_open":1e300,
    "tilt_command_topic":"t","tilt_opened_value":-1e300})");
  EXPECT_EQ(cover.values("p", "1e308"), R"({"current_position":100,"state":"open"})");
  EXPECT_EQ(cover.sent("set_cover_position", R"({"position":50})"), "c 9007199254740992");
  EXPECT_EQ(cover.sent("open_cover_tilt"), "t -9007199254740992");
}

TEST(Cover, without_any_report_it_is_assumed) {
  EXPECT_TRUE(PlatformBench("cover", R"({"command_topic":"c"})").description().assumed_state);
  EXPECT_TRUE(PlatformBench("cover", R"({"command_topic":"c","state_topic":"s","optimistic":true})")
                  .description()
                  .assumed_state);
}

}  // namespace
}  // namespace gable::discovery

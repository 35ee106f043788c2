// Lawn mowers: three commands, each with a topic of its own.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(LawnMower, has_the_features_that_it_has_topics_for) {
  PlatformBench mower("lawn_mower", R"({"activity_state_topic":"s","activity_value_template":
    "{{ value_json.activity }}","dock_command_topic":"c","dock_command_template":
    "{\"activity\":\"{{ value }}\"}","start_mowing_command_topic":"c"})");
  EXPECT_EQ(mower.description().features, (std::vector<std::string>{"start_mowing", "dock"}));
  EXPECT_FALSE(mower.description().assumed_state);
  EXPECT_EQ(mower.values("s", R"({"activity":"mowing"})"), R"({"state":"mowing"})");
  EXPECT_EQ(mower.values("s", R"({"activity":"returning"})"), R"({"state":"returning"})");
  EXPECT_EQ(mower.values("s", R"({"activity":"none"})"), R"({"state":null})");
  EXPECT_EQ(mower.values("s", R"({"activity":"flying"})"),
            "fault: state: expected one of its payloads, found 'flying'");
  EXPECT_EQ(mower.sent("dock"), R"(c {"activity":"dock"})");
  EXPECT_EQ(mower.sent("start_mowing"), "c start_mowing");
  EXPECT_EQ(mower.sent("pause"),
            "refused: pause needs the feature pause; this lawn_mower has start_mowing, dock");
}

TEST(LawnMower, without_a_topic_for_its_activity_it_is_assumed) {
  PlatformBench mower("lawn_mower", R"({"pause_command_topic":"c"})");
  EXPECT_TRUE(mower.description().assumed_state);
  EXPECT_EQ(mower.sent("pause"), "c pause");
}

}  // namespace
}  // namespace gable::discovery

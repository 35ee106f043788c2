// Recordings and what `gable play` makes of them, without a broker.

#include "gable/recording.hpp"

#include <gtest/gtest.h>

#include "gable/entity_text.hpp"
#include "gable/playback.hpp"

namespace gable::cli {
namespace {

Recorded example(std::string payload) {
  Recorded recorded{.at = *wire::parse_time("2026-11-22T17:05:30.118Z"), .message = {}};
  recorded.message.topic = "gable/state/light/desk";
  recorded.message.payload = std::move(payload);
  recorded.message.retain = true;
  recorded.message.qos = 2;
  return recorded;
}

TEST(RecordingTest, TextReadsBackAsItWas) {
  const auto line = encode_recorded(example("{\"state\":\"on\"}\n\"ü\""));
  const auto back = decode_recorded(line);
  ASSERT_TRUE(back) << back.error().message();
  EXPECT_EQ(back->at, example("").at);
  EXPECT_EQ(back->message.topic, "gable/state/light/desk");
  EXPECT_EQ(back->message.payload, "{\"state\":\"on\"}\n\"ü\"");
  EXPECT_TRUE(back->message.retain);
  EXPECT_EQ(back->message.qos, 2);
}

TEST(RecordingTest, BytesThatAreNoTextReadBackAsTheyWere) {
  for (std::size_t length = 1; length < 9; ++length) {
    std::string bytes("\xff\x00\x80\xfe\x01\x7f\xc0\xaf", length);
    const auto line = encode_recorded(example(bytes));
    EXPECT_NE(line.find("\"b64\":"), std::string::npos);
    const auto back = decode_recorded(line);
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(back->message.payload, bytes);
  }
}

TEST(RecordingTest, Base64IsTheCommonOne) {
  EXPECT_EQ(to_base64("light"), "bGlnaHQ=");
  EXPECT_EQ(to_base64("ligh"), "bGlnaA==");
  EXPECT_EQ(from_base64("bGlnaHQ="), "light");
  EXPECT_FALSE(from_base64("bGlnaHQ"));
  EXPECT_FALSE(from_base64("bGl*aHQ="));
}

TEST(RecordingTest, WrongLinesAreRefused) {
  for (const auto* line : {"", "{}", R"({"t":"yesterday","topic":"a","payload":""})",
                           R"({"t":"2026-11-22T17:05:30Z","topic":"a/+","payload":""})",
                           R"({"t":"2026-11-22T17:05:30Z","topic":"a","b64":"?"})",
                           R"({"t":"2026-11-22T17:05:30Z","topic":"a","payload":"","qos":3})",
                           "2011-06-15 01:03:39.14962 Bedroom Bedroom ON Sleep"}) {
    EXPECT_FALSE(decode_recorded(line)) << line;
  }
}

TEST(HouseLineTest, IsRecognised) {
  EXPECT_TRUE(is_house_line("2011-06-15 01:03:39.14962 Bedroom Bedroom ON Sleep"));
  EXPECT_TRUE(is_house_line("2011-06-15 08:14:24 OutsideDoor\tFrontDoor CLOSE"));
  EXPECT_FALSE(is_house_line("2011-06-15 08:14:24 Kitchen Kitchen 21.5"));
  EXPECT_FALSE(is_house_line("Kitchen Kitchen ON"));
  EXPECT_FALSE(is_house_line(encode_recorded(example("on"))));
}

TEST(PatternTest, PartsAndStars) {
  EXPECT_TRUE(matches_pattern("kitchen", "light.Kitchen_ceiling"));
  EXPECT_TRUE(matches_pattern("light.*", "light.kitchen"));
  EXPECT_TRUE(matches_pattern("*.k?tchen", "light.kitchen"));
  EXPECT_FALSE(matches_pattern("light.", "switch.lights"));
  EXPECT_FALSE(matches_pattern("light.?", "light.kitchen"));
}

TEST(AssignmentTest, ValuesAreJsonOrText) {
  EXPECT_EQ(parse_assignment("brightness=120").value, wire::Value(120));
  EXPECT_EQ(parse_assignment("brightness=40%").value, wire::Value("40%"));
  EXPECT_EQ(parse_assignment("effect=a=b").value, wire::Value("a=b"));
  EXPECT_EQ(parse_assignment("rgb_color=[1,2,3]").value, wire::Value(wire::List{1, 2, 3}));
  EXPECT_TRUE(parse_assignment("on").name.empty());
  EXPECT_TRUE(parse_assignment("=1").name.empty());
}

}  // namespace
}  // namespace gable::cli

// The getters: what they take, and what they say when they do not.

#include <gtest/gtest.h>

#include <functional>

#include "memory_files.hpp"

namespace gable::node::test {
namespace {

ConfigNode value_of(const std::string& yaml) {
  return parse_config("f.yaml", "x: " + yaml + "\n").root.at("x");
}

std::string complaint(const std::string& yaml, const std::function<void(const ConfigNode&)>& read) {
  try {
    read(value_of(yaml));
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

struct DurationSample {
  std::string yaml;
  std::int64_t milliseconds;  // −1: refused
};

class DurationTest : public testing::TestWithParam<DurationSample> {};

TEST_P(DurationTest, Reads) {
  const DurationSample& sample = GetParam();
  if (sample.milliseconds >= 0) {
    EXPECT_EQ(value_of(sample.yaml).as_duration().count(), sample.milliseconds);
  } else {
    EXPECT_NE(complaint(sample.yaml, [](const ConfigNode& n) { (void)n.as_duration(); }), "no error");
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, DurationTest,
    testing::Values(DurationSample{"5", 5000}, DurationSample{"2.5", 2500}, DurationSample{"'5'", 5000},
                    DurationSample{"5s", 5000}, DurationSample{"250ms", 250},
                    DurationSample{"10 min", 600'000}, DurationSample{"2h", 7'200'000},
                    DurationSample{"1d", 86'400'000}, DurationSample{"0", 0},
                    DurationSample{"'00:05:00'", 300'000}, DurationSample{"00:05:00", 300'000},
                    DurationSample{"'00:05'", 300'000}, DurationSample{"05:30", 19'800'000},
                    DurationSample{"5:30", 330'000},  // YAML 1.1 reads a number to base 60
                    DurationSample{"'5:30'", 19'800'000}, DurationSample{"00:00:01.5", 1500},
                    DurationSample{"{hours: 1, minutes: 2, seconds: 3.5}", 3'723'500},
                    DurationSample{"{days: 1}", 86'400'000}, DurationSample{"-5", -1},
                    DurationSample{"5 parsecs", -1}, DurationSample{"s", -1}, DurationSample{"00:99:00", -1},
                    DurationSample{"1:2:3:4", -1}, DurationSample{"1e30", -1}, DurationSample{"nan", -1},
                    DurationSample{"", -1}, DurationSample{"[1]", -1}, DurationSample{"':'", -1},
                    DurationSample{"{hour: 1}", -1}, DurationSample{"{hours: -1}", -1}));

TEST(ConfigTree, Complaints) {
  const auto number = [](const ConfigNode& n) { (void)n.as_number(0, 10.5); };
  const auto whole = [](const ConfigNode& n) { (void)n.as_int(1, 65535); };
  const auto boolean = [](const ConfigNode& n) { (void)n.as_bool(); };
  const auto text = [](const ConfigNode& n) { (void)n.as_text(); };
  EXPECT_EQ(complaint("abc", number), "f.yaml:1:4: expected a number, found 'abc'");
  EXPECT_EQ(complaint("11", number), "f.yaml:1:4: expected at most 10.5, found '11'");
  EXPECT_EQ(complaint("-1", number), "f.yaml:1:4: expected at least 0, found '-1'");
  EXPECT_EQ(complaint("inf", number), "f.yaml:1:4: expected a number, found 'inf'");
  EXPECT_EQ(complaint("007", number), "f.yaml:1:4: expected a number, found '007' (without leading zeros)");
  EXPECT_EQ(complaint("0123", whole),
            "f.yaml:1:4: expected a whole number, found '0123' (without leading zeros)");
  EXPECT_EQ(complaint("1.5", whole), "f.yaml:1:4: expected a whole number, found '1.5'");
  EXPECT_EQ(complaint("0", whole), "f.yaml:1:4: expected at least 1, found '0'");
  EXPECT_EQ(complaint("65536", whole), "f.yaml:1:4: expected at most 65535, found '65536'");
  EXPECT_EQ(complaint("99999999999999999999", whole),
            "f.yaml:1:4: expected a whole number, found '99999999999999999999'");
  EXPECT_EQ(complaint("maybe", boolean), "f.yaml:1:4: expected true or false, found 'maybe'");
  EXPECT_EQ(complaint("", boolean), "f.yaml:1:1: expected true or false, found nothing");
  EXPECT_EQ(complaint("[a]", text), "f.yaml:1:4: expected a text, found a list");
  EXPECT_EQ(complaint("{a: 1}", text), "f.yaml:1:4: expected a text, found keys with values");
  EXPECT_EQ(complaint("a", [](const ConfigNode& n) { (void)n.items(); }),
            "f.yaml:1:4: expected a list, found 'a' (lines that begin with '- ')");
  EXPECT_EQ(complaint("a", [](const ConfigNode& n) { (void)n.find("k"); }),
            "f.yaml:1:4: expected keys with values, found 'a' (lines of the form 'key: value')");
  EXPECT_EQ(complaint("{a: 1}", [](const ConfigNode& n) { (void)n.at("b"); }),
            "f.yaml:1:4: the key 'b' is missing");
  EXPECT_EQ(complaint("0123", [](const ConfigNode& n) { (void)n.to_value(); }),
            "f.yaml:1:4: a number with a leading zero (put it in quotes if it is meant as text)");
}

TEST(ConfigTree, LongAndOddTextsAreShownShort) {
  const std::string shown =
      complaint("\"" + std::string(59, 'a') + "äb\\nc\"", [](const ConfigNode& n) { (void)n.as_bool(); });
  EXPECT_EQ(shown, "f.yaml:1:4: expected true or false, found '" + std::string(59, 'a') + "…'");
  EXPECT_EQ(complaint("\"a\\n\\eb\"", [](const ConfigNode& n) { (void)n.as_bool(); }),
            "f.yaml:1:4: expected true or false, found 'a  b'");
}

TEST(ConfigTree, UnknownKeysNameTheNearest) {
  const auto keys = [](const ConfigNode& n) { n.expect_keys({"latitude", "longitude", "name"}); };
  EXPECT_EQ(complaint("{name: a, lattitude: 1}", keys),
            "f.yaml:1:14: unknown key 'lattitude' (did you mean 'latitude'?)");
  EXPECT_EQ(complaint("{qqqqqqqq: 1}", keys),
            "f.yaml:1:5: unknown key 'qqqqqqqq' (known: latitude, longitude, name)");
  EXPECT_EQ(complaint("{name: a}", keys), "no error");
  EXPECT_EQ(complaint("", keys), "no error");
}

TEST(ConfigTree, TextLists) {
  EXPECT_EQ(value_of("[a, 5, on]").as_text_list(), (std::vector<std::string>{"a", "5", "on"}));
  EXPECT_EQ(value_of("a").as_text_list(), std::vector<std::string>{"a"});
  EXPECT_TRUE(value_of("").as_text_list().empty());
  EXPECT_EQ(complaint("[a, [b]]", [](const ConfigNode& n) { (void)n.as_text_list(); }),
            "f.yaml:1:8: expected a text, found a list");
}

TEST(ConfigTree, ErrorsCarryTheirParts) {
  try {
    (void)parse_config("house.yaml", "a: 1\na: 2\n");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_EQ(error.file, "house.yaml");
    EXPECT_EQ(error.line, 2U);
    EXPECT_EQ(error.column, 1U);
    EXPECT_EQ(error.text, "the key 'a' stands here twice");
    EXPECT_EQ(error.hint, "first in line 1");
  }
  EXPECT_STREQ(ConfigError("no such option", "see --help").what(), "no such option (see --help)");
}

}  // namespace
}  // namespace gable::node::test

// What rules in shadow decided against what really happened.

#include "app/shadow_match.hpp"

#include <gtest/gtest.h>

#include "wire/json.hpp"

namespace gable::hub {
namespace {

using std::chrono::milliseconds;

const wire::Time kNoon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);

class ShadowMatchTest : public testing::Test {
 protected:
  // `rest`: `"from":"off","to":"on","by":"mqtt"`
  void change(milliseconds after, const std::string& rest, const std::string& entity = "light.hall") {
    const auto line = wire::parse_object(R"({"t":")" + wire::format_time(kNoon + after) +
                                         R"(","k":"change","e":")" + entity + "\"," + rest + "}");
    ASSERT_TRUE(line.has_value());
    match_.add(*line);
  }
  Comparison decide(const std::string& expected, const std::string& entity = "light.hall") {
    return match_.judge({kNoon, "automation.hall", 7, entity, *wire::parse_object(expected)});
  }

  ShadowMatch match_;
};

TEST_F(ShadowMatchTest, SomebodyElseDidTheSameBeforeOrAfter) {
  change(milliseconds(-1'990), R"("from":"off","to":"on","by":"mqtt")");
  change(milliseconds(1'990), R"("from":"on","to":"off","by":"client:anna")");
  EXPECT_EQ(decide(R"({"state":"on"})").by, "mqtt");
  const Comparison off = decide(R"({"state":"off"})");
  EXPECT_EQ(off.agreement, Agreement::done);
  EXPECT_EQ(off.by, "client:anna");
}

TEST_F(ShadowMatchTest, TwoSecondsAreAll) {
  change(milliseconds(-60'000), R"("from":null,"to":"off","by":"mqtt")");
  change(milliseconds(2'001), R"("from":"off","to":"on","by":"mqtt")");
  const Comparison late = decide(R"({"state":"on"})");
  EXPECT_EQ(late.agreement, Agreement::missed);
  EXPECT_EQ(wire::to_json(late.found), R"({"state":"off"})");
}

TEST_F(ShadowMatchTest, WhatIsSoAlreadyNeedsNobody) {
  change(milliseconds(-60'000), R"("from":"off","to":"on","by":"mqtt")");
  EXPECT_EQ(decide(R"({"state":"on"})").agreement, Agreement::already);
}

TEST_F(ShadowMatchTest, TheRuleItselfDoesNotCount) {
  change(milliseconds(-60'000), R"("from":null,"to":"off","by":"mqtt")");
  change(milliseconds(10), R"("from":"off","to":"on","by":"automation.hall")");
  EXPECT_EQ(decide(R"({"state":"on"})").agreement, Agreement::missed);
}

TEST_F(ShadowMatchTest, AttributesAreComparedAsFarAsTheyWereEverReported) {
  change(milliseconds(-60'000), R"("from":null,"to":"off","by":"mqtt")");
  change(milliseconds(10), R"("from":"off","to":"on","a":{"brightness":80},"by":"mqtt")");
  EXPECT_EQ(decide(R"({"state":"on","brightness":81})").agreement, Agreement::done);
  EXPECT_EQ(decide(R"({"state":"on","brightness":200})").agreement, Agreement::missed);
  EXPECT_EQ(decide(R"({"state":"on","color_temp_kelvin":3000})").agreement, Agreement::done);
}

TEST_F(ShadowMatchTest, NumbersAreTextsInTheJournal) {
  change(milliseconds(10), R"("from":"1.0","to":"21.0","by":"mqtt")", "input_number.level");
  EXPECT_EQ(decide(R"({"state":21})", "input_number.level").agreement, Agreement::done);
}

TEST_F(ShadowMatchTest, AToggleIsAnyChangeOfTheState) {
  change(milliseconds(-60'000), R"("from":null,"to":"on","by":"mqtt")");
  change(milliseconds(-5), R"("to":"on","a":{"brightness":9},"by":"mqtt")");
  EXPECT_EQ(decide(R"({"toggle":true})").agreement, Agreement::missed);
  change(milliseconds(5), R"("from":"on","to":"off","by":"mqtt")");
  EXPECT_EQ(decide(R"({"toggle":true})").agreement, Agreement::done);
}

TEST_F(ShadowMatchTest, AnEntityThatWasNeverSeenIsMissed) {
  EXPECT_EQ(decide(R"({"state":"on"})").agreement, Agreement::missed);
}

}  // namespace
}  // namespace gable::hub

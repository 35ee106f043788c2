// Who may act: files, the whole house, and what somebody said about one rule.

#include "house_of_rules.hpp"

namespace gable::rules {
namespace {

TEST(EnforcingTest, ARuleThatWasMovedIsNotAskedForItsFileOrTheHousesShadow) {
  Enforcing enforcing(Enforcement::shadow);
  enforcing.moved["automation.a"] = Enforcement::live;
  EXPECT_EQ(enforcing.of("automation.a", Enforcement::off), Enforcement::live);
  EXPECT_EQ(enforcing.of("automation.b", Enforcement::live), Enforcement::shadow);
}

TEST(EnforcingTest, AShadowWakesNothingThatIsOff) {
  EXPECT_EQ(Enforcing(Enforcement::shadow).of("automation.a", Enforcement::off), Enforcement::off);
}

TEST(EnforcingTest, AHouseThatIsOffIsOff) {
  Enforcing enforcing(Enforcement::off);
  enforcing.moved["automation.a"] = Enforcement::live;
  EXPECT_EQ(enforcing.of("automation.a", Enforcement::live), Enforcement::off);
}

TEST(EnforcingTest, WhatTheFileSaysCountsInAHouseThatIsLive) {
  EXPECT_EQ(Enforcing().of("automation.a", Enforcement::shadow), Enforcement::shadow);
}

constexpr const char* kRules = R"(
automation:
  - alias: Slow
    triggers: {trigger: event, event_type: go}
    actions: [{delay: 10}, {action: notify.all}]
template:
  - triggers: {trigger: event, event_type: go}
    actions: {action: notify.others}
    sensor: {name: Count, state: "1"}
)";

class EnforcingRulesTest : public test::HouseOfRules {
 protected:
  void load_with(const Enforcing& enforcing) {
    test::Read read(kRules);
    engine->load(std::move(read.rules), now, enforcing);
  }
};

TEST_F(EnforcingRulesTest, AHouseInShadowWithholdsTheActionsOfTemplateEntities) {
  load_with(Enforcement::shadow);
  engine->handle(HouseStarted{}, now);
  engine->handle(BusEvent{"go", {}, {}}, now);
  pass(std::chrono::seconds(20));
  EXPECT_EQ(did(), "");
}

TEST_F(EnforcingRulesTest, WhatAShadowBeganIsNotEndedInEarnest) {
  load_with(Enforcement::shadow);
  engine->handle(HouseStarted{}, now);
  engine->handle(BusEvent{"go", {}, {}}, now);
  load_with(Enforcement::live);
  pass(std::chrono::seconds(20));
  EXPECT_EQ(did(), "");
  engine->handle(BusEvent{"go", {}, {}}, now);
  pass(std::chrono::seconds(20));
  EXPECT_EQ(did(), "notify.others; notify.all");
}

}  // namespace
}  // namespace gable::rules

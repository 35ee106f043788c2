// The desk itself: order, what callbacks may do, `enabled`, `variables`, and what triggers cost that are not
// concerned.
#include <functional>

#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;
using Secs = std::chrono::seconds;

class TriggerDeskTest : public TriggerTest {
 protected:
  void on_fired(const Fired& one) override {
    TriggerTest::on_fired(one);
    if (then) then(one);
  }
  static Trigger on_change(const std::string& entity = "light.a") {
    StateTrigger t;
    t.entities = {entity};
    return trigger_of("state", std::move(t));
  }
  static Trigger becomes_on(const std::string& entity) {
    return trigger_of("template", TemplateTrigger{templated("{{ is_state('" + entity + "', 'on') }}"), {}});
  }
  std::function<void(const Fired&)> then;
};

TEST_F(TriggerDeskTest, FiresInTheOrderOfAttachmentAndByNumberWithin) {
  house.set("light.a", "off");
  EventTrigger changed;
  changed.types = {literal("state_changed")};
  const TriggerOwner first = attach({becomes_on("light.a"), on_change()});
  const TriggerOwner second = attach({trigger_of("event", changed), on_change(), becomes_on("light.a")});
  change("light.a", "on");
  ASSERT_EQ(fired.size(), 5U);
  std::vector<std::pair<TriggerOwner, std::size_t>> order;
  for (const Fired& one : fired) order.emplace_back(one.owner, one.index);
  EXPECT_EQ(order, (decltype(order){{first, 0}, {first, 1}, {second, 0}, {second, 1}, {second, 2}}));
}

TEST_F(TriggerDeskTest, WhatIsDueFiresInTheOrderOfTimeThenOfAttachment) {
  StateTrigger late, soon;
  late.entities = soon.entities = {"light.a"};
  late.hold = seconds(20);
  soon.hold = seconds(10);
  attach({trigger_of("state", late), trigger_of("state", soon), trigger_of("state", late)});
  change("light.a", "on");
  now += std::chrono::hours(1);
  desk->handle(TimePassed{}, now);
  ASSERT_EQ(fired.size(), 3U);
  EXPECT_EQ(fired[0].index, 1U);
  EXPECT_EQ(fired[1].index, 0U);
  EXPECT_EQ(fired[2].index, 2U);
}

TEST_F(TriggerDeskTest, ACallbackMayDetachOthersAndItself) {
  const TriggerOwner first = attach({on_change(), on_change()});
  const TriggerOwner second = attach({on_change()});
  then = [&](const Fired&) {
    desk->detach(first);
    desk->detach(second);
    owned.clear();
  };
  change("light.a", "on");
  EXPECT_EQ(fired.size(), 1U);
  change("light.a", "off");
  EXPECT_EQ(fired.size(), 1U);
}

TEST_F(TriggerDeskTest, ACallbackMayDetachWhatIsDueNext) {
  StateTrigger t;
  t.entities = {"light.a"};
  t.hold = seconds(10);
  const TriggerOwner owner = attach({trigger_of("state", t), trigger_of("state", t)});
  change("light.a", "on");
  then = [&](const Fired&) { desk->detach(owner); };
  wait(Secs(10));
  EXPECT_EQ(fired.size(), 1U);
  EXPECT_EQ(rows(), 0U);
}

TEST_F(TriggerDeskTest, WhatACallbackAttachesHearsOnlyTheNext) {
  attach({on_change()});
  then = [&](const Fired&) {
    then = nullptr;
    for (int i = 0; i < 100; ++i) attach({on_change()}, "automation.more");
  };
  change("light.a", "on");
  EXPECT_EQ(fired.size(), 1U);
  change("light.a", "off");
  EXPECT_EQ(fired.size(), 102U);
}

TEST_F(TriggerDeskTest, EnabledIsRenderedOnce) {
  variables.define("wanted", Value(false));
  Trigger off = on_change();
  off.enabled = literal(false);
  Trigger rendered = on_change();
  rendered.enabled = templated("{{ wanted }}");
  Trigger broken = on_change();
  broken.enabled = templated("{{ 1 / 0 }}");
  attach({off, rendered, on_change(), broken});
  change("light.a", "on");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(fired[0].index, 2U);
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(TriggerDeskTest, VariablesOfATriggerAreRenderedWhenItFires) {
  Trigger t = on_change();
  t.variables = {{"who", templated("{{ trigger.entity_id }}")}, {"loud", templated("{{ who | upper }}")}};
  attach({t});
  change("light.a", "on");
  EXPECT_EQ(shown("[who, loud]"), "['light.a', 'LIGHT.A']");
}

TEST_F(TriggerDeskTest, VariablesThatFailAreNamedAndNothingFires) {
  Trigger t = on_change();
  t.variables = {{"who", templated("{{ 1 / 0 }}")}};
  attach({t});
  change("light.a", "on");
  EXPECT_EQ(count(), 0U);
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(TriggerDeskTest, AThousandTriggersOfOthersAddNoWork) {
  std::vector<Trigger> others;
  for (int i = 0; i < 500; ++i) {
    others.push_back(becomes_on("light.l" + std::to_string(i)));
    NumericStateTrigger t;
    t.entities = {"sensor.s" + std::to_string(i)};
    t.above.number = 1;
    others.push_back(trigger_of("numeric_state", t));
  }
  attach(others);
  house.looks = 0;
  EXPECT_FALSE(desk->listens_to("light.a"));
  EXPECT_TRUE(desk->listens_to("light.l7"));
  for (int i = 0; i < 100; ++i) change("light.a", i % 2 == 0 ? "on" : "off");
  EXPECT_EQ(house.looks, 0);
  EXPECT_EQ(count(), 0U);
}

TEST_F(TriggerDeskTest, NothingStaysBehindWhenAllIsDetached) {
  MqttTrigger mqtt;
  mqtt.topic = literal("a");
  const TriggerOwner owner =
      attach({on_change(), becomes_on("light.b"), trigger_of("mqtt", mqtt),
              trigger_of("time", TimeTrigger{{TimeAt{Secs(0), {}, {}, {}}}, kEveryDay}),
              trigger_of("template", TemplateTrigger{templated("{{ now().day == 1 }}"), {}})});
  EXPECT_TRUE(desk->next_deadline());
  desk->detach(owner);
  EXPECT_FALSE(desk->next_deadline());
  EXPECT_FALSE(desk->listens_to("light.a"));
  EXPECT_FALSE(desk->listens_to("light.b"));
  EXPECT_TRUE(house.subscribed.empty());
}

}  // namespace
}  // namespace gable::rules::test

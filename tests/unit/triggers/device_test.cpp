// Device triggers: of generic domains as changes of state, of others as events.
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

class DeviceTriggerTest : public TriggerTest {
 protected:
  static DeviceTrigger of(const char* domain, const char* type, const char* entity = "") {
    DeviceTrigger t;
    t.device = "d1";
    t.domain = domain;
    t.type = type;
    t.entity = entity;
    return t;
  }
  void put(DeviceTrigger t) { attach("device", std::move(t)); }
  // The event entity of d1, which said `last` long ago, and a trigger on its `single`.
  void knob(const char* last) {
    house.set("event.knob", "2026-01-01T00:00:00Z", {{"event_type", last}});
    house.devices_of["event.knob"] = "d1";
    DeviceTrigger t = of("mqtt", "action");
    t.subtype = "single";
    put(t);
  }
  void registry() { desk->handle(RegistryChanged{}, now); }
  void pressed(const char* device, const char* type, const char* subtype) {
    auto data = std::make_shared<jinja::Dict>();
    data->set("device_id", device);
    data->set("type", type);
    data->set("subtype", subtype);
    desk->handle(BusEvent{"device_trigger", jinja::DictPtr(std::move(data)), {}}, now);
  }
};

TEST_F(DeviceTriggerTest, TurnedOnAndOffAndChangedStates) {
  house.set("light.a", "off");
  put(of("light", "turned_on", "light.a"));
  put(of("light", "turned_off", "light.a"));
  put(of("light", "changed_states", "light.a"));
  change("light.a", "on");
  EXPECT_EQ(count(), 2U);
  EXPECT_EQ(shown("[trigger.platform, trigger.entity_id]"), "['device', 'light.a']");
  change("light.a", "on", {{"x", 1}});
  EXPECT_EQ(count(), 0U);
}

TEST_F(DeviceTriggerTest, BinarySensorsCoversAndHolds) {
  house.set("binary_sensor.m", "off");
  house.set("cover.c", "closed", {{"current_position", 0}});
  DeviceTrigger quiet = of("binary_sensor", "no_motion", "binary_sensor.m");
  quiet.hold = seconds(30);
  put(quiet);
  put(of("cover", "opened", "cover.c"));
  DeviceTrigger half = of("cover", "position", "cover.c");
  half.options = {{"above", literal(50)}};
  put(half);
  change("binary_sensor.m", "on");
  change("binary_sensor.m", "off");
  wait(std::chrono::seconds(30));
  EXPECT_EQ(count(), 1U);
  change("cover.c", "open", {{"current_position", 20}});
  EXPECT_EQ(count(), 1U);
  change("cover.c", "open", {{"current_position", 60}});
  EXPECT_EQ(count(), 1U);
}

TEST_F(DeviceTriggerTest, SensorsAreNumbersFoundByTheirDeviceClass) {
  house.set("sensor.temperature", "20", {{"device_class", "temperature"}});
  house.set("sensor.battery", "80", {{"device_class", "battery"}});
  house.devices_of = {{"sensor.temperature", "d1"}, {"sensor.battery", "d1"}};
  DeviceTrigger low = of("sensor", "battery_level", "0123456789abcdef0123456789abcdef");
  low.options = {{"below", literal(20)}};
  put(low);
  change("sensor.temperature", "10", {{"device_class", "temperature"}});
  EXPECT_EQ(count(), 0U);
  change("sensor.battery", "10", {{"device_class", "battery"}});
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.platform, trigger.below]"), "['device', 20.0]");
}

TEST_F(DeviceTriggerTest, WaitsUntilTheDeviceIsKnown) {
  put(of("switch", "turned_on"));
  house.set("switch.a", "off");
  change("switch.a", "on");
  EXPECT_EQ(count(), 0U);
  house.devices_of["switch.a"] = "d1";
  registry();
  change("switch.a", "off");
  change("switch.a", "on");
  EXPECT_EQ(count(), 1U);
  house.devices_of.clear();
  registry();
  EXPECT_FALSE(desk->listens_to("switch.a"));
}

TEST_F(DeviceTriggerTest, AHoldWaitsForItsDeviceAcrossARestart) {
  house.set("switch.a", "off");
  house.devices_of["switch.a"] = "d1";
  DeviceTrigger t = of("switch", "turned_on");
  t.hold = seconds(60);
  const std::vector<Trigger> rule{trigger_of("device", t)};
  attach(rule);
  change("switch.a", "on");
  EXPECT_EQ(rows(), 1U);
  crash(std::chrono::hours(1));
  house.devices_of.clear();
  attach(rule);
  restore();
  start();
  EXPECT_TRUE(fired.empty());
  house.devices_of["switch.a"] = "d1";
  registry();
  wait(std::chrono::seconds(1));
  EXPECT_EQ(fired.size(), 1U);
  EXPECT_EQ(rows(), 0U);
}

TEST_F(DeviceTriggerTest, ButtonsAreEventsOfTheDevice) {
  DeviceTrigger t = of("mqtt", "button_short_press");
  t.subtype = "button_1";
  put(t);
  pressed("d1", "button_short_press", "button_1");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.device_id, trigger.subtype]"), "['d1', 'button_1']");
  pressed("d1", "button_short_press", "button_2");
  pressed("d2", "button_short_press", "button_1");
  EXPECT_EQ(count(), 0U);
}

TEST_F(DeviceTriggerTest, ButtonsMayBeEventEntities) {
  knob("single");
  change("event.knob", "2026-01-15T12:00:00Z", {{"event_type", "single"}});
  EXPECT_EQ(count(), 1U);
  change("event.knob", "2026-01-15T12:00:01Z", {{"event_type", "double"}});
  EXPECT_EQ(count(), 0U);
}

TEST_F(DeviceTriggerTest, AButtonThatIsAnnouncedBothWaysIsPressedOnce) {
  knob("double");
  for (const auto* moment : {"2026-01-15T12:00:00Z", "2026-01-15T12:00:05Z"}) {
    pressed("d1", "action", "single");
    change("event.knob", moment, {{"event_type", "single"}});
    EXPECT_EQ(count(), 1U);
  }
}

TEST_F(DeviceTriggerTest, ATypeThatTheDomainDoesNotHaveIsNamed) {
  put(of("light", "exploded", "light.a"));
  EXPECT_EQ(house.logged.size(), 1U);
}

TEST_F(DeviceTriggerTest, TrackersEnterZones) {
  house.set("zone.home", "0", {{"latitude", 52.5}, {"longitude", 13.4}, {"radius", 100}});
  house.set("device_tracker.p", "not_home");
  DeviceTrigger t = of("device_tracker", "enters", "device_tracker.p");
  t.options = {{"zone", literal("zone.home")}};
  put(t);
  change("device_tracker.p", "home");
  EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace gable::rules::test

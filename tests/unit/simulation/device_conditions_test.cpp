// Conditions of devices as Home Assistant's editor writes them: by an entity's name, or by an id that only
// its registry knows.
#include <gtest/gtest.h>

#include "engine/conditions.hpp"
#include "simulation/simulated_house.hpp"

namespace gable::rules::test {
namespace {

class DeviceConditionsTest : public ::testing::Test {
 protected:
  DeviceConditionsTest() : house_(simulation::HouseSettings{}) {
    place("binary_sensor.door", "on", "d1", {{"device_class", "door"}});
    place("binary_sensor.move", "off", "d1", {{"device_class", "motion"}});
    place("climate.room", "heat", "d1", {{"preset_mode", "eco"}});
    place("cover.blind", "open", "d1", {{"current_position", 40}});
    place("sensor.warmth", "21.5", "d1", {{"device_class", "temperature"}});
    place("light.one", "on", "d2", {});
    place("light.two", "off", "d2", {});
    place("device_tracker.phone", "work", "d3", {});
    place("vacuum.robot", "returning", "d3", {});
  }

  void place(const std::string& id, const std::string& state, const std::string& device,
             wire::Object attributes) {
    house_.place_entity(id, state, std::move(attributes));
    house_.entities().find(id)->device = device;
  }

  Verdict judged(DeviceCondition asked) {
    Condition condition;
    condition.kind = std::move(asked);
    return judge(condition, Scope(), Renderer(house_, house_.now())).verdict;
  }

  static DeviceCondition of(const std::string& device, const std::string& domain, const std::string& type) {
    DeviceCondition out;
    out.device = device;
    out.domain = domain;
    out.type = type;
    out.entity = "5ef6609d7bee0398fa0100f1d52c0f6e";
    return out;
  }

  static DeviceCondition with(DeviceCondition asked, const std::string& name, jinja::Value value) {
    asked.options.emplace_back(name, Templated(std::move(value)));
    return asked;
  }

  simulation::SimulatedHouse house_;
};

TEST_F(DeviceConditionsTest, ABinarySensorIsFoundByItsClass) {
  EXPECT_EQ(judged(of("d1", "binary_sensor", "is_motion")), Verdict::no);
  EXPECT_EQ(judged(of("d1", "binary_sensor", "is_no_motion")), Verdict::yes);
  EXPECT_EQ(judged(of("d1", "binary_sensor", "is_occupied")), Verdict::error);
}

TEST_F(DeviceConditionsTest, StatesModesAndNumbers) {
  EXPECT_EQ(judged(of("d1", "cover", "is_open")), Verdict::yes);
  EXPECT_EQ(judged(with(of("d1", "cover", "is_position"), "above", jinja::Value(50))), Verdict::no);
  EXPECT_EQ(judged(with(of("d1", "climate", "is_hvac_mode"), "hvac_mode", jinja::Value("heat"))),
            Verdict::yes);
  EXPECT_EQ(judged(with(of("d1", "climate", "is_preset_mode"), "preset_mode", jinja::Value("away"))),
            Verdict::no);
  EXPECT_EQ(judged(with(of("d1", "sensor", "is_temperature"), "above", jinja::Value(20))), Verdict::yes);
  EXPECT_EQ(judged(of("d3", "vacuum", "is_cleaning")), Verdict::yes);
  EXPECT_EQ(judged(of("d3", "device_tracker", "is_not_home")), Verdict::yes);
  EXPECT_EQ(judged(of("d3", "device_tracker", "is_home")), Verdict::no);
}

TEST_F(DeviceConditionsTest, OneOfSeveralHasToBeNamed) {
  EXPECT_EQ(judged(of("d2", "light", "is_on")), Verdict::error);
  DeviceCondition named = of("d2", "light", "is_on");
  named.entity = "light.one";
  EXPECT_EQ(judged(named), Verdict::yes);
  named.entity = "light.two";
  EXPECT_EQ(judged(named), Verdict::no);
}

TEST_F(DeviceConditionsTest, AWordThatNobodyKnowsIsAnError) {
  EXPECT_EQ(judged(of("d1", "cover", "is_ajar")), Verdict::error);
  EXPECT_EQ(judged(of("d9", "cover", "is_open")), Verdict::error);
}

}  // namespace
}  // namespace gable::rules::test

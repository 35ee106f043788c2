// The zone trigger.
#include "trigger_house.hpp"

namespace gable::rules::test {
namespace {

class ZoneTriggerTest : public TriggerTest {
 protected:
  ZoneTriggerTest() {
    house.set("zone.home", "0",
              {{"latitude", 52.5}, {"longitude", 13.4}, {"radius", 100}, {"friendly_name", "Our house"}});
    house.set("zone.work", "0",
              {{"latitude", 52.6}, {"longitude", 13.4}, {"radius", 100}, {"friendly_name", "Work"}});
    attach({trigger_of("zone", ZoneTrigger{{"person.eva"}, "zone.home", true}),
            trigger_of("zone", ZoneTrigger{{"person.eva"}, "zone.home", false})});
  }
  void at(double latitude, const char* state) {
    change("person.eva", state, {{"latitude", latitude}, {"longitude", 13.4}});
  }
};

TEST_F(ZoneTriggerTest, EnteringAndLeavingAreByPosition) {
  at(52.55, "not_home");
  at(52.5001, "whatever");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("[trigger.event, trigger.zone.name, trigger.entity_id, trigger.to_state.state]"),
            "['enter', 'Our house', 'person.eva', 'whatever']");
  at(52.5002, "home");
  EXPECT_EQ(count(), 0U);
  at(52.55, "not_home");
  ASSERT_EQ(count(), 1U);
  EXPECT_EQ(shown("trigger.event"), "leave");
}

TEST_F(ZoneTriggerTest, AccuracyCountsInFavour) {
  at(52.55, "not_home");
  change("person.eva", "x", {{"latitude", 52.502}, {"longitude", 13.4}, {"gps_accuracy", 150}});
  EXPECT_EQ(count(), 1U);
}

TEST_F(ZoneTriggerTest, TrackersWithoutAPositionSayTheZonesName) {
  attach("zone", ZoneTrigger{{"person.eva"}, "zone.work", true});
  change("person.eva", "not_home");
  change("person.eva", "home");
  EXPECT_EQ(count(), 1U);
  change("person.eva", "Work");
  EXPECT_EQ(count(), 2U);
}

TEST_F(ZoneTriggerTest, WhoIsUnavailableNeitherEntersNorLeaves) {
  change("person.eva", "home");
  EXPECT_EQ(count(), 1U) << "created within";
  change("person.eva", "unavailable");
  change("person.eva", "home");
  EXPECT_EQ(count(), 0U);
}

TEST_F(ZoneTriggerTest, AZoneThatIsNotThereIsNamed) {
  attach("zone", ZoneTrigger{{"person.tom"}, "zone.nowhere", true});
  change("person.tom", "home");
  EXPECT_EQ(house.logged.size(), 1U);
}

}  // namespace
}  // namespace gable::rules::test

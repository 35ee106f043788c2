// Faults on request, flaky devices, devices that never report.

#include <gmock/gmock.h>

#include "test_house.hpp"

namespace gable::virtual_house {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Fault, DropAcceptsAndNothingHappens) {
  Bench bench(device_spec("plug", "switch"));
  bench.fault(FaultKind::drop);
  EXPECT_EQ(bench.order("turn_on").verdict, Verdict::under_way);
  bench.wait(1min);
  EXPECT_THAT(bench.lines(), ElementsAre("06:00:10.000 order 1 failed: the device does not answer"));
  EXPECT_EQ(bench.text(), "off");
}

TEST(Fault, DelayActsLater) {
  Bench bench(device_spec("plug", "switch"));
  bench.fault(FaultKind::delay, 3s);
  EXPECT_EQ(bench.order("turn_on").verdict, Verdict::under_way);
  bench.wait(2'999ms);
  EXPECT_THAT(bench.lines(), IsEmpty());
  bench.wait(1ms);
  EXPECT_THAT(bench.lines(), ElementsAre("06:00:03.000 state=on", "06:00:03.000 order 1 done"));
}

TEST(Fault, RefuseFailsWithAReason) {
  Bench bench(device_spec("plug", "switch"));
  bench.fault(FaultKind::refuse);
  const Outcome outcome = bench.order("turn_on");
  EXPECT_EQ(outcome.verdict, Verdict::failed);
  EXPECT_FALSE(outcome.reason.empty());
  bench.fault(FaultKind::none);
  EXPECT_EQ(bench.order("turn_on").verdict, Verdict::done);
}

TEST(Fault, OfflineEndsByItselfAndTellsTheStateFirst) {
  Bench bench(device_spec("plug", "switch"));
  bench.order("turn_on");
  bench.lines();
  bench.fault(FaultKind::offline, 30s);
  EXPECT_EQ(bench.order("turn_off").verdict, Verdict::failed);
  bench.wait(1min);
  EXPECT_THAT(bench.lines(), ElementsAre("06:00:00.000 offline (switched off for a test)",
                                         "06:00:30.000 state=on", "06:00:30.000 online"));
}

TEST(Fault, OfflineDeviceGoesOnUnseen) {
  Bench bench(device_spec("blind", "cover", {{"travel", 10}}));
  bench.order("close_cover");
  bench.fault(FaultKind::offline, 20s);
  bench.lines();
  bench.wait(20s);
  EXPECT_THAT(bench.lines(),
              ElementsAre("06:00:10.000 order 1 failed: the connection was lost on the way",
                          "06:00:20.000 state=closed current_position=0", "06:00:20.000 online"));
}

TEST(Fault, FromTheDescription) {
  DeviceSpec spec = device_spec("plug", "switch");
  spec.fault = {FaultKind::offline, 5s, 0s};
  House house(house_of({spec}), kStart);
  EXPECT_FALSE(house.online("plug"));
  house.advance(kStart + 5s);
  EXPECT_TRUE(house.online("plug"));
}

TEST(Flaky, IsLostAndComesBackInItsMeanTimes) {
  DeviceSpec spec = device_spec("plug", "switch");
  spec.flaky = {1h, 2min};
  Bench bench(spec);
  bench.wait(24h * 30);
  int lost = 0, back = 0;
  for (const auto& line : bench.lines()) {
    if (line.find(" offline (out of reach)") != std::string::npos) ++lost;
    if (line.ends_with(" online")) ++back;
  }
  EXPECT_GT(lost, 30 * 24 * 0.8);
  EXPECT_LT(lost, 30 * 24 * 1.1);
  EXPECT_LE(lost - back, 1);
}

TEST(OneWay, ObeysAndReportsNothing) {
  DeviceSpec spec = device_spec("blind", "cover", {{"travel", 5}});
  spec.one_way = true;
  HouseSpec house_spec = house_of({spec});
  House house(house_spec, kStart);
  EXPECT_THAT(house.take(), IsEmpty());
  EXPECT_EQ(house.order("blind", {1, "", "close_cover", {}}, kStart).verdict, Verdict::done);
  EXPECT_EQ(house.order("blind", {2, "", "dance", {}}, kStart).verdict, Verdict::rejected);
  house.advance(kStart + 1min);
  EXPECT_THAT(house.take(), IsEmpty());
  EXPECT_EQ(house.find("blind")->state("").text("state"), "closed");
}

}  // namespace
}  // namespace gable::virtual_house

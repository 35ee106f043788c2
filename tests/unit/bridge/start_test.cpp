// The order of a start, of a reconnection and of an end; what a former run has left.

#include <gmock/gmock.h>

#include "core_bench.hpp"

namespace gable::bridge::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

TEST(Start, SaysOnlineOnlyWhenAllThatIsSeenIsCurrent) {
  CoreBench bench;
  EXPECT_THAT(bench.add("t", sensor("temperature", "°C").named("Greenhouse")), IsEmpty());
  EXPECT_THAT(bench.report("t", {{"state", 21.5}}), IsEmpty());
  EXPECT_THAT(bench.give(InventoryChanged{true}), IsEmpty());
  EXPECT_THAT(
      bench.give(Connected{5}),
      ElementsAre("subscribe device/+:0 state/+:0 link/+:0",
                  R"(R info {"schema":"bridge/1","program":"test","version":"1","protocol":"none"})",
                  R"(R device/t {"schema":"device/1","name":"Greenhouse","entity":{"domain":"sensor",)"
                  R"("device_class":"temperature","unit":"°C","state_class":"measurement"}})",
                  R"(R state/t {"state":21.5,"_at":T,"_seq":1})",
                  R"(R link/t {"status":"online","last_seen":T})",
                  R"(R inventory {"rev":2,"complete":true,"devices":["t"]})",
                  "subscribe set/+:1:never request/+:1:never", "status online"));
}

TEST(Start, IsStartingWhileDevicesAreStillBeingFound) {
  CoreBench bench;
  bench.add("a", binary_sensor("door"));
  EXPECT_THAT(only(bench.give(Connected{5}), {"R inventory", "status"}),
              ElementsAre(R"(R inventory {"rev":2,"complete":false,"devices":["a"]})", "status starting"));
  EXPECT_THAT(bench.give(InventoryChanged{true}),
              ElementsAre(R"(R inventory {"rev":2,"complete":true,"devices":["a"]})", "status online"));
}

TEST(Start, EverythingIsPublishedAgainAfterAReconnection) {
  CoreBench bench;
  bench.add("a", binary_sensor("door"));
  bench.go_online();
  bench.give(ConnectionLost{});
  EXPECT_THAT(bench.report("a", {{"state", "on"}}), IsEmpty());
  const Lines lines = bench.give(Connected{5});
  EXPECT_THAT(only(lines, {"R state"}), ElementsAre(R"(R state/a {"state":"on","_at":T,"_seq":1})"));
  EXPECT_THAT(only(lines, {"subscribe device"}), IsEmpty());
  EXPECT_EQ(lines.back(), "status online");
}

TEST(Start, DevicesThatComeInARowAreOneChangeOfTheInventory) {
  CoreBench bench;
  bench.go_online();
  EXPECT_THAT(only(bench.add("a", binary_sensor()), {"R inventory"}), IsEmpty());
  EXPECT_THAT(only(bench.add("b", binary_sensor()), {"R inventory"}), IsEmpty());
  bench.clock.advance(100ms);
  ASSERT_EQ(bench.core.deadline(), bench.clock.steady());
  EXPECT_THAT(bench.give(Tick{}),
              ElementsAre(R"(R inventory {"rev":3,"complete":true,"devices":["a","b"]})"));
}

TEST(Removal, DeletesTheTopicsAndThenTheEntryOfTheInventory) {
  CoreBench bench;
  bench.add("a", binary_sensor());
  bench.go_online();
  EXPECT_THAT(bench.give(DeviceRemoved{"a"}), ElementsAre("- device/a", "- state/a", "- link/a"));
  bench.clock.advance(100ms);
  EXPECT_THAT(bench.give(Tick{}), ElementsAre(R"(R inventory {"rev":3,"complete":true,"devices":[]})"));
}

TEST(Removal, WhileTheBrokerIsAwayHappensOnReturn) {
  CoreBench bench;
  bench.add("a", binary_sensor());
  bench.go_online();
  bench.give(ConnectionLost{});
  EXPECT_THAT(bench.give(DeviceRemoved{"a"}), IsEmpty());
  EXPECT_THAT(only(bench.give(Connected{5}), {"-"}), ElementsAre("- device/a", "- state/a", "- link/a"));
}

TEST(Leftovers, OfAFormerRunGoWhenTheInventoryIsComplete) {
  CoreBench bench;
  bench.add("here", binary_sensor());
  bench.give(Connected{5});
  EXPECT_THAT(bench.message("device/gone", "{}", true), IsEmpty());
  EXPECT_THAT(bench.message("state/gone", "{}", true), IsEmpty());
  EXPECT_THAT(bench.message("device/late", "{}", true), IsEmpty());
  EXPECT_THAT(bench.message("device/here", "{}", true), IsEmpty());
  bench.add("late", binary_sensor());
  EXPECT_THAT(only(bench.give(InventoryChanged{true}), {"-"}), ElementsAre("- device/gone", "- state/gone"));
  EXPECT_THAT(only(bench.message("link/gone", "{}", true), {"-"}), ElementsAre("- link/gone"));
  bench.clock.advance(31s);
  EXPECT_THAT(only(bench.give(Tick{}), {"unsub"}), ElementsAre("unsubscribe 3"));
}

TEST(Leftovers, EchoesOfOurOwnAreNotLeftovers) {
  CoreBench bench;
  bench.go_online(4);
  EXPECT_THAT(bench.message("device/x", "{}", false), IsEmpty());
  EXPECT_THAT(bench.message("device/x", "", true), IsEmpty());
}

TEST(Adoption, WhatAFormerRunReportedCompletesTheDocument) {
  CoreBench bench;
  bench.add("d", device("Room").with("t", sensor("temperature", "°C")).with("h", sensor("humidity", "%")));
  bench.report("d", {{"state", 20}}, "t");
  bench.go_online();
  EXPECT_THAT(bench.message("state/d", R"({"t":{"state":3},"h":{"state":55},"_seq":41})", true),
              ElementsAre(R"(R state/d {"t":{"state":20},"h":{"state":55},"_at":T,"_seq":42})"));
}

TEST(Adoption, LeavesOutWhatTheDescriptionForbids) {
  CoreBench bench;
  bench.add("d", sensor("temperature", "°C"));
  bench.go_online();
  bench.message("state/d", R"({"state":"warm","colour":"red","_seq":7})", true);
  EXPECT_FALSE(bench.core.devices().at("d").has_state());
}

TEST(Condition, DegradedComesBeforeTheLinksAndOnlineAfterThem) {
  CoreBench bench;
  bench.add("a", binary_sensor());
  bench.go_online();
  EXPECT_THAT(bench.give(ConditionChanged{"bus: no answer", true}),
              ElementsAre("status degraded: bus: no answer",
                          R"(R link/a {"status":"offline","reason":"bus: no answer"})"));
  EXPECT_THAT(bench.give(ConditionChanged{}),
              ElementsAre(R"(R link/a {"status":"online"})", "status online"));
}

}  // namespace
}  // namespace gable::bridge::test

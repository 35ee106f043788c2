// Who is home, in simulated time: grace times, sources that are lost, leases, people with several devices.

#include "protocol/presence.hpp"

#include <gmock/gmock.h>

#include <set>

namespace gable::presence {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SourceIndex kTable = 0, kRouter = 1, kPing = 2, kLeases = 3;
constexpr std::int64_t kWall = 1'795'316'000;

Mac card(std::uint8_t last) { return Mac{{2, 0, 0, 0, 0, last}}; }
Ip place(std::uint8_t last) { return *parse_ip("10.0.0." + std::to_string(last)); }

PresenceOptions family() {
  PresenceOptions options;
  options.sources = 4;
  options.release_grace = 30s;
  options.devices = {
      DeviceSpec{.id = "phone", .macs = {card(1)}, .host_names = {"annas-phone"}, .grace = 3min},
      DeviceSpec{.id = "watch", .client_ids = {"01:07"}, .grace = 1min},
      DeviceSpec{.id = "laptop", .ips = {place(20)}, .grace = 1min},
  };
  options.people = {PersonSpec{"anna", {0, 1}}, PersonSpec{"ben", {2}}};
  return options;
}

class PresenceTest : public ::testing::Test {
 protected:
  void works(SourceIndex source) {
    presence.source_works(source, now);
    working.insert(source);
  }
  void lost(SourceIndex source) {
    presence.source_lost(source);
    working.erase(source);
  }
  void all_work() {
    for (const SourceIndex source : {kTable, kRouter, kPing, kLeases}) works(source);
  }
  // All look again at the end.
  void pass(std::chrono::milliseconds time) {
    now += time;
    for (const SourceIndex source : working) presence.source_looked(source, now);
  }
  void see(SourceIndex source, const Sighting& sighting) { presence.seen(source, {sighting}, now); }
  void lease(const std::vector<Lease>& leases) { presence.leases(kLeases, leases, kWall, now); }
  [[nodiscard]] Whereabouts where(DeviceIndex device) const { return presence.device(device).where; }
  [[nodiscard]] bool home(DeviceIndex device) const { return where(device) == Whereabouts::home; }

  Presence presence{family()};
  Moment now{1h};
  std::set<SourceIndex> working;
};

TEST_F(PresenceTest, NothingIsSaidBeforeAllHaveLooked) {
  works(kTable);
  pass(1h);
  EXPECT_EQ(where(0), Whereabouts::unknown);
  EXPECT_TRUE(presence.device(0).blind);
  EXPECT_EQ(presence.person(0).where, Whereabouts::unknown);
  all_work();
  EXPECT_FALSE(presence.device(0).blind);
  EXPECT_EQ(presence.deadline(now), now + 1min);
  pass(1min);
  EXPECT_EQ(where(1), Whereabouts::away);
  EXPECT_EQ(presence.person(0).where, Whereabouts::unknown);
  pass(2min);
  EXPECT_EQ(where(0), Whereabouts::away);
  EXPECT_EQ(presence.person(0).where, Whereabouts::away);
  EXPECT_EQ(presence.deadline(now), std::nullopt);
}

TEST_F(PresenceTest, SleepsForLessThanItsGraceTime) {
  all_work();
  see(kTable, {card(1), place(5), {}});
  for (int i = 0; i < 10; ++i) {
    pass(179s);
    EXPECT_TRUE(home(0));
    see(kTable, {card(1), place(5), {}});
  }
  pass(179s);
  EXPECT_TRUE(home(0));
  pass(1s);
  EXPECT_EQ(where(0), Whereabouts::away);
}

TEST_F(PresenceTest, OldNewsIsAsOldAsItIs) {
  all_work();
  see(kTable, {card(1), place(5), 3min});
  EXPECT_FALSE(home(0));
  see(kTable, {card(1), place(5), 2min});
  EXPECT_TRUE(home(0));
  see(kTable, {card(1), place(5), 150s});  // does not make it older than it is
  EXPECT_EQ(presence.deadline(now), now + 1min);
}

TEST_F(PresenceTest, NobodyLeavesWhileNobodyLooks) {
  all_work();
  see(kRouter, {card(1), {}, {}});
  lost(kRouter);
  EXPECT_TRUE(presence.device(0).blind);
  pass(10h);
  EXPECT_TRUE(home(0));
  EXPECT_EQ(where(2), Whereabouts::unknown);  // the router may be what would see it
  works(kRouter);
  pass(179s);
  EXPECT_TRUE(home(0));
  EXPECT_FALSE(presence.device(0).blind);
  pass(1s);
  EXPECT_EQ(where(0), Whereabouts::away);
}

TEST_F(PresenceTest, WhoIsAskedAndDoesNotAnswerHasNotLooked) {
  all_work();
  see(kRouter, {card(1), {}, {}});
  working.erase(kRouter);  // the question is under way
  pass(10min);
  EXPECT_TRUE(home(0));
  EXPECT_FALSE(presence.device(0).blind);
  EXPECT_EQ(presence.deadline(now), std::nullopt);
  presence.source_looked(kRouter, now);
  EXPECT_FALSE(home(0));
}

TEST_F(PresenceTest, AnotherSourceThatSawItGoesOnLooking) {
  all_work();
  see(kRouter, {card(1), {}, {}});
  see(kTable, {card(1), {}, {}});
  lost(kRouter);
  EXPECT_FALSE(presence.device(0).blind);
  pass(3min);
  EXPECT_EQ(where(0), Whereabouts::away);
}

TEST_F(PresenceTest, TheAbsentAreBlindOnlyWhenAllIsLost) {
  all_work();
  pass(3min);
  for (const SourceIndex source : {kTable, kRouter, kPing}) lost(source);
  EXPECT_FALSE(presence.device(0).blind);
  lost(kLeases);
  EXPECT_TRUE(presence.device(0).blind);
  EXPECT_EQ(where(0), Whereabouts::away);
}

TEST_F(PresenceTest, LeasesTellWhoIsWho) {
  all_work();
  lease({Lease{place(5), card(9), "annas-phone", "", kWall + 60}, Lease{place(6), card(8), "", "01:07", 0},
         Lease{place(7), card(7), "burglars-phone", "", 0}});
  // What is in a file at first may be old: nobody is home by it.
  EXPECT_FALSE(home(0));
  see(kTable, {card(9), place(5), {}});
  see(kTable, {card(8), place(6), {}});
  see(kTable, {card(7), place(7), {}});
  EXPECT_TRUE(home(0));
  EXPECT_TRUE(home(1));
  EXPECT_EQ(presence.device(0).host_name, "annas-phone");
  EXPECT_THAT(presence.addresses(), ElementsAre(place(5), place(6), place(20)));
}

TEST_F(PresenceTest, ANewOrRenewedLeaseIsASighting) {
  all_work();
  lease({});
  lease({Lease{place(5), card(9), "annas-phone", "", kWall + 60}});
  EXPECT_TRUE(home(0));
  pass(3min);
  EXPECT_FALSE(home(0));
  lease({Lease{place(5), card(9), "annas-phone", "", kWall + 60}});
  EXPECT_FALSE(home(0));
  lease({Lease{place(5), card(9), "annas-phone", "", kWall + 120}});
  EXPECT_TRUE(home(0));
}

TEST_F(PresenceTest, ALeaseGivenBackShortensTheGrace) {
  all_work();
  const Lease given{place(5), card(1), "annas-phone", "", kWall + 600};
  lease({});
  lease({given});
  pass(10s);
  lease({});
  // The kernel goes on telling when it was heard last.
  see(kTable, {card(1), place(5), 10s});
  pass(29s);
  EXPECT_TRUE(home(0));
  pass(1s);
  EXPECT_FALSE(home(0));
  see(kTable, {card(1), place(5), 35s});
  EXPECT_FALSE(home(0));
  see(kTable, {card(1), place(5), 1s});
  EXPECT_TRUE(home(0));
}

TEST_F(PresenceTest, AFileCaughtHalfWrittenIsNoGoodbye) {
  all_work();
  const Lease given{place(5), card(1), "annas-phone", "", kWall + 600};
  lease({});
  lease({given});
  pass(20s);
  lease({});
  lease({given});
  pass(1min);
  EXPECT_TRUE(home(0));
  EXPECT_EQ(presence.deadline(now), Moment(1h) + 3min);  // and it is no sighting either
}

TEST_F(PresenceTest, AnotherAddressIsNoGoodbye) {
  all_work();
  lease({});
  lease({Lease{place(5), card(1), "annas-phone", "", kWall + 600}});
  lease({Lease{place(6), card(9), "annas-phone", "", kWall + 600}});
  pass(1min);
  EXPECT_TRUE(home(0));
}

TEST_F(PresenceTest, AnAnswerFromWhereItWasSeenKeepsItHome) {
  all_work();
  see(kPing, {{}, place(5), {}});
  EXPECT_FALSE(home(0));  // nobody knows whose address that is
  see(kTable, {card(1), place(5), {}});
  pass(2min);
  see(kPing, {{}, place(5), {}});
  pass(2min);
  EXPECT_TRUE(home(0));
  // Another card has the address now.
  see(kTable, {card(66), place(5), {}});
  see(kPing, {{}, place(5), {}});
  pass(1min);
  EXPECT_FALSE(home(0));
  see(kPing, {{}, place(5), {}});
  EXPECT_FALSE(home(0));
}

TEST_F(PresenceTest, AListedAddressIsEnough) {
  all_work();
  see(kPing, {{}, place(20), {}});
  EXPECT_TRUE(home(2));
  EXPECT_EQ(presence.person(1).where, Whereabouts::home);
}

TEST_F(PresenceTest, APersonIsWhereOneOfTheirDevicesIs) {
  all_work();
  lease({});
  lease({Lease{place(6), card(8), "", "01:07", kWall + 600}});
  EXPECT_EQ(presence.person(0).where, Whereabouts::home);
  see(kTable, {card(1), {}, {}});
  pass(1min);
  EXPECT_FALSE(home(1));
  EXPECT_EQ(presence.person(0).where, Whereabouts::home);
  lost(kTable);
  EXPECT_TRUE(presence.person(0).blind);
  works(kTable);
  EXPECT_FALSE(presence.person(0).blind);
  pass(3min);
  EXPECT_EQ(presence.person(0).where, Whereabouts::away);
}

TEST_F(PresenceTest, StrangersStirNobody) {
  all_work();
  EXPECT_FALSE(presence.somebody_stirs({{card(66), place(66), {}}}));
  EXPECT_TRUE(presence.somebody_stirs({{card(1), place(66), {}}}));
  see(kTable, {card(1), place(5), {}});
  EXPECT_FALSE(presence.somebody_stirs({{card(1), place(5), {}}}));
  see(kTable, {card(66), place(66), {}});
  lease({Lease{place(67), card(67), "burglars-phone", "", 0}});
  EXPECT_THAT(presence.addresses(), ElementsAre(place(5), place(20)));
}

}  // namespace
}  // namespace gable::presence

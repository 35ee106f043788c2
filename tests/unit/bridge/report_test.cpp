// What is published of a report, and what is refused.

#include <gmock/gmock.h>

#include <cmath>

#include "bridge/report_check.hpp"
#include "core_bench.hpp"

namespace gable::bridge::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

struct Case {
  Entity entity;
  std::string name;
  Value value;
  std::optional<wire::ErrorCode> verdict;
};

TEST(ReportCheck, HoldsValuesAgainstTheDescription) {
  using enum wire::ErrorCode;
  const Entity dimmer = light({"brightness"});
  const Case cases[] = {
      {sensor("temperature", "°C"), "state", 21.5, {}},
      {sensor("temperature", "°C"), "state", 21, {}},
      {sensor("temperature", "°C"), "state", nullptr, {}},
      {sensor("temperature", "°C"), "state", "21.5", wrong_type},
      {sensor("temperature", "°C"), "state", std::nan(""), out_of_range},
      {sensor("", ""), "state", "any text", {}},
      {sensor("", ""), "state", true, wrong_type},
      {sensor("", ""), "state", std::string(2000, 'x'), too_large},
      {sensor("", ""), "state", "\xff", malformed},
      {binary_sensor("door"), "state", "on", {}},
      {binary_sensor("door"), "state", "open", out_of_range},
      {binary_sensor("door"), "state", true, wrong_type},
      {select({"eco", "boost"}), "state", "eco", {}},
      {select({"eco", "boost"}), "state", "turbo", out_of_range},
      {number(5, 30), "state", 31, out_of_range},
      {number(5, 30), "state", 5, {}},
      {dimmer, "brightness", 255, {}},
      {dimmer, "brightness", 256, out_of_range},
      {dimmer, "brightness", 1.5, wrong_type},
      {dimmer, "brightness", nullptr, {}},
      {light(), "brightness", 12, unsupported},
      {dimmer, "brightnes", 12, unknown_attribute},
      {switch_entity().extra_attribute("uptime"), "uptime", 12, {}},
  };
  for (const Case& one : cases) {
    const auto error = check_report(one.entity.description(), one.name, one.value);
    EXPECT_EQ(error.has_value(), one.verdict.has_value()) << one.name << " " << (error ? error->text : "");
    if (error && one.verdict) {
      EXPECT_EQ(error->code, *one.verdict) << error->text;
    }
  }
}

class ReportTest : public ::testing::Test {
 protected:
  ReportTest() {
    bench.add("lamp", light({"brightness"}));
    bench.add("t", sensor("temperature", "°C").due_every(60s));
    bench.go_online();
  }
  CoreBench bench;
};

TEST_F(ReportTest, IsMergedIntoACompleteDocument) {
  bench.report("lamp", {{"state", "on"}, {"brightness", 100}});
  EXPECT_THAT(bench.report("lamp", {{"brightness", 120}}),
              ElementsAre(R"(R state/lamp {"state":"on","brightness":120,"_at":T,"_seq":2})"));
  EXPECT_THAT(bench.report("lamp", {{"state", "off"}, {"brightness", nullptr}}),
              ElementsAre(R"(R state/lamp {"state":"off","_at":T,"_seq":3})"));
}

TEST_F(ReportTest, ThatChangesNothingIsNotPublishedAgain) {
  bench.report("lamp", {{"state", "on"}});
  EXPECT_THAT(bench.report("lamp", {{"state", "on"}}), IsEmpty());
}

TEST_F(ReportTest, OfWhatIsDueIsRepeatedAtHalfItsInterval) {
  bench.report("t", {{"state", 20}});
  bench.clock.advance(29s);
  EXPECT_THAT(bench.report("t", {{"state", 20}}), IsEmpty());
  bench.clock.advance(1s);
  EXPECT_THAT(bench.report("t", {{"state", 20}}),
              ElementsAre(R"(R state/t {"state":20,"_at":"2026-11-22T00:00:30.000Z","_seq":1})"));
}

TEST_F(ReportTest, SeveralOfOneTurnMakeOneDocument) {
  EXPECT_THAT(bench.give(Reported{"lamp", "", {{"state", "on"}}}, false), IsEmpty());
  EXPECT_THAT(bench.give(Reported{"lamp", "", {{"brightness", 9}}}),
              ElementsAre(R"(R state/lamp {"state":"on","brightness":9,"_at":T,"_seq":2})"));
}

TEST_F(ReportTest, NoChangeIsLostWhenOneTurnHoldsTwo) {
  bench.give(Reported{"lamp", "", {{"state", "on"}}}, false);
  EXPECT_THAT(bench.give(Reported{"lamp", "", {{"state", "off"}}}),
              ElementsAre(R"(R state/lamp {"state":"on","_at":T,"_seq":1})",
                          R"(R state/lamp {"state":"off","_at":T,"_seq":2})"));
}

TEST_F(ReportTest, WithABadValuePublishesTheGoodOnesAndSaysItOnce) {
  const Lines lines = bench.report("lamp", {{"state", "on"}, {"brightness", 900}});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "log warning lamp: brightness is not published: 900.0 is above 255.0");
  EXPECT_EQ(lines[1], R"(R state/lamp {"state":"on","_at":T,"_seq":1})");
  EXPECT_THAT(bench.report("lamp", {{"brightness", 900}}), IsEmpty());
  EXPECT_EQ(bench.core.errors(), 2);
}

TEST_F(ReportTest, ForAnEntityThatIsNotThereIsRefused) {
  EXPECT_THAT(bench.report("lamp", {{"state", "on"}}, "bulb"),
              ElementsAre(HasSubstr("the device is one entity and takes no entity key")));
}

TEST_F(ReportTest, BringsALinkBackStateFirst) {
  wire::LinkDoc gone;
  gone.status = wire::LinkStatus::offline;
  gone.reason = "no answer";
  EXPECT_THAT(bench.give(LinkChanged{"lamp", gone}),
              ElementsAre(R"(R link/lamp {"status":"offline","reason":"no answer"})"));
  EXPECT_THAT(bench.give(LinkChanged{"lamp", gone}), IsEmpty());
  EXPECT_THAT(bench.report("lamp", {{"state", "on"}}),
              ElementsAre(R"(R state/lamp {"state":"on","_at":T,"_seq":1})",
                          R"(R link/lamp {"status":"online","last_seen":T})"));
}

TEST_F(ReportTest, KeepsWhatStillFitsANewDescription) {
  bench.report("lamp", {{"state", "on"}, {"brightness", 100}});
  EXPECT_THAT(only(bench.add("lamp", light()), {"R state"}),
              ElementsAre(R"(R state/lamp {"state":"on","_at":T,"_seq":2})"));
}

TEST(Event, IsNeverRetainedAndHasAnIdOfItsOwn) {
  CoreBench bench;
  bench.add("remote",
            device("Remote").with("top", event({"press", "hold"})).with("battery", sensor("battery", "%")));
  bench.go_online();
  EXPECT_THAT(bench.give(EventHappened{"remote", "top", "press", {{"count", 2}}}),
              ElementsAre(R"(E event/remote {"top":{"event_type":"press","count":2},"_id":"s-1","_at":T})"));
  EXPECT_THAT(bench.give(EventHappened{"remote", "top", "shake", {}}),
              ElementsAre(HasSubstr("not one of: press, hold")));
  EXPECT_THAT(bench.give(EventHappened{"remote", "battery", "press", {}}),
              ElementsAre(HasSubstr("announces no events")));
}

}  // namespace
}  // namespace gable::bridge::test

// Commands: form, type, id, time, retain flag, result.

#include <gmock/gmock.h>

#include "core_bench.hpp"
#include "wire/json.hpp"

namespace gable::bridge::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class CommandTest : public ::testing::Test {
 protected:
  CommandTest() { furnish(bench); }

  static void furnish(CoreBench& bench, int protocol_version = 5) {
    bench.add("lamp", light({"brightness"}));
    bench.add("pair", device("Pair").with("left", switch_entity()).with("right", switch_entity()));
    bench.add("t", sensor("temperature", "°C"));
    bench.give(HandlerSet{"lamp", 10s});
    bench.give(HandlerSet{"pair", 10s});
    bench.go_online(protocol_version);
    bench.report("lamp", {{"state", "off"}});
  }

  Lines answer(Token token, wire::CommandStatus status, std::optional<Object> state = {}) {
    Answered answered;
    answered.token = token;
    answered.status = status;
    answered.state = std::move(state);
    return bench.give(answered);
  }

  CoreBench bench;
};

TEST_F(CommandTest, OfManyFormsMeansTheSame) {
  for (const std::string payload : {"on", "\"on\"", R"({"state":"on"})", R"({"service":"turn_on"})"}) {
    if (payload == "\"on\"") continue;  // a JSON text is the parser's affair
    CoreBench fresh;
    furnish(fresh);
    EXPECT_THAT(only(fresh.message("set/lamp", payload), {"do"}),
                ElementsAre(R"(do 1 lamp turn_on {} expecting {"state":"on"})"))
        << payload;
  }
}

TEST_F(CommandTest, IsRememberedBeforeItActsAndAnsweredOnce) {
  EXPECT_THAT(
      bench.message("set/lamp", R"({"service":"turn_on","brightness":120,"_id":"c-1"})"),
      ElementsAre("remember lamp c-1 0",
                  R"(do 1 lamp turn_on {"brightness":120} expecting {"state":"on","brightness":120})"));
  bench.clock.advance(20ms);
  EXPECT_THAT(
      answer(1, wire::CommandStatus::done, Object{{"state", "on"}, {"brightness", 120}}),
      ElementsAre(
          R"(R state/lamp {"state":"on","brightness":120,"_at":"2026-11-22T00:00:00.020Z","_seq":2})",
          "remember lamp c-1 1",
          R"(E result/lamp {"id":"c-1","status":"done","took_ms":20,"_at":"2026-11-22T00:00:00.020Z"})"));
  EXPECT_THAT(answer(1, wire::CommandStatus::failed), IsEmpty());
}

TEST_F(CommandTest, WithAnIdThatWasSeenIsNotCarriedOutAgain) {
  const std::string payload = R"({"state":"on","_id":"c-1"})";
  bench.message("set/lamp", payload);
  EXPECT_THAT(bench.message("set/lamp", payload), IsEmpty());
  answer(1, wire::CommandStatus::done);
  EXPECT_THAT(bench.message("set/lamp", payload),
              ElementsAre(R"(E result/lamp {"id":"c-1","status":"done","took_ms":0,"_at":T})"));
}

TEST_F(CommandTest, ThatAFormerRunBeganIsNotCarriedOutAgain) {
  wire::ResultDoc ended;
  ended.id = "b";
  CoreBench later({{"lamp", "a", {}}, {"lamp", "b", {ended}}});
  furnish(later);
  EXPECT_THAT(later.message("set/lamp", R"({"state":"on","_id":"a"})"),
              ElementsAre(HasSubstr(R"("id":"a","status":"rejected","code":"duplicate")")));
  EXPECT_THAT(later.message("set/lamp", R"({"state":"on","_id":"b"})"),
              ElementsAre(HasSubstr(R"("id":"b","status":"done")")));
  EXPECT_THAT(only(later.message("set/pair", R"({"left":"on","_id":"a"})"), {"do"}).size(), 1U);
}

TEST_F(CommandTest, RememberedIdsAreBounded) {
  for (std::size_t i = 0; i <= kSeenCommands; ++i) {
    bench.message("set/t", R"({"state":"on","_id":")" + std::to_string(i) + "\"}");
  }
  EXPECT_THAT(only(bench.message("set/t", R"({"state":"on","_id":"0"})"), {"remember"}).size(), 2U);
  EXPECT_THAT(only(bench.message("set/t", R"({"state":"on","_id":"900"})"), {"remember"}), IsEmpty());
}

TEST_F(CommandTest, GoesToEachEntityThatItNames) {
  EXPECT_THAT(bench.message("set/pair", R"({"left":"on","right":{"service":"turn_off"},"_id":"c"})"),
              ElementsAre("remember pair c 0", R"(do 1 pair/left turn_on {} expecting {"state":"on"})",
                          R"(do 2 pair/right turn_off {} expecting {"state":"off"})"));
  EXPECT_THAT(
      answer(2, wire::CommandStatus::done),
      ElementsAre(R"(E result/pair {"id":"c","status":"done","entity":"right","took_ms":0,"_at":T})"));
  EXPECT_THAT(answer(1, wire::CommandStatus::done),
              ElementsAre("remember pair c 2",
                          R"(E result/pair {"id":"c","status":"done","entity":"left","took_ms":0,"_at":T})"));
}

struct Refused {
  std::string topic, payload, code;
};

TEST_F(CommandTest, IsRejectedWithAReasonWhenItIsWrong) {
  const Refused cases[] = {
      {"set/lamp", R"({"state":)", "malformed"},
      {"set/lamp", "\xff\xfe", "malformed"},
      {"set/lamp", "perhaps", "malformed"},
      {"set/lamp", "{}", "malformed"},
      {"set/lamp", R"({"colour":"red"})", "unknown_attribute"},
      {"set/lamp", R"({"service":"explode"})", "unknown_service"},
      {"set/lamp", R"({"brightness":"much"})", "wrong_type"},
      {"set/lamp", R"({"brightness":300})", "out_of_range"},
      {"set/lamp", R"({"color_temp_kelvin":3000})", "unsupported"},
      {"set/lamp", R"({"state":"on","_id":""})", "malformed"},
      {"set/lamp", R"({"state":"on","_id":[1]})", "malformed"},
      {"set/lamp", "\"" + std::string(70'000, 'x') + "\"", "too_large"},
      {"set/lamp", R"({"state":")" + std::string(70'000, 'x') + "\"}", "too_large"},
      {"set/nobody", "on", "unknown_entity"},
      {"set/pair", "on", "malformed"},
      {"set/pair", "\xff\xfe", "malformed"},
      {"set/pair", R"({"lef":"on"})", "unknown_entity"},
      {"set/pair", R"({"_id":"x"})", "malformed"},
      {"set/pair", R"({"left":"toggle"})", "unavailable"},
      {"set/t", R"({"state":3})", ""},
  };
  for (const Refused& one : cases) {
    const Lines lines = only(bench.message(one.topic, one.payload), {"E", "do"});
    ASSERT_EQ(lines.size(), 1U) << one.payload.substr(0, 60);
    EXPECT_THAT(lines[0], HasSubstr(R"("status":"rejected")")) << one.payload.substr(0, 60);
    EXPECT_TRUE(wire::valid_utf8(lines[0])) << one.topic;
    if (!one.code.empty()) {
      EXPECT_THAT(lines[0], HasSubstr("\"code\":\"" + one.code + "\"")) << one.payload.substr(0, 60);
    }
  }
}

TEST_F(CommandTest, ToggleArrivesAsWhatItMeansNow) {
  EXPECT_THAT(only(bench.message("set/lamp", "toggle"), {"do"}),
              ElementsAre(R"(do 1 lamp turn_on {} expecting {"state":"on"})"));
  bench.report("lamp", {{"state", "on"}});
  EXPECT_THAT(only(bench.message("set/lamp", "toggle"), {"do"}),
              ElementsAre(R"(do 2 lamp turn_off {} expecting {"state":"off"})"));
}

TEST_F(CommandTest, SentWithTheRetainFlagIsObeyedOnceAndCleared) {
  const Lines first = bench.message("set/lamp", "on", true);
  EXPECT_THAT(only(first, {"-", "do"}), ElementsAre("- set/lamp", HasSubstr("do 1 lamp turn_on")));
  EXPECT_EQ(only(first, {"log"}).size(), 1U);
  EXPECT_THAT(only(bench.message("set/lamp", "on", true), {"log"}), IsEmpty());
  EXPECT_THAT(bench.message("set/lamp", "", true), IsEmpty());
}

TEST_F(CommandTest, StoredOnABrokerOfMqtt3IsRefusedAndCleared) {
  CoreBench old;
  furnish(old, 4);
  const Lines lines = old.message("set/lamp", "on", true);
  EXPECT_THAT(only(lines, {"-", "do", "E"}), ElementsAre("- set/lamp"));
  EXPECT_EQ(only(lines, {"log"}).size(), 1U);
}

TEST_F(CommandTest, ThatComesTooLateIsExpired) {
  EXPECT_THAT(bench.message("set/lamp", R"({"state":"on","_expires":"2026-11-21T23:59:59Z","_id":"c"})"),
              ElementsAre(HasSubstr(R"("id":"c","status":"expired","code":"expired")")));
  EXPECT_THAT(
      only(bench.message("set/lamp", R"({"state":"on","_expires":"2026-11-22T00:00:01Z"})"), {"do"}).size(),
      1U);
  // MQTT 5 has an expiry of its own; an old broker has only the time in the payload.
  const std::string old = R"({"state":"on","_at":"2026-11-21T23:59:00Z"})";
  EXPECT_THAT(only(bench.message("set/lamp", old), {"do"}).size(), 1U);
  CoreBench mqtt3;
  furnish(mqtt3, 4);
  EXPECT_THAT(mqtt3.message("set/lamp", old), ElementsAre(HasSubstr("the command is 60 s old")));
}

TEST_F(CommandTest, IsAnsweredWhereTheSenderAskedIfThatIsAllowed) {
  node::Message message;
  message.topic = "gable/bridge/b/set/lamp";
  message.payload = "on";
  message.response_topic = "gable/client/anna/1";
  message.correlation = "42";
  bench.give(Inbound{message});
  EXPECT_THAT(answer(1, wire::CommandStatus::accepted),
              ElementsAre(R"(E result/lamp {"id":"42","status":"accepted","_at":T})",
                          R"(E gable/client/anna/1 #42 {"id":"42","status":"accepted","_at":T})"));
  EXPECT_EQ(only(answer(1, wire::CommandStatus::done), {"E gable/client/anna/1 #42"}).size(), 1U);
  // A correlation is no id: the same may come again.
  EXPECT_EQ(only(bench.give(Inbound{message}), {"do"}).size(), 1U);
}

TEST_F(CommandTest, AnswersAreNeverWrittenElsewhere) {
  for (const std::string topic : {"gable/bridge/other/set/x", "gable/set/lock/door", "elsewhere",
                                  "gable/client/+/x", "gable/bridge/b/device/lamp"}) {
    node::Message message;
    message.topic = "gable/bridge/b/set/lamp";
    message.payload = "nonsense";
    message.response_topic = topic;
    EXPECT_THAT(only(bench.give(Inbound{message}), {"E", "P", "R"}), ElementsAre(HasSubstr("E result/lamp")))
        << topic;
  }
}

TEST_F(CommandTest, WithoutAnAnswerFailsInTime) {
  bench.message("set/lamp", R"({"state":"on","_id":"c"})");
  EXPECT_EQ(bench.core.deadline(), std::min(bench.clock.steady() + 10s, *bench.core.deadline()));
  bench.clock.advance(9s);
  answer(1, wire::CommandStatus::accepted);  // the time begins again
  bench.clock.advance(9s);
  EXPECT_THAT(only(bench.give(Tick{}), {"E"}), IsEmpty());
  bench.clock.advance(1s);
  EXPECT_THAT(only(bench.give(Tick{}), {"E"}),
              ElementsAre(HasSubstr(
                  R"("id":"c","status":"failed","code":"unavailable","reason":"no answer within 10 s")")));
}

TEST_F(CommandTest, WhileNothingCanBeReachedFailsAtOnce) {
  bench.give(ConditionChanged{"bus: no answer", true});
  EXPECT_THAT(only(bench.message("set/lamp", "on"), {"E", "do"}),
              ElementsAre(HasSubstr(R"("status":"failed","code":"unavailable","reason":"bus: no answer")")));
}

TEST_F(CommandTest, OfADeviceThatIsRemovedFails) {
  bench.message("set/lamp", "on");
  EXPECT_THAT(only(bench.give(DeviceRemoved{"lamp"}), {"E"}),
              ElementsAre(HasSubstr("the device was removed")));
}

TEST_F(CommandTest, TooManyUnderWayAreRejected) {
  for (std::size_t i = 0; i < kCommandsUnderWay; ++i) bench.message("set/lamp", "on");
  EXPECT_THAT(only(bench.message("set/lamp", "on"), {"E", "do"}),
              ElementsAre(HasSubstr("too many commands")));
}

TEST_F(CommandTest, BeforeTheInventoryIsCompleteAnUnknownDeviceIsStillToCome) {
  CoreBench starting;
  starting.give(Connected{5});
  EXPECT_THAT(starting.message("set/lamp", "on"), ElementsAre(HasSubstr(R"("code":"starting")")));
}

TEST(Request, IsAnsweredOnceOnOneTopic) {
  CoreBench bench;
  bench.give(MethodAdded{"identify", "Blinks"});
  bench.go_online();
  EXPECT_THAT(bench.message("request/identify", R"({"device":"x","_id":"r-1"})"),
              ElementsAre(R"(request 1 identify {"device":"x","_id":"r-1"})"));
  EXPECT_THAT(bench.give(Responded{1, {}}),
              ElementsAre(HasSubstr(R"(E response/identify {"id":"r-1","ok":true)")));
  EXPECT_THAT(bench.give(Responded{1, {}}), IsEmpty());
}

TEST(Request, ThatNobodyKnowsOrAnswersIsRefused) {
  CoreBench bench;
  bench.give(MethodAdded{"identify", "Blinks"});
  bench.go_online();
  EXPECT_THAT(bench.message("request/identfy", ""), ElementsAre(HasSubstr("did you mean \\\"identify\\\"?")));
  EXPECT_THAT(bench.message("request/identify", "{"), ElementsAre(HasSubstr(R"("code":"malformed")")));
  EXPECT_THAT(bench.message("request/methods", ""), ElementsAre(HasSubstr(R"("identify":"Blinks")")));
  bench.message("request/identify", "");
  bench.clock.advance(30s);
  EXPECT_THAT(only(bench.give(Tick{}), {"E"}), ElementsAre(HasSubstr("no answer within 30 s")));
}

}  // namespace
}  // namespace gable::bridge::test

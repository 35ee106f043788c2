// Locks: payloads of any type, codes, the optional latch.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Lock, says_and_takes_the_usual_words) {
  PlatformBench lock("lock", R"({"command_topic":"c","state_topic":"s","name":"Door"})");
  EXPECT_EQ(lock.described(), R"({"domain":"lock","name":"Door"})");
  EXPECT_EQ(lock.values("s", "LOCKED"), R"({"state":"locked"})");
  EXPECT_EQ(lock.values("s", "UNLOCKING"), R"({"state":"unlocking"})");
  EXPECT_EQ(lock.values("s", "JAMMED"), R"({"state":"jammed"})");
  EXPECT_EQ(lock.values("s", "OPENING"), R"({"state":"opening"})");
  EXPECT_EQ(lock.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(lock.values("s", ""), "-");
  EXPECT_EQ(lock.values("s", "ajar"), "fault: state: expected one of its payloads, found 'ajar'");
  EXPECT_EQ(lock.sent("lock"), "c LOCK");
  EXPECT_EQ(lock.sent("unlock"), "c UNLOCK");
  EXPECT_EQ(lock.sent("open"), "refused: open needs the feature open; this lock has none");
}

TEST(Lock, payloads_may_be_numbers) {
  PlatformBench lock("lock", R"({"command_topic":"c","state_topic":"s","payload_lock":255,"payload_unlock":0,
    "state_locked":255,"state_unlocked":0,"value_template":"{{ value_json.value }}"})");
  EXPECT_EQ(lock.values("s", R"({"time":1,"value":255})"), R"({"state":"locked"})");
  EXPECT_EQ(lock.values("s", R"({"time":1,"value":0})"), R"({"state":"unlocked"})");
  EXPECT_EQ(lock.sent("lock"), "c 255");
  EXPECT_EQ(lock.sent("unlock"), "c 0");
}

TEST(Lock, without_a_state_topic_it_is_assumed) {
  PlatformBench lock("lock", R"({"command_topic":"c","payload_open":"OPEN"})");
  EXPECT_TRUE(lock.description().assumed_state);
  EXPECT_EQ(lock.sent("open"), "c OPEN");
}

TEST(Lock, without_a_topic_that_can_be_published_to_it_takes_no_command) {
  PlatformBench lock("lock", R"({"command_topic":"c/#","state_topic":"s"})");
  EXPECT_EQ(lock.sent("lock"), "error: its announcement names no topic for lock");
  PlatformBench broken("lock", R"({"command_topic":"c","command_template":"{{ value ","state_topic":"s"})");
  EXPECT_EQ(broken.sent("lock"), "error: its announcement names no topic for lock");
}

TEST(Lock, a_reset_payload_of_its_own) {
  PlatformBench lock("lock", R"({"command_topic":"c","state_topic":"s","payload_reset":"?"})");
  EXPECT_EQ(lock.values("s", "?"), R"({"state":null})");
}

TEST(Lock, codes_go_into_the_template_if_they_have_the_form) {
  PlatformBench lock("lock", R"({"command_topic":"c","state_topic":"s","code_format":"^\\d{4}$",
    "command_template":"{\"action\":\"{{ value }}\",\"code\":\"{{ code }}\"}","qos":2,"retain":true})");
  EXPECT_EQ(lock.sent("unlock", R"({"code":"1234"})"),
            R"(c {"action":"UNLOCK","code":"1234"} (qos 1) (retained))");
  EXPECT_EQ(lock.sent("unlock", R"({"code":"12x4"})"), "error: it wants a code of the form '^\\d{4}$'");
  EXPECT_EQ(lock.sent("unlock"), "error: it wants a code of the form '^\\d{4}$'");
}

TEST(Lock, needs_a_command_topic) {
  EXPECT_NE(PlatformBench("lock", R"({"state_topic":"s"})").refusal.find("command_topic"), std::string::npos);
}

}  // namespace
}  // namespace gable::discovery

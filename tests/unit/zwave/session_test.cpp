// One connection: greeting, dump, answers in any order, and what a server must not say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "zwave_bench.hpp"

namespace gable::zwave {
namespace {

constexpr const char* kGreeting =
    R"({"type":"version","driverVersion":"15","serverVersion":"3","homeId":1,"minSchemaVersion":0,"maxSchemaVersion":50})";

std::string result(const std::string& id, const std::string& content = "{}") {
  return R"({"type":"result","success":true,"messageId":")" + id + R"(","result":)" + content + "}";
}

std::string dump(const std::string& nodes) {
  return R"({"state":{"controller":{"homeId":1,"statistics":{"messagesTX":3}},"nodes":[)" + nodes + "]}}";
}

// Every output in a word.
std::string told(Session& session) {
  std::string text;
  for (const Output& output : session.take()) {
    if (!text.empty()) text += ", ";
    if (const auto* send = std::get_if<SendText>(&output)) {
      text += text_of(object_from(send->text), "command");
    } else if (std::holds_alternative<Listening>(output)) {
      text += "listening";
    } else if (const auto* broken = std::get_if<Broken>(&output)) {
      text += "broken: " + broken->reason;
    } else if (const auto* done = std::get_if<Finished>(&output)) {
      text += "finished " + std::to_string(done->call) + (done->success ? "" : ": " + done->error);
    } else {
      text += "change";
    }
  }
  return text;
}

Session listening(const std::string& nodes = "") {
  Session session;
  session.receive(kGreeting);
  session.receive(result("1"));
  session.receive(result("2", dump(nodes)));
  EXPECT_EQ(told(session), "initialize, start_listening, listening");
  return session;
}

TEST(Session, greets_and_reads_the_dump) {
  const Session session = listening(node_text(5, {}));
  EXPECT_TRUE(session.listening());
  EXPECT_EQ(session.version().driver, "15");
  ASSERT_NE(session.network().find(5), nullptr);
}

TEST(Session, speaks_the_oldest_of_both_newest_schemas) {
  Session session;
  session.receive(R"({"type":"version","minSchemaVersion":0,"maxSchemaVersion":37})");
  const auto outputs = session.take();
  ASSERT_EQ(outputs.size(), 1u);
  EXPECT_EQ(whole_of(object_from(std::get<SendText>(outputs[0]).text), "schemaVersion"), 37);
}

TEST(Session, refuses_servers_that_it_cannot_understand) {
  for (const char* schemas :
       {R"("minSchemaVersion":0,"maxSchemaVersion":34)", R"("minSchemaVersion":45,"maxSchemaVersion":60)"}) {
    Session session;
    session.receive(std::string(R"({"type":"version",)") + schemas + "}");
    EXPECT_THAT(told(session), testing::HasSubstr("broken: the server speaks schemas"));
  }
}

TEST(Session, answers_come_in_any_order) {
  Session session = listening();
  const CallId first = session.call("node.ping", {}), second = session.call("node.ping", {});
  static_cast<void>(session.take());
  session.receive(result(std::to_string(second)));
  session.receive(result("999"));
  session.receive(R"({"type":"result","success":false,"messageId":")" + std::to_string(first) +
                  R"(","errorCode":"zwave_error","zwaveErrorMessage":"no acknowledgement"})");
  EXPECT_EQ(told(session), "finished 4, finished 3: no acknowledgement");
  EXPECT_EQ(session.unexpected(), 1u);
}

TEST(Session, an_answer_counts_once_and_not_when_it_is_forgotten) {
  Session session = listening();
  const CallId once = session.call("node.ping", {}), never = session.call("node.ping", {});
  static_cast<void>(session.take());
  session.forget(never);
  for (const CallId call : {once, once, never}) session.receive(result(std::to_string(call)));
  EXPECT_EQ(told(session), "finished 3");
}

TEST(Session, nothing_is_sent_before_the_dump_and_not_without_end) {
  Session early;
  EXPECT_EQ(early.call("node.ping", {}), 0u);
  Session session = listening();
  for (std::size_t i = 0; i < kCallLimit; ++i) EXPECT_NE(session.call("node.ping", {}), 0u);
  EXPECT_EQ(session.call("node.ping", {}), 0u);
}

TEST(Session, what_cannot_be_relied_on_ends_it) {
  for (const std::string text :
       {"", "{", "[]", "{}", R"({"type":"result"})", R"({"type":"event"})", R"({"type":"event","event":{}})",
        R"({"type":"version","minSchemaVersion":0,"maxSchemaVersion":50})",
        R"({"type":"event","event":{"source":"driver","event":"driver ready"}})"}) {
    Session session = listening();
    session.receive(text);
    EXPECT_THAT(told(session), testing::StartsWith("broken: ")) << text;
    session.receive(R"({"type":"event","event":{"source":"node","event":"sleep","nodeId":5}})");
    EXPECT_EQ(told(session), "") << text;
    EXPECT_EQ(session.call("node.ping", {}), 0u);
  }
}

TEST(Session, a_dump_without_its_parts_ends_it) {
  for (const std::string state :
       {"{}", R"({"state":{}})", R"({"state":{"controller":{}}})",
        R"({"state":{"controller":{},"nodes":[1]}})", R"({"state":{"controller":{},"nodes":[{}]}})"}) {
    Session session;
    session.receive(kGreeting);
    session.receive(result("1"));
    session.receive(result("2", state));
    EXPECT_THAT(told(session), testing::HasSubstr("broken: ")) << state;
  }
}

TEST(Session, messages_of_later_schemas_are_passed_over) {
  Session session = listening(node_text(5, {}));
  session.receive(R"({"type":"weather","rain":true})");
  session.receive(R"({"type":"event","event":{"source":"zniffer","event":"frame"}})");
  session.receive(R"({"type":"event","event":{"source":"node","event":"dances","nodeId":5}})");
  session.receive(R"({"type":"event","event":{"source":"node","event":"sleep","nodeId":6}})");
  EXPECT_EQ(told(session), "");
  EXPECT_TRUE(session.listening());
}

}  // namespace
}  // namespace gable::zwave

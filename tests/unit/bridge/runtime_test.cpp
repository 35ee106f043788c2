// A whole bridge on the in-memory broker: what authors write, and what others see of it.

#include "bridge/runtime.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <stdexcept>

#include "bridge/transport.hpp"
#include "bridge/worker.hpp"
#include "support/fake_clock.hpp"
#include "support/memory_broker.hpp"
#include "wire/json.hpp"

namespace gable::bridge::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

class Memory final : public CommandMemory {
 public:
  std::vector<SeenCommand> load() override { return seen; }
  bool append(const SeenCommand& one) override {
    seen.push_back(one);
    return true;
  }
  std::vector<SeenCommand> seen;
};

// Somebody else on the broker, who keeps what arrives.
class Other final : public node::MqttListener {
 public:
  explicit Other(gable::test::MemoryBroker& broker) : port(broker.make_port()) {
    node::ConnectOptions options;
    options.client_id = "other";
    port->connect(options, *this);
    broker.deliver_all();
    port->subscribe({{"gable/#"}});
    broker.deliver_all();
  }
  void on_connected(node::Connected /*event*/) override {}
  void on_disconnected(node::Disconnected /*event*/) override {}
  void on_acknowledged(node::Acknowledged /*event*/) override {}
  void on_message(node::Message message) override {
    got.push_back(message.topic.substr(13) + " " + message.payload);
  }

  std::unique_ptr<node::MqttPort> port;
  std::vector<std::string> got;
};

class RuntimeTest : public ::testing::Test {
 protected:
  void begin(const bridge::Setup& setup) {
    RuntimeOptions options;
    options.about.name = "b";
    options.session_id = "s";
    options.memory = &memory;
    options.log = [this](LogLevel level, std::string_view text) {
      if (level != LogLevel::info) logged.emplace_back(text);
    };
    runtime.emplace(loop, *port, options);
    runtime->set_up(setup);
    runtime->start();
    settle();
  }

  void settle() {
    while (broker.deliver_all() + loop.run_pending() > 0) {
    }
  }

  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    settle();
  }

  void send(const std::string& topic, const std::string& payload) {
    node::Message message;
    message.topic = "gable/bridge/" + topic;
    message.payload = payload;
    other.port->publish(message);
    settle();
  }

  std::string retained(const std::string& topic) {
    const auto all = broker.retained();
    const auto found = all.find("gable/bridge/b/" + topic);
    return found == all.end() ? "" : found->second.payload;
  }

  gable::test::FakeClock clock;
  gable::test::MemoryBroker broker{clock};
  node::Loop loop{clock};
  std::unique_ptr<node::MqttPort> port = broker.make_port();
  Other other{broker};
  Memory memory;
  std::vector<std::string> logged;
  std::optional<Runtime> runtime;
};

TEST_F(RuntimeTest, ASensorIsThere) {
  begin([](Bridge& bridge) {
    bridge.add("t", sensor("temperature", "°C").named("Greenhouse")).report({{"state", 21.5}});
  });
  EXPECT_THAT(retained("status"), HasSubstr(R"("status":"online","session":"s")"));
  EXPECT_THAT(retained("state/t"), HasSubstr(R"({"state":21.5,)"));
  EXPECT_THAT(retained("inventory"), HasSubstr(R"("complete":true,"devices":["t"])"));
  runtime->stop("stopped");
  settle();
  EXPECT_THAT(retained("status"), HasSubstr(R"("status":"offline")"));
}

TEST_F(RuntimeTest, AServiceOfTheHouseIsCalledAndAnswered) {
  std::vector<std::string> ended;
  const auto call = [&] {
    runtime->bridge().call("media_player.play_media", {{"target", "x"}}, [&](const CallOutcome& outcome) {
      ended.push_back(outcome.done ? "done" : outcome.error);
    });
    settle();
  };
  const auto answer = [&](const std::string& correlation, const std::string& payload) {
    node::Message message;
    message.topic = "gable/client/b/answer";
    message.correlation = correlation;
    message.payload = payload;
    other.port->publish(message);
    settle();
  };
  begin([](Bridge& /*bridge*/) {});
  call();
  EXPECT_THAT(other.got, Contains(HasSubstr(R"(player/play_media {"target":"x"})")));
  answer("1", R"({"status":"accepted"})");
  answer("7", R"({"status":"done"})");
  EXPECT_THAT(ended, IsEmpty());
  answer("1", R"({"status":"done"})");
  answer("1", R"({"status":"failed"})");
  EXPECT_THAT(ended, ElementsAre("done"));
  call();
  answer("2", R"({"status":"rejected","reason":"there is no such player"})");
  call();
  answer("3", "nonsense");
  call();
  pass(20s);
  ASSERT_EQ(ended.size(), 4U);
  EXPECT_EQ(ended[1], "there is no such player");
  EXPECT_THAT(ended[2], HasSubstr("makes no sense"));
  EXPECT_THAT(ended[3], HasSubstr("the hub does not answer"));
}

TEST_F(RuntimeTest, ACommandIsAnsweredStateFirst) {
  begin([](Bridge& bridge) {
    const Device relay = bridge.add("r", switch_entity());
    relay.on_command([relay](const Command& command, const Reply& reply) {
      relay.report(command.expected);
      reply.done();
    });
  });
  other.got.clear();
  send("b/set/r", R"({"state":"on","_id":"c"})");
  ASSERT_EQ(other.got.size(), 3U);
  EXPECT_THAT(other.got[1], HasSubstr(R"(state/r {"state":"on")"));
  EXPECT_THAT(other.got[2], HasSubstr(R"(result/r {"id":"c","status":"done")"));
}

TEST_F(RuntimeTest, AnAnswerMayComeLater) {
  std::optional<Reply> kept;
  begin([&kept](Bridge& bridge) {
    bridge.add("r", switch_entity()).on_command([&kept](const Command&, const Reply& reply) {
      reply.accepted();
      kept = reply;
    });
  });
  other.got.clear();
  send("b/set/r", "on");
  EXPECT_THAT(other.got.back(), HasSubstr(R"("status":"accepted")"));
  kept->done({{"state", "on"}});
  kept.reset();
  settle();
  EXPECT_THAT(other.got.back(), HasSubstr(R"("status":"done")"));
  EXPECT_EQ(other.got.size(), 4U);
}

TEST_F(RuntimeTest, ACommandThatTheAuthorForgetsFailsAndSaysSo) {
  begin([](Bridge& bridge) {
    bridge.add("r", switch_entity()).on_command([](const Command&, const Reply&) {});
    bridge.add("x", switch_entity()).on_command([](const Command&, const Reply&) {
      throw std::runtime_error("broken");
    });
  });
  send("b/set/r", "on");
  EXPECT_THAT(other.got.back(), HasSubstr("let go of the command without an answer"));
  send("b/set/x", "on");
  EXPECT_THAT(other.got.back(), HasSubstr(R"("status":"failed","code":"failed","reason":"broken")"));
}

TEST_F(RuntimeTest, ACommandThatIsHeldForEverTimesOut) {
  std::optional<Reply> kept;
  begin([&kept](Bridge& bridge) {
    bridge.add("r", switch_entity())
        .on_command([&kept](const Command&, const Reply& reply) { kept = reply; }, 3s);
  });
  send("b/set/r", "on");
  pass(3s);
  EXPECT_THAT(other.got.back(), HasSubstr("no answer within 3 s"));
  kept->done();
  settle();
  EXPECT_THAT(other.got.back(), HasSubstr("no answer within 3 s"));
}

TEST_F(RuntimeTest, AnIdIsCarriedOutOnceAcrossARestart) {
  int done = 0;
  const bridge::Setup setup = [&done](Bridge& bridge) {
    bridge.add("r", switch_entity()).on_command([&done](const Command&, const Reply& reply) {
      ++done;
      reply.done();
    });
  };
  begin(setup);
  send("b/set/r", R"({"state":"on","_id":"c"})");
  runtime.reset();
  port = broker.make_port();
  begin(setup);
  send("b/set/r", R"({"state":"on","_id":"c"})");
  EXPECT_EQ(done, 1);
  EXPECT_THAT(other.got.back(), HasSubstr(R"("id":"c","status":"done")"));
}

TEST_F(RuntimeTest, APollThatThrowsTakesTheLinkDownUntilItSucceeds) {
  bool broken = false;
  begin([&broken](Bridge& bridge) {
    bridge.add("t", sensor("temperature", "°C")).poll(30s, [&broken]() -> Object {
      if (broken) throw std::runtime_error("no answer");
      return {{"state", 20}};
    });
  });
  EXPECT_THAT(retained("link/t"), HasSubstr("online"));
  broken = true;
  pass(30s);
  EXPECT_THAT(retained("link/t"), HasSubstr(R"("status":"offline","reason":"no answer")"));
  broken = false;
  pass(30s);
  EXPECT_THAT(retained("link/t"), HasSubstr(R"("status":"online")"));
}

TEST_F(RuntimeTest, ASlowPollIsToldOnceByItsName) {
  int turns = 0;
  begin([this, &turns](Bridge& bridge) {
    const auto work = [this, &turns] {
      // Twice too slow, then quick: the time that it takes makes the next turn due at once.
      if (++turns <= 2) clock.advance(11s);
    };
    bridge.poll(10s, work, "meters");
  });
  pass(10s);
  EXPECT_GE(turns, 3);
  EXPECT_THAT(logged, ElementsAre(HasSubstr("poll meters took 11 s, longer than its period of 10 s")));
}

TEST_F(RuntimeTest, AWorkerReadsBesideTheLoopAndOnlineWaitsForIt) {
  begin([](Bridge& bridge) {
    bridge.add("t", sensor("temperature", "°C")).poll(30s, bridge.worker("bus"), [] {
      return Object{{"state", 7}};
    });
  });
  // The worker posts when it has read; nothing else ends the wait.
  while (retained("state/t").empty()) settle();
  EXPECT_THAT(retained("state/t"), HasSubstr(R"("state":7)"));
  const auto status = std::find_if(other.got.begin(), other.got.end(), [](const auto& line) {
    return line.find("\"online\",\"session\"") != line.npos;
  });
  const auto complete = std::find_if(other.got.begin(), other.got.end(), [](const auto& line) {
    return line.find("\"complete\":true") != line.npos;
  });
  EXPECT_LT(complete, status);
}

class Bus final : public Transport {
 public:
  [[nodiscard]] std::string name() const override { return "bus"; }
  void open() override {
    ++opened;
    if (works) {
      ready();
    } else {
      lost("no answer");
    }
  }
  void close() override { ++closed; }
  void break_off() { lost("unplugged"); }
  bool works = false;
  int opened = 0, closed = 0;
};

TEST_F(RuntimeTest, ATransportIsOpenedAgainWithBackOff) {
  Bus bus;
  begin([&bus](Bridge& bridge) {
    bridge.add("t", sensor("temperature", "°C"));
    bridge.use(bus);
  });
  EXPECT_THAT(retained("status"), HasSubstr(R"("status":"degraded")"));
  EXPECT_THAT(retained("status"), HasSubstr(R"("reason":"bus: no answer")"));
  EXPECT_THAT(retained("link/t"), HasSubstr("offline"));
  pass(700ms);
  EXPECT_EQ(bus.opened, 2);
  pass(700ms);
  EXPECT_EQ(bus.opened, 2);  // the second delay is about a second
  bus.works = true;
  pass(700ms);
  EXPECT_EQ(bus.opened, 3);
  EXPECT_THAT(retained("status"), HasSubstr(R"("status":"online")"));
  EXPECT_THAT(retained("link/t"), HasSubstr("online"));
  bus.break_off();
  settle();
  EXPECT_THAT(retained("status"), HasSubstr("bus: unplugged"));
  runtime->stop("stopped");
  EXPECT_EQ(bus.opened, bus.closed);
}

TEST_F(RuntimeTest, RequestsOfTheSdkAndOfTheAuthor) {
  begin([](Bridge& bridge) {
    bridge.add("t", sensor("temperature", "°C")).report({{"state", 1}});
    bridge.on_request("echo", "Says it back",
                      [](const Object& arguments, const Answer& answer) { answer.ok(arguments); });
  });
  other.got.clear();
  send("b/request/refresh", R"({"_id":"1"})");
  EXPECT_THAT(other.got, Contains(HasSubstr(R"(state/t {"state":1)")));
  EXPECT_THAT(other.got.back(), HasSubstr(R"(response/refresh {"id":"1","ok":true)"));
  send("b/request/echo", R"({"a":1})");
  EXPECT_THAT(other.got.back(), HasSubstr(R"("data":{"a":1})"));
  send("b/request/forget", R"({"device":"t"})");
  EXPECT_THAT(other.got.back(), HasSubstr(R"("code":"refused")"));
  send("b/request/forget", R"({"device":"old"})");
  EXPECT_THAT(other.got.back(), HasSubstr(R"("ok":true)"));
}

TEST_F(RuntimeTest, WhatAFormerRunLeftIsTidiedUp) {
  const bridge::Setup both = [](Bridge& bridge) {
    bridge.add("a", binary_sensor()).report({{"state", "on"}});
    bridge.add("b", binary_sensor()).report({{"state", "on"}});
  };
  begin(both);
  runtime.reset();
  port = broker.make_port();
  begin([](Bridge& bridge) { bridge.add("a", binary_sensor()); });
  EXPECT_EQ(retained("device/b") + retained("state/b") + retained("link/b"), "");
  EXPECT_THAT(retained("state/a"), HasSubstr("on"));
}

TEST_F(RuntimeTest, HandlesOfWhatHasGoneDoNothing) {
  std::optional<Device> kept;
  begin([&kept](Bridge& bridge) { kept = bridge.add("a", binary_sensor()); });
  kept->remove();
  kept->report({{"state", "on"}});
  kept->report({{"state", "off"}});
  settle();
  EXPECT_EQ(retained("state/a"), "");
  EXPECT_THAT(logged, ElementsAre(HasSubstr("device a is not there")));
  runtime.reset();
  kept->report({{"state", "on"}});
  EXPECT_FALSE(kept->exists());
}

TEST_F(RuntimeTest, MistakesOfTheAuthorAreToldAtTheStart) {
  const auto add = [this](const std::string& id, const Model& model) {
    begin([&](Bridge& bridge) { bridge.add(id, model); });
  };
  EXPECT_THROW(add("a/b", binary_sensor()), std::invalid_argument);
  EXPECT_THROW(Entity("lihgt"), std::invalid_argument);
  EXPECT_THROW(light({"sparkle"}), std::invalid_argument);
  EXPECT_THROW(device("x").with("A key", switch_entity()), std::invalid_argument);
  EXPECT_THROW(device("x").with("a", switch_entity()).with("a", switch_entity()), std::invalid_argument);
  EXPECT_THROW(add("a", Model(std::string(300, 'x')).with("a", switch_entity())), std::invalid_argument);
}

TEST_F(RuntimeTest, HealthIsToldTwiceAMinute) {
  begin([](Bridge& bridge) { bridge.add("a", binary_sensor()); });
  EXPECT_EQ(retained("health"), "");
  pass(30s);
  EXPECT_THAT(retained("health"), HasSubstr(R"("uptime":30)"));
}

TEST_F(RuntimeTest, WarningsGoToTheTreeAsWell) {
  begin([](Bridge& bridge) { bridge.add("a", binary_sensor()); });
  runtime->bridge().log(LogLevel::warning, "the filter is full");
  settle();
  EXPECT_THAT(other.got.back(), HasSubstr(R"(log {"level":"warning","text":"the filter is full")"));
  runtime->bridge().log(LogLevel::debug, "detail");
  settle();
  EXPECT_THAT(other.got, Not(Contains(HasSubstr("detail"))));
}

TEST_F(RuntimeTest, TheEndIsAskedForInOrder) {
  bool told = false;
  begin([&told](Bridge& bridge) { bridge.on_stop([&told] { told = true; }); });
  runtime->bridge().stop("the device says goodbye");
  settle();
  EXPECT_TRUE(told);
  EXPECT_THAT(retained("status"), HasSubstr(R"("reason":"the device says goodbye")"));
}

}  // namespace
}  // namespace gable::bridge::test

// The examination passes a bridge that is right, and says of each that is wrong in one way what is wrong.

#include "conformance/conformance.hpp"

#include <gmock/gmock.h>

#include "bridge/runtime.hpp"
#include "conformance_bench.hpp"

namespace gable::conformance::test {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

Options options(const std::string& bridge) {
  Options options;
  options.bridge = bridge;
  options.token = "x1";
  return options;
}

// "name: words" of each check that failed.
std::vector<std::string> failures(const std::vector<Check>& checks) {
  std::vector<std::string> lines;
  for (const Check& check : checks) {
    if (check.verdict == Verdict::fail) lines.push_back(check.name + ": " + check.words);
  }
  return lines;
}

std::vector<std::string> skipped(const std::vector<Check>& checks) {
  std::vector<std::string> names;
  for (const Check& check : checks) {
    if (check.verdict == Verdict::skipped) names.push_back(check.name);
  }
  return names;
}

void furnish(bridge::Bridge& bridge) {
  using bridge::Command, bridge::Reply, bridge::Value;
  for (const auto& [id, model, state] : std::vector<std::tuple<std::string, bridge::Model, Value>>{
           {"lamp", bridge::light({"brightness"}), "off"},
           {"level", bridge::number(0, 10), 4},
           {"mode", bridge::select({"eco", "boost"}), "eco"},
           {"relay", bridge::switch_entity(), "on"}}) {
    const bridge::Device device = bridge.add(id, model);
    device.report({{"state", state}});
    device.on_command([](const Command& command, const Reply& reply) { reply.done(command.expected); });
  }
  const bridge::Device pair = bridge.add(
      "pair", bridge::device("Pair").with("a", bridge::switch_entity()).with("b", bridge::event({"press"})));
  pair.report("a", {{"state", "off"}});
  pair.on_command([](const Command& command, const Reply& reply) { reply.done(command.expected); });
}

class SdkBridge {
 public:
  explicit SdkBridge(Bench& bench) : bench_(bench) { start(); }
  void start() {
    port_ = bench_.broker.make_port();
    bridge::RuntimeOptions options;
    options.about.name = "good";
    options.session_id = "s-" + std::to_string(++session_);
    runtime_ = std::make_unique<bridge::Runtime>(bench_.loop, *port_, options);
    runtime_->set_up(furnish);
    runtime_->start();
    bench_.settle();
  }
  void kill() {
    bench_.broker.drop("gable-bridge-good");
    runtime_.reset();
    port_.reset();
  }

 private:
  Bench& bench_;
  std::unique_ptr<node::MqttPort> port_;
  std::unique_ptr<bridge::Runtime> runtime_;
  int session_ = 0;
};

TEST(Conformance, ABridgeOnTheSdkKeepsTheContract) {
  Bench bench;
  SdkBridge good(bench);
  BenchConnection connection(bench);
  for (const std::string entity : {"lamp", "level", "mode", "relay", "pair/a"}) {
    Options wanted = options("good");
    wanted.entity = entity;
    wanted.token = "t" + entity.substr(0, 2);
    wanted.kill = [&good] { good.kill(); };
    wanted.restart = [&good] { good.start(); };
    const auto checks = examine(connection, wanted);
    EXPECT_THAT(failures(checks), IsEmpty()) << entity;
    EXPECT_THAT(skipped(checks), IsEmpty()) << entity;
    EXPECT_TRUE(conforms(checks));
  }
}

TEST(Conformance, WithoutANameNothingIsMoved) {
  Bench bench;
  FaultyBridge bridge(bench, "");
  BenchConnection connection(bench);
  BenchConnection other(bench);
  other.subscribe({{"gable/bridge/lamp/state/lamp"}});
  const auto checks = examine(connection, options("lamp"));
  EXPECT_THAT(failures(checks), IsEmpty());
  EXPECT_THAT(skipped(checks), ::testing::ElementsAre("command.duplicate", "will", "start"));
  while (const auto message = other.next(bench.clock.steady()))
    EXPECT_THAT(message->payload, HasSubstr("off"));
}

TEST(Conformance, OnlyLookingSendsNoCommand) {
  Bench bench;
  FaultyBridge bridge(bench, "");
  BenchConnection connection(bench);
  BenchConnection other(bench);
  other.subscribe({{"gable/bridge/lamp/set/+"}});
  Options wanted = options("lamp");
  wanted.commands = false;
  EXPECT_TRUE(conforms(examine(connection, wanted)));
  EXPECT_FALSE(other.next(bench.clock.steady()).has_value());
}

TEST(Conformance, ABridgeThatIsNotThereIsOneFailure) {
  Bench bench;
  BenchConnection connection(bench);
  EXPECT_THAT(failures(examine(connection, options("nobody"))),
              ::testing::ElementsAre(HasSubstr("is the bridge running")));
}

struct Wrong {
  const char* fault;
  const char* check;
  const char* words;
};

TEST(Conformance, SaysWhatIsWrong) {
  const Wrong cases[] = {
      {"no session", "status", "session"},
      {"newer info", "info", "bridge/"},
      {"newer device", "device", "device/lamp"},
      {"incomplete", "inventory", "complete"},
      {"ghost", "inventory.ghosts", "device/ghost"},
      {"wrong type", "state", "brightness"},
      {"unknown attribute", "state", "colour"},
      {"no main state", "state", "no \"state\""},
      {"no link", "link", "link/lamp"},
      {"state not retained", "retained_flags", "state/lamp was not retained"},
      {"retained event", "retained_flags", "event/lamp is retained"},
      {"own topic", "topics", "mood/lamp"},
      {"no refresh", "request.refresh", "nothing came"},
      {"lazy refresh", "request.refresh.documents", "info"},
      {"knows every request", "request.unknown", "answered with ok"},
      {"silent", "command.result", "nothing came"},
      {"no id", "command.result", "nothing came"},
      {"two results", "command.one_result", "got 2"},
      {"no response topic", "command.response_topic", "nothing came"},
      {"no correlation", "command.response_topic", "correlation"},
      {"answers anywhere", "command.forbidden_response", "gable-conformance/"},
      {"acts twice", "command.duplicate", "carried out again"},
      {"silent about duplicates", "command.duplicate", "expected one result"},
      {"accepts what it does not know", "command.unknown_attribute", "expected rejected"},
      {"accepts nonsense", "command.wrong_type", "expected rejected"},
      {"no reason", "command.malformed", "expected a reason"},
      {"obeys for others", "command.unknown_device", "expected rejected"},
      {"keeps what is stored", "command.retained", "still there"},
      {"dies of malformed", "alive", "expected the same process"},
      {"no will", "will", "nothing came"},
      {"online first", "start.order", "inventory last"},
      {"obeys what is stored", "start.stored_command", "was obeyed"},
  };
  for (const Wrong& wrong : cases) {
    Bench bench;
    FaultyBridge bridge(bench, wrong.fault);
    BenchConnection connection(bench);
    Options wanted = options("lamp");
    wanted.entity = "lamp";
    wanted.kill = [&bridge] { bridge.kill(); };
    wanted.restart = [&bridge] { bridge.start(); };
    const auto lines = failures(examine(connection, wanted));
    EXPECT_THAT(lines, Contains(::testing::AllOf(::testing::StartsWith(wrong.check), HasSubstr(wrong.words))))
        << wrong.fault;
  }
}

}  // namespace
}  // namespace gable::conformance::test

// The experiments of the architecture study that need processes: L6, a client that is killed, and L10,
// requests by hand with mosquitto_rr. Real broker only.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "contract_bench.hpp"
#include "node/paho_port.hpp"
#include "support/mosquitto.hpp"

namespace gable::test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

class BrokerProcess : public testing::Test {
 protected:
  void SetUp() override {
    peer_.port = std::make_unique<node::PahoPort>();
    auto options = client("watcher");
    options.port = broker_.port();
    peer_.port->connect(options, peer_);
    ASSERT_TRUE(wait_until([this] { return peer_.connected().has_value(); }, seconds(5)));
  }

  void subscribe(const std::string& filter) {
    const auto token = peer_.port->subscribe({{filter, 1}});
    ASSERT_TRUE(wait_until([&] { return peer_.acknowledged(token).has_value(); }, seconds(5)));
  }

  Mosquitto broker_;
  Peer peer_;
};

TEST_F(BrokerProcess, L6WillOfAKilledProcessComesAfterItsDelay) {
  subscribe("status");
  ChildProcess child({GABLE_WILL_CHILD, std::to_string(broker_.port()), "1"},
                     broker_.directory() / "child.log");
  ASSERT_TRUE(wait_until([&] { return child.output().find("connected") != std::string::npos; }, seconds(10)))
      << child.output();
  const auto killed = steady_clock::now();
  child.signal(SIGKILL);
  ASSERT_TRUE(wait_until([&] { return peer_.count() == 1; }, seconds(10)));
  EXPECT_THAT(peer_.texts(), testing::ElementsAre("status=offline"));
  // mosquitto counts whole seconds, and looks once a second.
  EXPECT_GT(steady_clock::now() - killed, std::chrono::milliseconds(100));
}

TEST_F(BrokerProcess, L10RequestByHandWithMosquittoRr) {
  subscribe("cmd");
  ChildProcess request(
      {"mosquitto_rr", "-p", std::to_string(broker_.port()), "-V", "5", "-t", "cmd", "-e", "reply", "-m",
       "on", "-D", "publish", "correlation-data", "42", "-F", "%p %D", "-W", "10"},
      broker_.directory() / "rr.log");
  ASSERT_TRUE(wait_until([this] { return peer_.count() == 1; }, seconds(10))) << request.output();
  const auto asked = peer_.messages().at(0);
  EXPECT_EQ(asked.payload, "on");
  EXPECT_EQ(asked.response_topic, "reply");
  EXPECT_EQ(asked.correlation, "42");
  auto answer = text(asked.response_topic, "done");
  answer.correlation = asked.correlation;
  peer_.port->publish(answer);
  EXPECT_EQ(request.wait(seconds(10)), 0);
  EXPECT_EQ(request.output(), "done 42\n");
}

}  // namespace
}  // namespace gable::test

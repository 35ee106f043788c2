#pragma once
// A session on a fake port with a clock that the test moves.

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fake_port.hpp"
#include "node/loop.hpp"
#include "node/session.hpp"
#include "support/fake_clock.hpp"

namespace gable::test {

struct SessionTest : testing::Test {
  FakeClock clock;
  node::Loop loop{clock};
  FakePort port;
  node::SessionOptions options;
  std::vector<node::Message> messages;
  std::vector<std::pair<std::string, std::string>> refused;
  std::vector<std::string> notices;
  std::vector<std::chrono::milliseconds> retries;
  std::vector<node::Disconnected> losses;
  std::function<void()> when_connected;
  int connections = 0;
  std::unique_ptr<node::Session> session;

  SessionTest() {
    options.connect.client_id = "gable-bridge-test";
    options.session_id = "s-1";
  }

  node::Session::Handlers handlers() {
    node::Session::Handlers h;
    h.connected = [this](const node::Connected&) {
      ++connections;
      if (when_connected) when_connected();
    };
    h.disconnected = [this](const node::Disconnected& event, std::chrono::milliseconds retry) {
      losses.push_back(event);
      retries.push_back(retry);
    };
    h.message = [this](const node::Message& message) { messages.push_back(message); };
    h.refused = [this](const std::string& topic, const std::string& reason) {
      refused.emplace_back(topic, reason);
    };
    h.notice = [this](const std::string& text) { notices.push_back(text); };
    return h;
  }

  void make() { session = std::make_unique<node::Session>(loop, port, options, handlers()); }

  void start() {
    if (!session) make();
    session->start();
    loop.run_pending();
  }
  void connect(bool session_present = false) {
    port.accept(session_present);
    loop.run_pending();
  }
  void lose(node::Disconnected event = {}) {
    port.lose(std::move(event));
    loop.run_pending();
  }
  void acknowledge_all() {
    port.grant_subscribes();
    port.acknowledge_publishes();
    loop.run_pending();
  }
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    loop.run_pending();
  }
  // Long enough for any back-off.
  void reconnect(bool session_present) {
    pass(std::chrono::seconds(40));
    connect(session_present);
  }
  void publish(const std::string& topic, const std::string& payload, bool retain = false,
               std::optional<std::uint32_t> expiry = {}) {
    node::Message message{topic, payload};
    message.retain = retain;
    message.expiry_seconds = expiry;
    session->publish(message);
  }
};

}  // namespace gable::test

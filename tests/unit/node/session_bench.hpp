#pragma once
// A session on a loop that the test turns, with either port.

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "node/loop.hpp"
#include "node/session.hpp"
#include "port_probe.hpp"
#include "support/mosquitto.hpp"

namespace gable::test {

struct SessionBench {
  node::SystemClock clock;
  node::Loop loop;
  std::unique_ptr<node::MqttPort> port;
  node::SessionOptions options;
  node::Session::Handlers handlers;
  std::unique_ptr<node::Session> session;

  SessionBench(PortKind kind, std::uint16_t tcp_port, const std::string& id, std::size_t queue = 10'000)
      : loop(clock, queue) {
    if (kind == PortKind::paho) {
      port = std::make_unique<node::PahoPort>();
    } else {
      port = std::make_unique<node::MosquittoPort>(loop);
    }
    options.connect.port = tcp_port;
    options.connect.client_id = id;
    options.backoff_min = std::chrono::milliseconds(20);
    options.backoff_max = std::chrono::milliseconds(100);
  }
  void start() {
    session = std::make_unique<node::Session>(loop, *port, options, handlers);
    session->start();
  }
  bool run_until(const std::function<bool()>& condition) {
    return wait_until(
        [&] {
          loop.run_pending();
          return condition();
        },
        std::chrono::seconds(20));
  }
};

}  // namespace gable::test

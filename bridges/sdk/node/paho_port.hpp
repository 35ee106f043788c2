#pragma once
// MqttPort on Paho's asynchronous C client (hub/decisions/0002-paho-c-api.md). One connection at a time;
// every attempt is made with a fresh client, so that Paho keeps no session, buffer or retry of its own.

#include <memory>

#include "node/mqtt_port.hpp"

namespace gable::node {

class PahoConnection;

class PahoPort final : public MqttPort {
 public:
  struct Options {
    bool tcp_nodelay = true;  // false only to measure what it is worth
  };
  // Starts Paho's threads, so that the first connect need not wait for them: make Signals before it.
  PahoPort();
  explicit PahoPort(Options options);
  ~PahoPort() override;

  void connect(const ConnectOptions& options, MqttListener& listener) override;
  void disconnect() override;
  std::uint64_t publish(const Message& message) override;
  std::uint64_t subscribe(const std::vector<Subscription>& subscriptions) override;
  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override;

 private:
  Options options_;
  std::uint64_t last_token_ = 0;
  std::unique_ptr<PahoConnection> connection_;
};

}  // namespace gable::node

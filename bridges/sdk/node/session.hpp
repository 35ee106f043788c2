#pragma once
// A participant's connection to the broker: connects and reconnects with back-off and jitter, MQTT 5 with fall-back
// to 3.1.1, birth and will from one document, resubscribes, buffers what is published while the broker is away
// (bounded), reads reason codes. Lives on the owner thread; the port's callbacks are posted to the loop.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "node/loop.hpp"
#include "node/mqtt_port.hpp"
#include "wire/documents.hpp"

namespace gable::node {

struct SessionOptions {
  ConnectOptions connect;
  std::string status_topic;              // birth and will; empty: none (command-line tools)
  std::string session_id;                // goes into both documents
  std::size_t offline_limit = 10'000;    // messages kept while disconnected; the oldest non-retained go first
  std::size_t inflight_limit = 2'000;    // unacknowledged publishes; the rest waits in the session, in order
  std::chrono::milliseconds backoff_min{250}, backoff_max{30'000};
};

struct SessionStats {
  std::uint64_t messages_in = 0, messages_out = 0, reconnects = 0, refused = 0, dropped = 0;
};

class Session final : private MqttListener {
 public:
  struct Handlers {
    // After CONNACK and before anything else; publish and subscribe here what must come first.
    std::function<void(const Connected&)> connected;
    // Each time the connection is lost or refused; the session goes on trying unless `fatal`.
    std::function<void(const Disconnected&, std::chrono::milliseconds retry_in)> disconnected;
    std::function<void(const Message&)> message;
    // A publish or subscribe that the broker refused (reason code ≥ 0x80), or that the offline buffer dropped.
    std::function<void(const std::string& topic, const std::string& reason)> refused;
  };

  Session(Loop& loop, MqttPort& port, SessionOptions options, Handlers handlers);
  ~Session() override;

  void start();
  // Publishes `offline` with `reason` in order, then disconnects.
  void stop(const std::string& reason);

  void publish(Message message);
  // Remembered and repeated after every reconnect that found no session. Asking for the same filter again
  // replaces its options. `granted` is called with the broker's code.
  void subscribe(std::vector<Subscription> subscriptions, std::function<void(const std::vector<int>&)> granted = {});
  void unsubscribe(const std::vector<std::string>& filters);

  // Publishes the status document (retained); the will says `offline` with the same session id.
  void set_status(wire::ParticipantStatus status, const std::string& reason = {});
  [[nodiscard]] const wire::StatusDoc& status() const;

  [[nodiscard]] bool connected() const;
  [[nodiscard]] int protocol_version() const;   // of the present or last connection
  [[nodiscard]] std::size_t backlog() const;    // messages not yet handed to the port
  [[nodiscard]] const SessionStats& stats() const;
  // Adds a delay as on a lost connection, for what a bridge's own transport needs too: doubles from min to max,
  // ± 20 % jitter.
  class Backoff;

 private:
  void on_connected(Connected event) override;
  void on_disconnected(Disconnected event) override;
  void on_acknowledged(Acknowledged event) override;
  void on_message(Message message) override;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::node

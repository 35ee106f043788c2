#pragma once
// A participant's connection to the broker: connects and reconnects with back-off and jitter, MQTT 5 with
// fall-back to 3.1.1, birth and will from one document, resubscribes, buffers what is published while the
// broker is away (bounded), reads reason codes. Lives on the owner thread; the port's callbacks are posted to
// the loop.

#include <chrono>
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
  std::string status_topic;            // birth and will; empty: none (command-line tools)
  std::string session_id;              // goes into both documents
  std::size_t offline_limit = 10'000;  // non-retained messages kept while disconnected; the oldest go first
  // Unacknowledged publishes; the rest waits in the session, in order. mosquitto's own window is 20, and Paho
  // searches its lists for each message, so a large window costs without gaining.
  std::size_t inflight_limit = 100;
  // While a retained message waits, a later one of its topic takes its place. False while every step counts
  // (a bridge's reports); without a connection only the latest is kept all the same.
  bool coalesce = true;
  // After a reconnect that found our session all subscriptions are named again (MQTT 5): the broker may have
  // restored an older one. False for who does so itself.
  bool confirm_subscriptions = true;
  std::chrono::milliseconds backoff_min{250}, backoff_max{30'000};
  std::uint32_t backoff_seed = 1;  // of the jitter; give every process its own (IdSource::seed)
};

struct SessionStats {
  // messages_out counts what the broker has taken; dropped what the offline bound or expiry took away.
  std::uint64_t messages_in = 0, messages_out = 0, reconnects = 0, refused = 0, dropped = 0;
};

class Session final : private MqttListener {
 public:
  // Each is optional.
  struct Handlers {
    // After CONNACK, when the subscriptions have been asked for again and before anything is published: what
    // is published here follows what was buffered, and comes before the birth.
    std::function<void(const Connected&)> connected;
    // Each time the connection is lost or refused; the session goes on trying unless `fatal`, after
    // `retry_in`.
    std::function<void(const Disconnected&, std::chrono::milliseconds retry_in)> disconnected;
    std::function<void(const Message&)> message;
    // A publish or subscribe that the broker refused (reason code ≥ 0x80), or that the offline buffer dropped
    // (over its bound, or its expiry passed while it waited).
    std::function<void(const std::string& topic, const std::string& reason)> refused;
    // For those who tell what the offline buffer dropped from what the broker refused; not set: `refused`.
    std::function<void(const std::string& topic, const std::string& reason)> dropped;
    // Worth telling people once: fall-back to MQTT 3.1.1, no TCP_NODELAY, another process under our name.
    std::function<void(const std::string& text)> notice;
  };

  // `loop` and `port` must outlive the session.
  Session(Loop& loop, MqttPort& port, SessionOptions options, Handlers handlers);
  ~Session() override;

  void start();
  // Hands over what waits, publishes `offline` with `reason` in order, then disconnects; blocks for at most
  // about a second. Nothing is tried again afterwards.
  void stop(const std::string& reason);

  // In order. While it has to wait, a retained message replaces an earlier one of the same topic, and the
  // expiry counts on.
  void publish(Message message);
  // Remembered and repeated after every reconnect (see `confirm_subscriptions`). Asking for the same filter
  // again replaces its options. `granted` is called once, with the broker's codes, in the order of
  // `subscriptions`.
  void subscribe(std::vector<Subscription> subscriptions,
                 std::function<void(const std::vector<int>&)> granted = {});
  void unsubscribe(const std::vector<std::string>& filters);

  // Publishes the status document (retained), now and after every reconnect; the will says `offline` with the
  // same session id. Until the first call nothing but the will speaks of the status.
  void set_status(wire::ParticipantStatus status, const std::string& reason = {});
  [[nodiscard]] const wire::StatusDoc& status() const;

  [[nodiscard]] bool connected() const;
  [[nodiscard]] int protocol_version() const;  // of the present or last connection
  [[nodiscard]] std::size_t backlog() const;   // messages not yet handed to the port
  [[nodiscard]] const SessionStats& stats() const;

 private:
  void on_connected(Connected event) override;
  void on_disconnected(Disconnected event) override;
  void on_acknowledged(Acknowledged event) override;
  void on_message(Message message) override;
  [[nodiscard]] bool has_room() const override;
  bool wait_for_room(std::chrono::milliseconds patience) override;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::node

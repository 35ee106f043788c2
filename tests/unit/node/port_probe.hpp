#pragma once
// A listener that keeps what a port says, for a test thread that waits for it.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/mqtt_port.hpp"
#include "node/paho_port.hpp"

namespace gable::test {

class PortProbe final : public node::MqttListener {
 public:
  static constexpr std::chrono::seconds kPatience{10};

  void on_connected(node::Connected event) override {
    keep([&] { connected_ = event; });
  }
  void on_disconnected(node::Disconnected event) override {
    keep([&] { lost_ = std::move(event); });
  }
  void on_acknowledged(node::Acknowledged event) override {
    keep([&] { answers_.push_back(std::move(event)); });
  }
  void on_message(node::Message message) override {
    keep([&] { messages_.push_back(std::move(message)); });
  }

  // Each waits for the event and takes it; nothing after kPatience.
  std::optional<node::Connected> connected() { return take(connected_); }
  std::optional<node::Disconnected> lost() { return take(lost_); }
  // The same without waiting.
  std::optional<node::Connected> connected_now() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(connected_, std::nullopt);
  }
  std::optional<node::Disconnected> lost_now() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(lost_, std::nullopt);
  }
  std::optional<node::Acknowledged> answer(std::uint64_t token) {
    std::unique_lock lock(mutex_);
    std::optional<node::Acknowledged> found;
    changed_.wait_for(lock, kPatience, [&] {
      const auto it =
          std::find_if(answers_.begin(), answers_.end(), [&](const auto& a) { return a.token == token; });
      if (it == answers_.end()) return false;
      found = std::move(*it);
      answers_.erase(it);
      return true;
    });
    return found;
  }
  std::optional<node::Message> message() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return !messages_.empty(); })) return std::nullopt;
    node::Message first = std::move(messages_.front());
    messages_.erase(messages_.begin());
    return first;
  }
  std::size_t waiting_messages() {
    const std::scoped_lock lock(mutex_);
    return messages_.size();
  }

 private:
  template <class Change>
  void keep(Change change) {
    {
      const std::scoped_lock lock(mutex_);
      change();
    }
    changed_.notify_all();
  }
  template <class T>
  std::optional<T> take(std::optional<T>& slot) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return slot.has_value(); })) return std::nullopt;
    return std::exchange(slot, std::nullopt);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<node::Connected> connected_;
  std::optional<node::Disconnected> lost_;
  std::vector<node::Acknowledged> answers_;
  std::vector<node::Message> messages_;
};

// A port with its probe, connected to a broker on 127.0.0.1.
struct Client {
  PortProbe probe;
  node::PahoPort port;
  node::ConnectOptions options;

  Client(std::uint16_t tcp_port, std::string id, int version = 5, node::PahoPort::Options kind = {})
      : port(kind) {
    options.port = tcp_port;
    options.client_id = std::move(id);
    options.protocol_version = version;
  }
  std::optional<node::Connected> connect() {
    port.connect(options, probe);
    return probe.connected();
  }
  // The answer's codes; empty when none came.
  std::vector<int> subscribe(std::vector<node::Subscription> subscriptions) {
    const auto answer = probe.answer(port.subscribe(subscriptions));
    return answer ? answer->reason_codes : std::vector<int>{};
  }
  std::vector<int> publish(const node::Message& message) {
    const auto answer = probe.answer(port.publish(message));
    return answer ? answer->reason_codes : std::vector<int>{};
  }
};

}  // namespace gable::test

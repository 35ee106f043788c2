#pragma once
// A listener that keeps what a port says, for a test thread that waits for it.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "node/loop.hpp"
#include "node/mosquitto_port.hpp"
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

enum class PortKind { paho, mosquitto };

// MosquittoPort lives on the owner thread of a loop: here on a thread that does nothing else. Calls wait for
// it.
class PortOnItsOwnLoop final : public node::MqttPort {
 public:
  PortOnItsOwnLoop() : port_(std::make_unique<node::MosquittoPort>(loop_)), owner_([this] { loop_.run(); }) {}
  ~PortOnItsOwnLoop() override {
    call([this] { port_.reset(); });
    loop_.stop();
    owner_.join();
  }
  void connect(const node::ConnectOptions& options, node::MqttListener& listener) override {
    call([&] { port_->connect(options, listener); });
  }
  void disconnect() override {
    call([this] { port_->disconnect(); });
  }
  std::uint64_t publish(const node::Message& message) override {
    return call([&] { return port_->publish(message); });
  }
  std::uint64_t subscribe(const std::vector<node::Subscription>& subscriptions) override {
    return call([&] { return port_->subscribe(subscriptions); });
  }
  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override {
    return call([&] { return port_->unsubscribe(filters); });
  }

 private:
  template <class Work>
  std::invoke_result_t<Work> call(Work work) {
    std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
    auto result = task.get_future();
    loop_.post([&task] { task(); });
    return result.get();
  }

  node::SystemClock clock_;
  node::Loop loop_{clock_};
  std::unique_ptr<node::MosquittoPort> port_;
  std::thread owner_;
};

inline std::unique_ptr<node::MqttPort> make_port(PortKind kind) {
  if (kind == PortKind::paho) return std::make_unique<node::PahoPort>();
  return std::make_unique<PortOnItsOwnLoop>();
}

// A port with its probe, connected to a broker on 127.0.0.1.
struct Client {
  PortProbe probe;
  std::unique_ptr<node::MqttPort> owned;
  node::MqttPort& port;
  node::ConnectOptions options;

  Client(PortKind kind, std::uint16_t tcp_port, std::string id, int version = 5)
      : Client(make_port(kind), tcp_port, std::move(id), version) {}
  Client(std::unique_ptr<node::MqttPort> its_port, std::uint16_t tcp_port, std::string id, int version = 5)
      : owned(std::move(its_port)), port(*owned) {
    options.port = tcp_port;
    options.client_id = std::move(id);
    options.protocol_version = version;
  }
  std::optional<node::Connected> connect() {
    port.connect(options, probe);
    return probe.connected();
  }
  // The answer's codes; empty when none came.
  std::vector<int> subscribe(const std::vector<node::Subscription>& subscriptions) {
    const auto answer = probe.answer(port.subscribe(subscriptions));
    return answer ? answer->reason_codes : std::vector<int>{};
  }
  std::vector<int> publish(const node::Message& message) {
    const auto answer = probe.answer(port.publish(message));
    return answer ? answer->reason_codes : std::vector<int>{};
  }
};

}  // namespace gable::test

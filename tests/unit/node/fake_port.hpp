#pragma once
// A port that notes what the session asks of it, and answers when the test says so. One thread.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "node/mqtt_port.hpp"

namespace gable::test {

class FakePort final : public node::MqttPort {
 public:
  struct Publish {
    std::uint64_t token;
    node::Message message;
  };
  struct Subscribe {
    std::uint64_t token;
    std::vector<node::Subscription> subscriptions;
  };

  std::vector<node::ConnectOptions> attempts;
  std::vector<Publish> published;  // since the last clear()
  std::vector<Subscribe> subscribed;
  std::vector<std::vector<std::string>> unsubscribed;
  int disconnects = 0;
  bool up = false;

  void connect(const node::ConnectOptions& options, node::MqttListener& listener) override {
    attempts.push_back(options);
    listener_ = &listener;
  }
  void disconnect() override {
    ++disconnects;
    up = false;
  }
  std::uint64_t publish(const node::Message& message) override {
    if (!up) return 0;
    published.push_back({++token_, message});
    return token_;
  }
  std::uint64_t subscribe(const std::vector<node::Subscription>& subscriptions) override {
    if (!up) return 0;
    subscribed.push_back({++token_, subscriptions});
    return token_;
  }
  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override {
    if (!up) return 0;
    unsubscribed.push_back(filters);
    return ++token_;
  }

  void accept(bool session_present = false) {
    up = true;
    listener_->on_connected({session_present, attempts.back().protocol_version, true});
  }
  void lose(node::Disconnected event = {}) {
    up = false;
    listener_->on_disconnected(std::move(event));
  }
  void acknowledge(std::uint64_t token, std::vector<int> codes = {0}) {
    listener_->on_acknowledged({token, std::move(codes), {}});
  }
  void acknowledge_publishes() {
    for (const Publish& one : std::exchange(published, {})) acknowledge(one.token);
  }
  void grant_subscribes() {
    for (const Subscribe& one : std::exchange(subscribed, {})) {
      acknowledge(one.token, std::vector<int>(one.subscriptions.size(), 1));
    }
  }
  void arrive(node::Message message) { listener_->on_message(std::move(message)); }
  void clear() {
    published.clear();
    subscribed.clear();
    unsubscribed.clear();
  }

  [[nodiscard]] std::vector<std::string> payloads() const {
    std::vector<std::string> out;
    for (const Publish& one : published) out.push_back(one.message.payload);
    return out;
  }
  [[nodiscard]] std::vector<std::string> filters() const {
    std::vector<std::string> out;
    for (const Subscribe& one : subscribed) {
      for (const node::Subscription& subscription : one.subscriptions) out.push_back(subscription.filter);
    }
    return out;
  }
  [[nodiscard]] node::MqttListener& listener() { return *listener_; }

 private:
  std::uint64_t token_ = 0;
  node::MqttListener* listener_ = nullptr;
};

}  // namespace gable::test

#include "world/port.hpp"

#include <utility>

namespace gable::sim {

void SimPort::connect(const node::ConnectOptions& options, node::MqttListener& listener) {
  if (!port_) return;
  listener_ = &listener;
  under_way_.clear();
  port_->connect(options, *this);
}

void SimPort::disconnect() {
  if (port_) port_->disconnect();
}

std::uint64_t SimPort::publish(const node::Message& message) {
  if (!port_) return 0;
  fuse_.point("before a publish");
  const std::uint64_t token = port_->publish(message);
  if (token == 0) return 0;
  if (watch_.published) watch_.published(message);
  if (watch_.acknowledged) under_way_.emplace(token, message);
  return token;
}

std::uint64_t SimPort::subscribe(const std::vector<node::Subscription>& subscriptions) {
  return port_ ? port_->subscribe(subscriptions) : 0;
}

std::uint64_t SimPort::unsubscribe(const std::vector<std::string>& filters) {
  return port_ ? port_->unsubscribe(filters) : 0;
}

void SimPort::die() {
  listener_ = nullptr;
  port_.reset();
}

void SimPort::on_connected(node::Connected event) {
  if (watch_.connected) watch_.connected(event);
  if (listener_ != nullptr) listener_->on_connected(event);
}

void SimPort::on_disconnected(node::Disconnected event) {
  under_way_.clear();
  if (watch_.disconnected) watch_.disconnected();
  if (listener_ != nullptr) listener_->on_disconnected(std::move(event));
}

void SimPort::on_acknowledged(node::Acknowledged event) {
  if (auto found = under_way_.extract(event.token); !found.empty()) {
    const int code = event.reason_codes.empty() ? 0 : event.reason_codes.front();
    watch_.acknowledged(found.mapped(), code == 0);
  }
  if (listener_ != nullptr) listener_->on_acknowledged(std::move(event));
}

void SimPort::on_message(node::Message message) {
  if (watch_.received) watch_.received(message);
  if (listener_ != nullptr) listener_->on_message(std::move(message));
}

}  // namespace gable::sim

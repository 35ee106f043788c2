#include "node/paho_port.hpp"

#include "node/paho_connection.hpp"
#include "node/paho_waker.hpp"

namespace gable::node {

PahoPort::PahoPort() : PahoPort(Options{}) {}

PahoPort::PahoPort(Options options) : options_(options) { PahoWaker::of_process(); }

PahoPort::~PahoPort() { disconnect(); }

void PahoPort::connect(const ConnectOptions& options, MqttListener& listener) {
  connection_.reset();
  connection_ = std::make_unique<PahoConnection>(options, listener, options_.tcp_nodelay);
  connection_->connect();
}

void PahoPort::disconnect() {
  if (!connection_) return;
  connection_->disconnect();
  connection_.reset();
}

std::uint64_t PahoPort::publish(const Message& message) {
  if (!connection_ || !connection_->up()) return 0;
  connection_->publish(message, ++last_token_);
  return last_token_;
}

std::uint64_t PahoPort::subscribe(const std::vector<Subscription>& subscriptions) {
  if (!connection_ || !connection_->up() || subscriptions.empty()) return 0;
  connection_->subscribe(subscriptions, ++last_token_);
  return last_token_;
}

std::uint64_t PahoPort::unsubscribe(const std::vector<std::string>& filters) {
  if (!connection_ || !connection_->up() || filters.empty()) return 0;
  connection_->unsubscribe(filters, ++last_token_);
  return last_token_;
}

}  // namespace gable::node

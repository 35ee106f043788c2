#include "node/mosquitto_port.hpp"

#include "node/mosquitto_connection.hpp"

namespace gable::node {

MosquittoPort::MosquittoPort(Loop& loop) : loop_(loop) {}

MosquittoPort::~MosquittoPort() { disconnect(); }

void MosquittoPort::connect(const ConnectOptions& options, MqttListener& listener) {
  connection_.reset();
  connection_ = std::make_unique<MosquittoConnection>(loop_, options, listener);
  connection_->connect();
}

void MosquittoPort::disconnect() {
  if (!connection_) return;
  connection_->disconnect();
  connection_.reset();
}

std::uint64_t MosquittoPort::publish(const Message& message) {
  if (!connection_ || !connection_->up()) return 0;
  return connection_->publish(message, ++last_token_) ? last_token_ : 0;
}

std::uint64_t MosquittoPort::subscribe(const std::vector<Subscription>& subscriptions) {
  if (!connection_ || !connection_->up() || subscriptions.empty()) return 0;
  connection_->subscribe(subscriptions, ++last_token_);
  return last_token_;
}

std::uint64_t MosquittoPort::unsubscribe(const std::vector<std::string>& filters) {
  if (!connection_ || !connection_->up() || filters.empty()) return 0;
  connection_->unsubscribe(filters, ++last_token_);
  return last_token_;
}

}  // namespace gable::node

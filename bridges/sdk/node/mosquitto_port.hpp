#pragma once
// MqttPort on libmosquitto, without a thread of its own: the loop watches the socket, so that a message is
// read, decided and answered on the owner thread (hub/decisions/0012-libmosquitto-for-the-hub.md). One
// connection at a time.

#include <memory>

#include "node/loop.hpp"
#include "node/mqtt_port.hpp"

namespace gable::node {

class MosquittoConnection;

// The listener is called on the loop's owner thread.
class MosquittoPort final : public MqttPort {
 public:
  // `loop` must outlive the port.
  explicit MosquittoPort(Loop& loop);
  ~MosquittoPort() override;

  void connect(const ConnectOptions& options, MqttListener& listener) override;
  void disconnect() override;
  std::uint64_t publish(const Message& message) override;
  std::uint64_t subscribe(const std::vector<Subscription>& subscriptions) override;
  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override;

 private:
  Loop& loop_;
  std::uint64_t last_token_ = 0;
  std::unique_ptr<MosquittoConnection> connection_;
};

}  // namespace gable::node

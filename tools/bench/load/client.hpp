#pragma once
// One connection to the broker, driven by the one thread that owns it: no thread of the library's, so that a
// publish leaves in the call and nothing stands between a message's arrival and the time that is taken of it.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct mosquitto;

namespace gable::bench {

class Client {
 public:
  // Called within step(); it takes note and publishes later.
  using Arrived = std::function<void(std::string_view topic, std::string_view payload)>;

  // Connects to 127.0.0.1 and waits for the broker's answer. Throws std::runtime_error with what was wrong.
  Client(const std::string& id, int port, Arrived arrived);

  void publish(const std::string& topic, std::string_view payload, int qos, bool retain = false);
  void subscribe(const std::string& filter, int qos);
  // Reads and writes what is there, waiting at most this long for something to read.
  void step(std::chrono::microseconds patience);
  // Publishes that the broker has not acknowledged, subscriptions too.
  [[nodiscard]] std::size_t unacknowledged() const { return sent_ - acknowledged_; }
  // Steps until everything is acknowledged. Throws when that takes longer.
  void settle(std::chrono::seconds limit);
  void disconnect();

 private:
  struct Free {
    void operator()(mosquitto* client) const;
  };

  std::unique_ptr<mosquitto, Free> client_;
  Arrived arrived_;
  bool connected_ = false;
  std::size_t sent_ = 0, acknowledged_ = 0;
};

}  // namespace gable::bench

#pragma once
// What a session has subscribed to: what the broker has confirmed, what still waits for its answer, and what
// has to be withdrawn. Belongs to Session, on the owner thread; calls the port that it is given.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "node/mqtt_port.hpp"

namespace gable::node {

class Subscriptions {
 public:
  using Granted = std::function<void(const std::vector<int>&)>;
  using Refused = std::function<void(const std::string& filter, const std::string& reason)>;
  Subscriptions(MqttPort& port, Refused refused) : port_(port), refused_(std::move(refused)) {}

  void subscribe(std::vector<Subscription> subscriptions, Granted granted, bool connected);
  void unsubscribe(const std::vector<std::string>& filters, bool connected);

  // Asks the broker for what it does not have: everything when it found no session, else what is still open.
  // `confirm`: also what it should have, in case the session it found is an older one (a broker that was
  // killed restores what it had written last); nothing retained comes again for that (MQTT 5, 3.8.3.1: retain
  // handling).
  void connected(bool session_present, bool confirm);
  void connection_lost();
  // False when `event` is no answer to one of ours.
  bool acknowledged(const Acknowledged& event);

  // True if a subscription of ours takes messages of `topic`.
  [[nodiscard]] bool matches(std::string_view topic) const;

 private:
  struct Request {
    std::vector<Subscription> subscriptions;
    Granted granted;
    std::uint64_t token = 0;  // 0: not sent on this connection
  };

  void confirm(const Subscription& subscription, int code, const std::string& text);
  void forget(const std::string& filter);

  MqttPort& port_;
  Refused refused_;
  std::vector<Subscription> confirmed_;
  std::vector<Request> requests_;
  std::vector<std::string> withdrawn_;  // while offline; a session that is resumed still has them
};

}  // namespace gable::node

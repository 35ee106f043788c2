#pragma once
// What systemd wants to hear (sd_notify(3), Type=notify, WatchdogSec=): ready, status, stopping, and that the
// loop still turns. Without a service manager every call does nothing. Owner thread. Speaks the protocol
// itself: it is one datagram (hub/decisions/0003-service-manager.md).

#include <chrono>
#include <string>
#include <string_view>

#include "node/loop.hpp"

namespace gable::node {

struct ServiceEnvironment {
  std::string socket;                    // NOTIFY_SOCKET; empty: no service manager
  std::chrono::microseconds watchdog{};  // WATCHDOG_USEC, if WATCHDOG_PID is ours; 0: none
  // Of this process. Takes the variables out of the environment, so that children do not speak for us.
  static ServiceEnvironment take();
};

class ServiceManager {
 public:
  // Begins to feed the watchdog from the loop's timer, twice in its time: a hung loop is noticed. `loop` must
  // outlive it.
  explicit ServiceManager(Loop& loop, const ServiceEnvironment& environment = ServiceEnvironment::take());
  ~ServiceManager();
  ServiceManager(const ServiceManager&) = delete;
  ServiceManager& operator=(const ServiceManager&) = delete;

  void ready(std::string_view status = {});
  // One line, as `systemctl status` shows it.
  void status(std::string_view text);
  void reloading();
  void stopping();

 private:
  void send(std::string_view text) const;

  Loop& loop_;
  int socket_ = -1;
  TimerId timer_ = 0;
};

}  // namespace gable::node

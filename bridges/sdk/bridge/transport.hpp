#pragma once
// The way to the devices: a serial port, a socket, a library. The author writes open() and close();
// Bridge::use() does the rest: retry with back-off and jitter, status `degraded` and links offline while it
// is lost. All calls come on the loop's thread; ready() and lost() may be called from any thread.

#include <functional>
#include <string>

namespace gable::bridge {

class Transport {
 public:
  virtual ~Transport() = default;
  // For people: "serial port /dev/ttyUSB0".
  [[nodiscard]] virtual std::string name() const = 0;
  // One attempt, which must not block. Ends in ready() or lost(); both may be called before it returns.
  virtual void open() = 0;
  // Also after an attempt that failed, before the next one, and at the end.
  virtual void close() = 0;

 protected:
  // The devices can be reached: links are restored.
  void ready();
  // The attempt failed, or the connection is gone. `reason` for people, without a full stop.
  void lost(std::string reason);

 private:
  friend struct TransportDriver;
  std::function<void()> on_ready_;
  std::function<void(std::string)> on_lost_;
};

}  // namespace gable::bridge

#pragma once
// Keeps a full queue from locking a process up. Paho calls messageArrived with its one lock held, and every
// call from another thread takes that lock. So when the receiving thread waits in that callback for room in
// the owner's queue, the owner must not call Paho: what it wants sent is put aside, and the receiving thread,
// which may call Paho from within the callback, sends it in order before it goes on.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "node/mqtt_port.hpp"

namespace gable::node {

class PahoGate {
 public:
  // One for all ports, since Paho has one lock and one receiving thread for all its clients.
  static PahoGate& of_process();

  // Owner: runs `call` now or, while the receiving thread waits, has the function that `later` makes run
  // there. `connection` is the one that the call belongs to.
  template <class Call, class Later>
  void enter(const void* connection, Call call, Later later) {
    std::unique_lock lock(mutex_);
    if (waiting_) {
      deferred_.emplace_back(connection, later());
      return;
    }
    ++inside_;
    lock.unlock();
    call();
    lock.lock();
    --inside_;
  }

  // Owner: runs `call` now. The receiving thread does not wait meanwhile, even if its message goes beyond the
  // bound. What is put aside for `connection` is forgotten: for connecting, disconnecting and destroying.
  template <class Call>
  void enter_urgent(const void* connection, Call call) {
    begin_urgent(connection);
    call();
    const std::scoped_lock lock(mutex_);
    --inside_;
  }

  // Receiving thread, in messageArrived: waits until the listener has room.
  void wait_for_room(MqttListener& listener);

 private:
  void begin_urgent(const void* connection);

  std::mutex mutex_;
  int inside_ = 0;        // owners that are in a call of Paho
  bool waiting_ = false;  // the receiving thread waits for room
  std::vector<std::pair<const void*, std::function<void()>>> deferred_;
};

}  // namespace gable::node

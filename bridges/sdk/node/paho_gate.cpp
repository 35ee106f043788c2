#include "node/paho_gate.hpp"

#include <chrono>

namespace gable::node {

namespace {

// How long an urgent call may have to wait for the receiving thread to notice it.
constexpr std::chrono::milliseconds kSlice{5};

}  // namespace

PahoGate& PahoGate::of_process() {
  static PahoGate gate;
  return gate;
}

void PahoGate::begin_urgent(const void* connection) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(deferred_, [connection](const auto& entry) { return entry.first == connection; });
  ++inside_;
}

void PahoGate::wait_for_room(MqttListener& listener) {
  if (listener.has_room()) return;
  std::unique_lock lock(mutex_);
  while (inside_ == 0) {
    waiting_ = true;
    lock.unlock();
    const bool room = listener.wait_for_room(kSlice);
    lock.lock();
    if (room) break;
  }
  waiting_ = false;
  // With the lock held: the owner's next call stays behind these.
  for (const auto& entry : deferred_) entry.second();
  deferred_.clear();
}

}  // namespace gable::node

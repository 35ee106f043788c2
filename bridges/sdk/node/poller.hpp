#pragma once
// What the owner thread of a loop sleeps on: descriptors of others, a waker, and a time. Belongs to Loop.
// Linux: poll(2); the handful of descriptors that a program of ours has needs no epoll.

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "node/wake_event.hpp"

namespace gable::node {

using WatchId = std::uint64_t;  // 0 is none

class Poller {
 public:
  // Throws std::system_error.
  Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // Owner thread only. `ready` may watch and unwatch, itself too.
  WatchId watch(int descriptor, std::function<void()> ready);
  void watch_writing(WatchId id, bool on);
  void unwatch(WatchId id);
  [[nodiscard]] bool watches() const { return !watches_.empty(); }

  // Owner thread only. Waits for a descriptor, for wake(), or until `patience` has passed (nothing: for
  // ever).
  void wait(std::optional<std::chrono::nanoseconds> patience);
  // Owner thread only. Runs what the last wait() found ready; returns how many.
  std::size_t run();
  // Any thread: ends the wait that goes on, or the next.
  void wake() const { waker_.wake(); }

 private:
  struct Watch {
    WatchId id;
    std::function<void()> ready;
  };
  void run_one(WatchId id);

  WakeEvent waker_;
  WatchId last_ = 0;
  std::vector<Watch> watches_;
  std::vector<pollfd> polled_;  // the waker, then one for each of watches_
  std::vector<WatchId> ready_;
};

}  // namespace gable::node

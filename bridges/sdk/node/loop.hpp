#pragma once
// The one owner thread of a process: drains one bounded queue of tasks, runs timers and descriptors that are
// ready in between. Everything a program does happens in one of these, so nothing else needs a lock.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "node/clock.hpp"
#include "node/poller.hpp"

namespace gable::node {

using Task = std::function<void()>;
using TimerId = std::uint64_t;  // 0 is none

struct LoopStats {
  std::size_t queued = 0;  // now
  std::size_t peak = 0;    // since last take_stats()
  std::size_t limit = 0;
  std::uint64_t blocked = 0;                 // times that a producer had to wait for room, since the start
  std::chrono::microseconds longest_turn{};  // since last take_stats()
};

class Loop {
 public:
  // The constructing thread counts as the owner until run() or run_pending() is called by another. `clock`
  // must outlive the loop; `queue_limit` ≥ 1.
  explicit Loop(const Clock& clock, std::size_t queue_limit = 10'000);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Any thread. Waits while the queue is full (that is how reading of a socket stops); never drops. From the
  // owner thread itself it never waits. After stop() the task is destroyed unrun.
  void post(Task task);
  // Any thread. Never waits: for what is bounded by other means (acknowledgements, signals), and for callers
  // that hold a foreign lock and have called wait_for_room() before.
  void post_now(Task task);
  // Any thread. False while the queue is full.
  [[nodiscard]] bool has_room() const;
  // Any thread but the owner's. Waits for room, at most `patience`; true when there is room or the loop has
  // stopped. A queue that was full has room again when a sixteenth of it is free.
  bool wait_for_room(std::chrono::milliseconds patience);

  // Owner thread only (or before run()). `at` is steady time; the callback runs once.
  TimerId at(Steady when, Task task);
  TimerId after(std::chrono::milliseconds delay, Task task);
  // Runs every `period`, first after one period; a late turn does not cause a burst.
  TimerId every(std::chrono::milliseconds period, Task task);
  void cancel(TimerId id);

  // Owner thread only (or before run()). `ready` runs each time that `descriptor` can be read, or written
  // while that is asked for, or is closed by its peer; as long as that lasts, so it has to take what there
  // is. Between two calls the tasks run that were posted, at most a batch. The descriptor stays the caller's,
  // who ends the watch before closing it.
  WatchId watch(int descriptor, Task ready);
  void watch_writing(WatchId id, bool on);
  void unwatch(WatchId id);

  // Called on the owner thread each time the queue has run empty (to flush, commit, send).
  void on_idle(Task task);
  // The on_idle tasks run after at most `n` tasks in a row even when the queue is not empty. 0: no such
  // limit.
  void set_batch(std::size_t n);

  // Runs until stop(). The calling thread becomes the owner.
  void run();
  // Runs what is queued and due now, without waiting, until nothing is left; for tests with their own clock.
  // Returns the tasks and timers run.
  std::size_t run_pending();
  // Any thread.
  void stop();

  [[nodiscard]] const Clock& clock() const;
  // Owner thread only.
  [[nodiscard]] std::optional<Steady> next_timer() const;
  LoopStats take_stats();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gable::node

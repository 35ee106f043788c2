#pragma once
// A job that runs on a thread of its own, a fixed delay after it was asked for: what is asked for in between
// is one run. For fsync and checkpoints, which must not hold up the owner thread.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace gable::hub {

class BackgroundJob {
 public:
  // `job` runs on the thread of this object and must not throw.
  BackgroundJob(std::function<void()> job, std::chrono::milliseconds delay);
  // Runs what was asked for, at once, then ends.
  ~BackgroundJob();
  BackgroundJob(const BackgroundJob&) = delete;
  BackgroundJob& operator=(const BackgroundJob&) = delete;

  // Any thread; cheap when a run is due already.
  void ask();

 private:
  void run();

  std::function<void()> job_;
  std::chrono::milliseconds delay_;
  std::atomic<bool> asked_{false};
  bool stopping_ = false;  // guarded by mutex_
  std::mutex mutex_;
  std::condition_variable wake_;
  std::thread thread_;  // last: starts when the rest is ready
};

}  // namespace gable::hub

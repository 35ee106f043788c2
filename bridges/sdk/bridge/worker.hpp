#pragma once
// One thread for calls that block (serial ports, slow libraries), with a bounded queue. Results come back as
// tasks of the loop, so that an author's state needs no lock: `work` touches only what it was given.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "node/loop.hpp"

namespace gable::bridge {

class Worker {
 public:
  Worker(node::Loop& loop, std::string name, std::size_t queue_limit = 64);
  // Waits for the call that is under way; what is queued is dropped.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs `work` on the thread, and the task that it returns on the loop. False when the queue is full.
  // Exceptions of `work` are a mistake of the caller and end the program.
  [[nodiscard]] bool post(std::function<node::Task()> work);

  // Runs `work()` on the thread, then `then(result)` on the loop.
  template <class Work, class Then>
  [[nodiscard]] bool run(Work work, Then then) {
    return post([work = std::move(work), then = std::move(then)]() mutable -> node::Task {
      return [then, result = work()]() mutable { then(std::move(result)); };
    });
  }

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  void work_on();

  node::Loop& loop_;
  const std::string name_;
  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<node::Task()>> queue_;  // guarded by mutex_
  bool stopping_ = false;                          // guarded by mutex_
  std::thread thread_;
};

}  // namespace gable::bridge

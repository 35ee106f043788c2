#include "app/background_job.hpp"

#include <utility>

namespace gable::hub {

BackgroundJob::BackgroundJob(std::function<void()> job, std::chrono::milliseconds delay)
    : job_(std::move(job)), delay_(delay), thread_([this] { run(); }) {}

BackgroundJob::~BackgroundJob() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void BackgroundJob::ask() {
  if (asked_.exchange(true)) return;
  // Without the lock the thread could miss this between its check and its wait.
  { const std::lock_guard lock(mutex_); }
  wake_.notify_one();
}

void BackgroundJob::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return asked_.load() || stopping_; });
    if (!stopping_) wake_.wait_for(lock, delay_, [this] { return stopping_; });
    const bool last = stopping_;
    lock.unlock();
    if (asked_.exchange(false)) job_();
    if (last) return;
    lock.lock();
  }
}

}  // namespace gable::hub

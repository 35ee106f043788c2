#include "bridge/worker.hpp"

namespace gable::bridge {

Worker::Worker(node::Loop& loop, std::string name, std::size_t queue_limit)
    : loop_(loop), name_(std::move(name)), queue_limit_(queue_limit), thread_([this] { work_on(); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    queue_.clear();
  }
  wake_.notify_one();
  thread_.join();
}

bool Worker::post(std::function<node::Task()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void Worker::work_on() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    std::function<node::Task()> work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    node::Task then = work();
    // Never waits for room: the loop may be waiting for this thread to end, and the queue here is bounded
    // already.
    if (then) loop_.post_now(std::move(then));
    work = nullptr;
    lock.lock();
  }
}

}  // namespace gable::bridge

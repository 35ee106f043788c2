#pragma once
// SIGINT, SIGTERM and SIGHUP as tasks of the loop. A thread waits for them; the handler runs on the owner
// thread.

#include <functional>
#include <thread>

#include "node/loop.hpp"
#include "node/wake_event.hpp"

namespace gable::node {

class Signals {
 public:
  // Blocks the three signals in the calling thread and in all that it starts later, and ignores SIGPIPE: so
  // make it in main before any thread exists. `loop` must outlive it. A second SIGINT ends the process at
  // once with status 130, for when the loop hangs. Throws std::system_error when the kernel gives no
  // descriptor.
  Signals(Loop& loop, std::function<void(int signal)> handler);
  // Unblocks them again.
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  void wait();

  Loop& loop_;
  std::function<void(int)> handler_;
  int signals_ = -1;
  const WakeEvent stop_;
  std::thread thread_;
};

// For a child process before it executes another program: the signals as a program expects them.
void restore_signals();

}  // namespace gable::node

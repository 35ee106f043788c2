#pragma once
// Ctrl-C and SIGTERM for commands that run until somebody ends them: a thread waits for the signal and calls
// back. Make it before any other thread exists. A second Ctrl-C ends the process at once.

#include <atomic>
#include <functional>
#include <thread>

namespace gable::cli {

class Interrupt {
 public:
  // `handler` is called once, on a thread of its own.
  explicit Interrupt(std::function<void()> handler);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  void wait();

  std::function<void()> handler_;
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace gable::cli

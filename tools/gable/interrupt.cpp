#include "gable/interrupt.hpp"

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <utility>

namespace gable::cli {

namespace {

constexpr int kInterruptedStatus = 130;  // as a shell reports it

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Interrupt::Interrupt(std::function<void()> handler) : handler_(std::move(handler)) {
  const sigset_t set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::thread([this] { wait(); });
}

Interrupt::~Interrupt() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);  // only to end its wait: the signal is blocked everywhere
  thread_.join();
}

void Interrupt::wait() {
  const sigset_t set = ending_signals();
  int signal = 0;
  while (sigwait(&set, &signal) == 0) {
    if (ending_) return;
    if (!handler_) ::_exit(kInterruptedStatus);
    std::exchange(handler_, nullptr)();
  }
}

}  // namespace gable::cli

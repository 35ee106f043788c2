#include "node/signals.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace gable::node {

namespace {

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

Signals::Signals(Loop& loop, std::function<void(int)> handler) : loop_(loop), handler_(std::move(handler)) {
  const sigset_t set = our_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a peer that closes is an error of write(), not a reason to die
  signals_ = signalfd(-1, &set, SFD_CLOEXEC);
  if (signals_ < 0) throw std::system_error(errno, std::generic_category(), "cannot wait for signals");
  thread_ = std::thread([this] { wait(); });
}

Signals::~Signals() {
  stop_.wake();
  thread_.join();
  close(signals_);
  restore_signals();
}

void Signals::wait() {
  bool interrupted = false;
  while (true) {
    std::array<pollfd, 2> sources{{{signals_, POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}}};
    if (poll(sources.data(), sources.size(), -1) < 0) continue;  // EINTR
    if (sources[1].revents != 0) return;
    signalfd_siginfo info{};
    if (read(signals_, &info, sizeof info) != sizeof info) continue;
    const int number = static_cast<int>(info.ssi_signo);
    if (number == SIGINT && std::exchange(interrupted, true)) _exit(128 + SIGINT);
    loop_.post_now([this, number] { handler_(number); });
  }
}

void restore_signals() {
  std::signal(SIGPIPE, SIG_DFL);
  const sigset_t set = our_signals();
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace gable::node

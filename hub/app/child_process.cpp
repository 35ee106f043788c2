#include "app/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks the program to declare it

namespace gable::hub {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kLook{200};  // how often `stopping` is looked at

class Handle {
 public:
  Handle() = default;
  ~Handle() { close(); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void set(int fd) { fd_ = fd; }
  [[nodiscard]] int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

// One stream of the child: ours and its end. Sockets, since a write to one whose reader has gone can be told
// to raise no signal.
struct Stream {
  Handle ours, theirs;
  bool open() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
    ours.set(ends[0]);
    theirs.set(ends[1]);
    return ::fcntl(ours.get(), F_SETFL, O_NONBLOCK) == 0;
  }
};

class Child {
 public:
  Child(const EdgeAction& action, const std::atomic<bool>& stopping) : action_(action), stopping_(stopping) {}

  ProcessEnded run() {
    end_.id = action_.id;
    if (!spawn()) return end_;
    const auto until = Steady::now() + action_.limit;
    while (out_.ours.get() >= 0 || err_.ours.get() >= 0) {
      if (stopping_ || Steady::now() >= until) {
        end_.failure =
            stopping_ ? "the hub stopped" : "it took longer than " + wire::format_duration(action_.limit);
        break;
      }
      exchange();
    }
    reap(until);
    return end_;
  }

 private:
  bool spawn() {
    if (!in_.open() || !out_.open() || !err_.open()) {
      end_.failure = std::string("no socket: ") + std::strerror(errno);
      return false;
    }
    std::vector<std::string> words = action_.arguments;
    if (!action_.shell.empty()) words = {"/bin/sh", "-c", action_.shell};
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, in_.theirs.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out_.theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, err_.theirs.get(), STDERR_FILENO);
    // A group of its own, to be killed as a whole; and no signal blocked, as the hub's threads have them.
    sigset_t none, usual;
    ::sigemptyset(&none);
    ::sigfillset(&usual);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &usual);
    ::posix_spawnattr_setflags(
        &attributes,
        static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    const int error = ::posix_spawnp(&pid_, pointers.front(), &files, &attributes, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
    for (Stream* stream : {&in_, &out_, &err_}) stream->theirs.close();
    if (error != 0) end_.failure = "cannot run " + words.front() + ": " + std::strerror(error);
    return error == 0;
  }

  void exchange() {
    if (written_ >= action_.input.size()) in_.ours.close();
    std::array<pollfd, 3> waiting{
        {{out_.ours.get(), POLLIN, 0}, {err_.ours.get(), POLLIN, 0}, {in_.ours.get(), POLLOUT, 0}}};
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(kLook.count())) <= 0) return;
    if (waiting[0].revents != 0) read(out_.ours, end_.output);
    if (waiting[1].revents != 0) read(err_.ours, end_.errors);
    if (waiting[2].revents != 0) write();
  }

  static void read(Handle& from, std::string& text) {
    std::array<char, 4096> bytes{};
    const ssize_t size = ::read(from.get(), bytes.data(), bytes.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) return from.close();
    const std::size_t room = kOutputLimit - std::min(kOutputLimit, text.size());
    text.append(bytes.data(), std::min(static_cast<std::size_t>(size), room));
  }

  void write() {
    const ssize_t size = ::send(in_.ours.get(), action_.input.data() + written_,
                                action_.input.size() - written_, MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    written_ = size < 0 ? action_.input.size() : written_ + static_cast<std::size_t>(size);
  }

  // It may have closed its outputs and go on.
  void reap(Steady::time_point until) {
    int status = 0;
    while (end_.failure.empty() && ::waitpid(pid_, &status, WNOHANG) == 0) {
      if (stopping_ || Steady::now() >= until) end_.failure = "it did not end in time";
      ::poll(nullptr, 0, 10);
    }
    if (!end_.failure.empty()) {
      ::kill(-pid_, SIGKILL);
      ::waitpid(pid_, &status, 0);
    }
    end_.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  const EdgeAction& action_;
  const std::atomic<bool>& stopping_;
  ProcessEnded end_;
  Stream in_, out_, err_;
  std::size_t written_ = 0;
  pid_t pid_ = -1;
};

}  // namespace

ProcessEnded run_process(const EdgeAction& action, const std::atomic<bool>& stopping) {
  return Child(action, stopping).run();
}

}  // namespace gable::hub

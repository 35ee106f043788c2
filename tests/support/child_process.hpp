#pragma once
// A program run by a test. It cannot outlive the thread that started it (start from the main thread), and is
// killed by the destructor; its output goes to a file.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gable::test {

// A directory below the system's temporary one; the destructor removes it with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A port of 127.0.0.1 that nobody listens on now.
std::uint16_t free_port();

// Asks `condition` every few milliseconds until it is true; false when the time is over.
bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds limit);

class ChildProcess {
 public:
  // `command[0]` is looked up in PATH and in /usr/sbin. `output` is appended to. Throws std::runtime_error.
  ChildProcess(std::vector<std::string> command, std::filesystem::path output);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // SIGKILL, SIGTERM, SIGSTOP …; nothing when it has ended.
  void signal(int number);
  // The exit status, or 128 + the signal that ended it; nothing while it runs (after `limit`).
  std::optional<int> wait(std::chrono::milliseconds limit);
  [[nodiscard]] bool running() { return !wait(std::chrono::milliseconds(0)); }
  [[nodiscard]] pid_t pid() const { return pid_; }
  // What it has printed so far.
  [[nodiscard]] std::string output() const;

 private:
  std::filesystem::path output_;
  pid_t pid_ = -1;
  std::optional<int> status_;
};

}  // namespace gable::test

#include "speech.hpp"

#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <vector>

namespace gable::notify {

namespace {

constexpr auto kPatience = std::chrono::seconds(10);  // minutes of speech take about a second
constexpr int kLook = 100;                            // milliseconds between looks at `stop`

// A process of ours with no signals blocked and nothing to read or print. 0 when it could not be started.
pid_t start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&files, each, "/dev/null", each == STDIN_FILENO ? 0 : 1, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments.front(), &files, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  errno = error;
  return error == 0 ? child : 0;
}

bool has_ended(pid_t child) {
  siginfo_t about{};
  return ::waitid(P_PID, static_cast<id_t>(child), &about, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         about.si_pid == child;
}

// True when it has ended by itself in time. A kernel without pidfd_open is asked now and then.
bool wait_for(pid_t child, const std::atomic<bool>& stop) {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  const auto until = std::chrono::steady_clock::now() + kPatience;
  bool ended = has_ended(child);
  while (!ended && !stop.load() && std::chrono::steady_clock::now() < until) {
    pollfd waited{handle, POLLIN, 0};
    ::poll(&waited, handle < 0 ? 0 : 1, kLook);
    ended = has_ended(child);
  }
  if (handle >= 0) ::close(handle);
  if (!ended) ::kill(child, SIGKILL);
  return ended;
}

}  // namespace

std::string speak(const Speech& speech, const std::atomic<bool>& stop) {
  const std::string text = speech.path + ".txt";
  {
    std::ofstream out(text, std::ios::trunc);
    out << speech.text << std::flush;
    if (!out) return "cannot write " + text;
  }
  const pid_t child = start({"espeak-ng", "-b", "1", "-v", speech.voice, "-s", std::to_string(speech.speed),
                             "-w", speech.path, "-f", text});
  const int error = errno;
  if (child == 0) {
    std::remove(text.c_str());
    return error == ENOENT ? "espeak-ng is not installed (apt-get install espeak-ng)"
                           : "espeak-ng cannot be started";
  }
  const bool in_time = wait_for(child, stop);
  int status = 0;
  ::waitpid(child, &status, 0);
  std::remove(text.c_str());
  if (!in_time) return "espeak-ng did not end within 10 s";
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return "espeak-ng could not speak with voice " + speech.voice + " (espeak-ng --voices lists them)";
  return {};
}

}  // namespace gable::notify

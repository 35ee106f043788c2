#include "node/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace gable::node {

namespace {

std::string take_variable(const char* name) {
  const char* const value = std::getenv(name);
  std::string text = value == nullptr ? "" : value;
  unsetenv(name);
  return text;
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// A datagram socket connected to `path`; a leading @ stands for Linux's abstract names. -1 when that fails.
int connect_to(const std::string& path) {
  sockaddr_un address{};
  if (path.empty() || (path.front() != '/' && path.front() != '@') || path.size() >= sizeof address.sun_path)
    return -1;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  // The sockets interface wants the general address type.
  if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), length) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

}  // namespace

ServiceEnvironment ServiceEnvironment::take() {
  ServiceEnvironment environment;
  environment.socket = take_variable("NOTIFY_SOCKET");
  const std::int64_t watchdog = number_of(take_variable("WATCHDOG_USEC"));
  const std::string pid = take_variable("WATCHDOG_PID");
  if (watchdog > 0 && (pid.empty() || number_of(pid) == getpid()))
    environment.watchdog = std::chrono::microseconds(watchdog);
  return environment;
}

ServiceManager::ServiceManager(Loop& loop, const ServiceEnvironment& environment)
    : loop_(loop), socket_(connect_to(environment.socket)) {
  if (socket_ < 0 || environment.watchdog.count() == 0) return;
  const auto period = std::chrono::duration_cast<std::chrono::milliseconds>(environment.watchdog / 2);
  timer_ = loop_.every(std::max(period, std::chrono::milliseconds(1)), [this] { send("WATCHDOG=1"); });
}

ServiceManager::~ServiceManager() {
  loop_.cancel(timer_);
  if (socket_ >= 0) close(socket_);
}

void ServiceManager::ready(std::string_view text) {
  send("READY=1");
  if (!text.empty()) status(text);
}

void ServiceManager::status(std::string_view text) {
  std::string line = "STATUS=" + std::string(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  send(line);
}

void ServiceManager::reloading() { send("RELOADING=1"); }

void ServiceManager::stopping() { send("STOPPING=1"); }

void ServiceManager::send(std::string_view text) const {
  if (socket_ < 0) return;
  // Never waits for a service manager that does not read; there is nobody to tell if it fails.
  [[maybe_unused]] const ssize_t sent =
      ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace gable::node

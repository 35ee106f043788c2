#include "connection.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace gable::mpd {

namespace {

constexpr int kConnectPatience = 5'000;            // milliseconds, for each address of a name
constexpr std::size_t kOutputLimit = 1024 * 1024;  // bytes that wait for the server
constexpr int kInFlight = 16;                      // pieces that wait for the loop

std::string system_words(int error) {
  std::array<char, 128> text{};
  return strerror_r(error, text.data(), text.size());
}

void set_options(int socket) {
  const int on = 1, idle = 30, interval = 10, count = 3;  // seconds, seconds, probes
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
}

}  // namespace

std::string Address::text() const {
  if (host.empty()) return path;
  const bool numbers = host.find(':') != std::string::npos;  // IPv6
  return (numbers ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Connection::Connection(node::Loop& loop, Address address, Handlers handlers)
    : loop_(loop),
      address_(std::move(address)),
      handlers_(std::make_shared<Handlers>(std::move(handlers))),
      thread_([this] { run(); }) {}

Connection::~Connection() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  handlers_.reset();
  credit_.notify_all();
  wake_.wake();
  thread_.join();
}

bool Connection::write(std::string_view bytes) {
  if (bytes.empty()) return true;
  {
    const std::lock_guard lock(mutex_);
    if (output_.size() + bytes.size() > kOutputLimit) return false;
    output_ += bytes;
  }
  wake_.wake();
  return true;
}

void Connection::run() {
  std::string reason;
  const int socket = open(reason);
  if (socket < 0) {
    ended(std::move(reason));
    return;
  }
  tell([](const Handlers& handlers) { handlers.opened(); });
  exchange(socket);
  ::close(socket);
}

int Connection::open(std::string& reason) {
  return address_.host.empty() ? open_path(reason) : open_network(reason);
}

int Connection::open_network(std::string& reason) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
  const std::string port = std::to_string(address_.port);
  if (const int error = getaddrinfo(address_.host.c_str(), port.c_str(), &hints, &found); error != 0) {
    reason = gai_strerror(error);
    return -1;
  }
  int socket = -1;
  for (const addrinfo* each = found; each != nullptr && socket < 0; each = each->ai_next) {
    const int made = ::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, each->ai_protocol);
    if (made < 0) {
      reason = system_words(errno);
      continue;
    }
    set_options(made);
    socket = connected(made, each->ai_addr, each->ai_addrlen, reason);
  }
  freeaddrinfo(found);
  return socket;
}

int Connection::open_path(std::string& reason) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (address_.path.size() >= sizeof address.sun_path) {
    reason = "the path of the socket is too long";
    return -1;
  }
  std::memcpy(address.sun_path, address_.path.data(), address_.path.size());
  std::size_t size = sizeof address;
  if (address_.path.front() == '@') {
    address.sun_path[0] = '\0';
    size = offsetof(sockaddr_un, sun_path) + address_.path.size();
  }
  const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (made < 0) {
    reason = system_words(errno);
    return -1;
  }
  return connected(made, &address, static_cast<std::uint32_t>(size), reason);
}

// The socket, or −1 (closed) with a reason.
int Connection::connected(int socket, const void* address, std::uint32_t size, std::string& reason) {
  int error = 0;
  if (::connect(socket, static_cast<const sockaddr*>(address), size) != 0) error = errno;
  if (error == EINPROGRESS) {
    std::array<pollfd, 2> waited{pollfd{socket, POLLOUT, 0}, pollfd{wake_.descriptor(), POLLIN, 0}};
    const int ready = ::poll(waited.data(), waited.size(), kConnectPatience);
    socklen_t length = sizeof error;
    if (ready == 0) {
      error = ETIMEDOUT;
    } else if (waited[1].revents != 0) {
      error = ECANCELED;
    } else {
      getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length);
    }
  }
  if (error == 0) return socket;
  reason = system_words(error);
  ::close(socket);
  return -1;
}

void Connection::exchange(int socket) {
  for (;;) {
    std::array<pollfd, 2> waited{pollfd{socket, POLLIN, 0}, pollfd{wake_.descriptor(), POLLIN, 0}};
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (!output_.empty()) waited[0].events |= POLLOUT;
    }
    if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR) {
      ended(system_words(errno));
      return;
    }
    if (waited[1].revents != 0) wake_.take();
    const auto happened = static_cast<unsigned>(waited[0].revents);
    if ((happened & POLLOUT) != 0 && !send_some(socket)) return;
    if ((happened & (POLLIN | POLLHUP | POLLERR)) != 0 && !read_some(socket)) return;
  }
}

bool Connection::send_some(int socket) {
  const std::lock_guard lock(mutex_);
  const ssize_t sent = ::send(socket, output_.data(), output_.size(), MSG_NOSIGNAL);
  if (sent > 0) output_.erase(0, static_cast<std::size_t>(sent));
  // A connection that is gone shows when it is read.
  return true;
}

bool Connection::read_some(int socket) {
  std::array<char, 16 * 1024> buffer;
  const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  if (got < 0) return ended(system_words(errno));
  if (got == 0) return ended("the server has closed the connection");
  if (!wait_for_credit()) return false;
  tell([bytes = std::string(buffer.data(), static_cast<std::size_t>(got)), this](const Handlers& handlers) {
    {
      const std::lock_guard lock(mutex_);
      --in_flight_;
    }
    credit_.notify_one();
    handlers.received(bytes);
  });
  return true;
}

// What is not taken by the loop is not read: the server waits, not our memory.
bool Connection::wait_for_credit() {
  std::unique_lock lock(mutex_);
  credit_.wait(lock, [this] { return stopping_ || in_flight_ < kInFlight; });
  ++in_flight_;
  return !stopping_;
}

// False, so that a caller may return it.
bool Connection::ended(std::string reason) {
  tell([reason = std::move(reason)](const Handlers& handlers) { handlers.closed(reason); });
  return false;
}

void Connection::tell(std::function<void(const Handlers&)> what) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  // Few at a time: see wait_for_credit.
  loop_.post_now([weak = std::weak_ptr(handlers_), what = std::move(what)] {
    if (const auto handlers = weak.lock()) what(*handlers);
  });
}

}  // namespace gable::mpd

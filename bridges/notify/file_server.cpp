#include "file_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace gable::notify {

namespace {

constexpr std::size_t kClients = 16;
constexpr std::int64_t kPatience = 30'000;  // milliseconds without progress
constexpr std::size_t kPiece = 32 * 1024;

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

[[noreturn]] void fail(int socket, const std::string& where, int error) {
  if (socket >= 0) ::close(socket);
  std::array<char, 128> text{};
  throw std::runtime_error("cannot listen on " + where + ": " + strerror_r(error, text.data(), text.size()));
}

int listen_on(const std::string& host, std::uint16_t port) {
  const std::string where = host + ":" + std::to_string(port);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) fail(-1, where, EINVAL);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) fail(-1, where, errno);
  const int on = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(socket, 8) != 0)
    fail(socket, where, errno);
  return socket;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

FileServer::FileServer(const std::string& host, std::uint16_t port)
    : listener_(listen_on(host, port)), port_(port_of(listener_)) {
  thread_ = std::thread([this] { run(); });
}

FileServer::~FileServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.wake();
  thread_.join();
  ::close(listener_);
}

void FileServer::offer(const std::string& path, const std::string& file) {
  const std::lock_guard lock(mutex_);
  files_.insert_or_assign(path, file);
}

void FileServer::withdraw(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_.erase(path);
}

void FileServer::run() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
    }
    std::vector<pollfd> waited{{wake_.descriptor(), POLLIN, 0},
                               {clients_.size() < kClients ? listener_ : -1, POLLIN, 0}};
    waited.reserve(clients_.size() + 2);
    for (const Client& client : clients_)
      waited.push_back({client.socket, static_cast<short>(client.answering ? POLLOUT : POLLIN), 0});
    if (::poll(waited.data(), waited.size(), clients_.empty() ? -1 : 1'000) < 0 && errno != EINTR) break;
    std::size_t at = 2;
    for (auto client = clients_.begin(); client != clients_.end(); ++at) {
      const bool stays = serve(*client, static_cast<unsigned>(waited[at].revents));
      if (!stays) {
        ::close(client->socket);
        if (client->file >= 0) ::close(client->file);
      }
      client = stays ? std::next(client) : clients_.erase(client);
    }
    if (waited[1].revents != 0) accept_one();
  }
  for (const Client& client : clients_) {
    ::close(client.socket);
    if (client.file >= 0) ::close(client.file);
  }
}

void FileServer::accept_one() {
  const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket < 0) return;
  Client client;
  client.socket = socket;
  client.until = now() + kPatience;
  clients_.push_back(std::move(client));
}

// False when it is over.
bool FileServer::serve(Client& client, unsigned events) {
  if (events == 0) return now() < client.until;
  client.until = now() + kPatience;
  return client.answering ? write_some(client) : read_head(client);
}

bool FileServer::read_head(Client& client) {
  std::array<char, 4096> buffer;
  const ssize_t got = ::recv(client.socket, buffer.data(), buffer.size(), 0);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  client.input.append(buffer.data(), static_cast<std::size_t>(got));
  const ParsedHead head = parse_head(client.input);
  if (head.state == HeadState::incomplete) return true;
  client.answering = true;
  if (head.state == HeadState::wrong) {
    client.output = answer_head(400, 0, "text/plain");
  } else {
    answer(client, head.request);
  }
  return true;
}

void FileServer::answer(Client& client, const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    client.output = answer_head(405, 0, "text/plain");
    return;
  }
  std::string name;
  {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(request.path);
    if (found != files_.end()) name = found->second;
  }
  struct stat about {};
  client.file = name.empty() ? -1 : ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (client.file < 0 || ::fstat(client.file, &about) != 0) {
    client.output = answer_head(404, 0, "text/plain");
    return;
  }
  client.output = answer_head(200, static_cast<std::size_t>(about.st_size), "audio/wav");
  if (request.method == "GET") client.left = static_cast<std::uint64_t>(about.st_size);
}

bool FileServer::write_some(Client& client) {
  if (client.output.empty() && client.left > 0) {
    std::array<char, kPiece> buffer;
    const ssize_t got =
        ::read(client.file, buffer.data(), std::min<std::uint64_t>(buffer.size(), client.left));
    if (got <= 0) return false;
    client.left -= static_cast<std::uint64_t>(got);
    client.output.assign(buffer.data(), static_cast<std::size_t>(got));
  }
  const ssize_t sent = ::send(client.socket, client.output.data(), client.output.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR;
  client.output.erase(0, static_cast<std::size_t>(sent));
  return !client.output.empty() || client.left > 0;
}

}  // namespace gable::notify

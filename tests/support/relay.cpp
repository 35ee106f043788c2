#include "support/relay.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace gable::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int connect_to(std::uint16_t port) {
  const int out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(port);
  if (connect(out, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return out;
  close(out);
  return -1;
}

void set_no_delay(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool write_all(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const auto sent = ::send(to, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

// False at the end of the connection. `lost`: it arrives nowhere.
bool forward(int from, int to, bool lost = false) {
  std::array<char, 65536> buffer;
  const auto size = read(from, buffer.data(), buffer.size());
  return size > 0 && (lost || write_all(to, buffer.data(), static_cast<std::size_t>(size)));
}

}  // namespace

struct Relay::Impl {
  explicit Impl(std::uint16_t to) : target(to) {
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener, generic, size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, generic, &size) != 0) {
      throw std::runtime_error("relay: cannot listen");
    }
    port = ntohs(address.sin_port);
    wake = eventfd(0, EFD_CLOEXEC);
    thread = std::thread([this] { run(); });
  }

  ~Impl() {
    ask(stopping);
    thread.join();
    close_all();
    close(listener);
    close(wake);
  }

  void ask(std::atomic<bool>& what, bool value = true) {
    what = value;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(wake, &one, sizeof one);
  }

  void close_all() {
    for (const auto& [client, server] : pairs) {
      close(client);
      close(server);
    }
    pairs.clear();
  }

  void take_connection() {
    const int client = ::accept(listener, nullptr, nullptr);
    const int server = refusing ? -1 : connect_to(target);
    if (server < 0) {
      close(client);
      return;
    }
    set_no_delay(client);
    set_no_delay(server);
    pairs.emplace_back(client, server);
  }

  void carry(const std::vector<pollfd>& polled) {
    const auto ready = [&polled](int socket) {
      return std::any_of(polled.begin() + 2, polled.end(),
                         [socket](const pollfd& entry) { return entry.fd == socket && entry.revents != 0; });
    };
    std::erase_if(pairs, [this, &ready](const std::pair<int, int>& pair) {
      const auto [client, server] = pair;
      const bool alive =
          (!ready(client) || forward(client, server, muted)) && (!ready(server) || forward(server, client));
      if (!alive) {
        close(client);
        close(server);
      }
      return !alive;
    });
  }

  void run() {
    while (!stopping) {
      std::vector<pollfd> polled{{wake, POLLIN, 0}, {listener, POLLIN, 0}};
      for (const auto& [client, server] : pairs) {
        if (frozen) continue;
        polled.push_back({client, POLLIN, 0});
        polled.push_back({server, POLLIN, 0});
      }
      poll(polled.data(), polled.size(), -1);
      if (polled[0].revents != 0) {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = read(wake, &count, sizeof count);
        if (cutting.exchange(false)) close_all();
        continue;
      }
      carry(polled);
      if (polled[1].revents != 0) take_connection();
    }
  }

  std::uint16_t target, port = 0;
  int listener = -1, wake = -1;
  std::vector<std::pair<int, int>> pairs;  // client's and server's socket; of the thread alone
  std::atomic<bool> stopping{false}, cutting{false}, frozen{false}, refusing{false}, muted{false};
  std::thread thread;
};

Relay::Relay(std::uint16_t target) : impl_(std::make_unique<Impl>(target)) {}
Relay::~Relay() = default;
std::uint16_t Relay::port() const { return impl_->port; }
void Relay::cut() { impl_->ask(impl_->cutting); }
void Relay::freeze() { impl_->ask(impl_->frozen); }
void Relay::thaw() { impl_->ask(impl_->frozen, false); }
void Relay::mute() { impl_->ask(impl_->muted); }
void Relay::speak() { impl_->ask(impl_->muted, false); }
void Relay::refuse() { impl_->ask(impl_->refusing); }
void Relay::accept() { impl_->ask(impl_->refusing, false); }

}  // namespace gable::test

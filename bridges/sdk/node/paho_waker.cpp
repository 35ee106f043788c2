#include "node/paho_waker.hpp"

#include <MQTTAsync.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "node/paho_convert.hpp"
#include "node/tcp_nodelay.hpp"

namespace gable::node {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirst{2};
constexpr milliseconds kLongest{20};
constexpr milliseconds kAltogether{2'000};

// MQTT 3.1.1, 3.2 and 3.13.
constexpr std::array<unsigned char, 4> kConnack{0x20, 2, 0, 0};
constexpr std::array<unsigned char, 2> kPingresp{0xD0, 0};

template <std::size_t N>
void send_bytes(int fd, const std::array<unsigned char, N>& bytes) {
  // What does not fit now is not missed: then Paho has enough to wake for.
  static_cast<void>(send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

using NameOf = int (*)(int, sockaddr*, socklen_t*);
std::uint16_t port_of(int fd, NameOf name_of) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  // The sockets interface wants the general address type.
  return name_of(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0 ? ntohs(address.sin_port) : 0;
}

}  // namespace

PahoWaker& PahoWaker::of_process() {
  // Never destroyed: Paho's threads run until the process has ended.
  static auto* const kWaker = new PahoWaker();
  return *kWaker;
}

PahoWaker::PahoWaker() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Without such a socket Paho is slow to connect, and no worse.
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) listen(listener_, 4);
  port_ = port_of(listener_, getsockname);

  MQTTAsync client = create_client("tcp://127.0.0.1:" + std::to_string(port_), "waker", MQTTVERSION_3_1_1);
  MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
  options.MQTTVersion = MQTTVERSION_3_1_1;
  options.keepAliveInterval = 0;
  options.connectTimeout = 3'600;
  if (client != nullptr) MQTTAsync_connect(client, &options);
}

// Takes the connection of our own client; a stranger's is closed.
void PahoWaker::take_connection() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return;
  const std::uint16_t theirs = port_of(fd, getpeername);
  const auto sockets = sockets_to_port(port_);
  if (std::none_of(sockets.begin(), sockets.end(),
                   [&](int own) { return port_of(own, getsockname) == theirs; })) {
    close(fd);
    return;
  }
  peer_ = fd;
  close(listener_);
  send_bytes(peer_, kConnack);
}

void PahoWaker::wake() {
  const std::scoped_lock lock(mutex_);
  if (peer_ < 0) {
    take_connection();
  } else {
    send_bytes(peer_, kPingresp);
  }
}

PahoNudge::PahoNudge() {
  PahoWaker::of_process();
  thread_ = std::thread([this] { run(); });
}

PahoNudge::~PahoNudge() {
  decided();
  thread_.join();
}

void PahoNudge::decided() {
  {
    const std::scoped_lock lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
}

void PahoNudge::run() {
  milliseconds pause = kFirst;
  std::unique_lock lock(mutex_);
  for (milliseconds waited{}; waited < kAltogether; waited += pause, pause = std::min(pause * 2, kLongest)) {
    if (changed_.wait_for(lock, pause, [this] { return done_; })) return;
    PahoWaker::of_process().wake();
  }
}

}  // namespace gable::node

#include "echo_socket.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace gable::presence {

EchoSocket::EchoSocket(Descriptors& descriptors, std::function<std::vector<Ip>()> addresses)
    : descriptors_(descriptors), addresses_(std::move(addresses)) {
  std::random_device random;
  for (auto& byte : token_) byte = static_cast<std::uint8_t>(random() & 0xFFU);
}

EchoSocket::~EchoSocket() { EchoSocket::close(); }

void EchoSocket::open() {
  constexpr int kFlags = SOCK_NONBLOCK | SOCK_CLOEXEC;
  // Without privilege where net.ipv4.ping_group_range lets us, else with CAP_NET_RAW.
  socket_ = ::socket(AF_INET, SOCK_DGRAM | kFlags, IPPROTO_ICMP);
  raw_ = socket_ < 0;
  if (raw_) socket_ = ::socket(AF_INET, SOCK_RAW | kFlags, IPPROTO_ICMP);
  if (socket_ < 0) {
    return events.lost("not permitted: " + std::generic_category().message(errno) +
                       "; give the bridge CAP_NET_RAW, or let its group ping (net.ipv4.ping_group_range), or "
                       "set ping: false");
  }
  descriptors_.add(socket_, [this](const Received& got) { received(got); });
  events.works();
  look();
}

void EchoSocket::close() {
  if (socket_ < 0) return;
  descriptors_.remove(socket_);
  ::close(std::exchange(socket_, -1));
}

void EchoSocket::look() {
  ++sequence_;
  for (const Ip& ip : addresses_()) {
    if (ip.v6) continue;
    const auto packet = encode_echo(token_, sequence_, ip);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    std::memcpy(&to.sin_addr, ip.bytes.data(), 4);
    // An address without a route is one where nobody is.
    [[maybe_unused]] const ssize_t sent = ::sendto(socket_, packet.data(), packet.size(), MSG_NOSIGNAL,
                                                   reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  events.looked();
}

void EchoSocket::received(const Received& got) {
  std::vector<Sighting> sightings;
  for (const Datagram& datagram : got.datagrams) {
    if (const auto ip = decode_echo_reply(token_, datagram, raw_)) sightings.push_back(Sighting{{}, ip, {}});
  }
  if (!sightings.empty()) events.seen(sightings);
  if (got.error != 0 && socket_ >= 0) events.lost(std::generic_category().message(got.error));
}

}  // namespace gable::presence

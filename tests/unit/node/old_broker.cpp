#include "old_broker.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace gable::test {

OldBroker::OldBroker(Answer answer) : answer_(std::move(answer)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  stop_ = eventfd(0, EFD_CLOEXEC);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  bind(listener_, reinterpret_cast<const sockaddr*>(&address), length);
  listen(listener_, 8);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

OldBroker::~OldBroker() {
  eventfd_write(stop_, 1);
  thread_.join();
  for (const int fd : open_) close(fd);
  close(stop_);
  close(listener_);
}

void OldBroker::serve() {
  while (true) {
    std::array<pollfd, 2> sources{{{listener_, POLLIN, 0}, {stop_, POLLIN, 0}}};
    if (poll(sources.data(), sources.size(), -1) < 0) continue;
    if (sources[1].revents != 0) return;
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    std::array<char, 512> packet{};
    const ssize_t length = recv(fd, packet.data(), packet.size(), 0);
    // CONNECT (MQTT 5, 3.1): type, one byte of length in our small packets, "MQTT" with its length, level.
    const std::string reply = length > 8 ? answer_(packet[8]) : std::string();
    if (!reply.empty()) send(fd, reply.data(), reply.size(), MSG_NOSIGNAL);
    if (!reply.empty() && reply.back() == 0) {
      open_.push_back(fd);
    } else {
      close(fd);
    }
  }
}

}  // namespace gable::test

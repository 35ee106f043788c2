#include "node/tcp_nodelay.hpp"

#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

namespace gable::node {

namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

// Without /proc the first descriptors are tried one by one.
constexpr int kBlindLimit = 256;

std::vector<int> open_descriptors() {
  std::vector<int> descriptors;
  const std::unique_ptr<DIR, CloseDirectory> directory(opendir("/proc/self/fd"));
  if (!directory) {
    for (int fd = 0; fd < kBlindLimit; ++fd) descriptors.push_back(fd);
    return descriptors;
  }
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    int fd = -1;
    if (std::from_chars(name.data(), name.data() + name.size(), fd).ec == std::errc())
      descriptors.push_back(fd);
  }
  return descriptors;
}

// The port of the peer of a TCP socket; 0 for anything else.
std::uint16_t peer_port(int fd) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  // The sockets interface wants the general address type.
  if (getpeername(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0) return 0;
  int type = 0;
  socklen_t type_length = sizeof type;
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_length) != 0 || type != SOCK_STREAM) return 0;
  if (address.ss_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return ntohs(in.sin_port);
  }
  if (address.ss_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    return ntohs(in.sin6_port);
  }
  return 0;
}

}  // namespace

std::vector<int> sockets_to_port(std::uint16_t port) {
  std::vector<int> sockets;
  if (port == 0) return sockets;
  for (const int fd : open_descriptors()) {
    if (peer_port(fd) == port) sockets.push_back(fd);
  }
  return sockets;
}

bool set_tcp_nodelay(std::uint16_t port) {
  const std::vector<int> sockets = sockets_to_port(port);
  bool all = !sockets.empty();
  for (const int fd : sockets) {
    const int on = 1;
    all = setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 && all;
  }
  return all;
}

}  // namespace gable::node

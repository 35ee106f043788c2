#include "neighbour_socket.hpp"

#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace gable::presence {

namespace {

std::string words(int error) { return std::generic_category().message(error); }

}  // namespace

NeighbourSocket::NeighbourSocket(Descriptors& descriptors, std::vector<std::string> interfaces)
    : descriptors_(descriptors), names_(std::move(interfaces)) {}

NeighbourSocket::~NeighbourSocket() { NeighbourSocket::close(); }

void NeighbourSocket::open() {
  works_ = false;
  socket_ = mnl_socket_open2(NETLINK_ROUTE, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket_ == nullptr) return events.lost("cannot be opened: " + words(errno));
  if (mnl_socket_bind(socket_, RTMGRP_NEIGH, MNL_SOCKET_AUTOPID) < 0)
    return events.lost("cannot be watched: " + words(errno));
  descriptors_.add(mnl_socket_get_fd(socket_), [this](const Received& got) { received(got); });
  look();
}

void NeighbourSocket::close() {
  if (socket_ == nullptr) return;
  descriptors_.remove(mnl_socket_get_fd(socket_));
  mnl_socket_close(std::exchange(socket_, nullptr));
  dumping_ = false;
}

// Asks for the whole table. Its rows come like changes, and end with a message of their own.
void NeighbourSocket::look() {
  if (socket_ == nullptr || std::exchange(dumping_, true)) return;
  indices_.clear();
  for (const std::string& name : names_) {
    if (const unsigned index = ::if_nametoindex(name.c_str())) indices_.insert(static_cast<int>(index));
  }
  alignas(nlmsghdr) std::array<char, 256> buffer{};
  nlmsghdr* const head = mnl_nlmsg_put_header(buffer.data());
  head->nlmsg_type = RTM_GETNEIGH;
  head->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  head->nlmsg_seq = ++sequence_;
  auto* const body = static_cast<ndmsg*>(mnl_nlmsg_put_extra_header(head, sizeof(ndmsg)));
  body->ndm_family = AF_UNSPEC;
  if (mnl_socket_sendto(socket_, head, head->nlmsg_len) < 0) events.lost("cannot be asked: " + words(errno));
}

void NeighbourSocket::received(const Received& got) {
  for (const Datagram& datagram : got.datagrams) {
    take(read_neighbours(datagram));
    if (socket_ == nullptr) return;  // lost meanwhile
  }
  if (got.error == ENOBUFS) {
    // Changes were dropped, since they came faster than we read: the whole table tells what they were.
    descriptors_.remove(mnl_socket_get_fd(socket_));
    descriptors_.add(mnl_socket_get_fd(socket_), [this](const Received& next) { received(next); });
    dumping_ = false;
    look();
  } else if (got.error != 0) {
    events.lost("cannot be read: " + words(got.error));
  }
}

void NeighbourSocket::take(const NeighbourReading& reading) {
  if (reading.error != 0) return events.lost("is refused: " + words(reading.error));
  if (!std::exchange(works_, true)) events.works();
  std::vector<Sighting> sightings;
  for (const Neighbour& row : reading.rows) {
    if (!watched(row.interface)) continue;
    if (const auto sighting = sighting_of(row)) sightings.push_back(*sighting);
  }
  if (reading.done || reading.broken) dumping_ = false;
  if (!sightings.empty()) events.seen(sightings);
  if (!reading.done) return;
  if (reading.interrupted) {
    look();
  } else {
    events.looked();
  }
}

bool NeighbourSocket::watched(int interface) { return names_.empty() || indices_.contains(interface); }

}  // namespace gable::presence

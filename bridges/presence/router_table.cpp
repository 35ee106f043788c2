#include "router_table.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace gable::presence {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 2s;
constexpr int kTries = 3;

std::string words(int error) { return std::generic_category().message(error); }

// Connects `descriptor`, so that only the router's datagrams arrive, and errors that it reports.
int connect_to(int descriptor, const RouterConfig& config) {
  if (config.address.v6) {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(config.port);
    std::memcpy(&to.sin6_addr, config.address.bytes.data(), 16);
    return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(config.port);
  std::memcpy(&to.sin_addr, config.address.bytes.data(), 4);
  return ::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

}  // namespace

RouterTable::RouterTable(node::Loop& loop, Descriptors& descriptors, RouterConfig config)
    : loop_(loop), descriptors_(descriptors), config_(std::move(config)) {
  // Answers to a former run must not look like ours.
  request_ = static_cast<std::int32_t>(loop.clock().steady().time_since_epoch().count() & 0x3FFFFFFF) + 1;
}

RouterTable::~RouterTable() { RouterTable::close(); }

std::string RouterTable::name() const {
  const std::string address = to_text(config_.address);
  return "router " + (config_.address.v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(config_.port);
}

void RouterTable::open() {
  socket_ = ::socket(config_.address.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return events.lost("no socket: " + words(errno));
  if (connect_to(socket_, config_) < 0) return events.lost("cannot be reached: " + words(errno));
  descriptors_.add(socket_, [this](const Received& got) { received(got); });
  look();
}

void RouterTable::close() {
  loop_.cancel(std::exchange(waiting_, 0));
  walk_.reset();
  if (socket_ < 0) return;
  descriptors_.remove(socket_);
  ::close(std::exchange(socket_, -1));
}

void RouterTable::look() {
  if (walk_ != nullptr || socket_ < 0) return;
  request_ = request_ % 0x3FFFFFFF + 1000;
  walk_ = std::make_unique<ArpWalk>(config_.community, request_);
  tries_ = 0;
  ask();
}

void RouterTable::ask() {
  loop_.cancel(std::exchange(waiting_, 0));
  ++tries_;
  const ByteList question = walk_->request();
  const ssize_t sent = ::send(socket_, question.data(), question.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN && errno != EINTR) return refused(errno);
  waiting_ = loop_.after(kPatience, [this] { wait_over(); });
}

void RouterTable::wait_over() {
  waiting_ = 0;
  if (tries_ < kTries) return ask();
  events.lost(
      "no answer; is the address right, is SNMP switched on there, and is the community right? "
      "(a router does not answer a wrong one)");
}

void RouterTable::refused(int error) {
  if (error == ECONNREFUSED)
    return events.lost("nothing listens there (connection refused); is SNMP switched on?");
  events.lost("cannot be reached: " + words(error));
}

void RouterTable::received(const Received& got) {
  for (const Datagram& datagram : got.datagrams) {
    if (walk_ == nullptr) return;
    switch (walk_->take(datagram)) {
      case ArpWalk::Step::ignored:
        break;
      case ArpWalk::Step::more:
        tries_ = 0;
        ask();
        break;
      case ArpWalk::Step::failed:
        return events.lost(walk_->problem());
      case ArpWalk::Step::done: {
        loop_.cancel(std::exchange(waiting_, 0));
        const auto sightings = std::exchange(walk_, nullptr)->sightings();
        events.works();
        events.seen(sightings);
        events.looked();
        break;
      }
    }
  }
  if (got.error != 0 && socket_ >= 0) refused(got.error);
}

}  // namespace gable::presence

#include "support/memory_wire.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace gable::test {
namespace {

bool open(const Link& link, Toward toward) {
  return toward == Toward::broker ? link.broker_open : link.client_open && link.listener != nullptr;
}

}  // namespace

void Wire::send(const LinkPtr& link, Toward toward, std::function<void()> arrive) {
  add(link, toward, std::move(arrive), false);
}

void Wire::send_message(const LinkPtr& link, std::function<void()> arrive) {
  add(link, Toward::client, std::move(arrive), true);
}

void Wire::add(const LinkPtr& link, Toward toward, std::function<void()> arrive, bool message) {
  auto& last = toward == Toward::broker ? link->last_to_broker : link->last_to_client;
  last = std::max(last, now() + link->latency);
  packets_.push_back({link, toward, last, std::move(arrive), message});
}

std::deque<Wire::Packet>::iterator Wire::next_to_go() {
  std::vector<const Link*> full;  // links whose client does not read on
  return std::find_if(packets_.begin(), packets_.end(), [this, &full](const Packet& packet) {
    const auto& link = *packet.link;
    if (link.held_since || packet.due > now()) return false;
    if (packet.toward == Toward::broker) return true;
    if (std::find(full.begin(), full.end(), &link) != full.end()) return false;
    if (!packet.message || link.listener->has_room()) return true;
    full.push_back(&link);
    return false;
  });
}

bool Wire::deliver_one() {
  std::erase_if(packets_, [](const Packet& packet) { return !open(*packet.link, packet.toward); });
  const auto next = next_to_go();
  if (next == packets_.end()) return false;
  // Off the wire before it arrives: the receiver may send at once.
  const auto packet = std::move(*next);
  packets_.erase(next);
  packet.arrive();
  return true;
}

void Wire::flush_to_broker(const Link& link) {
  const auto mine = [&link](const Packet& packet) {
    return packet.link.get() == &link && packet.toward == Toward::broker;
  };
  for (auto next = std::find_if(packets_.begin(), packets_.end(), mine);
       next != packets_.end() && link.broker_open;
       next = std::find_if(packets_.begin(), packets_.end(), mine)) {
    const auto packet = std::move(*next);
    packets_.erase(next);
    packet.arrive();
  }
}

void Wire::discard(const Link& link, Toward toward) {
  std::erase_if(packets_,
                [&](const Packet& packet) { return packet.link.get() == &link && packet.toward == toward; });
}

std::optional<node::Steady> Wire::next_due() const {
  std::optional<node::Steady> first;
  for (const auto& packet : packets_) {
    if (packet.link->held_since || !open(*packet.link, packet.toward)) continue;
    first = std::min(first.value_or(packet.due), packet.due);
  }
  return first;
}

}  // namespace gable::test

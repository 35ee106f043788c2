#include "support/memory_session.hpp"

#include <algorithm>
#include <utility>

#include "wire/topic.hpp"

namespace gable::test {

namespace {

// With its packet id, which is of 16 bits and never 0 (MQTT 5, 2.2.1).
node::Message packed(node::Message message, std::uint64_t id) {
  message.packet = id == 0 ? std::uint16_t{0} : static_cast<std::uint16_t>((id - 1) % UINT16_MAX + 1);
  return message;
}

}  // namespace

node::Message Stored::leaving(node::Steady now, bool mqtt5) const {
  auto out = message;
  if (!mqtt5) {
    out.expiry_seconds.reset();
    out.response_topic.clear();
    out.correlation.clear();
  } else if (expires) {
    out.expiry_seconds =
        static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(*expires - now).count());
  }
  return out;
}

std::vector<const node::Subscription*> MemorySession::matching(std::string_view topic,
                                                               std::string_view source) const {
  std::vector<const node::Subscription*> found;
  for (const auto& [filter, subscription] : subscriptions) {
    if (subscription.no_local && source == client_id) continue;
    if (wire::topic_matches(filter, topic)) found.push_back(&subscription);
  }
  return found;
}

bool MemorySession::offer(Outlet& outlet, const Stored& stored) {
  const auto& limits = outlet.limits;
  if (stored.message.qos == 0) {
    if (link) send(outlet, {0, stored});
    return true;
  }
  if (link && inflight_.size() < limits.inflight) {
    inflight_.push_back({++last_id_, stored});
    send(outlet, inflight_.back());
    return true;
  }
  // mosquitto counts what is in flight only for a client that is there.
  const auto room = limits.queued + (link ? limits.inflight : 0);
  if (limits.queued != 0 && waiting() >= room) return false;
  queue_.push_back({++last_id_, stored});
  return true;
}

void MemorySession::send(Outlet& outlet, const Outgoing& out) {
  // A packet that arrives after the end of the session finds none on its link.
  const auto acknowledged = [&outlet, to = link, id = out.id] {
    if (to->session != nullptr) to->session->acknowledge(outlet, id);
  };
  const auto received = [&outlet, to = link, acknowledged, id = out.id,
                         message = packed(out.stored.leaving(outlet.wire.now(), mqtt5), out.id)] {
    to->listener->on_message(message);
    if (id != 0) outlet.wire.send(to, Toward::broker, acknowledged);
  };
  outlet.wire.send_message(link, received);
  if (out.id != 0 && std::exchange(link->duplicate_next, false)) outlet.wire.send_message(link, received);
}

void MemorySession::acknowledge(Outlet& outlet, std::uint64_t id) {
  std::erase_if(inflight_, [id](const Outgoing& out) { return out.id == id; });
  fill(outlet);
}

void MemorySession::fill(Outlet& outlet) {
  while (link && inflight_.size() < outlet.limits.inflight && !queue_.empty()) {
    auto out = std::move(queue_.front());
    queue_.pop_front();
    if (out.stored.expired(outlet.wire.now())) continue;
    inflight_.push_back(std::move(out));
    send(outlet, inflight_.back());
  }
}

void MemorySession::resume(Outlet& outlet) {
  std::erase_if(inflight_,
                [now = outlet.wire.now()](const Outgoing& out) { return out.stored.expired(now); });
  for (const auto& out : inflight_) send(outlet, out);
  fill(outlet);
}

void MemorySession::forget_messages() {
  inflight_.clear();
  queue_.clear();
}

}  // namespace gable::test

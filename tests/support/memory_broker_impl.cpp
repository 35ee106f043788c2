#include "support/memory_broker_impl.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "wire/topic.hpp"

namespace gable::test {
namespace {

// MQTT 5 reason codes (2.4) that mosquitto gives in the same places.
constexpr int kNoMatchingSubscribers = 16;
constexpr int kNoSubscriptionExisted = 17;
constexpr int kUnsupportedVersion = 132;
constexpr int kNotAuthorized = 135;
constexpr int kSessionTakenOver = 142;
constexpr int kTopicNameInvalid = 144;

constexpr std::uint32_t kNever = 0xFFFFFFFF;

node::Disconnected lost(const char* text) { return {.text = text}; }

bool is_mqtt5(const node::ConnectOptions& options) { return options.protocol_version == 5; }

}  // namespace

MemoryBroker::Impl::Impl(const node::Clock& clock, MemoryBrokerOptions given)
    : options(std::move(given)),
      wire(clock),
      outlet{wire, {options.max_queued_messages, options.max_inflight_messages}} {
  if (options.acl) acl.emplace(*options.acl);
}

LinkPtr MemoryBroker::Impl::open(const node::ConnectOptions& connect, node::MqttListener& listener) {
  auto link = std::make_shared<Link>();
  link->options = connect;
  link->client_id = connect.client_id.empty() ? "auto-" + std::to_string(++anonymous_) : connect.client_id;
  link->listener = &listener;
  if (const auto latency = latencies.find(link->client_id); latency != latencies.end()) {
    link->latency = latency->second;
  }
  if (up) {
    wire.send(link, Toward::broker, [this, link] { on_connect(link); });
  } else {
    close(link, lost("connection refused"));
  }
  return link;
}

std::optional<node::Disconnected> MemoryBroker::Impl::refusal(const node::ConnectOptions& connect) const {
  if (is_mqtt5(connect) && !options.mqtt5) {
    return node::Disconnected{
        .reason_code = kUnsupportedVersion, .text = "unsupported protocol version", .protocol_refused = true};
  }
  if (options.users.empty()) return std::nullopt;
  const auto user = options.users.find(connect.user);
  if (user != options.users.end() && user->second == connect.password) return std::nullopt;
  return node::Disconnected{.reason_code = kNotAuthorized, .text = "not authorised", .fatal = true};
}

void MemoryBroker::Impl::on_connect(const LinkPtr& link) {
  if (!up) {
    close(link, lost("connection refused"));
    return;
  }
  if (auto refused = refusal(link->options)) {
    close(link, std::move(*refused));
    return;
  }
  bool session_present = false;
  auto& session = enter(link, session_present);
  const node::Connected event{session_present, link->options.protocol_version};
  wire.send(link, Toward::client, [link, event] {
    link->accepted = true;
    link->listener->on_connected(event);
  });
  session.resume(outlet);
}

MemorySession& MemoryBroker::Impl::enter(const LinkPtr& link, bool& session_present) {
  const auto& connect = link->options;
  auto& place = sessions[link->client_id];
  if (place) {
    const bool ends = connect.clean_start || (place->expiry && place->expiry->count() == 0);
    take_over(*place, ends);
    session_present = !ends;
  }
  if (!session_present) place = std::make_unique<MemorySession>();
  auto& session = *place;
  session.client_id = link->client_id;
  session.user = connect.user;
  session.mqtt5 = is_mqtt5(connect);
  if (session.mqtt5) {
    session.expiry = std::chrono::seconds(connect.session_expiry_seconds);
    if (connect.session_expiry_seconds == kNever) session.expiry.reset();
    session.will_delay = std::chrono::seconds(connect.will_delay_seconds);
  } else if (connect.clean_start) {
    session.expiry = std::chrono::seconds(0);
  } else {
    session.expiry.reset();
  }
  session.will = connect.will;
  session.will_due.reset();
  session.expires_at.reset();
  session.link = link;
  link->session = &session;
  return session;
}

// mosquitto sends the will of a session that ends here only if it has no delay; a delayed one is forgotten,
// which is how a quick restart stays invisible (L13).
void MemoryBroker::Impl::take_over(MemorySession& old, bool session_ends) {
  if (!old.link) return;
  if (session_ends && old.will_delay.count() == 0) publish_will(old);
  old.will.reset();
  close(old.link, {.reason_code = kSessionTakenOver, .text = "session taken over"});
}

void MemoryBroker::Impl::finish(const LinkPtr& link) {
  wire.flush_to_broker(*link);
  if (link->session != nullptr && link->broker_open) {
    auto& session = *link->session;
    session.will.reset();
    give_up(session);
  }
  link->broker_open = link->client_open = false;
  link->listener = nullptr;
  std::erase(held, link);
}

void MemoryBroker::Impl::abandon(const LinkPtr& link) {
  link->client_open = false;
  link->listener = nullptr;
  if (link->session != nullptr) give_up(*link->session);
  link->broker_open = false;
  std::erase(held, link);
}

void MemoryBroker::Impl::publish(const LinkPtr& link, std::uint64_t token, const node::Message& message) {
  wire.send(link, Toward::broker, [this, link, token, message] {
    if (link->session == nullptr) return;
    if (!wire::valid_topic_name(message.topic)) {
      give_up(*link->session);
      close(link, {.reason_code = kTopicNameInvalid, .text = "topic name invalid"});
      return;
    }
    const int code = on_publish(*link->session, message);
    // A client library reports the sending of QoS 0 as well; no reason comes with it.
    acknowledge(link, token, {message.qos > 0 ? code : 0});
  });
}

int MemoryBroker::Impl::on_publish(MemorySession& from, node::Message message) {
  if (acl && !acl->may_write(from.user, from.client_id, message.topic))
    return from.mqtt5 ? kNotAuthorized : 0;
  Stored stored{std::move(message), from.client_id, std::nullopt};
  auto& kept = stored.message;
  if (!from.mqtt5) {
    kept.expiry_seconds.reset();
    kept.response_topic.clear();
    kept.correlation.clear();
  }
  if (kept.expiry_seconds) stored.expires = wire.now() + std::chrono::seconds(*kept.expiry_seconds);
  return route(stored) || !from.mqtt5 ? 0 : kNoMatchingSubscribers;
}

bool MemoryBroker::Impl::route(const Stored& stored) {
  const auto& message = stored.message;
  if (message.retain && message.payload.empty()) {
    retained.erase(message.topic);
  } else if (message.retain) {
    retained[message.topic] = stored;
    if (stored.expires)
      retained_expires = std::min(retained_expires.value_or(*stored.expires), *stored.expires);
  }
  bool anybody = false;
  for (const auto& [id, session] : sessions) {
    // Overlapping subscriptions each give a copy, as mosquitto does by default.
    for (const auto* subscription : session->matching(message.topic, stored.source)) {
      anybody = true;
      if (acl && !acl->may_read(session->user, id, message.topic)) continue;
      auto copy = stored;
      copy.message.qos = std::min(message.qos, subscription->qos);
      copy.message.retain = message.retain && session->mqtt5 && subscription->retain_as_published;
      if (!session->offer(outlet, copy)) ++dropped;
    }
  }
  return anybody;
}

void MemoryBroker::Impl::subscribe(const LinkPtr& link, std::uint64_t token,
                                   const std::vector<node::Subscription>& wanted) {
  wire.send(link, Toward::broker, [this, link, token, wanted] {
    if (link->session != nullptr) acknowledge(link, token, on_subscribe(*link->session, wanted));
  });
}

// As mosquitto does, the retained messages leave before SUBACK, and the right to read is checked for each
// message and not here (L11).
std::vector<int> MemoryBroker::Impl::on_subscribe(MemorySession& session,
                                                  const std::vector<node::Subscription>& wanted) {
  std::vector<int> codes;
  for (auto subscription : wanted) {
    if (!session.mqtt5) subscription = {subscription.filter, subscription.qos};
    const bool fresh = session.subscriptions.insert_or_assign(subscription.filter, subscription).second;
    const auto handling = subscription.retain_handling;
    if (handling == node::RetainHandling::send || (handling == node::RetainHandling::send_if_new && fresh)) {
      replay(session, subscription);
    }
    codes.push_back(subscription.qos);
  }
  return codes;
}

// "No local" holds back what is published now, not what is stored: mosquitto gives a client its own retained
// messages back.
void MemoryBroker::Impl::replay(MemorySession& session, const node::Subscription& subscription) {
  for (const auto& [topic, stored] : retained) {
    if (stored.expired(wire.now()) || !wire::topic_matches(subscription.filter, topic)) continue;
    if (acl && !acl->may_read(session.user, session.client_id, topic)) continue;
    auto copy = stored;
    copy.message.qos = std::min(copy.message.qos, subscription.qos);
    if (!session.offer(outlet, copy)) ++dropped;
  }
}

void MemoryBroker::Impl::unsubscribe(const LinkPtr& link, std::uint64_t token,
                                     const std::vector<std::string>& filters) {
  wire.send(link, Toward::broker, [this, link, token, filters] {
    if (link->session == nullptr) return;
    std::vector<int> codes;
    for (const auto& filter : filters) {
      const bool existed = link->session->subscriptions.erase(filter) != 0;
      codes.push_back(existed || !link->session->mqtt5 ? 0 : kNoSubscriptionExisted);
    }
    acknowledge(link, token, std::move(codes));
  });
}

void MemoryBroker::Impl::acknowledge(const LinkPtr& link, std::uint64_t token, std::vector<int> codes) {
  wire.send(link, Toward::client, [link, event = node::Acknowledged{token, std::move(codes), {}}] {
    link->listener->on_acknowledged(event);
  });
}

void MemoryBroker::Impl::publish_will(MemorySession& session) {
  session.will_due.reset();
  if (!session.will) return;
  Stored will{*std::exchange(session.will, std::nullopt), session.client_id, std::nullopt};
  if (acl && !acl->may_write(session.user, session.client_id, will.message.topic)) return;
  if (will.message.expiry_seconds) {
    will.expires = wire.now() + std::chrono::seconds(*will.message.expiry_seconds);
  }
  route(will);
}

// The client has gone; its session goes on, or ends, and its will is published or waits.
void MemoryBroker::Impl::give_up(MemorySession& session) {
  const auto now = wire.now();
  session.link->session = nullptr;
  session.link.reset();
  if (session.will && session.will_delay.count() == 0) publish_will(session);
  if (session.will) session.will_due = now + session.will_delay;
  if (session.expiry && session.expiry->count() == 0) {
    session.subscriptions.clear();
    session.forget_messages();
    session.expires_at = session.will_due.value_or(now);
  } else if (session.expiry) {
    session.expires_at = now + *session.expiry;
  }
}

// By value: the caller's may be the one that is reset here.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
void MemoryBroker::Impl::close(LinkPtr link, node::Disconnected why) {
  if (link->session != nullptr) {
    link->session->link.reset();
    link->session = nullptr;
  }
  link->broker_open = false;
  wire.send(link, Toward::client, [link, why = std::move(why)] {
    link->client_open = false;
    link->listener->on_disconnected(why);
  });
}

void MemoryBroker::Impl::drop(const LinkPtr& link) {
  if (link->session != nullptr) give_up(*link->session);
  wire.discard(*link, Toward::broker);
  wire.discard(*link, Toward::client);
  close(link, lost("connection lost"));
}

LinkPtr MemoryBroker::Impl::link_of(const std::string& client_id) const {
  const auto session = sessions.find(client_id);
  if (session == sessions.end() || !session->second->link) {
    throw std::out_of_range("not connected: " + client_id);
  }
  return session->second->link;
}

void MemoryBroker::Impl::tick() {
  const auto now = wire.now();
  for (const auto& link : held) {
    const auto patience = std::chrono::milliseconds(link->options.keep_alive_seconds * 1500);
    if (link->session != nullptr && patience.count() > 0 && now - *link->held_since >= patience) {
      give_up(*link->session);
      close(link, lost("connection lost"));
    }
  }
  for (auto entry = sessions.begin(); entry != sessions.end();) {
    auto& session = *entry->second;
    const bool ended = session.expires_at && *session.expires_at <= now;
    if (ended || (session.will_due && *session.will_due <= now)) publish_will(session);
    entry = ended ? sessions.erase(entry) : std::next(entry);
  }
  if (!retained_expires || *retained_expires > now) return;
  std::erase_if(retained, [now](const auto& entry) { return entry.second.expired(now); });
  retained_expires.reset();
  for (const auto& [topic, stored] : retained) {
    if (stored.expires)
      retained_expires = std::min(retained_expires.value_or(*stored.expires), *stored.expires);
  }
}

std::optional<node::Steady> MemoryBroker::Impl::next_due() const {
  auto first = wire.next_due();
  const auto consider = [&first](std::optional<node::Steady> due) {
    if (due) first = std::min(first.value_or(*due), *due);
  };
  for (const auto& [id, session] : sessions) {
    consider(session->will_due);
    consider(session->expires_at);
  }
  for (const auto& link : held) {
    if (link->session == nullptr || link->options.keep_alive_seconds == 0) continue;
    consider(*link->held_since + std::chrono::milliseconds(link->options.keep_alive_seconds * 1500));
  }
  return first;
}

}  // namespace gable::test

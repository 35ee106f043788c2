#pragma once
// The inside of the in-memory broker: what it does with each packet. Part of memory_broker.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/access_list.hpp"
#include "support/memory_broker.hpp"
#include "support/memory_session.hpp"
#include "support/memory_wire.hpp"

namespace gable::test {

struct MemoryBroker::Impl {
  Impl(const node::Clock& clock, MemoryBrokerOptions given);

  // ── from a client's port ──
  LinkPtr open(const node::ConnectOptions& connect, node::MqttListener& listener);
  // In order: what was sent before arrives first. No callback follows.
  void finish(const LinkPtr& link);
  // The client's end vanished without a word.
  void abandon(const LinkPtr& link);
  void publish(const LinkPtr& link, std::uint64_t token, const node::Message& message);
  void subscribe(const LinkPtr& link, std::uint64_t token, const std::vector<node::Subscription>& wanted);
  void unsubscribe(const LinkPtr& link, std::uint64_t token, const std::vector<std::string>& filters);

  // ── what has become due ──
  void tick();
  [[nodiscard]] std::optional<node::Steady> next_due() const;

  // ── ends of connections ──
  void drop(const LinkPtr& link);
  void give_up(MemorySession& session);
  [[nodiscard]] LinkPtr link_of(const std::string& client_id) const;

  MemoryBrokerOptions options;
  std::optional<AccessList> acl;
  Wire wire;
  Outlet outlet;
  bool up = true;
  std::map<std::string, std::unique_ptr<MemorySession>> sessions;  // by client id
  std::map<std::string, Stored> retained;                          // by topic
  std::optional<node::Steady> retained_expires;                    // not after the first of them does
  struct Database {
    std::map<std::string, MemorySession> sessions;
    std::map<std::string, Stored> retained;
  };
  Database saved;                                              // as last written
  std::map<std::string, std::chrono::milliseconds> latencies;  // by client id
  std::vector<LinkPtr> held;
  std::uint64_t dropped = 0;

 private:
  void on_connect(const LinkPtr& link);
  [[nodiscard]] std::optional<node::Disconnected> refusal(const node::ConnectOptions& connect) const;
  MemorySession& enter(const LinkPtr& link, bool& session_present);
  void take_over(MemorySession& old, bool session_ends);
  int on_publish(MemorySession& from, node::Message message);
  std::vector<int> on_subscribe(MemorySession& session, const std::vector<node::Subscription>& wanted);
  void replay(MemorySession& session, const node::Subscription& subscription);
  // Stores what is to be retained and gives it to all who subscribe; true if there was one.
  bool route(const Stored& stored);
  void publish_will(MemorySession& session);
  void acknowledge(const LinkPtr& link, std::uint64_t token, std::vector<int> codes);
  // The broker's end closes; the client hears `why` after what is already under way to it.
  // By value: the session's own pointer is reset on the way.
  void close(LinkPtr link, node::Disconnected why);

  std::uint64_t anonymous_ = 0;
};

}  // namespace gable::test

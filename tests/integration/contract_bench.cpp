#include "contract_bench.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "node/paho_port.hpp"
#include "support/fake_clock.hpp"
#include "support/memory_broker.hpp"
#include "support/mosquitto.hpp"
#include "support/relay.hpp"

namespace gable::test {
namespace {

using std::chrono::milliseconds;

class MemoryBench final : public ContractBench {
 public:
  explicit MemoryBench(const BrokerSetup& setup) : broker_(clock_, translated(setup)) {}

  Peer& add_peer() override {
    peers_.push_back(std::make_unique<Peer>());
    peers_.back()->port = broker_.make_port();
    return *peers_.back();
  }

  bool until(const std::function<bool()>& condition, milliseconds limit) override {
    for (milliseconds passed{0};; passed += kStep) {
      broker_.deliver_all();
      if (condition()) return true;
      if (passed >= limit) return false;
      clock_.advance(kStep);
    }
  }

  void elapse(milliseconds time) override {
    clock_.advance(time);
    broker_.deliver_all();
  }

  void cut(Peer& peer) override {
    broker_.drop(ids_.at(&peer));
    broker_.deliver_all();
  }

  void freeze(Peer& peer) override { broker_.hold(ids_.at(&peer)); }

  void in_one_piece(Peer&, const std::function<void()>& calls) override { calls(); }

  void restart() override {
    broker_.stop();
    broker_.deliver_all();
    broker_.start({true, true});
  }

 protected:
  void address(Peer& peer, node::ConnectOptions& options) override { ids_[&peer] = options.client_id; }

 private:
  static constexpr milliseconds kStep{50};
  static MemoryBrokerOptions translated(const BrokerSetup& setup) {
    MemoryBrokerOptions options;
    if (!setup.queue_limit) options.max_queued_messages = 0;
    options.users = setup.users;
    options.acl = setup.acl;
    return options;
  }
  FakeClock clock_;
  MemoryBroker broker_;
  std::map<const Peer*, std::string> ids_;
  std::vector<std::unique_ptr<Peer>> peers_;
};

class MosquittoBench final : public ContractBench {
 public:
  explicit MosquittoBench(const BrokerSetup& setup) : broker_(translated(setup)) {
    auto options = client("poker");
    if (!setup.users.empty()) std::tie(options.user, options.password) = *setup.users.begin();
    connect(add_peer(), options);
  }

  Peer& add_peer() override {
    peers_.push_back(std::make_unique<Peer>());
    auto& peer = *peers_.back();
    relays_[&peer] = std::make_unique<Relay>(broker_.port());
    peer.notify = [this] {
      const std::lock_guard lock(mutex_);
      ++events_;
      changed_.notify_all();
    };
    peer.port = std::make_unique<node::PahoPort>();
    return peer;
  }

  // Paho 1.3.12 looks for new connections of a process when its receiving thread wakes, else once a second:
  // every connection after the first takes 2.1 s. An answer to another client wakes it.
  void while_connecting() override { peers_.front()->port->publish(text("$poke", "")); }

  bool until(const std::function<bool()>& condition, milliseconds limit) override {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::unique_lock lock(mutex_);
    while (true) {
      const auto seen = events_;
      lock.unlock();
      if (condition()) return true;
      lock.lock();
      if (!changed_.wait_until(lock, deadline, [&] { return events_ != seen; })) return false;
    }
  }

  void elapse(milliseconds time) override {
    until([] { return false; }, time);
  }

  void cut(Peer& peer) override {
    relays_.at(&peer)->cut();
    await("the end of the connection", [&] { return peer.disconnected().has_value(); });
  }

  void freeze(Peer& peer) override { relays_.at(&peer)->freeze(); }

  void in_one_piece(Peer& peer, const std::function<void()>& calls) override {
    relays_.at(&peer)->freeze();
    calls();
    // QoS 0 is reported once it is written, and what was asked for before it is written before it.
    const auto last = peer.port->publish(text("contract/written", "", 0));
    await("writing", [&] { return peer.acknowledged(last).has_value(); });
    relays_.at(&peer)->thaw();
  }

  void restart() override {
    broker_.stop();
    broker_.start();
    await("the end of the poker", [&] { return peers_.front()->disconnected().has_value(); });
    connect(*peers_.front(), client("poker"));
  }

 protected:
  void address(Peer& peer, node::ConnectOptions& options) override {
    options.port = relays_.at(&peer)->port();
  }

 private:
  static MosquittoOptions translated(const BrokerSetup& setup) {
    auto options = MosquittoOptions::defaults();
    *options.config += "set_tcp_nodelay true\n";
    if (!setup.queue_limit) *options.config += "max_queued_messages 0\n";
    options.users = setup.users;
    options.acl = setup.acl;
    return options;
  }
  Mosquitto broker_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t events_ = 0;
  std::map<const Peer*, std::unique_ptr<Relay>> relays_;
  std::vector<std::unique_ptr<Peer>> peers_;
};

}  // namespace

std::vector<node::Message> Peer::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

std::vector<node::Message> Peer::messages(const std::string& topic) const {
  auto all = messages();
  std::erase_if(all, [&topic](const node::Message& message) { return message.topic != topic; });
  return all;
}

std::vector<std::string> Peer::texts() const {
  std::vector<std::string> out;
  for (const auto& message : messages()) out.push_back(message.topic + "=" + message.payload);
  return out;
}

std::size_t Peer::count() const {
  const std::lock_guard lock(mutex_);
  return messages_.size();
}

std::optional<node::Connected> Peer::connected() const {
  const std::lock_guard lock(mutex_);
  return connected_;
}

std::optional<node::Disconnected> Peer::disconnected() const {
  const std::lock_guard lock(mutex_);
  return disconnected_;
}

std::optional<node::Acknowledged> Peer::acknowledged(std::uint64_t token) const {
  const std::lock_guard lock(mutex_);
  const auto found = acknowledged_.find(token);
  if (found == acknowledged_.end()) return std::nullopt;
  return found->second;
}

std::size_t Peer::acknowledged_count() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_.size();
}

void Peer::clear() {
  const std::lock_guard lock(mutex_);
  messages_.clear();
  connected_.reset();
  disconnected_.reset();
}

void Peer::forget(const std::string& topic) {
  const std::lock_guard lock(mutex_);
  std::erase_if(messages_, [&topic](const node::Message& message) { return message.topic == topic; });
}

void Peer::on_connected(node::Connected event) {
  {
    const std::lock_guard lock(mutex_);
    connected_ = event;
  }
  if (notify) notify();
}

void Peer::on_disconnected(node::Disconnected event) {
  {
    const std::lock_guard lock(mutex_);
    disconnected_ = std::move(event);
  }
  if (notify) notify();
}

void Peer::on_acknowledged(node::Acknowledged event) {
  {
    const std::lock_guard lock(mutex_);
    acknowledged_[event.token] = std::move(event);
  }
  if (notify) notify();
}

void Peer::on_message(node::Message message) {
  {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
  }
  if (notify) notify();
}

std::unique_ptr<ContractBench> ContractBench::make(const std::string& kind, const BrokerSetup& setup) {
  if (kind == "memory") return std::make_unique<MemoryBench>(setup);
  return std::make_unique<MosquittoBench>(setup);
}

node::Connected ContractBench::connect(Peer& peer, node::ConnectOptions options) {
  address(peer, options);
  peer.clear();
  peer.port->connect(options, peer);
  const auto answered = [&] { return peer.connected() || peer.disconnected(); };
  for (int tries = 0; tries < 500 && !until(answered, milliseconds(20)); ++tries) while_connecting();
  if (!answered()) throw std::runtime_error("no answer to " + options.client_id);
  const auto connected = peer.connected();
  if (!connected) throw std::runtime_error("refused: " + peer.disconnected()->text);
  return *connected;
}

int ContractBench::publish(Peer& peer, const node::Message& message) {
  const auto token = peer.port->publish(message);
  await("the acknowledgement of " + message.topic, [&] { return peer.acknowledged(token).has_value(); });
  const auto codes = peer.acknowledged(token)->reason_codes;
  return codes.empty() ? 0 : codes.front();
}

std::vector<int> ContractBench::subscribe(Peer& peer, const std::vector<node::Subscription>& subscriptions) {
  const auto token = peer.port->subscribe(subscriptions);
  await("SUBACK", [&] { return peer.acknowledged(token).has_value(); });
  return peer.acknowledged(token)->reason_codes;
}

void ContractBench::await(const std::string& what, const std::function<bool()>& condition,
                          milliseconds limit) {
  if (!until(condition, limit)) throw std::runtime_error("waited in vain for " + what);
}

void ContractBench::settle(Peer& peer, int qos) {
  const auto topic = "contract/barrier/" + std::to_string(++barriers_);
  subscribe(peer, {{topic, qos}});
  peer.port->publish(text(topic, "", qos));
  await("the barrier", [&] { return !peer.messages(topic).empty(); });
  peer.forget(topic);
}

node::ConnectOptions client(const std::string& id, bool clean_start) {
  node::ConnectOptions options;
  options.client_id = id;
  options.clean_start = clean_start;
  options.will_delay_seconds = 0;
  return options;
}

node::Message text(const std::string& topic, const std::string& payload, int qos) {
  node::Message message;
  message.topic = topic;
  message.payload = payload;
  message.qos = qos;
  return message;
}

node::Message kept(const std::string& topic, const std::string& payload, int qos) {
  auto message = text(topic, payload, qos);
  message.retain = true;
  return message;
}

}  // namespace gable::test

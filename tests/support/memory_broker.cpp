#include "support/memory_broker.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "support/memory_broker_impl.hpp"

namespace gable::test {

class MemoryPort final : public node::MqttPort {
 public:
  explicit MemoryPort(MemoryBroker::Impl& broker) : broker_(broker) {}
  ~MemoryPort() override {
    if (link_) broker_.abandon(link_);
  }
  MemoryPort(const MemoryPort&) = delete;
  MemoryPort& operator=(const MemoryPort&) = delete;

  void connect(const node::ConnectOptions& options, node::MqttListener& listener) override {
    if (link_) broker_.abandon(link_);
    link_ = broker_.open(options, listener);
  }

  void disconnect() override {
    if (link_) broker_.finish(std::exchange(link_, nullptr));
  }

  std::uint64_t publish(const node::Message& message) override {
    if (!connected()) return 0;
    broker_.publish(link_, ++last_token_, message);
    return last_token_;
  }

  std::uint64_t subscribe(const std::vector<node::Subscription>& subscriptions) override {
    if (!connected()) return 0;
    broker_.subscribe(link_, ++last_token_, subscriptions);
    return last_token_;
  }

  std::uint64_t unsubscribe(const std::vector<std::string>& filters) override {
    if (!connected()) return 0;
    broker_.unsubscribe(link_, ++last_token_, filters);
    return last_token_;
  }

 private:
  [[nodiscard]] bool connected() const { return link_ && link_->accepted && link_->client_open; }
  MemoryBroker::Impl& broker_;
  LinkPtr link_;
  std::uint64_t last_token_ = 0;
};

MemoryBrokerOptions MemoryBrokerOptions::house() {
  MemoryBrokerOptions options;
  options.max_queued_messages = 0;
  options.max_inflight_messages = 200;
  return options;
}

MemoryBroker::MemoryBroker(const node::Clock& clock, MemoryBrokerOptions options)
    : impl_(std::make_unique<Impl>(clock, std::move(options))) {}

MemoryBroker::~MemoryBroker() = default;

std::unique_ptr<node::MqttPort> MemoryBroker::make_port() { return std::make_unique<MemoryPort>(*impl_); }

bool MemoryBroker::deliver_one() {
  impl_->tick();
  return impl_->wire.deliver_one();
}

std::size_t MemoryBroker::deliver_all() {
  constexpr std::size_t kTooMany = 1'000'000;
  std::size_t count = 0;
  while (deliver_one()) {
    if (++count == kTooMany) throw std::runtime_error("messages go round in a loop");
  }
  return count;
}

std::optional<node::Steady> MemoryBroker::next_due() const { return impl_->next_due(); }

void MemoryBroker::drop(const std::string& client_id) { impl_->drop(impl_->link_of(client_id)); }

void MemoryBroker::hold(const std::string& client_id) {
  const auto link = impl_->link_of(client_id);
  if (link->held_since) return;
  link->held_since = impl_->wire.now();
  impl_->held.push_back(link);
}

void MemoryBroker::release(const std::string& client_id) {
  const auto mine = [&client_id](const LinkPtr& link) { return link->client_id == client_id; };
  const auto found = std::find_if(impl_->held.begin(), impl_->held.end(), mine);
  if (found == impl_->held.end()) throw std::out_of_range("not held: " + client_id);
  (*found)->held_since.reset();
  impl_->held.erase(found);
}

void MemoryBroker::set_latency(const std::string& client_id, std::chrono::milliseconds latency) {
  impl_->latencies[client_id] = latency;
  const auto session = impl_->sessions.find(client_id);
  if (session != impl_->sessions.end() && session->second->link) session->second->link->latency = latency;
}

void MemoryBroker::duplicate_next(const std::string& client_id) {
  impl_->link_of(client_id)->duplicate_next = true;
}

void MemoryBroker::stop() {
  impl_->up = false;
  for (const auto& [id, session] : impl_->sessions) {
    session->will.reset();
    session->will_due.reset();
    if (const auto link = session->link) impl_->drop(link);
  }
}

void MemoryBroker::start(Kept kept) {
  impl_->up = true;
  if (!kept.retained) impl_->retained.clear();
  if (!kept.sessions) impl_->sessions.clear();
}

void MemoryBroker::save() {
  impl_->saved = {{}, impl_->retained};
  for (const auto& [id, session] : impl_->sessions) {
    MemorySession& copy = impl_->saved.sessions.emplace(id, *session).first->second;
    copy.link.reset();
    copy.will.reset();
    copy.will_due.reset();
  }
}

void MemoryBroker::start_as_saved() {
  impl_->up = true;
  impl_->retained = impl_->saved.retained;
  impl_->retained_expires = impl_->wire.now();
  impl_->sessions.clear();
  for (const auto& [id, session] : impl_->saved.sessions) {
    auto copy = std::make_unique<MemorySession>(session);
    if (copy->expiry) copy->expires_at = impl_->wire.now() + *copy->expiry;
    impl_->sessions.emplace(id, std::move(copy));
  }
}

bool MemoryBroker::running() const { return impl_->up; }

bool MemoryBroker::connected(const std::string& client_id) const {
  const auto session = impl_->sessions.find(client_id);
  return session != impl_->sessions.end() && session->second->link != nullptr;
}

std::map<std::string, node::Message> MemoryBroker::retained() const {
  std::map<std::string, node::Message> out;
  const auto now = impl_->wire.now();
  for (const auto& [topic, stored] : impl_->retained) {
    if (!stored.expired(now)) out.emplace(topic, stored.leaving(now, true));
  }
  return out;
}

std::size_t MemoryBroker::waiting(const std::string& client_id) const {
  const auto session = impl_->sessions.find(client_id);
  return session == impl_->sessions.end() ? 0 : session->second->waiting();
}

std::uint64_t MemoryBroker::dropped() const { return impl_->dropped; }

}  // namespace gable::test

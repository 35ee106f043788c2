#include "bridge/leftovers.hpp"

namespace gable::bridge {

namespace {

// Three topics each for the most devices that a bridge may have, and as many again.
constexpr std::size_t kFoundLimit = 30'000;

}  // namespace

std::vector<std::string> Leftovers::filters() const {
  std::vector<std::string> filters;
  for (const auto kind :
       {wire::TopicKind::bridge_device, wire::TopicKind::bridge_state, wire::TopicKind::bridge_link}) {
    filters.push_back(context_.tree().bridge_filter(kind, context_.bridge()));
  }
  return filters;
}

void Leftovers::begin() {
  if (begun_) return;
  begun_ = subscribed_ = true;
  Subscribe subscribe;
  for (const std::string& filter : filters()) {
    // QoS 0: a broker with default settings cuts off a QoS 1 burst after 1,020 messages (architecture study,
    // L1).
    subscribe.subscriptions.push_back({filter, 0, node::RetainHandling::send, false, false});
  }
  context_.add(std::move(subscribe));
}

void Leftovers::found(std::string_view device, const std::string& topic) {
  if (complete_) return remove(topic);
  if (found_.size() < kFoundLimit) found_.push_back({std::string(device), topic});
}

void Leftovers::end() {
  if (!std::exchange(subscribed_, false)) return;
  context_.add(Unsubscribe{filters()});
}

void Leftovers::remove(const std::string& topic) {
  context_.log(LogLevel::info, topic + ": left by a former run, deleted");
  context_.publish_retained(topic, "");
}

}  // namespace gable::bridge

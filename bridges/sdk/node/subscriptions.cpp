#include "node/subscriptions.hpp"

#include <algorithm>
#include <utility>

#include "node/reason_code.hpp"
#include "wire/topic.hpp"

namespace gable::node {

void Subscriptions::subscribe(std::vector<Subscription> subscriptions, Granted granted, bool connected) {
  for (const Subscription& wanted : subscriptions) std::erase(withdrawn_, wanted.filter);
  Request request{std::move(subscriptions), std::move(granted), 0};
  if (request.subscriptions.empty()) return;
  if (connected) request.token = port_.subscribe(request.subscriptions);
  requests_.push_back(std::move(request));
}

void Subscriptions::unsubscribe(const std::vector<std::string>& filters, bool connected) {
  for (const std::string& filter : filters) forget(filter);
  if (filters.empty() || (connected && port_.unsubscribe(filters) != 0)) return;
  withdrawn_.insert(withdrawn_.end(), filters.begin(), filters.end());
}

void Subscriptions::forget(const std::string& filter) {
  const auto same = [&filter](const Subscription& s) { return s.filter == filter; };
  std::erase_if(confirmed_, same);
  // In a request under way it keeps its place, without its name, since the answer has a code for each filter.
  for (Request& request : requests_) {
    for (Subscription& subscription : request.subscriptions) {
      if (same(subscription)) subscription.filter.clear();
    }
  }
}

void Subscriptions::connected(bool session_present, bool confirm) {
  if (session_present && !withdrawn_.empty()) port_.unsubscribe(withdrawn_);
  if ((confirm || !session_present) && !confirmed_.empty()) {
    for (Subscription& subscription : confirmed_) {
      if (session_present && subscription.retain_handling == RetainHandling::send)
        subscription.retain_handling = RetainHandling::send_if_new;
    }
    // Before all others, so that order and overlaps are as they were.
    requests_.insert(requests_.begin(), Request{std::exchange(confirmed_, {}), {}, 0});
  }
  withdrawn_.clear();
  for (Request& request : requests_) request.token = port_.subscribe(request.subscriptions);
}

void Subscriptions::connection_lost() {
  for (Request& request : requests_) {
    request.token = 0;
    std::erase_if(request.subscriptions, [](const Subscription& s) { return s.filter.empty(); });
  }
  std::erase_if(requests_, [](const Request& request) { return request.subscriptions.empty(); });
}

bool Subscriptions::acknowledged(const Acknowledged& event) {
  const auto found = std::find_if(requests_.begin(), requests_.end(),
                                  [&event](const Request& request) { return request.token == event.token; });
  if (found == requests_.end()) return false;
  const Request request = std::move(*found);
  requests_.erase(found);
  for (std::size_t i = 0; i < request.subscriptions.size(); ++i) {
    if (request.subscriptions[i].filter.empty()) continue;
    // A broker that answers with too few codes has refused the rest.
    const int code = i < event.reason_codes.size() ? event.reason_codes[i] : 0x80;
    confirm(request.subscriptions[i], code, event.text);
  }
  if (request.granted) request.granted(event.reason_codes);
  return true;
}

void Subscriptions::confirm(const Subscription& subscription, int code, const std::string& text) {
  std::erase_if(confirmed_,
                [&subscription](const Subscription& s) { return s.filter == subscription.filter; });
  if (code < 0x80) {
    confirmed_.push_back(subscription);
  } else if (refused_) {
    refused_(subscription.filter, "subscription refused: " + reason_text(code, text));
  }
}

bool Subscriptions::matches(std::string_view topic) const {
  const auto takes = [topic](const Subscription& s) { return wire::topic_matches(s.filter, topic); };
  return std::any_of(confirmed_.begin(), confirmed_.end(), takes) ||
         std::any_of(requests_.begin(), requests_.end(), [&takes](const Request& request) {
           return std::any_of(request.subscriptions.begin(), request.subscriptions.end(), takes);
         });
}

}  // namespace gable::node

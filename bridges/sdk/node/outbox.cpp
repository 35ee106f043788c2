#include "node/outbox.hpp"

#include <algorithm>
#include <utility>

namespace gable::node {

namespace {
constexpr std::size_t kBuckets = 1'024;  // of an index that is kept while nothing waits
}

void Outbox::add(Message message, Steady now, bool coalesce) {
  if (message.retain) {
    const auto older = retained_.find(message.topic);
    if (older != retained_.end() && coalesce)
      forget(older->second);
    else if (older != retained_.end())
      retained_.erase(older);
  }
  waiting_.push_back({std::move(message), now});
  const auto entry = std::prev(waiting_.end());
  if (entry->message.retain) retained_.emplace(entry->message.topic, entry);
}

void Outbox::unindex(List::iterator entry) {
  if (!entry->message.retain) return;
  const auto known = retained_.find(entry->message.topic);
  if (known != retained_.end() && known->second == entry) retained_.erase(known);
  // A table does not shrink by itself, and one start may have made it as large as the house.
  if (retained_.empty() && retained_.bucket_count() > kBuckets) retained_ = {};
}

void Outbox::forget(List::iterator entry) {
  unindex(entry);
  waiting_.erase(entry);
}

void Outbox::drop(List::iterator entry, const std::string& reason) {
  unindex(entry);
  const Message message = std::move(entry->message);
  waiting_.erase(entry);
  if (dropped_) dropped_(message, reason);
}

void Outbox::trim(std::size_t limit) {
  std::size_t plain = waiting_.size() - retained_.size();
  for (auto entry = waiting_.begin(); plain > limit && entry != waiting_.end();) {
    const auto next = std::next(entry);
    if (!entry->message.retain) {
      drop(entry, "dropped: more than " + std::to_string(limit) + " messages wait for the broker");
      --plain;
    }
    entry = next;
  }
}

const Message* Outbox::front(Steady now) {
  while (!waiting_.empty()) {
    Entry& entry = waiting_.front();
    if (!entry.message.expiry_seconds) return &entry.message;
    const auto waited = std::chrono::duration_cast<std::chrono::seconds>(now - entry.since);
    const auto allowed = std::chrono::seconds(*entry.message.expiry_seconds);
    if (waited < allowed) {
      // Whole seconds only, so that the rest of a second is not lost each time this is asked.
      entry.message.expiry_seconds = static_cast<std::uint32_t>((allowed - waited).count());
      entry.since += waited;
      return &entry.message;
    }
    drop(waiting_.begin(),
         "expired after " + std::to_string(waited.count()) + " s of waiting for the broker");
  }
  return nullptr;
}

void Outbox::sent(std::uint64_t token) {
  const auto entry = waiting_.begin();
  unindex(entry);
  entry->token = token;
  in_flight_.splice(in_flight_.end(), waiting_, entry);
}

void Outbox::sent_directly(Message message, std::uint64_t token, Steady now) {
  in_flight_.push_back({std::move(message), now, token});
}

std::optional<Message> Outbox::acknowledged(std::uint64_t token) {
  const auto entry = std::find_if(in_flight_.begin(), in_flight_.end(),
                                  [token](const Entry& e) { return e.token == token; });
  if (entry == in_flight_.end()) return std::nullopt;
  Message message = std::move(entry->message);
  in_flight_.erase(entry);
  return message;
}

void Outbox::connection_lost() {
  in_flight_.remove_if([](const Entry& entry) { return entry.message.qos == 0; });
  const bool suspect = !in_flight_.empty() && ++in_flight_.front().losses >= kLossLimit;
  while (!in_flight_.empty()) {
    const auto entry = std::prev(in_flight_.end());
    entry->token = 0;
    if (entry->message.retain && !retained_.emplace(entry->message.topic, entry).second) {
      in_flight_.erase(entry);  // a later one of this topic waits already
      continue;
    }
    waiting_.splice(waiting_.begin(), in_flight_, entry);
  }
  if (suspect && !waiting_.empty() && waiting_.front().losses >= kLossLimit) {
    drop(waiting_.begin(),
         "given up: the connection ended " + std::to_string(kLossLimit) + " times while it was sent");
  }
}

}  // namespace gable::node

// Pure: no clock, thread or file.
#include "protocol/outbox.hpp"

#include <algorithm>
#include <utility>

namespace gable::notify {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::delivered:
      return "delivered";
    case Verdict::again:
      return "again";
    case Verdict::away:
      return "away";
    case Verdict::refused:
      return "refused";
    case Verdict::never:
      return "never";
    case Verdict::unknown:
      break;
  }
  return "unknown";
}

Outbox::Added Outbox::add(Message message, Moment now) {
  const auto same = [&message](const Entry& entry) { return entry.message.id == message.id; };
  if (std::any_of(entries_.begin(), entries_.end(), same)) return Added::known;
  if (entries_.size() >= policy_.waiting) return Added::full;
  entries_.push_back({std::move(message), now, 0, false});
  return Added::waits;
}

std::string Outbox::refusal(Moment now) const { return now < refused_until_ ? refusal_ : std::string(); }

double Outbox::tokens_at(Moment now) const {
  // A wall clock may be set back: nothing is earned then.
  const Moment passed = std::max(now - counted_, Moment(0));
  const double earned =
      static_cast<double>(passed.count()) / static_cast<double>(policy_.per_message.count());
  return std::min(tokens_ + earned, static_cast<double>(policy_.burst));
}

Moment Outbox::token_due(Moment now) const {
  const double missing = 1 - tokens_at(now);
  if (missing <= 0) return now;
  return now +
         Moment(static_cast<std::int64_t>(missing * static_cast<double>(policy_.per_message.count())) + 1);
}

std::optional<Message> Outbox::begin(Moment now) {
  if (busy_ || now < hold_ || tokens_at(now) < 1) return std::nullopt;
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [now](const Entry& entry) { return entry.next <= now; });
  if (found == entries_.end()) return std::nullopt;
  tokens_ = tokens_at(now) - 1;
  counted_ = now;
  busy_ = found->sending = true;
  ++found->tries;
  return found->message;
}

Moment Outbox::backoff(int tries) const {
  Moment delay = policy_.retry_min;
  for (int i = 1; i < tries && delay < policy_.retry_max; ++i) delay *= 2;
  return std::min(delay, policy_.retry_max);
}

bool Outbox::end(Verdict verdict, const std::string& reason, Moment now, std::optional<Moment> after) {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.sending; });
  busy_ = false;
  if (found == entries_.end()) return true;
  found->sending = false;
  away_ = verdict == Verdict::away ? away_ + 1 : 0;
  const auto wait = [&](int tries) {
    return now + std::clamp(after.value_or(backoff(tries)), Moment(0), policy_.keep);
  };
  switch (verdict) {
    case Verdict::again:
      found->next = wait(found->tries);
      return false;
    case Verdict::away:
      hold_ = wait(away_);
      return false;
    case Verdict::refused:
      refused_until_ = now + policy_.refused;
      refusal_ = reason;
      break;
    case Verdict::delivered:
    case Verdict::never:
    case Verdict::unknown:
      break;
  }
  entries_.erase(found);
  return true;
}

std::vector<Message> Outbox::give_up(Moment now) {
  std::vector<Message> old;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool refused = now < refused_until_;
    if (entry->sending || (!refused && now < entry->message.at + policy_.keep)) {
      ++entry;
      continue;
    }
    old.push_back(std::move(entry->message));
    entry = entries_.erase(entry);
  }
  return old;
}

std::optional<Moment> Outbox::due(Moment now) const {
  if (busy_ || entries_.empty()) return std::nullopt;
  Moment next = Moment::max(), old = Moment::max();
  for (const Entry& entry : entries_) {
    next = std::min(next, entry.next);
    old = std::min(old, entry.message.at + policy_.keep);
  }
  next = std::max({next, hold_, token_due(now)});
  return std::max(std::min(next, old), now);
}

std::vector<Message> Outbox::restore(const std::vector<Entry>& entries) {
  std::vector<Message> unknown;
  for (const Entry& entry : entries) {
    if (entry.sending) {
      unknown.push_back(entry.message);
    } else if (entries_.size() < policy_.waiting) {
      entries_.push_back(entry);
    }
  }
  return unknown;
}

}  // namespace gable::notify

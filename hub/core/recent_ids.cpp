#include "core/recent_ids.hpp"

#include <algorithm>

namespace gable::hub {

namespace {

constexpr Duration kWorthKnowing{3'600'000};

}  // namespace

bool RecentIds::seen(Turn& turn, const std::string& id) {
  const std::string key = kind_ + id;
  if (known_.contains(key)) return true;
  turn.save(Table::seen, key, R"({"t":")" + wire::format_time(turn.now) + R"("})");
  known_.insert(key);
  order_.emplace_back(turn.now, key);
  limit(turn);
  return false;
}

// Rows come in the order of their keys.
void RecentIds::restore(Turn& turn, const std::string& key, const wire::Object& row) {
  const wire::Value* said = row.find("t");
  const auto time = said == nullptr ? std::nullopt : wire::parse_time(said->string_or(""));
  if (!time || turn.now - *time > kWorthKnowing) return turn.save(Table::seen, key, "");
  if (!known_.insert(key).second) return;
  std::pair entry(*time, key);
  order_.insert(std::upper_bound(order_.begin(), order_.end(), entry), std::move(entry));
  limit(turn);
}

void RecentIds::limit(Turn& turn) {
  if (order_.size() <= limit_) return;
  const std::string oldest = std::move(order_.front().second);
  order_.pop_front();
  turn.save(Table::seen, oldest, "");
  known_.erase(oldest);
}

}  // namespace gable::hub

#include "core/recent_ids.hpp"

namespace gable::hub {

namespace {

constexpr Duration kWorthKnowing{3'600'000};

}  // namespace

bool RecentIds::seen(Turn& turn, const std::string& id) {
  const std::string key = kind_ + id;
  if (known_.contains(key)) return true;
  turn.save(Table::seen, key, R"({"t":")" + wire::format_time(turn.now) + R"("})");
  remember(turn, key);
  return false;
}

void RecentIds::restore(Turn& turn, const std::string& key, const wire::Object& row) {
  const wire::Value* said = row.find("t");
  const auto time = said == nullptr ? std::nullopt : wire::parse_time(said->string_or(""));
  if (!time || turn.now - *time > kWorthKnowing) return turn.save(Table::seen, key, "");
  if (!known_.contains(key)) remember(turn, key);
}

void RecentIds::remember(Turn& turn, const std::string& key) {
  known_.insert(key);
  order_.push_back(key);
  if (order_.size() <= limit_) return;
  turn.save(Table::seen, order_.front(), "");
  known_.erase(order_.front());
  order_.pop_front();
}

}  // namespace gable::hub

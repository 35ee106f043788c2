#include "core/tombstones.hpp"

#include "wire/time.hpp"

namespace gable::hub {

namespace {
constexpr std::size_t kMost = 10'000;
}

void Tombstones::add(Turn& turn, const std::string& id) {
  keep(id, turn.now);
  turn.save(Table::tombstone, id, R"({"t":")" + wire::format_time(turn.now) + R"("})");
  while (by_time_.size() > kMost) {
    const std::string oldest = by_time_.begin()->second;
    by_time_.erase(by_time_.begin());
    times_.erase(oldest);
    turn.save(Table::tombstone, oldest, "");
  }
}

void Tombstones::restore(const std::string& id, const wire::Object& row) {
  const wire::Value* since = row.find("t");
  keep(id, since == nullptr ? Time{} : wire::parse_time(since->string_or("")).value_or(Time{}));
}

void Tombstones::keep(const std::string& id, Time since) {
  const auto [known, fresh] = times_.try_emplace(id, since);
  if (!fresh) by_time_.erase({std::exchange(known->second, since), id});
  by_time_.emplace(since, id);
}

}  // namespace gable::hub

#pragma once
// The ids of messages that were taken lately. MQTT delivers a message of QoS 1 at least once: after a lost
// connection the broker sends again what it has no answer to, and a broker that was killed what it had sent
// since it last wrote its database, even to the next process. So they are in the store too.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/effects.hpp"
#include "wire/value.hpp"

namespace gable::hub {

class RecentIds {
 public:
  // `kind`: what its rows in Table::seen begin with: "event/". `limit`: how many are remembered, ≥ 1.
  RecentIds(std::string_view kind, std::size_t limit) : kind_(kind), limit_(limit) {}

  // True if it is among the last ones; else remembers it.
  bool seen(Turn& turn, const std::string& id);
  [[nodiscard]] bool owns(std::string_view key) const { return key.starts_with(kind_); }
  // A row of an earlier process; of an hour ago no broker knows any more.
  void restore(Turn& turn, const std::string& key, const wire::Object& row);

 private:
  void limit(Turn& turn);

  std::string kind_;
  std::size_t limit_;
  std::deque<std::pair<Time, std::string>> order_;  // when it was said, and the key of its row; oldest first
  std::unordered_set<std::string> known_;
};

}  // namespace gable::hub

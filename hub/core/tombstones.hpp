#pragma once
// Entity ids that were given up on purpose. A broker that restores an older database brings their documents
// back: those are ours and are deleted, where all others below our root are a stranger's. The latest 10,000
// are remembered, here and in the store.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/effects.hpp"
#include "wire/json.hpp"

namespace gable::hub {

class Tombstones {
 public:
  // The id is given up now.
  void add(Turn& turn, const std::string& id);
  // A row of the store.
  void restore(const std::string& id, const wire::Object& row);
  [[nodiscard]] bool contains(std::string_view id) const { return times_.contains(id); }

 private:
  void keep(const std::string& id, Time since);

  std::map<std::string, Time, std::less<>> times_;
  std::set<std::pair<Time, std::string>> by_time_;
};

}  // namespace gable::hub

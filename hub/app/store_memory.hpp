#pragma once
// A store without a disk, for tests and simulations.

#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/store.hpp"

namespace gable::hub {

class MemoryStore final : public StorePort {
 public:
  void put(Table table, std::string key, std::string json) override {
    batch_.push_back({table, std::move(key), std::move(json)});
  }
  void erase(Table table, std::string key) override { batch_.push_back({table, std::move(key), {}}); }

  bool commit() override {
    if (failing_) {
      if (!std::exchange(told_, true) && report_) report_({false, *failing_});
      return false;
    }
    for (Save& save : batch_) {
      auto& table = tables_[static_cast<std::size_t>(save.table)];
      if (save.json.empty()) {
        table.erase(save.key);
      } else {
        table[save.key] = std::move(save.json);
      }
    }
    batch_.clear();
    if (std::exchange(told_, false) && report_) report_({true, {}});
    return true;
  }

  wire::Result<std::size_t> load(Table table, const Row& row) override {
    const auto& rows = tables_[static_cast<std::size_t>(table)];
    for (const auto& [key, json] : rows) row(key, json);
    return rows.size();
  }
  void on_problem(Report report) override { report_ = std::move(report); }

  // Makes every commit fail with this text; nothing: works again.
  void fail_with(std::optional<std::string> text) { failing_ = std::move(text); }
  // What `kill -9` loses.
  void forget_batch() { batch_.clear(); }

 private:
  std::array<std::map<std::string, std::string, std::less<>>, kTableCount> tables_;
  std::vector<Save> batch_;
  std::optional<std::string> failing_;
  bool told_ = false;
  Report report_;
};

}  // namespace gable::hub

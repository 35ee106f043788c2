#pragma once
// The disks: the hub's store with crash points, a bound that makes it full, and what a loss of power takes;
// a bridge's memory of command ids. They outlive the processes that use them.

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "app/store.hpp"
#include "bridge/command_memory.hpp"
#include "world/clock.hpp"
#include "world/crash.hpp"

namespace gable::sim {

// What is broken on purpose, to see that the checker notices. One of kSabotages, or empty.
using Sabotage = std::string;

class Disk final : public hub::StorePort {
 public:
  // Both outlive the disk.
  Disk(const WorldTime& time, Fuse& fuse) : time_(time), fuse_(fuse) {}

  void put(hub::Table table, std::string key, std::string json) override;
  void erase(hub::Table table, std::string key) override;
  bool commit() override;
  wire::Result<std::size_t> load(hub::Table table, const Row& row) override;
  void on_problem(Report report) override { report_ = std::move(report); }

  // ── faults ──
  void set_full(bool full) { full_ = full; }
  [[nodiscard]] bool full() const { return full_; }
  // How long what is written may be in the operating system's memory only. 100 ms is what the store promises.
  void set_sync_delay(Span delay) { sync_delay_ = delay; }
  // kill -9: what was not committed has gone.
  void process_died();
  // What was not synced has gone too.
  void power_lost();
  // Forgets the commit with this number, counted from 1.
  void forget_commit(std::uint64_t number) { forgotten_ = number; }

  [[nodiscard]] std::uint64_t commits() const { return commits_; }
  [[nodiscard]] const std::string* find(hub::Table table, const std::string& key) const;
  [[nodiscard]] std::size_t rows(hub::Table table) const {
    return tables_[static_cast<std::size_t>(table)].size();
  }

 private:
  struct Former {
    Steady at;
    hub::Table table;
    std::string key, json;  // json empty: there was none
  };
  void apply(const hub::Save& save);

  const WorldTime& time_;
  Fuse& fuse_;
  std::array<std::map<std::string, std::string, std::less<>>, hub::kTableCount> tables_;
  std::vector<hub::Save> batch_;
  std::deque<Former> unsynced_;  // oldest first
  Report report_;
  Span sync_delay_{100};
  bool full_ = false, told_ = false;
  std::uint64_t commits_ = 0, forgotten_ = 0;
};

class BridgeMemory final : public bridge::CommandMemory {
 public:
  explicit BridgeMemory(Fuse& fuse) : fuse_(fuse) {}
  std::vector<bridge::SeenCommand> load() override;
  bool append(const bridge::SeenCommand& seen) override;

 private:
  Fuse& fuse_;
  std::vector<bridge::SeenCommand> lines_;  // as appended
};

}  // namespace gable::sim

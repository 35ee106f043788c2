#include "world/disk.hpp"

#include <utility>

namespace gable::sim {

void Disk::put(hub::Table table, std::string key, std::string json) {
  batch_.push_back({table, std::move(key), std::move(json)});
}

void Disk::erase(hub::Table table, std::string key) { batch_.push_back({table, std::move(key), {}}); }

bool Disk::commit() {
  if (batch_.empty()) return true;
  fuse_.point("before the store's write");
  if (full_) {
    if (!std::exchange(told_, true) && report_) report_({false, "cannot save: database or disk is full"});
    return false;
  }
  const auto kept = time_.now() - sync_delay_;
  while (!unsynced_.empty() && unsynced_.front().at <= kept) unsynced_.pop_front();
  if (++commits_ != forgotten_) {
    for (const auto& save : batch_) apply(save);
  }
  batch_.clear();
  fuse_.point("after the store's write");
  if (std::exchange(told_, false) && report_) report_({true, {}});
  return true;
}

void Disk::apply(const hub::Save& save) {
  auto& table = tables_[static_cast<std::size_t>(save.table)];
  const auto found = table.find(save.key);
  unsynced_.push_back({time_.now(), save.table, save.key, found == table.end() ? "" : found->second});
  if (save.json.empty()) {
    table.erase(save.key);
  } else {
    table[save.key] = save.json;
  }
}

wire::Result<std::size_t> Disk::load(hub::Table table, const Row& row) {
  const auto rows = tables_[static_cast<std::size_t>(table)];
  for (const auto& [key, json] : rows) row(key, json);
  return rows.size();
}

void Disk::process_died() {
  batch_.clear();
  told_ = false;
  report_ = {};
}

void Disk::power_lost() {
  process_died();
  const auto kept = time_.now() - sync_delay_;
  while (!unsynced_.empty() && unsynced_.back().at > kept) {
    const Former former = std::move(unsynced_.back());
    unsynced_.pop_back();
    auto& table = tables_[static_cast<std::size_t>(former.table)];
    if (former.json.empty()) {
      table.erase(former.key);
    } else {
      table[former.key] = former.json;
    }
  }
}

const std::string* Disk::find(hub::Table table, const std::string& key) const {
  const auto& rows = tables_[static_cast<std::size_t>(table)];
  const auto found = rows.find(key);
  return found == rows.end() ? nullptr : &found->second;
}

std::vector<bridge::SeenCommand> BridgeMemory::load() {
  // As the file does: a later line of the same id replaces the earlier one.
  std::vector<bridge::SeenCommand> out;
  for (const auto& line : lines_) {
    bool known = false;
    for (auto& seen : out) {
      if (seen.device != line.device || seen.id != line.id) continue;
      seen = line;
      known = true;
    }
    if (!known) out.push_back(line);
  }
  if (out.size() > bridge::kSeenCommands) {
    out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(bridge::kSeenCommands));
  }
  return out;
}

bool BridgeMemory::append(const bridge::SeenCommand& seen) {
  fuse_.point("before the bridge's memory");
  lines_.push_back(seen);
  fuse_.point("after the bridge's memory");
  return true;
}

}  // namespace gable::sim

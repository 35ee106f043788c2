#include "protocol/lease_book.hpp"

#include <algorithm>
#include <utility>

namespace gable::presence {

namespace {

template <class Key>
std::optional<DeviceIndex> look_up(const std::map<Key, DeviceIndex>& table, const Key& key) {
  const auto found = table.find(key);
  if (found == table.end()) return std::nullopt;
  return found->second;
}

}  // namespace

LeaseBook::LeaseBook(const std::vector<DeviceSpec>& devices) : devices_(devices) {
  for (DeviceIndex i = 0; i < devices.size(); ++i) {
    for (const Mac& mac : devices[i].macs) listed_macs_.emplace(mac, i);
    for (const Ip& ip : devices[i].ips) listed_ips_.emplace(ip, i);
    for (const std::string& id : devices[i].client_ids) client_ids_.emplace(id, i);
    for (const std::string& name : devices[i].host_names) host_names_.emplace(name, i);
  }
}

std::optional<DeviceIndex> LeaseBook::owner_of(const Lease& lease) const {
  if (lease.mac) {
    if (const auto device = look_up(listed_macs_, *lease.mac)) return device;
  }
  if (!lease.client_id.empty()) {
    if (const auto device = look_up(client_ids_, lease.client_id)) return device;
  }
  if (!lease.host_name.empty()) {
    if (const auto device = look_up(host_names_, lease.host_name)) return device;
  }
  return look_up(listed_ips_, lease.ip);
}

std::optional<DeviceIndex> LeaseBook::find(const std::optional<Mac>& mac, const std::optional<Ip>& ip) const {
  if (mac) {
    if (const auto device = look_up(listed_macs_, *mac)) return device;
    if (const auto device = look_up(leased_macs_, *mac)) return device;
  }
  if (!ip) return std::nullopt;
  if (const auto device = look_up(listed_ips_, *ip)) return device;
  const auto leased = leased_ips_.find(*ip);
  if (leased == leased_ips_.end()) return std::nullopt;
  // Another card at a leased address is somebody else.
  const auto& holder = leased->second.lease.mac;
  if (mac && holder && *mac != *holder) return std::nullopt;
  return leased->second.device;
}

std::vector<Ip> LeaseBook::addresses_of(DeviceIndex device) const {
  std::vector<Ip> out = devices_[device].ips;
  for (const auto& [ip, entry] : leased_ips_) {
    if (entry.device == device && std::find(out.begin(), out.end(), ip) == out.end()) out.push_back(ip);
  }
  return out;
}

LeaseBook::News::Kind LeaseBook::compare(const Source& source, const Lease& lease) {
  if (!source.read) return News::Kind::unchanged;
  const auto before = source.entries.find(lease.ip);
  if (before == source.entries.end()) return News::Kind::renewed;
  const bool same = before->second.lease.mac == lease.mac && before->second.lease.expires == lease.expires;
  return same ? News::Kind::unchanged : News::Kind::renewed;
}

bool LeaseBook::holds_another(DeviceIndex device) const {
  return std::any_of(sources_.begin(), sources_.end(), [device](const auto& source) {
    return std::any_of(
        source.second.entries.begin(), source.second.entries.end(),
        [device](const auto& entry) { return entry.second.device == device && !entry.second.gone; });
  });
}

std::vector<LeaseBook::News> LeaseBook::take(std::size_t index, const std::vector<Lease>& leases,
                                             std::int64_t wall) {
  Source& source = sources_[index];
  std::vector<News> news;
  std::map<Ip, Entry> now;
  for (const Lease& lease : leases) {
    if (lease.expires != 0 && lease.expires <= wall) continue;
    const auto device = owner_of(lease);
    if (!device) continue;
    news.push_back({*device, compare(source, lease), lease});
    now.insert_or_assign(lease.ip, Entry{*device, lease});
  }
  auto before = std::exchange(source.entries, std::move(now));
  for (auto& [ip, entry] : before) {
    const bool over = entry.lease.expires != 0 && entry.lease.expires <= wall;
    if (over || source.entries.contains(ip)) continue;
    // Kept until its time is over: a file that was caught half written has it again a moment later.
    const bool told = std::exchange(entry.gone, true);
    if (!told && !holds_another(entry.device))
      news.push_back({entry.device, News::Kind::released, entry.lease});
    source.entries.emplace(ip, std::move(entry));
  }
  source.read = true;
  index_again();
  return news;
}

void LeaseBook::index_again() {
  leased_macs_.clear();
  leased_ips_.clear();
  for (const auto& [index, source] : sources_) {
    for (const auto& [ip, entry] : source.entries) {
      if (entry.lease.mac) leased_macs_.emplace(*entry.lease.mac, entry.device);
      if (!entry.gone) leased_ips_.insert_or_assign(ip, entry);
    }
  }
}

}  // namespace gable::presence

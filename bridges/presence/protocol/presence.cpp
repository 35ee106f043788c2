#include "protocol/presence.hpp"

#include <algorithm>
#include <utility>

namespace gable::presence {

namespace {

constexpr std::size_t kAddressLimit = 8;
constexpr auto kFresh = std::chrono::minutes(1);

}  // namespace

Presence::Presence(PresenceOptions options)
    : options_(std::move(options)), book_(options_.devices), devices_(options_.devices.size()) {
  options_.sources = std::min(options_.sources, kSourceLimit);
  sources_.resize(options_.sources);
}

void Presence::source_works(SourceIndex source, Moment now) {
  if (source < sources_.size() && !sources_[source].works_since) sources_[source].works_since = now;
}

void Presence::source_lost(SourceIndex source) {
  if (source < sources_.size()) sources_[source] = {};
}

void Presence::source_looked(SourceIndex source, Moment now) {
  if (source >= sources_.size() || !sources_[source].works_since) return;
  sources_[source].looked = now;
  for (DeviceIndex index = 0; index < devices_.size(); ++index) {
    Device& device = devices_[index];
    if (device.view.where == Whereabouts::away) continue;
    const auto leaves = leaves_at(device, index);
    if (!leaves || !looked_in_vain(device, *leaves)) continue;
    device.view.where = Whereabouts::away;
    device.seen_by = 0;
  }
}

void Presence::seen(SourceIndex source, const std::vector<Sighting>& sightings, Moment now) {
  if (source >= sources_.size()) return;
  for (const Sighting& sighting : sightings) {
    forget_address_of_others(sighting);
    const auto index = find(sighting);
    if (!index) continue;
    DeviceView& view = devices_[*index].view;
    if (sighting.ip && !sighting.ip->v6) view.ip = sighting.ip;
    if (sighting.mac) view.mac = sighting.mac;
    see(source, *index, now - std::max(sighting.age, std::chrono::milliseconds(0)), now);
  }
}

std::optional<DeviceIndex> Presence::find(const Sighting& sighting) const {
  const auto known = book_.find(sighting.mac, sighting.ip);
  if (known || sighting.mac || !sighting.ip) return known;
  // An answer from where it was seen last keeps a device home, but brings none: the address may be another's
  // by then.
  const auto same = [&sighting](const Device& device) {
    return device.view.where == Whereabouts::home && device.view.ip == sighting.ip;
  };
  const auto found = std::find_if(devices_.begin(), devices_.end(), same);
  if (found == devices_.end()) return std::nullopt;
  return static_cast<DeviceIndex>(found - devices_.begin());
}

// Another card has the address now.
void Presence::forget_address_of_others(const Sighting& sighting) {
  if (!sighting.mac || !sighting.ip || sighting.age > kFresh) return;
  for (Device& device : devices_) {
    if (device.view.ip == sighting.ip && device.view.mac != sighting.mac) device.view.ip.reset();
  }
}

void Presence::see(SourceIndex source, DeviceIndex index, Moment at, Moment now) {
  Device& device = devices_[index];
  if (at + options_.devices[index].grace <= now) return;  // too long ago to mean anything
  // What was proved before a lease was given back says nothing about afterwards.
  if (device.released && at > *device.released) device.released.reset();
  device.last_seen = device.view.where == Whereabouts::home ? std::max(device.last_seen, at) : at;
  device.seen_by |= 1U << source;
  const auto leaves = leaves_at(device, index);
  if (!leaves || *leaves > now) device.view.where = Whereabouts::home;
}

void Presence::leases(SourceIndex source, const std::vector<Lease>& leases, std::int64_t wall, Moment now) {
  if (source >= sources_.size()) return;
  for (const LeaseBook::News& news : book_.take(source, leases, wall)) {
    Device& device = devices_[news.device];
    if (news.kind == LeaseBook::News::Kind::released) {
      device.released = now;
      continue;
    }
    device.released.reset();
    if (!news.lease.host_name.empty()) device.view.host_name = news.lease.host_name;
    if (news.kind == LeaseBook::News::Kind::unchanged) continue;
    if (news.lease.mac) device.view.mac = news.lease.mac;
    if (!news.lease.ip.v6) device.view.ip = news.lease.ip;
    see(source, news.device, now, now);
  }
}

// Every source must have looked, since any of them may be the one that can see it.
std::optional<Moment> Presence::first_looks(DeviceIndex index) const {
  std::optional<Moment> since;
  for (const Source& source : sources_) {
    if (!source.works_since) return std::nullopt;
    since = std::max(since.value_or(*source.works_since), *source.works_since);
  }
  return since ? std::optional(*since + options_.devices[index].grace) : std::nullopt;
}

std::optional<Moment> Presence::leaves_at(const Device& device, DeviceIndex index) const {
  if (device.seen_by == 0) return first_looks(index);
  std::optional<Moment> since;
  for (SourceIndex source = 0; source < sources_.size(); ++source) {
    const auto& works = sources_[source].works_since;
    if ((device.seen_by >> source & 1U) == 0 || !works) continue;
    since = std::min(since.value_or(*works), *works);
  }
  if (!since) return std::nullopt;
  const Moment silent = std::max(device.last_seen, *since) + options_.devices[index].grace;
  return device.released ? std::min(silent, *device.released + options_.release_grace) : silent;
}

// Whether those that could see it have looked since: one that has seen it, or all where none has.
bool Presence::looked_in_vain(const Device& device, Moment since) const {
  bool all = true;
  bool one = false;
  for (SourceIndex source = 0; source < sources_.size(); ++source) {
    const bool looked = sources_[source].looked && *sources_[source].looked >= since;
    all = all && looked;
    one = one || (looked && (device.seen_by >> source & 1U) != 0);
  }
  return device.seen_by == 0 ? all : one;
}

std::optional<Moment> Presence::deadline(Moment now) const {
  std::optional<Moment> first;
  for (DeviceIndex index = 0; index < devices_.size(); ++index) {
    if (devices_[index].view.where == Whereabouts::away) continue;
    const auto leaves = leaves_at(devices_[index], index);
    if (leaves && *leaves > now) first = std::min(first.value_or(*leaves), *leaves);
  }
  return first;
}

DeviceView Presence::device(DeviceIndex index) const {
  const Device& device = devices_[index];
  DeviceView view = device.view;
  if (view.where == Whereabouts::away) {
    // Somebody may have come whom only a lost source would see; but while another still looks, that is told
    // by the bridge's own status.
    view.blind = std::none_of(sources_.begin(), sources_.end(),
                              [](const Source& source) { return source.works_since.has_value(); });
  } else {
    view.blind = !leaves_at(device, index).has_value();
  }
  return view;
}

PersonView Presence::person(std::size_t index) const {
  PersonView person{Whereabouts::away, false};
  bool unknown = false;
  bool home_for_sure = false;
  bool home = false;
  for (const DeviceIndex device : options_.people[index].devices) {
    const DeviceView view = this->device(device);
    home = home || view.where == Whereabouts::home;
    home_for_sure = home_for_sure || (view.where == Whereabouts::home && !view.blind);
    unknown = unknown || view.where == Whereabouts::unknown;
    person.blind = person.blind || view.blind;
  }
  if (unknown) person.where = Whereabouts::unknown;
  if (home) person.where = Whereabouts::home;
  if (home_for_sure) person.blind = false;
  return person;
}

bool Presence::somebody_stirs(const std::vector<Sighting>& sightings) const {
  return std::any_of(sightings.begin(), sightings.end(), [this](const Sighting& sighting) {
    const auto index = book_.find(sighting.mac, sighting.ip);
    return index && devices_[*index].view.where != Whereabouts::home;
  });
}

std::vector<Ip> Presence::addresses() const {
  std::vector<Ip> out;
  for (DeviceIndex index = 0; index < devices_.size(); ++index) {
    std::vector<Ip> own = book_.addresses_of(index);
    const auto& last = devices_[index].view.ip;
    if (last && std::find(own.begin(), own.end(), *last) == own.end()) own.push_back(*last);
    if (own.size() > kAddressLimit) own.resize(kAddressLimit);
    out.insert(out.end(), own.begin(), own.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace gable::presence

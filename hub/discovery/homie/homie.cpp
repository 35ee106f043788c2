#include "discovery/homie/homie.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "discovery/homie/components.hpp"
#include "discovery/homie/description.hpp"
#include "discovery/signature.hpp"
#include "wire/json.hpp"

namespace gable::discovery::homie {

namespace {

constexpr std::size_t kMaxLevels = 16;
constexpr std::size_t kMaxFaults = 20;  // of one device
constexpr std::string_view kAlertOfOld = "$state";

std::vector<std::string_view> levels_of(std::string_view topic) {
  std::vector<std::string_view> levels;
  for (std::size_t begin = 0; levels.size() <= kMaxLevels;) {
    const std::size_t end = std::min(topic.find('/', begin), topic.size());
    levels.push_back(topic.substr(begin, end - begin));
    if (end == topic.size()) break;
    begin = end + 1;
  }
  return levels;
}

// What only Homie 5 has; a device of Homie 3 or 4 that is called "5" has none of it.
bool is_five(const std::vector<std::string_view>& rest) {
  if (rest.size() == 1) return rest[0] == "$state" || rest[0] == "$description";
  if (rest.size() == 2) return rest[0] == "$alert";
  return rest.size() == 3 && rest[2] == "$target";
}

bool prefix_matches(const std::vector<std::string>& prefix, const std::vector<std::string_view>& levels) {
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (levels[i].empty() || levels[i].starts_with('$')) return false;
    if (prefix[i] != "+" && prefix[i] != levels[i]) return false;
  }
  return true;
}

std::string_view joined(std::string_view topic, const std::string_view& last) {
  return topic.substr(0, static_cast<std::size_t>(last.data() - topic.data()) + last.size());
}

}  // namespace

struct Homie::Address {
  std::string_view base;
  bool five = false;
  std::vector<std::string_view> rest;  // levels below the base
};

struct Homie::Device {
  bool five = false;
  LegacyDevice legacy;  // Homie 3 and 4
  // Homie 5.
  std::string state;
  std::optional<Model> model;
  std::size_t described_bytes = 0;
  std::map<std::string, std::string, std::less<>> alerts;   // by id
  std::map<std::string, std::string, std::less<>> targets;  // by the property's topic
  std::size_t entry_bytes = 0;

  bool announced = false;
  bool settled = false;  // announce what there is
  std::uint64_t signature = 0;
  bool alerts_changed = false;
  std::set<std::string, std::less<>> targets_changed;
  std::set<std::uint64_t> told;  // faults that were said
  bool emptied = false;          // the last message took something away

  [[nodiscard]] std::string_view state_now() const {
    return five ? std::string_view(state) : legacy.attribute("$state");
  }
  [[nodiscard]] bool gone() const {
    return state_now().empty() || (five ? !model : legacy.attribute("$homie").empty());
  }
  // Nothing is left to remember. What was said of it is forgotten only once somebody clears its topics, so
  // that it is not said again with every message.
  [[nodiscard]] bool over() const { return empty() && !announced && (emptied || told.empty()); }
  [[nodiscard]] bool empty() const {
    return legacy.empty() && state.empty() && !model && alerts.empty() && targets.empty();
  }
  [[nodiscard]] std::size_t bytes() const {
    return legacy.bytes() + state.size() + described_bytes + entry_bytes;
  }
};

Homie::Homie(std::vector<std::string> prefixes, const Limits& limits) : limits_(limits) {
  for (const std::string& prefix : prefixes) {
    std::vector<std::string>& levels = prefixes_.emplace_back();
    for (const std::string_view level : levels_of(prefix)) levels.emplace_back(level);
  }
  // The one that says most of a topic counts.
  std::ranges::stable_sort(prefixes_, std::ranges::greater{},
                           [](const auto& levels) { return levels.size(); });
}

Homie::~Homie() = default;

std::vector<std::string> Homie::filters() const {
  static constexpr std::array<std::string_view, 23> kBelow{
      "+/$homie",         "+/$state",        "+/$name",        "+/$nodes",      "+/$mac",
      "+/$type",          "+/$fw/+",         "+/$stats",       "+/$stats/+",    "+/+/$name",
      "+/+/$type",        "+/+/$properties", "+/+/$array",     "+/+/+/$name",   "+/+/+/$datatype",
      "+/+/+/$settable",  "+/+/+/$retained", "+/+/+/$unit",    "+/+/+/$format", "5/+/$state",
      "5/+/$description", "5/+/$alert/+",    "5/+/+/+/$target"};
  std::vector<std::string> filters;
  for (const auto& prefix : prefixes_) {
    std::string begin;
    for (const std::string& level : prefix) begin += level + "/";
    for (const std::string_view below : kBelow) filters.push_back(begin + std::string(below));
  }
  return filters;
}

std::optional<Homie::Address> Homie::address_of(std::string_view topic) const {
  const std::vector<std::string_view> levels = levels_of(topic);
  if (levels.size() > kMaxLevels) return std::nullopt;
  for (const auto& prefix : prefixes_) {
    const std::size_t depth = prefix.size();
    if (levels.size() < depth + 2 || !prefix_matches(prefix, levels)) continue;
    const auto at = [&levels](std::size_t place) {
      return levels.begin() + static_cast<std::ptrdiff_t>(place);
    };
    if (levels[depth] == "5" && levels.size() >= depth + 3 && valid_id(levels[depth + 1])) {
      Address five{joined(topic, levels[depth + 1]), true, {at(depth + 2), levels.end()}};
      if (is_five(five.rest)) return five;
    }
    if (valid_id(levels[depth]))
      return Address{joined(topic, levels[depth]), false, {at(depth + 1), levels.end()}};
  }
  return std::nullopt;
}

Homie::Device* Homie::device_at(const Address& address, bool create) {
  if (const auto found = devices_.find(address.base); found != devices_.end()) return found->second.get();
  if (!create) return nullptr;
  if (devices_.size() >= limits_.devices) {
    if (!std::exchange(full_, true)) {
      faults_.push_back(
          {std::string(address.base), "there are " + std::to_string(limits_.devices) +
                                          " Homie devices already: this and all further ones are "
                                          "left out"});
    }
    return nullptr;
  }
  auto made = std::make_unique<Device>();
  made->five = address.five;
  return devices_.emplace(address.base, std::move(made)).first->second.get();
}

bool Homie::take(std::string_view topic, std::string_view payload) {
  const auto address = address_of(topic);
  // Values are for the entities; only attributes count here.
  if (!address || topic.find('$') == std::string_view::npos) return false;
  Device* device = device_at(*address, !payload.empty());
  if (device == nullptr || device->five != address->five) return false;
  const std::size_t before = device->bytes();
  const std::string base(address->base);
  bool kept = false;
  if (!wire::valid_utf8(payload)) {
    fault(*device, base, "'" + std::string(topic) + "' is no text in UTF-8 and is left out");
  } else if (kept = take(*device, *address, payload); !kept) {
    fault(*device, base,
          "'" + std::string(topic) + "' is left out: it would be over the limits of one device");
  }
  bytes_ = bytes_ - before + device->bytes();
  device->emptied = payload.empty();
  if (device->over()) {
    dirty_.erase(base);
    devices_.erase(base);
  } else {
    dirty_.insert(base);
  }
  return kept;
}

bool Homie::take(Device& device, const Address& address, std::string_view payload) {
  if (bytes_ + payload.size() > limits_.bytes) return false;
  if (device.five) return take_five(device, address, payload);
  const bool was_alert = device.legacy.attribute("$state") == "alert";
  const bool kept = device.legacy.take(address.rest, payload, limits_);
  device.alerts_changed |= was_alert != (device.legacy.attribute("$state") == "alert");
  return kept;
}

bool Homie::take_five(Device& device, const Address& address, std::string_view payload) {
  const std::string base(address.base);
  if (address.rest[0] == "$description") {
    describe(device, base, payload);
    return true;
  }
  if (address.rest[0] == "$state") {
    if (payload.size() > limits_.attribute) return false;
    device.state = payload;
    return true;
  }
  if (address.rest[0] == "$alert") {
    if (!valid_id(address.rest[1])) return true;
    if (!payload.empty() && device.alerts.size() >= limits_.alerts &&
        !device.alerts.contains(address.rest[1]))
      return false;
    device.alerts_changed = true;
    return take_entry(device, device.alerts, address.rest[1], payload);
  }
  if (!valid_id(address.rest[0]) || !valid_id(address.rest[1])) return true;
  const std::string topic = base + "/" + std::string(address.rest[0]) + "/" + std::string(address.rest[1]);
  if (!payload.empty() && device.targets.size() >= limits_.properties && !device.targets.contains(topic))
    return false;
  if (!take_entry(device, device.targets, topic, payload)) return false;
  device.targets_changed.insert(topic);
  return true;
}

bool Homie::take_entry(Device& device, std::map<std::string, std::string, std::less<>>& entries,
                       std::string_view key, std::string_view payload) {
  if (payload.size() > limits_.attribute || device.bytes() + payload.size() > limits_.device_bytes)
    return false;
  const auto known = entries.find(key);
  if (known != entries.end()) {
    device.entry_bytes -= key.size() + known->second.size();
    entries.erase(known);
  }
  if (payload.empty()) return true;
  device.entry_bytes += key.size() + payload.size();
  entries.emplace(key, payload);
  return true;
}

void Homie::describe(Device& device, const std::string& base, std::string_view payload) {
  if (payload.empty()) {
    device.model.reset();
    device.described_bytes = 0;
    return;
  }
  std::vector<std::string> faults;
  auto model = read_description(base, payload, limits_, faults);
  if (!model) {
    fault(device, base, "its $description cannot be read: " + model.error().message());
    return;
  }
  for (std::string& text : faults) fault(device, base, std::move(text));
  device.model = std::move(*model);
  device.described_bytes = payload.size();
}

void Homie::fault(Device& device, const std::string& base, std::string text) {
  if (device.told.size() < kMaxFaults && device.told.insert(signature_of(text)).second)
    faults_.push_back({base, std::move(text)});
}

void Homie::settle() {
  for (const auto& [base, device] : devices_) {
    device->settled = true;
    dirty_.insert(base);
  }
}

Changes Homie::changes() {
  Changes changes;
  for (const std::string& base : std::exchange(dirty_, {})) {
    const auto found = devices_.find(base);
    if (found == devices_.end()) continue;
    review(base, *found->second, changes);
    if (found->second->over()) devices_.erase(found);
  }
  changes.faults = std::exchange(faults_, {});
  return changes;
}

void Homie::review(const std::string& base, Device& device, Changes& changes) {
  if (device.gone()) {
    if (std::exchange(device.announced, false)) changes.removed.push_back(base);
    device.signature = 0;
    return;
  }
  if (device.state_now() != "init") {
    if (device.five) {
      announce(device, *device.model, changes);
    } else if (device.legacy.version() == 0) {
      fault(device, base,
            "it is of Homie " + std::string(device.legacy.attribute("$homie")) +
                "; 3, 4 and 5 are read: update its firmware");
    } else if (device.legacy.complete() || (device.settled && !device.legacy.attribute("$nodes").empty())) {
      std::vector<std::string> faults;
      Model model = device.legacy.model(base, limits_, faults);
      for (std::string& text : faults) fault(device, base, std::move(text));
      announce(device, std::move(model), changes);
    }
  }
  if (device.announced) tell(device, base, changes);
}

void Homie::announce(Device& device, Model model, Changes& changes) {
  std::vector<Component> components = components_of(model);
  const std::uint64_t signature = signature_of(components);
  if (device.announced && device.signature == signature) return;
  device.signature = signature;
  device.announced = true;
  changes.announced.push_back({std::move(model), std::move(components)});
}

void Homie::tell(Device& device, const std::string& base, Changes& changes) {
  if (std::exchange(device.alerts_changed, false)) {
    Alerts& now = changes.alerts.emplace_back();
    now.base = base;
    for (const auto& [id, text] : device.alerts) now.alerts.push_back({id, text});
    if (!device.five && device.legacy.attribute("$state") == "alert")
      now.alerts.push_back(
          {std::string(kAlertOfOld), "it says that something is wrong and wants somebody to look"});
  }
  for (const std::string& topic : std::exchange(device.targets_changed, {})) {
    const auto known = device.targets.find(topic);
    changes.targets.push_back({topic, known == device.targets.end() ? std::string() : known->second});
  }
}

std::string_view Homie::device_of(std::string_view topic) const {
  // The base is two levels or more; Homie 5 has one more.
  for (std::size_t end = topic.find('/'); end != std::string_view::npos; end = topic.find('/', end + 1)) {
    const auto found = devices_.find(topic.substr(0, end));
    if (found != devices_.end() && found->second->announced) return found->first;
  }
  return {};
}

}  // namespace gable::discovery::homie

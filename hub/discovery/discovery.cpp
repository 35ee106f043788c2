// Announcements: what is announced, by whom, and what follows when it changes or goes. Messages are in
// messages.cpp.

#include "discovery/discovery.hpp"

#include <algorithm>
#include <utility>

#include "discovery/message.hpp"
#include "discovery/slot.hpp"

namespace gable::discovery {

namespace {

constexpr std::size_t kMaxEntities = 100'000;
constexpr std::size_t kMaxSources = 200'000;
constexpr std::size_t kMaxOfOrigin = 60'000;  // entities, so that one program cannot take all the room
constexpr std::size_t kMaxOrigins = 1'000;    // that are counted each for itself

std::string key_of(const Component& component) { return component.platform + "/" + component.unique_id(); }

}  // namespace

Discovery::Discovery(Options options, House& house) : options_(std::move(options)), house_(house) {}
Discovery::~Discovery() = default;

std::vector<std::string> Discovery::filters() const {
  return options_.prefix.empty() ? Strings() : announcement_filters(options_.prefix);
}

void Discovery::read(std::string_view topic, const AnnouncementTopic& parsed, std::string_view payload) {
  if (!options_.own.empty() && parsed.id.starts_with(options_.own + " ")) return;
  Source* const known = find_source(topic);
  const std::size_t fingerprint = std::hash<std::string_view>{}(payload);
  if (known != nullptr && !payload.empty() && known->fingerprint == fingerprint) return;
  auto announcement = read_announcement(parsed, payload);
  if (!announcement) return house_.fault(topic, announcement.error().message());
  if (announcement->removal) return take_back(topic);
  if (announcement->migration) {
    if (known != nullptr) known->migrating = true;
    return;
  }
  announce(topic, announcement->components);
  if (Source* const source = find_source(topic)) source->fingerprint = fingerprint;
  if (!announcement->faults.empty()) house_.fault(topic, announcement->faults.front());
}

Discovery::Source* Discovery::find_source(std::string_view topic) const {
  const auto found = sources_.find(topic);
  return found == sources_.end() ? nullptr : found->second.get();
}

std::vector<std::string_view> Discovery::sources() const {
  std::vector<std::string_view> topics;
  topics.reserve(sources_.size());
  for (const auto& [topic, source] : sources_) topics.push_back(topic);
  return topics;
}

void Discovery::announce(std::string_view topic, const std::vector<Component>& components) {
  Source* source = find_source(topic);
  if (source == nullptr) {
    if (sources_.size() >= kMaxSources)
      return house_.fault("discovery", "more than 200,000 topics announce something; the rest is not read");
    auto made = std::make_unique<Source>();
    made->topic = topic;
    source = made.get();
    sources_.emplace(source->topic, std::move(made));
  }
  if (source->entities.empty()) source->quota = quota_of(components);
  const std::vector<Handle> before = std::exchange(source->entities, {});
  source->entities.reserve(components.size());
  source->migrating = false;
  house_.solved(topic);
  for (const Component& component : components) put(*source, component);
  const std::vector<Handle> after = source->entities;
  for (const Handle handle : before) {
    if (std::find(after.begin(), after.end(), handle) == after.end()) remove(handle);
  }
}

void Discovery::take_back(std::string_view topic) {
  house_.solved(topic);
  const auto found = sources_.find(topic);
  if (found == sources_.end()) return;
  const std::unique_ptr<Source> source = std::move(found->second);
  sources_.erase(found);
  for (const Handle handle : std::exchange(source->entities, {})) remove(handle);
}

std::size_t* Discovery::quota_of(const std::vector<Component>& components) {
  std::string name = components.empty() ? std::string() : components.front().origin.name;
  if (origins_.size() >= kMaxOrigins && !origins_.contains(name)) name.clear();
  return &origins_[std::move(name)];
}

// The oldest are kept.
bool Discovery::has_room(const Source& source, const Component& component) {
  if (count_ >= kMaxEntities) {
    house_.fault("discovery", "more than 100,000 entities are announced; the rest is not taken");
    return false;
  }
  if (*source.quota < kMaxOfOrigin) return true;
  const std::string& name = component.origin.name;
  house_.fault("discovery of " + name, (name.empty() ? "What does not say who it is" : name) +
                                           " announces more than 60,000 entities; the rest is not taken");
  return false;
}

// False: refused, and said why.
bool Discovery::put(Source& source, const Component& component) {
  std::string key = key_of(component);
  const auto known = by_key_.find(key);
  Slot* const former = known == by_key_.end() ? nullptr : slots_[known->second].get();
  if (former != nullptr && former->source != &source) {
    // Another topic may take an entity over only after the first has said so (migration).
    if (!former->source->migrating) {
      house_.fault(source.topic,
                   "announces " + key + ", which " + former->source->topic + " has announced already");
      return false;
    }
    std::erase(former->source->entities, former->handle);
  }
  if (former == nullptr && !has_room(source, component)) return false;
  auto binding = bind(component, templates_);
  if (!binding) {
    house_.fault(source.topic, component.platform + ": " + binding.error().message());
    if (former != nullptr) {
      --*former->source->quota;
      ++*source.quota;
      former->source = &source;
      source.entities.push_back(former->handle);
    }
    return false;
  }
  put_binding(slot_for(std::move(key)), source, component, std::move(*binding));
  return true;
}

void Discovery::put_binding(Slot& slot, Source& source, const Component& component,
                            std::unique_ptr<Binding> binding) {
  const std::string suggested_id = std::exchange(binding->description.own().object_id, {});
  availabilities_.unify(binding->availability);
  const bool entity = binding->description->domain != nullptr;
  detach(slot.handle);
  if (slot.source != nullptr) --*slot.source->quota;
  slot.source = &source;
  ++*source.quota;
  slot.binding = std::move(binding);
  if (!entity) slot.device = std::make_shared<const DeviceInfo>(component.device);
  slot.tag = component.platform == "tag";
  slot.heard.assign(slot.binding->availability->topics.size(), Heard::nothing);
  slot.latest = Heard::nothing;
  slot.expired = slot.binding->expire_after.has_value();
  source.entities.push_back(slot.handle);
  if (!slot.binding->faults.empty()) house_.fault(source.topic, slot.binding->faults.front());
  const bool wanted = !entity || house_.announced({.handle = slot.handle,
                                                   .source = slot.key,
                                                   .topic = source.topic,
                                                   .component = component,
                                                   .suggested_id = suggested_id,
                                                   .description = slot.binding->description});
  if (wanted) attach(slot.handle);
}

Discovery::Slot& Discovery::slot_for(std::string key) {
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return *slots_[known->second];
  const auto free = free_slots_.take();
  const auto handle = free.value_or(static_cast<Handle>(slots_.size()));
  if (!free) slots_.emplace_back();
  auto& slot = slots_[handle] = std::make_unique<Slot>();
  slot->handle = handle;
  slot->key = std::move(key);
  by_key_.emplace(slot->key, handle);
  ++count_;
  return *slot;
}

bool Discovery::may_listen(Slot& slot, const std::string& filter) {
  if (house_.may_listen(filter)) return true;
  slot.faulty = true;
  house_.fault(slot.source->topic,
               "listens to " + filter + ", which is the hub's own; it hears nothing there");
  return false;
}

void Discovery::attach(Handle handle) {
  Slot& slot = *slots_[handle];
  if (std::exchange(slot.attached, true)) return;
  const Binding& binding = *slot.binding;
  for (std::size_t i = 0; i < binding.inlets.size(); ++i) {
    const Inlet& inlet = binding.inlets[i];
    const std::string& topic = *inlet.topic;
    if (!may_listen(slot, topic)) continue;
    if (topics_.add(topic, {handle, static_cast<std::uint16_t>(i), false}))
      house_.subscribe(topic, inlet.qos);
    else
      house_.refresh(topic, inlet.qos);
  }
  for (std::size_t i = 0; i < binding.availability->topics.size(); ++i) {
    const std::string& topic = binding.availability->topics[i].topic;
    if (!may_listen(slot, topic)) continue;
    const Listener listener{handle, static_cast<std::uint16_t>(i), true};
    const bool nobody = topics_.add(topic, listener);
    const auto [shared, first] = shared_.try_emplace(topic);
    // Whoever listened already has had what is retained there; this one asks for it, for all that follow.
    shared->second.asked_again |= first && !nobody;
    if (nobody || first) house_.subscribe(topic, 0);
    if (!shared->second.payload.empty()) hear(handle, listener, Message(topic, shared->second.payload, true));
  }
  judge(handle);
}

void Discovery::detach(Handle handle) {
  Slot& slot = *slots_[handle];
  if (!std::exchange(slot.attached, false)) return;
  for (const Inlet& inlet : slot.binding->inlets) release(*inlet.topic, handle);
  for (const auto& entry : slot.binding->availability->topics) release(entry.topic, handle);
}

// Gives the topic up when nobody listens any more, as often as it was asked for.
void Discovery::release(const std::string& topic, Handle handle) {
  if (!topics_.remove(topic, handle)) return;
  house_.unsubscribe(topic);
  const auto shared = shared_.find(topic);
  if (shared == shared_.end()) return;
  if (shared->second.asked_again) house_.unsubscribe(topic);
  shared_.erase(shared);
}

void Discovery::remove(Handle handle) {
  if (slots_[handle] == nullptr) return;
  const bool entity = slots_[handle]->binding->description->domain != nullptr;
  drop(handle);
  if (entity) house_.removed(handle);
}

void Discovery::drop(Handle handle) {
  if (handle >= slots_.size() || slots_[handle] == nullptr) return;
  detach(handle);
  if (slots_[handle]->faulty) house_.solved(slots_[handle]->key);
  by_key_.erase(slots_[handle]->key);
  Source& source = *slots_[handle]->source;
  std::erase(source.entities, handle);
  --*source.quota;
  source.fingerprint = 0;
  slots_[handle].reset();
  free_slots_.put(handle);
  --count_;
}

std::unordered_set<std::string_view> Discovery::topics() const {
  std::unordered_set<std::string_view> all;
  for (const auto& slot : slots_) {
    if (slot == nullptr || !slot->attached || slot->binding->description->domain == nullptr) continue;
    for (const Inlet& inlet : slot->binding->inlets) all.insert(*inlet.topic);
    for (const auto& entry : slot->binding->availability->topics) all.insert(entry.topic);
  }
  return all;
}

void Discovery::listen(Handle handle, bool enabled) {
  if (handle >= slots_.size() || slots_[handle] == nullptr) return;
  if (enabled)
    attach(handle);
  else
    detach(handle);
}

std::string Discovery::announced_by(Handle handle) const {
  return handle < slots_.size() && slots_[handle] != nullptr ? slots_[handle]->source->topic : std::string();
}

}  // namespace gable::discovery

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

std::string key_of(const Component& component) { return component.platform + "/" + component.unique_id(); }

}  // namespace

Discovery::Discovery(Options options, House& house) : options_(std::move(options)), house_(house) {}
Discovery::~Discovery() = default;

std::vector<std::string> Discovery::filters() const {
  return options_.prefix.empty() ? Strings() : announcement_filters(options_.prefix);
}

void Discovery::read(std::string_view topic, const AnnouncementTopic& parsed, std::string_view payload) {
  if (!options_.own.empty() && parsed.id.starts_with(options_.own + " ")) return;
  const auto known = sources_.find(std::string(topic));
  const std::size_t fingerprint = std::hash<std::string_view>{}(payload);
  if (known != sources_.end() && !payload.empty() && known->second->fingerprint == fingerprint) return;
  auto announcement = read_announcement(parsed, payload);
  if (!announcement) return house_.fault(topic, announcement.error().message());
  if (announcement->removal) return take_back(topic);
  if (announcement->migration) {
    if (known != sources_.end()) known->second->migrating = true;
    return;
  }
  announce(topic, announcement->components);
  const auto source = sources_.find(std::string(topic));
  if (source != sources_.end()) source->second->fingerprint = fingerprint;
  if (!announcement->faults.empty()) house_.fault(topic, announcement->faults.front());
}

void Discovery::announce(std::string_view topic, const std::vector<Component>& components) {
  const std::string name(topic);
  if (!sources_.contains(name)) {
    if (sources_.size() >= kMaxSources)
      return house_.fault("discovery", "more than 200,000 topics announce something; the rest is not read");
    sources_.emplace(name, std::make_unique<Source>());
  }
  std::vector<Handle> before = std::exchange(sources_.at(name)->entities, {});
  sources_.at(name)->migrating = false;
  house_.solved(topic);
  for (const Component& component : components) put(topic, component);
  const std::vector<Handle>& after = sources_.at(name)->entities;
  for (const Handle handle : before) {
    if (std::find(after.begin(), after.end(), handle) == after.end()) remove(handle);
  }
}

void Discovery::take_back(std::string_view topic) {
  const auto found = sources_.find(std::string(topic));
  house_.solved(topic);
  if (found == sources_.end()) return;
  const auto source = std::move(found->second);
  sources_.erase(found);
  for (const Handle handle : source->entities) remove(handle);
}

// False: refused, and said why.
bool Discovery::put(std::string_view topic, const Component& component) {
  const std::string key = key_of(component);
  const auto known = by_key_.find(key);
  Slot* former = known == by_key_.end() ? nullptr : slots_[known->second].get();
  if (former != nullptr && former->source != topic) {
    // Another topic may take an entity over only after the first has said so (migration).
    const auto owner = sources_.find(former->source);
    if (owner != sources_.end() && !owner->second->migrating) {
      house_.fault(topic, "announces " + key + ", which " + former->source + " has announced already");
      return false;
    }
    if (owner != sources_.end()) std::erase(owner->second->entities, former->handle);
  }
  if (former == nullptr && count_ >= kMaxEntities) {
    house_.fault("discovery", "more than 100,000 entities are announced; the rest is not taken");
    return false;
  }
  auto binding = bind(component, templates_);
  if (!binding) {
    house_.fault(topic, component.platform + ": " + binding.error().message());
    if (former != nullptr) sources_.at(std::string(topic))->entities.push_back(former->handle);
    return false;
  }
  Slot& slot = slot_for(key);
  detach(slot.handle);
  slot.source = topic;
  slot.binding = std::move(*binding);
  if (slot.binding->description.domain == nullptr)
    slot.device = std::make_shared<const DeviceInfo>(component.device);
  slot.tag = component.platform == "tag";
  slot.heard.assign(slot.binding->availability.topics.size(), Heard::nothing);
  slot.latest = Heard::nothing;
  sources_.at(std::string(topic))->entities.push_back(slot.handle);
  if (!slot.binding->faults.empty()) house_.fault(topic, slot.binding->faults.front());
  slot.expired = slot.binding->expire_after.has_value();
  const bool wanted = slot.binding->description.domain == nullptr ||
                      house_.announced({slot.handle, slot.key, topic, component, slot.binding->description});
  if (wanted) attach(slot.handle);
  return true;
}

Discovery::Slot& Discovery::slot_for(const std::string& key) {
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) return *slots_[known->second];
  const auto handle = static_cast<Handle>(slots_.size());
  auto slot = std::make_unique<Slot>();
  slot->handle = handle;
  slot->key = key;
  by_key_.emplace(key, handle);
  slots_.push_back(std::move(slot));
  ++count_;
  return *slots_.back();
}

bool Discovery::may_listen(Slot& slot, const std::string& filter) {
  if (house_.may_listen(filter)) return true;
  slot.faulty = true;
  house_.fault(slot.source, "listens to " + filter + ", which is the hub's own; it hears nothing there");
  return false;
}

void Discovery::attach(Handle handle) {
  Slot& slot = *slots_[handle];
  if (std::exchange(slot.attached, true)) return;
  const Binding& binding = *slot.binding;
  for (std::size_t i = 0; i < binding.inlets.size(); ++i) {
    const Inlet& inlet = binding.inlets[i];
    if (!may_listen(slot, inlet.topic)) continue;
    if (topics_.add(inlet.topic, {handle, static_cast<std::uint16_t>(i), false}))
      house_.subscribe(inlet.topic, inlet.qos);
    else
      house_.refresh(inlet.topic, inlet.qos);
  }
  for (std::size_t i = 0; i < binding.availability.topics.size(); ++i) {
    const std::string& topic = binding.availability.topics[i].topic;
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
  for (const Inlet& inlet : slot.binding->inlets) release(inlet.topic, handle);
  for (const auto& entry : slot.binding->availability.topics) release(entry.topic, handle);
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
  const bool entity = slots_[handle]->binding->description.domain != nullptr;
  drop(handle);
  if (entity) house_.removed(handle);
}

void Discovery::drop(Handle handle) {
  if (handle >= slots_.size() || slots_[handle] == nullptr) return;
  detach(handle);
  if (slots_[handle]->faulty) house_.solved(slots_[handle]->key);
  by_key_.erase(slots_[handle]->key);
  if (const auto source = sources_.find(slots_[handle]->source); source != sources_.end()) {
    std::erase(source->second->entities, handle);
    source->second->fingerprint = 0;
  }
  slots_[handle].reset();
  --count_;
}

void Discovery::listen(Handle handle, bool enabled) {
  if (handle >= slots_.size() || slots_[handle] == nullptr) return;
  if (enabled)
    attach(handle);
  else
    detach(handle);
}

std::string Discovery::announced_by(Handle handle) const {
  return handle < slots_.size() && slots_[handle] != nullptr ? slots_[handle]->source : std::string();
}

}  // namespace gable::discovery

#include "core/discovery/discovery_desk.hpp"

#include <algorithm>
#include <utility>

#include "core/helpers/zones.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using discovery::Handle;

using wire::Error;
using wire::ErrorCode;

constexpr std::size_t kMaxId = 128;
constexpr std::size_t kMaxFaults = 2'000;   // problems open at once
constexpr std::size_t kMaxFaultText = 500;  // bytes, of all that is wrong with one announcement

DeadlineKind kind_of(discovery::Timer timer) {
  return timer == discovery::Timer::expire ? DeadlineKind::expire : DeadlineKind::off_delay;
}

// A device id out of what somebody calls his device: [A-Za-z0-9_.:-], at most 128 bytes.
std::string safe_id(std::string_view text) {
  std::string id(text.substr(0, kMaxId));
  for (char& c : id) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("_.:-").find(c) != std::string_view::npos;
    if (!fine) c = '_';
  }
  return id.empty() ? "_" : id;
}

std::string fault_id(std::string_view about) { return problem_id({"discovery", about.substr(0, 120)}); }

}  // namespace

DiscoveryDesk::DiscoveryDesk(Parts parts)
    : p_(parts), neighbours_(p_.problems, p_.registry, p_.deadlines), zone_(p_.zone), random_(1) {}
DiscoveryDesk::~DiscoveryDesk() = default;

// One topic of each shape that our tree has.
void DiscoveryDesk::list_own_topics() {
  using wire::TopicKind;
  for (const auto kind : {TopicKind::state, TopicKind::value, TopicKind::desired, TopicKind::availability,
                          TopicKind::meta, TopicKind::event, TopicKind::result, TopicKind::set})
    own_topics_.push_back(p_.topics.entity(kind, "x", "x"));
  own_topics_.push_back(p_.topics.call("x", "x"));
  for (const auto kind : {TopicKind::hub_status, TopicKind::hub_info, TopicKind::problem, TopicKind::trace,
                          TopicKind::hub_request, TopicKind::hub_response})
    own_topics_.push_back(p_.topics.hub(kind, "x"));
  own_topics_.push_back(p_.topics.client("x", "x"));
  for (const auto kind :
       {TopicKind::bridge_status, TopicKind::bridge_device, TopicKind::bridge_state, TopicKind::bridge_set})
    own_topics_.push_back(p_.topics.bridge(kind, "x", "x"));
}

void DiscoveryDesk::start(Turn& turn, const DiscoveryOptions& options) {
  list_own_topics();
  options_ = options;
  discovery::Discovery::Options given;
  given.prefix = options.homeassistant ? options.prefix : "";
  given.own = "gable_" + std::string(p_.topics.root());
  discovery_ = std::make_unique<discovery::Discovery>(given, static_cast<discovery::House&>(*this));
  slices_ = Slices(given.prefix);
  if (options.homie) homie_ = std::make_unique<discovery::homie::Homie>();
  read_maps(turn);
}

bool DiscoveryDesk::on_message(Turn& turn, const MessageIn& message) {
  if (!discovery_) return false;
  Turn* const former = std::exchange(turn_, &turn);
  if (options_.homeassistant && message.retained) {
    if (message.topic == options_.prefix + "/status") online_elsewhere_ = message.payload == "online";
    if (message.topic.ends_with("/config") && message.topic.starts_with(options_.prefix))
      slices_.on_announcement();
  }
  const bool translated = neighbours_.on_message(turn, message) || translate(message);
  const bool wanted =
      discovery_->on_message(message.topic, message.payload, message.retained, turn.now) || translated;
  house_.reset();
  turn_ = former;
  return wanted;
}

void DiscoveryDesk::on_deadline(Turn& turn, const Deadline& due) {
  if (!discovery_) return;
  if (due.kind == DeadlineKind::neighbours) return neighbours_.on_deadline(turn);
  if (due.kind == DeadlineKind::silent) return greet_for_silent(turn);
  Turn* const former = std::exchange(turn_, &turn);
  const discovery::Timer timer =
      due.kind == DeadlineKind::expire ? discovery::Timer::expire : discovery::Timer::off;
  discovery_->on_timer(static_cast<Handle>(due.id), timer, turn.now);
  turn_ = former;
}

void DiscoveryDesk::on_house(Turn& turn) {
  if (!discovery_) return;
  Turn* const former = std::exchange(turn_, &turn);
  for (Handle handle = 0; handle < entities_.size(); ++handle) {
    if (const EntityIndex index = entities_[handle]; index != kNone)
      discovery_->listen(handle, !p_.registry.entity(index).disabled());
  }
  turn_ = former;
}

void DiscoveryDesk::forget(Turn& turn, EntityIndex index) {
  const Handle handle = handle_of(index);
  if (handle == kNone) return;
  Turn* const former = std::exchange(turn_, &turn);
  const std::string topic = discovery_->announced_by(handle);
  discovery_->drop(handle);
  if (!topic.empty()) turn.out.publishes.push_back({.topic = topic, .payload = "", .retained = true});
  give_up(handle, index);
  turn_ = former;
}

// Handles are used again: nothing may be left that would wake the next one.
void DiscoveryDesk::give_up(Handle handle, EntityIndex index) {
  entities_[handle] = kNone;
  handles_[index] = kNone;
  verdicts_.erase(index);
  p_.deadlines.clear(DeadlineKind::expire, handle);
  p_.deadlines.clear(DeadlineKind::off_delay, handle);
}

bool DiscoveryDesk::serves(const Entity& entity) const {
  return entity.device != kNone && p_.registry.device(entity.device).discovered();
}

wire::Result<std::vector<Publish>> DiscoveryDesk::messages(Turn& turn, const Entity& entity,
                                                           const wire::Command& command) {
  const Handle handle = handle_of(p_.registry.index_of(entity));
  if (!discovery_ || handle == kNone)
    return Error{ErrorCode::unavailable, "nobody announces " + entity.id.text() + " now", ""};
  Turn* const former = std::exchange(turn_, &turn);
  auto made = discovery_->command(handle, command);
  house_.reset();
  turn_ = former;
  if (!made) return made.error();
  std::vector<Publish> out;
  for (auto& message : *made) {
    if (!may_speak(message.topic))
      return Error{ErrorCode::refused,
                   "its announcement names a topic that is not its own: " + clipped(message.topic), ""};
    out.push_back({.topic = std::move(message.topic),
                   .payload = std::move(message.payload),
                   .retained = message.retained,
                   .qos = message.qos});
  }
  return out;
}

EntityIndex DiscoveryDesk::index_of(Handle handle) const {
  return handle < entities_.size() ? entities_[handle] : kNone;
}

Handle DiscoveryDesk::handle_of(EntityIndex entity) const {
  return entity < handles_.size() ? handles_[entity] : kNone;
}

// The same device by any of its identifiers or connections.
std::string DiscoveryDesk::device_id_for(const discovery::Component& component) {
  std::vector<std::string> names = component.device.identifiers;
  for (const auto& [kind, value] : component.device.connections)
    names.push_back(std::string(kind).append(":").append(value));
  if (names.empty()) return safe_id(component.platform + "_" + component.key);
  std::string id;
  for (const auto& name : names) {
    if (const auto known = device_ids_.find(name); known != device_ids_.end() && id.empty())
      id = known->second;
  }
  if (id.empty()) id = safe_id(names.front());
  for (const auto& name : names) device_ids_.try_emplace(name, id);
  if (device_ids_.size() >= device_ids_limit_) forget_device_ids(id);
  return id;
}

// Names of devices that are gone, all but `newest`, which is about to be made.
void DiscoveryDesk::forget_device_ids(const std::string& newest) {
  std::erase_if(device_ids_, [&](const auto& entry) {
    return entry.second != newest && p_.registry.find_device(kDiscoveredBridge, entry.second) == nullptr;
  });
  device_ids_limit_ = std::max(kFirstLimitOfIds, 2 * device_ids_.size());
}

Device& DiscoveryDesk::device_for(const discovery::Announced& announced) {
  Device& device = p_.registry.device_of(kDiscoveredBridge, device_id_for(announced.component));
  describe_device(device, announced);
  return device;
}

void DiscoveryDesk::describe_device(Device& device, const discovery::Announced& announced) {
  const discovery::DeviceInfo& info = announced.component.device;
  wire::DeviceDescription description;
  description.name = info.known() ? info.name : announced.description->name;
  description.manufacturer = info.manufacturer;
  description.model = info.model;
  description.sw_version = info.sw_version;
  description.hw_version = info.hw_version;
  description.serial = info.serial_number;
  description.area = info.suggested_area;
  description.configuration_url = info.configuration_url;
  description.single = false;
  if (!info.via_device.empty()) {
    const auto via = device_ids_.find(info.via_device);
    description.via = via == device_ids_.end() ? safe_id(info.via_device) : via->second;
  }
  device.present = true;
  device.reported = true;
  if (device.described && wire::encode(device.description) == wire::encode(description)) return;
  device.described = true;
  device.description = std::move(description);
  turn_->save(Table::device, device.bridge + "/" + device.id,
              wire::to_json(wire::encode(device.description)));
}

bool DiscoveryDesk::announced(const discovery::Announced& announced) {
  note_topic(announced);
  Device& device = device_for(announced);
  wire::Shared<wire::EntityDescription> description = announced.description;
  // A device of its own, which has its name.
  if (!announced.component.device.known()) description.own().name.clear();
  const auto outcome = p_.registry.announce(device, {.key = announced.source,
                                                     .suggested_id = announced.suggested_id,
                                                     .description = std::move(description)});
  const EntityIndex index = outcome.index;
  const Entity& entity = p_.registry.entity(index);
  if (*entity.description == *announced.description) announced.description = entity.description;
  for (const auto changed : outcome.described.changed) {
    if (!entity.disabled()) {
      p_.publisher.mark(changed, Part::state);
      p_.publisher.mark(changed, Part::availability);
    } else if (handle_of(changed) != kNone) {
      p_.publisher.retract(*turn_, entity.id, entity.overrides->plain);  // `meta` follows
    }
  }
  for (const auto changed : outcome.described.created) p_.publisher.mark(changed, Part::state);
  for (const auto* list : {&outcome.described.created, &outcome.described.changed}) {
    for (const auto changed : *list) {
      p_.publisher.mark(changed, Part::meta);
      p_.plane.save_entity(*turn_, changed);
      changed_ = true;
    }
  }
  if (settled_ && !reading_ && handle_of(index) == kNone) note_late(index);
  if (entities_.size() <= announced.handle) entities_.resize(announced.handle + 1, kNone);
  entities_[announced.handle] = index;
  if (handles_.size() <= index) handles_.resize(index + 1, kNone);
  handles_[index] = announced.handle;
  return !p_.registry.entity(index).disabled();
}

// The announcement was taken back by whoever made it: that is an explicit act.
void DiscoveryDesk::removed(Handle handle) {
  const EntityIndex index = index_of(handle);
  if (index == kNone) return;
  give_up(handle, index);
  Entity& entity = p_.registry.entity(index);
  if (faulty_.erase(index) > 0) solved(entity.source);
  if (entity.forgotten) return;
  const DeviceIndex of = entity.device;
  p_.plane.forget_entity(*turn_, entity);
  changed_ = true;
  Device& device = p_.registry.device(of);
  if (!device.entities.empty()) return;
  turn_->save(Table::device, device.bridge + "/" + device.id, "");
  p_.registry.forget(device);
}

void DiscoveryDesk::said(Handle handle, discovery::Said said, bool retained) {
  const EntityIndex index = index_of(handle);
  if (index == kNone) return;
  Entity& entity = p_.registry.entity(index);
  for (const auto& event : said.events) fire(index, event);
  if (!said.anything) return;
  // Only what the broker kept is old news after a start: a message that comes live triggers, as it does in
  // Home Assistant.
  if (!retained) entity.initial_pending = false;
  std::vector<Error> faults;
  Report told = decode_report(entity, said.values, faults);
  Report report;
  report.context = p_.registry.device(entity.device).context;
  const bool state_said = said.values.contains("state");
  const bool state_wrong = state_said && std::any_of(faults.begin(), faults.end(), [](const Error& e) {
                             return e.where.ends_with(".state");
                           });
  if (state_said && !state_wrong)
    report.text = std::move(told.text);
  else if (!state_said && entity.description->domain->state_kind == wire::StateKind::time)
    report.text = wire::format_time(turn_->now);  // an image that has changed
  else if (entity.state.known)
    report.text = entity.state.text;
  report.forced = said.forced;
  report.attributes = entity.state.attributes;
  for (auto& [name, value] : told.attributes) {
    if (value.is_null())
      report.attributes.erase(name);
    else
      report.attributes.set(name, std::move(value));
  }
  place(entity, state_said, report);
  if (!faults.empty()) {
    faulty_.insert(index);
    fault(entity.source, entity.id.text() + ": " + faults.front().message());
  } else if (faulty_.erase(index) > 0) {
    solved(entity.source);
  }
  p_.states.report(*turn_, index, std::move(report));
}

// A tracker is where its coordinates are, unless it has named a place itself and not taken that back.
void DiscoveryDesk::place(const Entity& entity, bool state_said, Report& report) const {
  if (entity.id.domain() != "device_tracker" || (state_said && report.text)) return;
  const hub::House& house = p_.registry.house();
  const bool named =
      !state_said && entity.state.known && entity.state.text != place_name(house, entity.state.attributes);
  if (named) return;
  if (auto by_coordinates = place_name(house, report.attributes)) report.text = std::move(*by_coordinates);
}

// An event is never old news: the first after a start counts too.
void DiscoveryDesk::fire(EntityIndex index, const wire::Object& event) {
  Entity& entity = p_.registry.entity(index);
  entity.initial_pending = false;
  p_.plane.publish_event(*turn_, entity, event);
  if (on_event_) on_event_(*turn_, entity, event);
  const wire::DomainSpec* domain = entity.description->domain;
  if (domain == nullptr || domain->state_kind != wire::StateKind::time) return;
  p_.states.report(*turn_, index,
                   {.text = wire::format_time(turn_->now),
                    .attributes = event,
                    .context = p_.registry.device(entity.device).context});
}

void DiscoveryDesk::available(Handle handle, bool available, std::string reason) {
  const EntityIndex index = index_of(handle);
  if (index == kNone) return;
  if (!settled_) {
    verdicts_[index] = {available, std::move(reason)};
    return;
  }
  p_.states.judge(*turn_, index,
                  {available ? Availability::online : Availability::offline, std::move(reason)});
}

void DiscoveryDesk::triggered(const discovery::Trigger& trigger) {
  if (!on_trigger_) return;
  discovery::Component component;
  component.device = trigger.device;
  on_trigger_(*turn_, trigger, std::string(kDiscoveredBridge) + "/" + device_id_for(component));
}

void DiscoveryDesk::wake(Handle handle, discovery::Timer timer, std::optional<wire::Time> at) {
  if (at)
    p_.deadlines.set(kind_of(timer), handle, *at);
  else
    p_.deadlines.clear(kind_of(timer), handle);
}

void DiscoveryDesk::subscribe(std::string_view filter, int qos) {
  if (reading_) {
    wishes_.push_back({std::string(filter), qos});
  } else {
    p_.subscriptions.add(*turn_, filter, qos);
  }
}

// What we say ourselves would come back to us, as if somebody else had said it.
// What devices announce must not make the hub speak in its own name.
bool DiscoveryDesk::may_speak(std::string_view topic) const {
  return !topic.starts_with(std::string(p_.topics.root()) + "/") && !topic.starts_with('$') &&
         wire::valid_topic_name(topic);
}

bool DiscoveryDesk::may_listen(std::string_view filter) const {
  if (filter.starts_with(std::string(p_.topics.root()) + "/")) return false;
  if (filter.find_first_of("+#") == std::string_view::npos) return true;
  return std::none_of(own_topics_.begin(), own_topics_.end(),
                      [&](const std::string& topic) { return wire::topic_matches(filter, topic); });
}

void DiscoveryDesk::refresh(std::string_view filter, int qos) {
  if (settled_) turn_->out.subscribes.push_back({.filter = std::string(filter), .qos = qos});
}

void DiscoveryDesk::unsubscribe(std::string_view filter) {
  const auto waiting = std::ranges::find(wishes_, filter, &Wish::filter);
  if (waiting == wishes_.end()) return p_.subscriptions.drop(*turn_, filter);
  wishes_.erase(waiting);
}

void DiscoveryDesk::fault(std::string_view id, std::string text) {
  const std::string problem = fault_id(id);
  const bool known = faults_.contains(problem);
  if (!known && faults_.size() >= kMaxFaults) return;
  faults_.insert(problem);
  text = clipped(id) + ": " + clipped(text);
  // An announcement may have several, told one after the other until the next one comes; of a message's
  // values the latest counts.
  const auto told = p_.problems.all().find(problem);
  if (known && told != p_.problems.all().end() && id.find('/') != std::string_view::npos) {
    const std::string& before = told->second.text;
    if (before.find(text) != std::string::npos) return;
    if (before.size() + text.size() <= kMaxFaultText) text = before + "; " + text;
  }
  p_.problems.raise(
      *turn_, problem,
      {.severity = wire::Severity::warning,
       .text = std::move(text),
       .help = "What is wrong is left out, all of it if it cannot be read; what else the device "
               "announces works."});
}

void DiscoveryDesk::solved(std::string_view id) {
  if (faults_.empty()) return;
  const std::string problem = fault_id(id);
  if (faults_.erase(problem) > 0) p_.problems.solve(*turn_, problem);
}

const wire::CurrentValues& DiscoveryDesk::values(Handle handle) {
  const EntityIndex index = index_of(handle);
  if (index == kNone) return nothing_;
  return values_.emplace(p_.registry.entity(index));
}

std::string_view DiscoveryDesk::entity_id(Handle handle) const {
  const EntityIndex index = index_of(handle);
  return index == kNone ? std::string_view() : std::string_view(p_.registry.entity(index).id.text());
}

rules::jinja::Evaluation::Surroundings DiscoveryDesk::surroundings() {
  if (!house_) house_ = std::make_unique<TemplateHouse>(p_.registry);
  clock_ = {rules::jinja::Instant(turn_->now.time_since_epoch()), &zone_};
  return {*house_, clock_, random_};
}

}  // namespace gable::hub

#include "engine/triggers/device_watch.hpp"

#include "engine/device_entity.hpp"
#include "engine/triggers/device_types.hpp"
#include "engine/triggers/trigger_values.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

using jinja::Value;

std::string text_at(const wire::Object& object, std::string_view key) {
  const wire::Value* found = object.find(key);
  return found != nullptr ? std::string(found->string_or("")) : std::string();
}

std::string text_of(const Value& dict, std::string_view key) {
  const Value* found = dict.as_dict() != nullptr ? dict.as_dict()->find(key) : nullptr;
  return found != nullptr && !found->is_none() ? jinja::str(*found) : std::string();
}

bool is_of_device(const jinja::House& house, std::string_view entity, const std::string& device) {
  const std::optional<jinja::EntityEntry> entry = house.entity(entity);
  return entry && entry->device_id == device;
}

}  // namespace

void DeviceWatch::begin(Instant now) {
  if (meaning_of(asked_).kind == DeviceMeaning::Kind::message) return listen_to_device(now);
  if (meaning_of(asked_).kind == DeviceMeaning::Kind::unknown)
    return complain("error", "there is no trigger type '" + asked_.type + "' of devices' " + asked_.domain);
  listen(Subject::registry);
  replace(find_entity(), now);
}

void DeviceWatch::end() {
  if (inner_) inner_->end();
  for (const auto& [key, row] : waiting_) surroundings().save(RowKind::hold, key, {});
  waiting_.clear();
  Watch::end();
}

void DeviceWatch::listen_to_device(Instant now) {
  inner_ = std::make_shared<DeviceEventWatch>(board(), seat(), asked_);
  inner_->begin(now);
}

std::string DeviceWatch::find_entity() const {
  return rules::find_entity({asked_.device, asked_.domain, asked_.entity, meaning_of(asked_).device_class},
                            surroundings().house());
}

void DeviceWatch::on_registry(Instant now) {
  const std::string entity = find_entity();
  if (entity != entity_) replace(entity, now);
}

void DeviceWatch::replace(const std::string& entity, Instant now) {
  if (inner_) inner_->end();
  inner_.reset();
  entity_ = entity;
  std::optional<TriggerKind> kind;
  if (!entity.empty()) kind = trigger_kind_of(asked_, entity);
  if (!kind) return;
  inner_trigger_ = trigger();
  inner_trigger_.kind = std::move(*kind);
  inner_ = make_watch(board(), {seat().holder, &inner_trigger_, seat().index});
  inner_->begin(now);
  restore_waiting(now);
}

bool DeviceWatch::restore(const std::string& key, const wire::Object& row) {
  if (inner_) return inner_->restore(key, row);
  waiting_.emplace_back(key, row);
  return true;
}

void DeviceWatch::restore_waiting(Instant now) {
  bool any = false;
  for (const auto& [key, row] : waiting_) any = inner_->restore(key, row) || any;
  waiting_.clear();
  // The house began without it: its hold goes on now.
  if (any && board().started) inner_->on_resume(now);
}

void DeviceEventWatch::begin(Instant now) {
  listen(Subject::event, "device_trigger");
  listen(Subject::registry);
  on_registry(now);
}

void DeviceEventWatch::on_registry(Instant /*now*/) {
  for (const std::string& entity : entities_) unlisten(Subject::entity, entity);
  entities_.clear();
  way_ = Way::none;
  const jinja::House& house = surroundings().house();
  device_ = known_device(asked_.device, house);
  for (const std::string_view entity : house.entities("event")) {
    if (is_of_device(house, entity, device_)) entities_.emplace_back(entity);
  }
  for (const std::string& entity : entities_) listen(Subject::entity, entity);
}

void DeviceEventWatch::on_event(const BusEvent& event, Instant now) {
  if (text_of(event.data, "type") != asked_.type || text_of(event.data, "subtype") != asked_.subtype) return;
  const std::string device = text_of(event.data, "device_id");
  // A device that nothing but its buttons has announced is no news to the registry.
  if (device != device_ && device != known_device(asked_.device, surroundings().house())) return;
  if (!by(Way::announced)) return;
  const Fields own = fields({{"description", Value(asked_.domain + " device trigger")}});
  for (const auto& [key, value] : event.data.as_dict()->entries()) own->set(key, value);
  fire(own, event.context, now);
}

bool DeviceEventWatch::by(Way way) {
  if (way_ == Way::none) way_ = way;
  return way_ == way;
}

bool DeviceEventWatch::is_meant(const std::string& event_type) const {
  return event_type == (asked_.subtype.empty() ? asked_.type : asked_.subtype);
}

// An event entity's state is when it last happened: `unknown` until the first time. What it says again once
// it is available again happened before.
void DeviceEventWatch::on_state(const StateChanged& change, Instant now) {
  if (!change.after || is_absent(change.after->state)) return;
  const bool back = change.before && change.before->state == "unavailable";
  if (back || (change.before && change.before->state == change.after->state)) return;
  if (!is_meant(text_at(*change.after->attributes, "event_type")) || !by(Way::entity)) return;
  fire(fields({{"device_id", Value(asked_.device)},
               {"type", Value(asked_.type)},
               {"subtype", Value(asked_.subtype)},
               {"entity_id", Value(change.entity)},
               {"description", Value(asked_.domain + " device trigger")}}),
       change.after->context, now);
}

}  // namespace gable::rules

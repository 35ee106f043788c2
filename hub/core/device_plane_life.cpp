// The device plane over time: reading anew after a lost connection, verdicts, going stale, being forgotten,
// the store's rows.

#include <algorithm>

#include "core/customize.hpp"
#include "core/device_plane.hpp"

namespace gable::hub {

using wire::ErrorCode;
using wire::TopicKind;

void DevicePlane::begin_sync() {
  settled_ = false;
  for (auto& [id, known] : bridges_) {
    known.status_known = false;
    known.inventory_known = false;
  }
  for (Device& device : p_.registry.devices()) device.link_known = false;
}

void DevicePlane::settle(Turn& turn) {
  settled_ = true;
  for (auto& [id, known] : bridges_) {
    if (!known.status_known) continue;
    note_bridge(turn, known);
    apply_inventory(turn, known);
  }
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) judge(turn, index);
}

void DevicePlane::give_up_on_silent(Turn& turn) {
  for (const Device& device : p_.registry.devices()) {
    if (device.entities.empty() || device.discovered()) continue;
    Bridge& of = bridge(device.bridge);
    if (of.status_known) continue;
    of.status = {.status = wire::ParticipantStatus::offline, .reason = "not seen on this broker"};
    of.status_known = true;
    note_bridge(turn, of);
    judge_bridge(turn, of.id);
  }
}

bool DevicePlane::all_spoke() const {
  return std::all_of(p_.registry.devices().begin(), p_.registry.devices().end(),
                     [this](const Device& device) {
                       const auto found = bridges_.find(device.bridge);
                       return device.entities.empty() || device.discovered() ||
                              (found != bridges_.end() && found->second.status_known);
                     });
}

std::vector<std::string> DevicePlane::incomplete_bridges() const {
  std::vector<std::string> incomplete;
  for (const auto& [id, known] : bridges_) {
    if (!known.inventory_known) continue;
    const std::string& bridge = id;  // C++20 lets lambdas capture bindings, clang 14 does not
    const bool missing =
        std::any_of(known.inventory.devices.begin(), known.inventory.devices.end(), [&](const auto& d) {
          const Device* device = p_.registry.find_device(bridge, d);
          return device == nullptr || !device->described;
        });
    if (missing) incomplete.push_back(id);
  }
  return incomplete;
}

void DevicePlane::judge(Turn& turn, EntityIndex index) {
  const Entity& entity = p_.registry.entity(index);
  if (!settled_ || entity.forgotten || entity.helper()) return;
  const Device& device = p_.registry.device(entity.device);
  if (device.discovered()) return;  // discovery judges its own
  const bool attached = std::any_of(device.entities.begin(), device.entities.end(),
                                    [&](const auto& e) { return e.second == index; });
  if (!attached) return p_.states.judge(turn, index, {Availability::offline, "no longer part of its device"});
  p_.states.judge(turn, index, hub::judge(entity, device, find_bridge(device.bridge), turn.now));
}

void DevicePlane::judge_device(Turn& turn, const Device& device) {
  for (const auto& [key, index] : device.entities) judge(turn, index);
}

void DevicePlane::judge_bridge(Turn& turn, std::string_view id) {
  if (!settled_) return;
  for (const Device& device : p_.registry.devices()) {
    if (device.bridge == id) judge_device(turn, device);
  }
}

void DevicePlane::on_stale(Turn& turn, EntityIndex index, Deadlines& deadlines) {
  const Entity& entity = p_.registry.entity(index);
  const auto limit = stale_at(entity);
  if (entity.forgotten || !limit) return;
  if (*limit > turn.now) return deadlines.set(DeadlineKind::stale, index, *limit);
  judge(turn, index);
}

void DevicePlane::save_entity(Turn& turn, EntityIndex index) const {
  const Entity& entity = p_.registry.entity(index);
  // The device lists its entities only after describe(); the key is found there.
  turn.save(Table::entity, entity.id.text(), wire::to_json(p_.registry.row(entity)));
}

void DevicePlane::save_device(Turn& turn, const Device& device) const {
  turn.save(Table::device, device.bridge + "/" + device.id, wire::to_json(wire::encode(device.description)));
}

void DevicePlane::restore_device(std::string_view key, const wire::Object& row) {
  const auto slash = std::min(key.find('/'), key.size());
  const auto bridge = key.substr(0, slash), id = key.substr(std::min(slash + 1, key.size()));
  auto description = wire::decode_device(row);
  if (!description || !wire::valid_device_id(bridge) || !wire::valid_device_id(id)) return;
  Device& device = p_.registry.device_of(bridge, id);
  description->entities.clear();
  device.description = std::move(*description);
}

void DevicePlane::forget_entity(Turn& turn, Entity& entity) {
  const EntityId id = entity.id;
  p_.desk.drop(turn, p_.registry.index_of(entity));
  p_.publisher.retract(turn, id, entity.overrides->plain);
  turn.save(Table::entity, id.text(), "");
  turn.save(Table::state, id.text(), "");
  turn.save(Table::setting, Customize::key_of(entity), "");
  p_.tombstones.add(turn, id.text());
  p_.problems.solve(turn, problem_id({"ghost", id.domain(), id.object_id()}));
  p_.problems.solve(turn, problem_id({"conflict", id.domain(), id.object_id()}));
  p_.registry.forget(entity);
}

wire::Result<std::size_t> DevicePlane::forget_device(Turn& turn, std::string_view bridge_id,
                                                     std::string_view id, bool force) {
  Device* device = p_.registry.find_device(bridge_id, id);
  const std::string key = std::string(bridge_id) + "/" + std::string(id);
  if (device == nullptr) return wire::Error{ErrorCode::unknown_entity, "there is no device " + key, ""};
  if (device->present && !force) {
    return wire::Error{ErrorCode::conflict, "its bridge still announces " + key + "; remove it there first",
                       ""};
  }
  std::size_t count = 0;
  for (EntityIndex index = 0; index < p_.registry.entities().size(); ++index) {
    Entity& entity = p_.registry.entity(index);
    if (entity.forgotten || entity.device == kNone || &p_.registry.device(entity.device) != device) continue;
    forget_entity(turn, entity);
    ++count;
  }
  turn.save(Table::device, key, "");
  turn.save(Table::setting, Customize::key_of(*device), "");
  p_.registry.customize(*device, {});
  device->entities.clear();
  device->described = false;
  for (const auto kind : {TopicKind::bridge_device, TopicKind::bridge_state, TopicKind::bridge_link}) {
    turn.out.publishes.push_back(
        {.topic = p_.topics.bridge(kind, bridge_id, id), .payload = "", .retained = true});
  }
  p_.problems.solve(turn, problem_id({"ghost", bridge_id, id}));
  p_.problems.solve(turn, problem_id({"report", bridge_id, id}));
  return count;
}

wire::Result<std::size_t> DevicePlane::forget_bridge(Turn& turn, std::string_view id) {
  const auto found = bridges_.find(id);
  if (found == bridges_.end())
    return wire::Error{ErrorCode::unknown_entity, "there is no bridge " + std::string(id), ""};
  if (found->second.status.status != wire::ParticipantStatus::offline) {
    return wire::Error{ErrorCode::conflict, "bridge " + std::string(id) + " is running; stop it first", ""};
  }
  std::size_t count = 0;
  std::vector<std::string> devices;
  for (const Device& device : p_.registry.devices()) {
    if (device.bridge == id && (device.described || !device.entities.empty())) devices.push_back(device.id);
  }
  for (const auto& device : devices) {
    if (auto forgotten = forget_device(turn, id, device, true)) count += *forgotten;
  }
  for (const auto kind : {TopicKind::bridge_status, TopicKind::bridge_info, TopicKind::bridge_inventory,
                          TopicKind::bridge_health}) {
    turn.out.publishes.push_back({.topic = p_.topics.bridge(kind, id), .payload = "", .retained = true});
  }
  p_.problems.solve_all(turn, problem_id({"bridge", id}) + ".");
  bridges_.erase(found);
  return count;
}

}  // namespace gable::hub

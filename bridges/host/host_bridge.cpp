#include "host_bridge.hpp"

#include <cmath>

#include "wire/entity_id.hpp"
#include "wire/time.hpp"

namespace gable::host {

namespace {

constexpr std::string_view kMarkerDevice = "keep_awake";

wire::Value wire_value(const Measurement& measurement, Calm& calm) {
  const double value = calm.show(measurement);
  switch (measurement.kind) {
    case ValueKind::flag:
      return value > 0 ? "on" : "off";
    case ValueKind::moment:
      return wire::format_time(wire::Time(std::chrono::seconds(static_cast<std::int64_t>(value))));
    case ValueKind::number:
      break;
  }
  if (measurement.digits == 0) return static_cast<std::int64_t>(std::llround(value));
  return value;
}

bridge::Entity describe(const Measurement& measurement, const std::string& id_prefix) {
  bridge::Entity entity(measurement.kind == ValueKind::flag ? "binary_sensor" : "sensor");
  entity.named(measurement.name)
      .suggest_id(id_prefix + "_" + measurement.key)
      .device_class(measurement.device_class)
      .unit(measurement.unit)
      .state_class(measurement.state_class);
  if (measurement.diagnostic) entity.diagnostic();
  return entity;
}

std::vector<std::string> keys_of(const MachineDevice& device) {
  std::vector<std::string> keys;
  for (const Measurement& measurement : device.measurements) keys.push_back(measurement.key);
  return keys;
}

}  // namespace

HostBridge::HostBridge(bridge::Bridge& bridge, HostConfig config)
    : bridge_(bridge),
      config_(std::move(config)),
      name_(config_.name.empty() ? host_name() : config_.name),
      marker_(config_.marker.empty() ? bridge.state_dir() + "/" + std::string(kMarkerDevice)
                                     : config_.marker) {
  update(read_machine(DiskFiles(), config_.machine));
  add_marker();
  const MachineOptions options = config_.machine;
  bridge_.poll(
      config_.interval, bridge_.worker("machine"),
      [this, options]() -> node::Task {
        return [this, devices = read_machine(DiskFiles(), options)] {
          update(devices);
          report_marker();
        };
      },
      "machine");
}

void HostBridge::update(const std::vector<MachineDevice>& devices) {
  std::set<std::string> present;
  for (const MachineDevice& device : devices) {
    present.insert(device.id);
    show(device);
  }
  for (const auto& [id, shown] : shown_) {
    if (present.contains(id)) continue;
    if (const auto gone = bridge_.find(id)) gone->offline("no longer there");
  }
}

void HostBridge::show(const MachineDevice& device) {
  const auto found = shown_.find(device.id);
  if (found == shown_.end() || found->second.keys != keys_of(device)) announce(device);
  Shown& shown = shown_[device.id];
  const auto handle = bridge_.find(device.id);
  if (!handle) return;
  for (const Measurement& measurement : device.measurements) {
    handle->report(measurement.key, {{"state", wire_value(measurement, shown.calm[measurement.key])}});
  }
}

void HostBridge::announce(const MachineDevice& device) {
  const std::string prefix = wire::slugify(name_) + (device.id == "system" ? std::string() : "_" + device.id);
  bridge::Model model = bridge::device(device.name.empty() ? name_ : name_ + " " + device.name);
  for (const Measurement& measurement : device.measurements) {
    model.with(measurement.key, describe(measurement, prefix));
  }
  if (device.id != "system") model.via("system");
  model.made_by("Linux", "machine");
  bridge_.add(device.id, model);
  shown_[device.id].keys = keys_of(device);
}

void HostBridge::add_marker() {
  bridge::Entity entity = bridge::switch_entity();
  entity.named(name_ + " keep awake").suggest_id(wire::slugify(name_) + "_keep_awake").icon("mdi:sleep-off");
  const bridge::Device device = bridge_.add(
      std::string(kMarkerDevice), bridge::Model(entity).made_by("Gable", "marker file").via("system"));
  device.on_command([this](const bridge::Command& command, const bridge::Reply& reply) {
    const bool on = command.is("toggle") ? !marker_.present() : command.is("turn_on");
    const std::string problem = marker_.set(on);
    if (!problem.empty()) return reply.failed(problem);
    reply.done({{"state", on ? "on" : "off"}});
  });
  report_marker();
}

void HostBridge::report_marker() {
  if (const auto device = bridge_.find(kMarkerDevice))
    device->report({{"state", marker_.present() ? "on" : "off"}});
}

}  // namespace gable::host

#include "protocol/device.hpp"

#include <algorithm>
#include <cmath>

namespace gable::virtual_house {

std::optional<FaultKind> parse_fault_kind(std::string_view text) {
  if (text == "clear") return FaultKind::none;
  if (text == "drop") return FaultKind::drop;
  if (text == "delay") return FaultKind::delay;
  if (text == "refuse") return FaultKind::refuse;
  if (text == "offline") return FaultKind::offline;
  return std::nullopt;
}

Outcome not_understood(const Order& order) {
  return {Verdict::rejected, "this device does not understand " + order.service};
}

Outcome SimDevice::obey(const Order&, Turn&) { return {Verdict::rejected, "this device takes no commands"}; }

bool SimDevice::press(std::string_view, std::string_view, Turn&) { return false; }

bool SimDevice::set_sensor(std::string_view, const Value&, Span, Turn&) { return false; }

Outcome SimDevice::begin(const Order& order, Turn& turn) {
  finish(turn, {Verdict::failed, "replaced by a later command"});
  under_way_ = order.id;
  return {Verdict::under_way, {}};
}

void SimDevice::finish(Turn& turn, Outcome outcome) {
  if (under_way_ == 0) return;
  turn.finished.push_back({under_way_, std::move(outcome)});
  under_way_ = 0;
}

EntitySpec single(std::string domain, std::string device_class) {
  return keyed({}, std::move(domain), {}, std::move(device_class));
}

EntitySpec keyed(std::string key, std::string domain, std::string name, std::string device_class) {
  EntitySpec entity;
  entity.key = std::move(key);
  entity.domain = std::move(domain);
  entity.name = std::move(name);
  entity.device_class = std::move(device_class);
  return entity;
}

void Display::show(double value) {
  const double needed = std::max(step_, std::abs(shown_) * part_);
  if (!empty_ && std::abs(value - shown_) < needed) return;
  shown_ = value;
  empty_ = false;
}

}  // namespace gable::virtual_house

#include "protocol/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "protocol/plan_parts.hpp"
#include "wire/entity_id.hpp"
#include "wire/utf8.hpp"

namespace gable::zwave {

namespace {

constexpr std::size_t kKeyLength = 60;  // of 64: room for a number

// Two values may have the same name; the key of the later one gets a number.
void make_keys_unique(std::vector<Plan>& plans) {
  std::set<std::string> taken;
  for (Plan& plan : plans) {
    const std::string base = plan.key;
    for (int number = 2; !taken.insert(plan.key).second; ++number) {
      plan.key = base + "_" + std::to_string(number);
    }
  }
}

}  // namespace

std::vector<Plan> plan_entities(const Node& node, const PlanOptions& options) {
  std::vector<Plan> plans;
  plan_lights(node, plans);
  plan_covers(node, plans);
  plan_locks(node, plans);
  plan_climate(node, plans);
  plan_switches(node, plans);
  plan_sirens(node, plans);
  plan_sensors(node, plans);
  plan_notifications(node, plans);
  plan_events(node, plans);
  plan_status(node, options, plans);
  if (options.parameters) plan_parameters(node, plans);
  if (plans.size() > kEntityLimit) plans.resize(kEntityLimit);
  make_keys_unique(plans);
  return plans;
}

wire::DeviceDescription describe_device(const Node& node, const std::string& via) {
  wire::DeviceDescription device;
  device.single = false;
  device.name = node.title();
  device.manufacturer = node.manufacturer;
  device.model = node.label;
  device.sw_version = node.firmware;
  device.hw_version = node.hardware;
  device.area = node.location;
  if (!node.controller) device.via = via;
  return device;
}

wire::EntityDescription describe(std::string_view domain, std::string name) {
  wire::EntityDescription description;
  description.domain = wire::find_domain(domain);
  // Labels of device files and gateways are as long as somebody liked.
  description.name = wire::utf8_prefix(name, wire::kMaxTextBytes);
  return description;
}

std::string key_of(std::string_view base, int endpoint) {
  std::string key(base);
  if (endpoint > 0) key += "_" + std::to_string(endpoint);
  return key;
}

std::string name_of(const Node& node, std::string name, int endpoint) {
  if (endpoint == 0) return name;
  const auto found = node.endpoints.find(endpoint);
  std::string label = found == node.endpoints.end() ? std::string() : found->second.label;
  if (label.empty()) label = std::to_string(endpoint);
  return name.empty() ? label : name + " " + label;
}

std::string slug_of(std::string_view text) {
  std::string slug = wire::slugify(text).substr(0, kKeyLength);
  const bool usable = std::all_of(slug.begin(), slug.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  return slug.empty() || !usable ? "value" : slug;
}

Call set_value(const Node& node, const ValueId& id, wire::Value value, wire::Object options) {
  wire::Object arguments{{"nodeId", node.id}, {"valueId", to_object(id)}, {"value", std::move(value)}};
  if (!options.empty()) arguments.append("options", std::move(options));
  return {"node.set_value", std::move(arguments)};
}

std::optional<ValueId> shown_by(const Call& call) {
  const wire::Object* given = object_of(call.arguments, "valueId");
  if (given == nullptr) return std::nullopt;
  auto id = read_value_id(*given);
  if (!id) return std::nullopt;
  // targetValue → currentValue, targetMode → currentMode; what is not split is read where it was set.
  constexpr std::string_view kTarget = "target";
  auto* property = std::get_if<std::string>(&id->property);
  if (property != nullptr && property->starts_with(kTarget)) property->replace(0, kTarget.size(), "current");
  return *id;
}

std::optional<ValueId> stopped_by(const Call& call) {
  constexpr std::array<std::string_view, 6> kMoves{"levelChangeUp", "levelChangeDown", "Up", "Down", "Open",
                                                   "Close"};
  const wire::Value* value = call.arguments.find("value");
  auto id = shown_by(call);
  if (!id || value == nullptr || value->bool_or(true)) return std::nullopt;
  auto* property = std::get_if<std::string>(&id->property);
  if (property == nullptr || std::find(kMoves.begin(), kMoves.end(), *property) == kMoves.end())
    return std::nullopt;
  *property = "currentValue";
  return id;
}

Call reading_of(int node, const ValueId& id) {
  return {"node.poll_value", {{"nodeId", node}, {"valueId", to_object(id)}}};
}

std::optional<double> number_at(const Node& node, const ValueId& id) {
  const wire::Value* value = node.known(id);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->number_or(0);
}

std::optional<std::int64_t> whole_at(const Node& node, const ValueId& id) {
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  const auto number = number_at(node, id);
  if (!number || !(std::fabs(*number) < kLargestExact)) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::optional<bool> flag_at(const Node& node, const ValueId& id) {
  const wire::Value* value = node.known(id);
  if (value == nullptr || value->as_bool() == nullptr) return std::nullopt;
  return *value->as_bool();
}

std::string label_of(const Metadata& metadata, std::int64_t number) {
  for (const auto& [state, label] : metadata.states) {
    if (state == number) return label;
  }
  return std::to_string(number);
}

wire::Error no_such_service(const Order& order) {
  return {wire::ErrorCode::unsupported, "this device has no command for " + order.service, {}};
}

const wire::Value* given(const Order& order, std::string_view name) {
  const wire::Value* value = order.data.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

int level_of(double value, double full) {
  if (!(value > 0)) return 0;
  return std::clamp(static_cast<int>(std::lround(value * 99 / full)), 1, 99);
}

int from_level(double level, double full) {
  if (!(level > 0)) return 0;
  const double scaled = std::min(level, 99.0) * full / 99;
  return std::max(1, static_cast<int>(std::lround(scaled)));
}

wire::Object transition_options(const Order& order) {
  const wire::Value* transition = given(order, "transition");
  if (transition == nullptr) return {};
  // A whole number of seconds up to 127, above that of minutes (specification of durations).
  const auto seconds = std::clamp(transition->number_or(0), 0.0, 7620.0);
  return {{"transitionDuration", std::to_string(std::lround(seconds)) + "s"}};
}

std::vector<ValueId> values_named(const Node& node, int command_class, std::string_view property) {
  std::vector<ValueId> found;
  for (auto entry = node.values.lower_bound({command_class}); entry != node.values.end(); ++entry) {
    if (entry->first.command_class != command_class) break;
    const auto* name = std::get_if<std::string>(&entry->first.property);
    if (name != nullptr && *name == property) found.push_back(entry->first);
  }
  return found;
}

}  // namespace gable::zwave

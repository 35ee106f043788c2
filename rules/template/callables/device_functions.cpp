// Devices, what is known of entities besides their state, and integrations.

#include <algorithm>
#include <array>

#include "template/callables/house_callables.hpp"
#include "template/house/entity_ids.hpp"
#include "template/house/registry.hpp"
#include "template/house/state_object.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja::house_calls {
namespace {

using registry::as_list;
using registry::Ids;
using registry::text_or_none;

std::string_view shown_name(const DeviceEntry& device) {
  return device.name_by_user.empty() ? device.name : device.name_by_user;
}

std::string_view device_id_of(Evaluation& evaluation, std::string_view text) {
  if (const auto entity = registry::entity(evaluation, text)) return entity->device_id;
  const Ids all = evaluation.house().devices();
  evaluation.budget().work(all.size());
  for (const std::string_view id : all) {
    const auto device = registry::device(evaluation, id);
    if (device && !shown_name(*device).empty() && shown_name(*device) == text) return id;
  }
  return {};
}

Value attribute_of(const DeviceEntry& device, std::string_view name) {
  struct Known {
    std::string_view name;
    std::string_view DeviceEntry::*member;
  };
  constexpr std::array kKnown{
      Known{"id", &DeviceEntry::id},
      Known{"name", &DeviceEntry::name},
      Known{"name_by_user", &DeviceEntry::name_by_user},
      Known{"manufacturer", &DeviceEntry::manufacturer},
      Known{"model", &DeviceEntry::model},
      Known{"area_id", &DeviceEntry::area_id},
      Known{"sw_version", &DeviceEntry::sw_version},
      Known{"hw_version", &DeviceEntry::hw_version},
      Known{"via_device_id", &DeviceEntry::via_device_id},
  };
  const auto* const known = std::ranges::find(kKnown, name, &Known::name);
  if (known != kKnown.end()) return text_or_none(device.*known->member);
  const wire::Value* more = device.more == nullptr ? nullptr : device.more->find(name);
  return more == nullptr ? Value(None{}) : from_wire(*more);
}

Value find_device_attribute(Evaluation& evaluation, const Bound& arguments) {
  const std::string* text = arguments[0].as_text();
  if (text == nullptr) {
    throw_error(ErrorClass::template_runtime_error, "Must provide a device or entity ID");
  }
  const bool is_entity = text->find('.') != std::string::npos;
  const std::string_view id = is_entity ? device_id_of(evaluation, *text) : std::string_view(*text);
  const auto device = id.empty() ? std::nullopt : registry::device(evaluation, id);
  return device ? attribute_of(*device, str(arguments[1])) : Value(None{});
}

// Entity names often repeat their device's: "Lamp Power" of the device "Lamp" is "Power".
std::string_view without_prefix(std::string_view name, std::string_view prefix) {
  if (prefix.empty() || !name.starts_with(prefix) || name.size() <= prefix.size() + 1 ||
      name[prefix.size()] != ' ') {
    return name;
  }
  return name.substr(prefix.size() + 1);
}

}  // namespace

Value device_id(Evaluation& evaluation, const Bound& arguments) {
  return text_or_none(device_id_of(evaluation, str(arguments[0])));
}

Value device_name(Evaluation& evaluation, const Bound& arguments) {
  const std::string text = str(arguments[0]);
  if (const auto device = registry::device(evaluation, text)) return text_or_none(shown_name(*device));
  const auto entity = registry::entity(evaluation, text);
  if (!entity || entity->device_id.empty()) return None{};
  const auto device = registry::device(evaluation, entity->device_id);
  return device ? text_or_none(shown_name(*device)) : Value(None{});
}

Value device_attr(Evaluation& evaluation, const Bound& arguments) {
  return find_device_attribute(evaluation, arguments);
}

Value is_device_attr(Evaluation& evaluation, const Bound& arguments) {
  return equals(find_device_attribute(evaluation, arguments), arguments[2]);
}

Value device_entities(Evaluation& evaluation, const Bound& arguments) {
  return as_list(registry::entities_of_device(evaluation, str(arguments[0])));
}

Value entity_name(Evaluation& evaluation, const Bound& arguments) {
  const std::string id = str(arguments[0]);
  if (const auto entry = registry::entity(evaluation, id)) {
    if (!entry->name.empty()) return entry->name;
    const auto device =
        entry->device_id.empty() ? std::nullopt : registry::device(evaluation, entry->device_id);
    return text_or_none(
        without_prefix(entry->original_name, device ? shown_name(*device) : std::string_view{}));
  }
  const auto state = evaluation.house().state(id);
  evaluation.reads().entity(id);
  return state ? Value(name_of(*state)) : Value(None{});
}

Value is_hidden_entity(Evaluation& evaluation, const Bound& arguments) {
  const auto entry = registry::entity(evaluation, str(arguments[0]));
  return entry && entry->hidden;
}

Value config_entry_id(Evaluation& evaluation, const Bound& arguments) {
  const auto entry = registry::entity(evaluation, str(arguments[0]));
  return entry ? text_or_none(entry->config_entry_id) : Value(None{});
}

// Bridges are no config entries: what is asked of one is checked, and then not known.
Value config_entry_attr(Evaluation& evaluation, const Bound& arguments) {
  constexpr std::array<std::string_view, 6> kNames{"domain", "title",       "state",
                                                   "source", "disabled_by", "pref_disable_polling"};
  evaluation.reads().registry();
  if (arguments[0].as_text() == nullptr) {
    throw_error(ErrorClass::template_runtime_error, "Must provide a config entry ID");
  }
  if (std::ranges::find(kNames, str(arguments[1])) == kNames.end()) {
    throw_error(ErrorClass::template_runtime_error, "Invalid config entry attribute");
  }
  return None{};
}

Value integration_entities(Evaluation& evaluation, const Bound& arguments) {
  evaluation.reads().registry();
  Ids found;
  if (!truth(arguments[0])) return as_list(found);
  const std::string platform = str(arguments[0]);
  const Ids all = evaluation.house().entities({});
  evaluation.budget().work(all.size());
  for (const std::string_view id : all) {
    const auto entry = evaluation.house().entity(id);
    if (entry && entry->platform == platform) found.push_back(id);
  }
  return as_list(found);
}

// There is no registry of repairs.
Value issues(Evaluation&, const Bound&) { return DictPtr(std::make_shared<const Dict>()); }

Value issue(Evaluation&, const Bound&) { return None{}; }

}  // namespace gable::rules::jinja::house_calls

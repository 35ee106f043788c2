#include "check/trigger_ids.hpp"

#include <algorithm>
#include <array>

#include "engine/triggers/device_types.hpp"

namespace gable::rules {

namespace {

// What every trigger has.
constexpr std::array<std::string_view, 6> kCommon{"id", "idx", "alias", "platform", "description", "enabled"};

struct Brought {
  std::string_view platform;
  std::vector<std::string_view> fields;
};

// In the order of the platforms in language/triggers.cpp; what each brings is Home Assistant's.
const std::vector<Brought>& table() {
  static const std::vector<Brought> kTable{
      {"state", {"entity_id", "from_state", "to_state", "for", "attribute"}},
      {"numeric_state", {"entity_id", "from_state", "to_state", "below", "above", "for"}},
      {"time", {"now", "entity_id"}},
      {"time_pattern", {"now"}},
      {"sun", {"event", "offset"}},
      {"calendar", {"event", "calendar_event", "offset"}},
      {"template", {"entity_id", "from_state", "to_state", "for"}},
      {"mqtt", {"topic", "payload", "payload_json", "qos", "retain"}},
      {"event", {"event"}},
      {"homeassistant", {"event"}},
      {"zone", {"entity_id", "from_state", "to_state", "zone", "event"}},
      {"webhook", {"webhook_id", "json", "data", "query", "method"}},
      {"tag", {"event"}},
  };
  return kTable;
}

// Device triggers bring what their integration gives.
bool may_bring(const Trigger& trigger, std::string_view field) {
  const auto found = std::find_if(table().begin(), table().end(),
                                  [&](const Brought& each) { return each.platform == trigger.platform; });
  if (found == table().end()) return true;
  return std::find(found->fields.begin(), found->fields.end(), field) != found->fields.end();
}

bool is_ours(const Trigger& trigger, std::string_view field) {
  return std::any_of(trigger.variables.begin(), trigger.variables.end(),
                     [field](const auto& variable) { return variable.first == field; });
}

}  // namespace

std::string id_of(const std::vector<Trigger>& triggers, const Trigger& trigger) {
  return trigger.id.empty() ? std::to_string(&trigger - triggers.data()) : trigger.id;
}

void inspect_trigger_id(Inspection& in, std::string_view id, Place place) {
  if (in.triggers == nullptr) return;
  std::vector<std::string> ids;
  for (const Trigger& trigger : *in.triggers) ids.push_back(id_of(*in.triggers, trigger));
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  std::vector<std::string_view> names(ids.begin(), ids.end());
  const std::string near(wire::nearest(id, names));
  in.warn(place, "unknown_trigger_id",
          "no trigger of this rule has the id '" + std::string(id) + "'" + did_you_mean(near), near);
}

void inspect_trigger_field(Inspection& in, std::string_view field, Place place) {
  if (in.triggers == nullptr || in.triggers->empty()) return;
  if (std::find(kCommon.begin(), kCommon.end(), field) != kCommon.end()) return;
  for (const Trigger& trigger : *in.triggers) {
    if (may_bring(trigger, field) || is_ours(trigger, field)) return;
  }
  std::vector<std::string_view> names(kCommon.begin(), kCommon.end());
  for (const Brought& each : table()) {
    for (const Trigger& trigger : *in.triggers) {
      if (trigger.platform == each.platform)
        names.insert(names.end(), each.fields.begin(), each.fields.end());
    }
  }
  const std::string near(wire::nearest(field, names));
  in.warn(place, "unknown_trigger_field",
          "trigger." + std::string(field) + ": none of this rule's triggers has that" + did_you_mean(near),
          near);
}

}  // namespace gable::rules

// Notification (113): what lasts is a binary sensor, what only happens is an event. Declared in plan.hpp.
// Pure: no clock, thread, socket, file or log.

#include <algorithm>
#include <array>

#include "protocol/notification_kinds.hpp"
#include "protocol/plan_parts.hpp"

namespace gable::zwave {

namespace {

// Types of notifications.
constexpr std::int64_t kAccessControl = 6;
constexpr std::int64_t kIdle = 0, kDoorOpen = 22, kDoorClosed = 23;

bool has_state(const Metadata& metadata, std::int64_t state) {
  return std::any_of(metadata.states.begin(), metadata.states.end(),
                     [state](const auto& each) { return each.first == state; });
}

// The same door told in more detail; the simple form has all that a binary sensor shows.
bool is_repetition(const Node& node, const ValueId& id, std::int64_t type) {
  const std::string variable = to_text(id.key);
  if (type != kAccessControl || (variable != "Door state" && variable != "Opening state")) return false;
  ValueId simple = id;
  simple.key = std::string("Door state (simple)");
  return node.find(simple) != nullptr;
}

bool counts_as_on(const NotificationKind& kind, std::int64_t state) {
  if (kind.on.empty()) return state != kIdle;
  return std::find(kind.on.begin(), kind.on.end(), state) != kind.on.end();
}

Plan notification(const Node& node, const ValueId& id, const NodeValue& value, std::int64_t type) {
  const bool door = has_state(value.metadata, kDoorOpen) && has_state(value.metadata, kDoorClosed);
  const std::string variable = to_text(id.key);
  const std::string kind = value.property_name.empty() ? to_text(id.property) : value.property_name;
  const std::string name = door ? "Door" : kind + " " + variable;
  Plan plan{key_of(slug_of(name), id.endpoint),
            describe("binary_sensor", name_of(node, name, id.endpoint)),
            {kNotification}};
  const NotificationKind& meant = notification_kind(type, variable);
  plan.description.device_class = meant.device_class;
  if (meant.diagnostic) plan.description.entity_category = "diagnostic";
  plan.state = [id, door, &meant](const Node& now) -> wire::Object {
    const auto number = whole_at(now, id);
    if (!number) return {{"state", nullptr}};
    const bool on = door ? *number == kDoorOpen : counts_as_on(meant, *number);
    return {{"state", on ? "on" : "off"}};
  };
  return plan;
}

// ── what only happens ──

// Events of access control, which carry the user who was at the keypad.
struct Access {
  std::int64_t event;
  std::string_view name;
};
constexpr std::array<Access, 17> kAccess{{{1, "manual_lock"},
                                          {2, "manual_unlock"},
                                          {3, "remote_lock"},
                                          {4, "remote_unlock"},
                                          {5, "keypad_lock"},
                                          {6, "keypad_unlock"},
                                          {7, "manual_lock_failed"},
                                          {8, "remote_lock_failed"},
                                          {9, "auto_lock"},
                                          {10, "auto_lock_failed"},
                                          {11, "lock_jammed"},
                                          {12, "all_codes_deleted"},
                                          {13, "code_deleted"},
                                          {14, "code_added"},
                                          {15, "code_not_added"},
                                          {16, "keypad_disabled"},
                                          {20, "wrong_code"}}};
constexpr std::string_view kOther = "other";

std::string_view access_name(std::int64_t type, std::int64_t event) {
  if (type != kAccessControl) return kOther;
  const auto* found =
      std::find_if(kAccess.begin(), kAccess.end(), [&](const Access& a) { return a.event == event; });
  return found == kAccess.end() ? kOther : found->name;
}

std::optional<Happening> happened(const Change& change) {
  const wire::Object* args = change.payload.as_object();
  if (change.kind != ChangeKind::notice || change.value.command_class != kNotification || args == nullptr) {
    return std::nullopt;
  }
  const auto type = whole_of(*args, "type").value_or(0);
  const auto event = whole_of(*args, "event").value_or(0);
  Happening happening{std::string(access_name(type, event)), {}};
  happening.data.append("notification_type", type);
  happening.data.append("notification_event", event);
  happening.data.append("label", text_of(*args, "eventLabel"));
  if (const wire::Object* parameters = object_of(*args, "parameters")) {
    const auto user = whole_of(*parameters, "userId");
    if (user) happening.data.append("user", *user);
  }
  return happening;
}

Plan notification_events(bool access) {
  Plan plan{"notification", describe("event", "Notification"), {}};
  if (access) {
    for (const Access& each : kAccess) plan.description.event_types.emplace_back(each.name);
  }
  plan.description.event_types.emplace_back(kOther);
  plan.events = happened;
  return plan;
}

}  // namespace

void plan_notifications(const Node& node, std::vector<Plan>& plans) {
  bool any = false, access = false;
  for (auto entry = node.values.lower_bound({kNotification}); entry != node.values.end(); ++entry) {
    const auto& [id, value] = *entry;
    if (id.command_class != kNotification) break;
    any = true;
    const auto type = whole_of(value.metadata.specific, "notificationType").value_or(0);
    access = access || type == kAccessControl;
    const bool lasting = !value.metadata.states.empty() && id.key != Property{};
    const bool two_sided = has_state(value.metadata, kIdle) || has_state(value.metadata, kDoorClosed) ||
                           has_state(value.metadata, notification_kind(type, to_text(id.key)).off);
    if (lasting && two_sided && !is_repetition(node, id, type)) {
      plans.push_back(notification(node, id, value, type));
    }
  }
  if (any) plans.push_back(notification_events(access));
}

}  // namespace gable::zwave

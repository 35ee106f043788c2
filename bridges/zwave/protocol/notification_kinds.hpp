#pragma once
// What the lasting variables of Notification (113) mean to a house. The numbers are those of the Z-Wave
// Alliance's list of notifications, the names those that zwave-js gives its variables. Pure.

#include <cstdint>
#include <span>
#include <string_view>

namespace gable::zwave {

struct NotificationKind {
  std::int64_t type;          // of notification; 0: of every type
  std::string_view variable;  // its name, or how it ends: "* failure status"
  std::string_view device_class;
  std::span<const std::int64_t> on;  // its states that count as on; none: every state but idle (0)
  std::int64_t off;                  // the state that ends it
  bool diagnostic = false;           // about the device, not the house
};

// Of a variable that the table does not name: no class, on in every state but idle.
const NotificationKind& notification_kind(std::int64_t type, std::string_view variable);

}  // namespace gable::zwave

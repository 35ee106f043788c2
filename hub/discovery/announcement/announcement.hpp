#pragma once
// Home Assistant's discovery messages, read: <prefix>/<component>/[<node id>/]<object id>/config, for one
// component or (component `device`) for all of a device. What comes out has long key names, resolved `~`, the
// list form of availability, and in each component what the device message shares.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/component.hpp"
#include "wire/result_type.hpp"

namespace gable::discovery {

struct AnnouncementTopic {
  std::string component;  // "light", "device"
  std::string id;         // "<node id> <object id>" or "<object id>"
};

// Nothing when it is no discovery topic.
std::optional<AnnouncementTopic> parse_announcement_topic(std::string_view prefix, std::string_view topic);
// The filters that all announcements below `prefix` come in by.
std::vector<std::string> announcement_filters(std::string_view prefix);

struct Announcement {
  bool removal = false;    // empty payload: all that this topic announced is gone
  bool migration = false;  // {"migrate_discovery": true}: another topic will take over
  std::vector<Component> components;
  std::vector<Component> removed;   // parts that a device message takes back: platform and key only
  std::vector<std::string> faults;  // what was left out
};

// Errors: too_large (over 256 KiB, 1,000 components), malformed, wrong_type, with the key in `where`.
wire::Result<Announcement> read_announcement(const AnnouncementTopic& topic, std::string_view payload);

}  // namespace gable::discovery

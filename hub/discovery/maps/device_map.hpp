#pragma once
// A device map as it has been read and checked. README.md describes the file.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "discovery/maps/expression.hpp"

namespace gable::discovery::maps {

using Named =
    std::vector<std::pair<std::string, Expression>>;  // in their order: later ones may use earlier ones

// One level of a topic: a word, or the name of a wildcard ("{mac}").
struct Level {
  std::string text;
  bool named = false;
};

struct Send {
  Pattern topic, payload;
};

struct Message {
  std::string name;  // of the variable that holds what came
  std::vector<Level> levels;
  bool optional = false;  // a device is known without it
  bool overlay = false;   // a document that says only what has changed
  bool changing = false;  // values come and go: only new or missing keys make it another announcement
  std::optional<Condition> when;
  Named with;             // more of what names the device, out of the payload
  std::vector<Send> ask;  // sent whenever this message comes
  // The named levels that are not part of the device's id: there are many such messages, kept by these
  // levels.
  std::vector<std::string> others;
};

struct ComponentMap {
  std::string platform;
  std::optional<Expression> for_each;  // a list; `item` and `index` then
  std::optional<Condition> when;
  Named variables;
  Pattern key;        // its name among the components of the device
  Tree config;        // Home Assistant's keys
  std::string where;  // file:line:column
};

struct DeviceMap {
  std::string name;  // "tasmota"
  std::string title;
  std::vector<std::string> id;    // the named levels (and `with`) that tell one device from another
  std::vector<Message> messages;  // the first one is always needed
  Named variables;
  Tree device;  // keys of Home Assistant's `device`
  Tree common;  // keys that every component has
  std::vector<ComponentMap> components;
  std::vector<Send> start;  // sent once, when the hub begins to listen
};

}  // namespace gable::discovery::maps

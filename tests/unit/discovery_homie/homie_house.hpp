#pragma once
// What tests of Homie share: a broker's worth of messages and what came of them.

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "discovery/homie/homie.hpp"
#include "wire/json.hpp"

namespace gable::discovery::homie {

using Sent = std::pair<std::string_view, std::string_view>;

class HomieHouse {
 public:
  explicit HomieHouse(std::vector<std::string> prefixes = {"homie"}, const Limits& limits = {})
      : homie(std::move(prefixes), limits) {}

  // The messages, then what has changed.
  Changes send(std::initializer_list<Sent> messages) {
    for (const auto& [topic, payload] : messages) homie.take(topic, payload);
    return changes();
  }
  Changes changes() {
    Changes changed = homie.changes();
    for (const std::string& base : changed.removed) devices.erase(base);
    for (const Announced& device : changed.announced) devices.insert_or_assign(device.model.base, device);
    return changed;
  }

  // The component that a device has for "node property"; null: none.
  [[nodiscard]] const Component* find(const std::string& base, const std::string& what) const {
    const auto device = devices.find(base);
    if (device == devices.end()) return nullptr;
    const std::string key = std::string(what).append(" ").append(base);
    for (const Component& component : device->second.components) {
      if (component.key == key) return &component;
    }
    return nullptr;
  }
  // "switch {…}" without what all components have; empty: there is none.
  [[nodiscard]] std::string text(const std::string& base, const std::string& what) const {
    const Component* found = find(base, what);
    if (found == nullptr) return {};
    wire::Object config = found->config;
    for (const std::string_view common : {"availability", "availability_mode", "unique_id", "qos"})
      config.erase(common);
    return found->platform + " " + wire::to_json(config);
  }

  Homie homie;
  std::map<std::string, Announced> devices;
};

}  // namespace gable::discovery::homie

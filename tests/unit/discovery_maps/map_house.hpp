#pragma once
// What tests of device maps share: maps at work, and what came of them.

#include <gtest/gtest.h>

#include <fstream>
#include <initializer_list>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../discovery/platform_bench.hpp"
#include "discovery/binding.hpp"
#include "discovery/maps/maps.hpp"
#include "discovery/maps/reader.hpp"
#include "wire/json.hpp"

namespace gable::discovery::maps {

inline std::string shipped(const std::string& name) {
  std::ifstream file(std::string(GABLE_SOURCE_DIR) + "/hub/discovery/maps/shipped/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::vector<DeviceMap> maps_of(const std::string& name, const std::string& text) {
  ReadMap read = read_map(name, text);
  for (const wire::Error& error : read.errors) ADD_FAILURE() << error.message();
  std::vector<DeviceMap> maps;
  if (read.map) maps.push_back(std::move(*read.map));
  return maps;
}

using Sent = std::pair<std::string_view, std::string_view>;

class MapHouse {
 public:
  explicit MapHouse(const std::string& text, const Limits& limits = {})
      : maps(maps_of("map.yaml", text), limits) {}

  // The messages, then what has changed. Whatever a map made must be taken by its platform.
  Changes send(std::initializer_list<Sent> messages) {
    for (const auto& [topic, payload] : messages) maps.take(topic, payload);
    Changes changed = maps.changes();
    for (const std::string& source : changed.removed) devices.erase(source);
    for (const Announced& device : changed.announced) {
      devices.insert_or_assign(device.source, device.components);
      for (const Component& component : device.components) {
        const auto bound = bind(component, templates);
        EXPECT_TRUE(bound) << component.key << ": " << (bound ? "" : bound.error().message());
        if (!bound) continue;
        for (const std::string& fault : (*bound)->faults) ADD_FAILURE() << component.key << ": " << fault;
      }
    }
    return changed;
  }

  // "light 1", "relay 2" …: "platform key" of each component, in their order.
  [[nodiscard]] std::string names(const std::string& source) const {
    std::string all;
    const auto device = devices.find(source);
    if (device == devices.end()) return "none";
    for (const Component& component : device->second) {
      if (!all.empty()) all += ", ";
      all += component.platform + ":" + component.key.substr(0, component.key.size() - source.size() - 1);
    }
    return all;
  }
  [[nodiscard]] const Component* find(const std::string& source, const std::string& key) const {
    const auto device = devices.find(source);
    if (device == devices.end()) return nullptr;
    for (const Component& component : device->second) {
      if (component.key == key + " " + source) return &component;
    }
    return nullptr;
  }
  // One value of its configuration as JSON; "-" where there is none.
  [[nodiscard]] std::string at(const std::string& source, const std::string& key,
                               std::string_view name) const {
    const Component* found = find(source, key);
    const wire::Value* value = found == nullptr ? nullptr : found->config.find(name);
    return value == nullptr ? "-" : wire::to_json(*value);
  }

  // The entity itself, to be heard and commanded.
  [[nodiscard]] PlatformBench bench(const std::string& source, const std::string& key) const {
    const Component* found = find(source, key);
    if (found == nullptr) {
      ADD_FAILURE() << "no component " << key << " in " << names(source);
      return {"", "{}"};
    }
    return {found->platform, wire::to_json(found->config)};
  }

  Maps maps;
  Templates templates;
  std::map<std::string, std::vector<Component>> devices;
};

}  // namespace gable::discovery::maps

#pragma once
// The names that a device map may use: Home Assistant's platforms and keys of its MQTT configuration.

#include <span>
#include <string_view>

namespace gable::discovery::maps {

std::span<const std::string_view> platforms();
std::span<const std::string_view> component_keys();
std::span<const std::string_view> device_keys();

}  // namespace gable::discovery::maps

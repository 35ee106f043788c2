#pragma once
// The kinds of device that a house can have, and the options that each takes in its description. Pure.

#include <memory>
#include <span>
#include <string_view>

#include "protocol/device.hpp"

namespace gable::virtual_house {

enum class OptionType { flag, number, text, list, time_of_day };

struct OptionSpec {
  std::string_view name;
  OptionType type = OptionType::text;
  double min = 0, max = 0;                      // numbers
  std::span<const std::string_view> choices{};  // texts and lists; empty: any
};

struct KindSpec {
  std::string_view name;
  std::span<const OptionSpec> options;
  std::unique_ptr<SimDevice> (*make)(DeviceSpec spec, std::uint64_t seed);
};

std::span<const KindSpec> kinds();
// Null when there is no such kind.
const KindSpec* find_kind(std::string_view name);

// One function a kind. Options that are missing take the kind's default; unknown ones are ignored.
std::unique_ptr<SimDevice> make_light(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_switch(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_plug(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_cover(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_valve(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_lock(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_thermostat(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_motion(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_contact(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_detector(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_sensor(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_media_player(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_remote(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_fan(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_number(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_select(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_coffee_machine(DeviceSpec spec, std::uint64_t seed);
std::unique_ptr<SimDevice> make_gadget(DeviceSpec spec, std::uint64_t seed);

}  // namespace gable::virtual_house

#pragma once
// Which entity a device trigger, condition or action means. Pure.

#include <string>
#include <string_view>

#include "template/house/house.hpp"

namespace gable::rules {

struct DeviceEntity {
  std::string_view device, domain;
  std::string_view entity;        // as the rule names it; may be an id out of Home Assistant's registry
  std::string_view device_class;  // empty: any
};

// A device's id as the house has it, where a rule may have what another system called it. One that nobody
// here knows stays as it is.
std::string known_device(std::string_view device, const jinja::House& house);

// The one that is named; else (an id that nobody here knows, or none) the only one of the device that fits.
// Empty: none does, or several do.
std::string find_entity(const DeviceEntity& wanted, const jinja::House& house);

}  // namespace gable::rules

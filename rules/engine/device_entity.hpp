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

// The one that is named; else (an id that nobody here knows, or none) the only one of the device that fits.
// Empty: none does, or several do.
std::string find_entity(const DeviceEntity& wanted, const jinja::House& house);

}  // namespace gable::rules

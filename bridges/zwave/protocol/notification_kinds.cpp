#include "protocol/notification_kinds.hpp"

#include <algorithm>
#include <array>

namespace gable::zwave {

namespace {

constexpr std::int64_t kSmoke = 1, kCo = 2, kCo2 = 3, kHeat = 4, kWater = 5, kAccess = 6, kSecurity = 7,
                       kPower = 8, kSystem = 9, kAppliance = 12, kHealth = 13, kSiren = 14, kValve = 15,
                       kWeather = 16, kIrrigation = 17, kGas = 18, kLight = 20, kWaterQuality = 21,
                       kHome = 22;
constexpr std::int64_t kEvery = 0, kIdle = 0;

// The states of variables of which not every one counts.
constexpr std::array<std::int64_t, 1> kOpenHandle{24};
constexpr std::array<std::int64_t, 1> kMainsBack{3};
constexpr std::array<std::int64_t, 2> kEmptyBattery{14, 15};  // not 13, "fully charged"
constexpr std::array<std::int64_t, 1> kFailedPump{11};        // not 10, "active"
constexpr std::array<std::int64_t, 2> kProgram{1, 2};         // not 3, "completed"
constexpr std::array<std::int64_t, 1> kTankEmpty{14};

using Kind = NotificationKind;

// The first that fits counts. Only what senses the danger has the danger's class: a dusty smoke detector is
// no fire.
constexpr std::array<Kind, 55> kKinds{{
    {kSmoke, "Sensor status", "smoke", {}, kIdle},
    {kCo, "Sensor status", "carbon_monoxide", {}, kIdle},
    {kCo2, "Sensor status", "gas", {}, kIdle},
    {kHeat, "Heat sensor status", "heat", {}, kIdle},
    {kWater, "Sensor status", "moisture", {}, kIdle},
    {kWater, "Pump status", "problem", kFailedPump, kIdle},
    {kWater, "* alarm status", "problem", {}, kIdle},
    {kAccess, "Lock state", "problem", {}, kIdle},
    {kAccess, "Door state (simple)", "door", {}, kIdle},
    {kAccess, "Door state", "door", {}, kIdle},
    {kAccess, "Opening state", "opening", {}, kIdle},
    {kAccess, "Door handle state", "opening", kOpenHandle, 25},
    {kAccess, "Barrier battery status", "battery", {}, kIdle, true},
    {kAccess, "Barrier sensor status", "problem", {}, kIdle, true},
    {kAccess, "Barrier short-circuit status", "problem", {}, kIdle, true},
    {kAccess, "Barrier UL disabling status", "problem", {}, kIdle, true},
    {kSecurity, "Sensor status", "safety", {}, kIdle},
    {kSecurity, "Motion sensor status", "motion", {}, kIdle},
    {kSecurity, "Magnetic interference status", "tamper", {}, kIdle},
    {kPower, "Power status", "", {}, kIdle, true},
    {kPower, "Mains status", "power", kMainsBack, 2},
    {kPower, "Over-current status", "problem", {}, kIdle},
    {kPower, "Over-voltage status", "problem", {}, kIdle},
    {kPower, "Over-load status", "problem", {}, kIdle},
    {kPower, "Load error status", "problem", {}, kIdle},
    {kPower, "Battery maintenance status", "battery", {}, kIdle, true},
    {kPower, "Battery load status", "battery_charging", {}, kIdle, true},
    {kPower, "Battery level status", "battery", kEmptyBattery, kIdle, true},
    {kPower, "Backup battery level status", "battery", {}, kIdle, true},
    {kSystem, "Hardware status", "problem", {}, kIdle, true},
    {kSystem, "Software status", "problem", {}, kIdle, true},
    {kSystem, "Emergency shutoff status", "problem", {}, kIdle},
    {kAppliance, "Program status", "running", kProgram, kIdle},
    {kAppliance, "Appliance status", "running", {}, kIdle},
    {kAppliance, "* failure status", "problem", {}, kIdle},
    {kHealth, "Sleep apnea status", "problem", {}, kIdle},
    {kSiren, "Siren status", "sound", {}, kIdle},
    {kValve, "* short circuit status", "problem", {}, kIdle},
    {kValve, "* current alarm status", "problem", {}, kIdle},
    {kValve, "Valve jammed status", "problem", {}, kIdle},
    {kWeather, "Rain alarm status", "moisture", {}, kIdle},
    {kWeather, "Moisture alarm status", "moisture", {}, kIdle},
    {kWeather, "Freeze alarm status", "cold", {}, kIdle},
    {kIrrigation, "Device configuration status", "problem", {}, kIdle, true},
    {kGas, "Combustible gas status", "gas", {}, kIdle},
    {kGas, "Toxic gas status", "gas", {}, kIdle},
    {kLight, "Light detection status", "light", {}, kIdle},
    {kWaterQuality, "* alarm status", "problem", {}, kIdle},
    {kWaterQuality, "Water tank status", "problem", kTankEmpty, 16},
    {kHome, "Home occupancy status", "occupancy", {}, kIdle},
    {kEvery, "Cover status", "tamper", {}, kIdle},
    {kEvery, "Maintenance status", "problem", {}, kIdle, true},
    {kEvery, "Periodic inspection status", "problem", {}, kIdle, true},
    {kEvery, "Dust in device status", "problem", {}, kIdle, true},
    {kEvery, "Alarm status", "", {}, kIdle, true},  // tested, silenced
}};
constexpr Kind kUnnamed{kEvery, "", "", {}, kIdle};

bool names(std::string_view pattern, std::string_view variable) {
  return pattern.starts_with('*') ? variable.ends_with(pattern.substr(1)) : variable == pattern;
}

}  // namespace

const NotificationKind& notification_kind(std::int64_t type, std::string_view variable) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) {
    return (kind.type == kEvery || kind.type == type) && names(kind.variable, variable);
  });
  return found == kKinds.end() ? kUnnamed : *found;
}

}  // namespace gable::zwave

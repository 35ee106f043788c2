#include "protocol/kinds.hpp"

#include <array>

namespace gable::virtual_house {

namespace {

using Words = std::string_view;
using enum OptionType;

constexpr std::array<Words, 3> kLightFeatures{"brightness", "color_temp", "hs"};
constexpr std::array<Words, 2> kSwitchClasses{"switch", "outlet"};
constexpr std::array<Words, 4> kLoads{"steady", "standby", "fridge", "program"};
constexpr std::array<Words, 10> kCoverClasses{"awning", "blind", "curtain", "damper",  "door",
                                              "garage", "gate",  "shade",   "shutter", "window"};
constexpr std::array<Words, 2> kValveClasses{"water", "gas"};
constexpr std::array<Words, 3> kMotionClasses{"motion", "occupancy", "presence"};
constexpr std::array<Words, 4> kContactClasses{"door", "window", "garage_door", "opening"};
constexpr std::array<Words, 5> kDetectorClasses{"moisture", "smoke", "gas", "carbon_monoxide", "vibration"};
constexpr std::array<Words, 7> kMeasures{"temperature", "humidity",   "illuminance", "carbon_dioxide",
                                         "pressure",    "wind_speed", "rain"};
constexpr std::array<Words, 3> kPlayerClasses{"speaker", "tv", "receiver"};
constexpr std::array<Words, 2> kRemoteClasses{"button", "doorbell"};

constexpr std::array kLight{
    OptionSpec{"features", list, 0, 0, kLightFeatures}, OptionSpec{"transition", number, 0, 600},
    OptionSpec{"min_kelvin", number, 1000, 10'000}, OptionSpec{"max_kelvin", number, 1000, 40'000}};
constexpr std::array kSwitch{OptionSpec{"class", text, 0, 0, kSwitchClasses}};
constexpr std::array kPlug{OptionSpec{"load", text, 0, 0, kLoads}, OptionSpec{"watts", number, 0, 20'000},
                           OptionSpec{"standby", number, 0, 1000}, OptionSpec{"initial", flag}};
constexpr std::array kCover{OptionSpec{"class", text, 0, 0, kCoverClasses},
                            OptionSpec{"travel", number, 0.1, 600}, OptionSpec{"position", flag},
                            OptionSpec{"initial", number, 0, 100}};
constexpr std::array kValve{OptionSpec{"class", text, 0, 0, kValveClasses},
                            OptionSpec{"travel", number, 0.1, 600}, OptionSpec{"position", flag},
                            OptionSpec{"initial", number, 0, 100}};
constexpr std::array kLock{OptionSpec{"travel", number, 0.1, 60}, OptionSpec{"jams", number, 0, 1}};
constexpr std::array kThermostat{OptionSpec{"target", number, 7, 30}, OptionSpec{"eco", number, 7, 30},
                                 OptionSpec{"away", number, 7, 30}};
constexpr std::array kMotion{OptionSpec{"class", text, 0, 0, kMotionClasses},
                             OptionSpec{"hold", number, 1, 3600}};
constexpr std::array kContact{OptionSpec{"class", text, 0, 0, kContactClasses},
                              OptionSpec{"aired", time_of_day}, OptionSpec{"airing", number, 10, 86'400}};
constexpr std::array kDetector{OptionSpec{"class", text, 0, 0, kDetectorClasses}};
constexpr std::array kSensor{OptionSpec{"measures", list, 0, 0, kMeasures},
                             OptionSpec{"every", number, 1, 86'400}};
constexpr std::array kMediaPlayer{OptionSpec{"class", text, 0, 0, kPlayerClasses},
                                  OptionSpec{"playlist", list}, OptionSpec{"sources", list}};
constexpr std::array kRemote{OptionSpec{"class", text, 0, 0, kRemoteClasses}, OptionSpec{"buttons", list}};
constexpr std::array kNumber{OptionSpec{"class", text},
                             OptionSpec{"unit", text},
                             OptionSpec{"min", number, -1e9, 1e9},
                             OptionSpec{"max", number, -1e9, 1e9},
                             OptionSpec{"step", number, 1e-6, 1e9},
                             OptionSpec{"initial", number, -1e9, 1e9}};
constexpr std::array kSelect{OptionSpec{"options", list}, OptionSpec{"initial", text}};
constexpr std::array kCoffee{OptionSpec{"watts", number, 0, 20'000}, OptionSpec{"brewing", number, 1, 3600}};

constexpr std::array<Words, 15> kGadgetDomains{"alarm_control_panel",
                                               "camera",
                                               "date",
                                               "datetime",
                                               "humidifier",
                                               "lawn_mower",
                                               "notify",
                                               "remote",
                                               "scene",
                                               "siren",
                                               "text",
                                               "time",
                                               "update",
                                               "vacuum",
                                               "water_heater"};
constexpr std::array kGadget{OptionSpec{"domain", text, 0, 0, kGadgetDomains}};

constexpr std::array kKinds{
    KindSpec{"light", kLight, make_light},
    KindSpec{"switch", kSwitch, make_switch},
    KindSpec{"plug", kPlug, make_plug},
    KindSpec{"cover", kCover, make_cover},
    KindSpec{"valve", kValve, make_valve},
    KindSpec{"lock", kLock, make_lock},
    KindSpec{"thermostat", kThermostat, make_thermostat},
    KindSpec{"motion", kMotion, make_motion},
    KindSpec{"contact", kContact, make_contact},
    KindSpec{"detector", kDetector, make_detector},
    KindSpec{"sensor", kSensor, make_sensor},
    KindSpec{"media_player", kMediaPlayer, make_media_player},
    KindSpec{"remote", kRemote, make_remote},
    KindSpec{"fan", {}, make_fan},
    KindSpec{"number", kNumber, make_number},
    KindSpec{"select", kSelect, make_select},
    KindSpec{"coffee_machine", kCoffee, make_coffee_machine},
    KindSpec{"gadget", kGadget, make_gadget},
};

}  // namespace

std::span<const KindSpec> kinds() { return kKinds; }

const KindSpec* find_kind(std::string_view name) {
  for (const KindSpec& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

}  // namespace gable::virtual_house

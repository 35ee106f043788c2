// Actions of devices, in the names that Home Assistant's editor writes for the generic domains, as services.
#include <algorithm>
#include <array>

#include "engine/runs/stepper.hpp"

namespace gable::rules {

namespace {

// Where a device's action is called otherwise than the service; every other has the service's name.
struct Renamed {
  std::string_view domain, type, service;
  std::string_view key = {};  // what is given along, where the action does not say it
  int number = 0;
  std::string_view text = {};
};
constexpr std::array kRenamed{
    Renamed{"cover", "open", "open_cover"},
    Renamed{"cover", "close", "close_cover"},
    Renamed{"cover", "stop", "stop_cover"},
    Renamed{"cover", "open_tilt", "open_cover_tilt"},
    Renamed{"cover", "close_tilt", "close_cover_tilt"},
    Renamed{"cover", "set_position", "set_cover_position"},
    Renamed{"cover", "set_tilt_position", "set_cover_tilt_position"},
    Renamed{"vacuum", "clean", "start"},
    Renamed{"vacuum", "dock", "return_to_base"},
    Renamed{"alarm_control_panel", "arm_away", "alarm_arm_away"},
    Renamed{"alarm_control_panel", "arm_home", "alarm_arm_home"},
    Renamed{"alarm_control_panel", "arm_night", "alarm_arm_night"},
    Renamed{"alarm_control_panel", "arm_vacation", "alarm_arm_vacation"},
    Renamed{"alarm_control_panel", "disarm", "alarm_disarm"},
    Renamed{"alarm_control_panel", "trigger", "alarm_trigger"},
    Renamed{"light", "brightness_increase", "turn_on", "brightness_step_pct", 10},
    Renamed{"light", "brightness_decrease", "turn_on", "brightness_step_pct", -10},
    Renamed{"light", "flash", "turn_on", "flash", 0, "short"},
};

}  // namespace

DeviceService service_of(const DeviceAction& action) {
  // The companion app on a phone: its device is a notifier here.
  if (action.domain == "mobile_app" && action.type == "notify") return {"notify", "send_message", {}, {}};
  const auto found = std::find_if(kRenamed.begin(), kRenamed.end(), [&action](const Renamed& each) {
    return each.domain == action.domain && each.type == action.type;
  });
  if (found == kRenamed.end()) return {action.domain, action.type, {}, {}};
  DeviceService service{action.domain, std::string(found->service), std::string(found->key), {}};
  service.value = found->text.empty() ? jinja::Value(found->number) : jinja::Value(found->text);
  return service;
}

}  // namespace gable::rules

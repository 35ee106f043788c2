// Everything else that a house may have: one entity of the domain that its description names, and as plain as
// can be. What a service does to it stands in tables; nothing takes time, nothing happens by itself.

#include <algorithm>
#include <array>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

struct Gadget {
  std::string_view domain;
  std::vector<std::string> features;
  Fields capabilities, state;
};

const std::vector<Gadget>& gadgets() {
  static const std::vector<Gadget> kGadgets{
      {"alarm_control_panel",
       {"arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass", "trigger"},
       {},
       {{"state", "disarmed"}}},
      {"camera", {"on_off"}, {}, {{"state", "idle"}, {"motion_detection", false}}},
      {"date", {}, {}, {{"state", "2026-01-01"}}},
      {"datetime", {}, {}, {{"state", "2026-01-01T12:00:00Z"}}},
      {"humidifier",
       {"modes"},
       {{"available_modes", List{"normal", "eco"}}, {"min_humidity", 30.0}, {"max_humidity", 70.0}},
       {{"state", "off"}, {"humidity", 45.0}, {"current_humidity", 40.0}, {"mode", "normal"}}},
      {"lawn_mower", {"start_mowing", "pause", "dock"}, {}, {{"state", "docked"}}},
      {"notify", {}, {}, {}},
      {"remote",
       {"activity"},
       {{"activity_list", List{"TV", "Music"}}},
       {{"state", "off"}, {"current_activity", "TV"}}},
      {"scene", {}, {}, {}},
      {"siren",
       {"turn_on", "turn_off", "tones"},
       {{"available_tones", List{"fire", "burglar"}}},
       {{"state", "off"}}},
      {"text", {}, {}, {{"state", "hello"}}},
      {"time", {}, {}, {{"state", "07:00:00"}}},
      {"update", {"install"}, {}, {{"state", "on"}, {"installed_version", "1.0"}, {"latest_version", "1.1"}}},
      {"vacuum",
       {"start", "stop", "pause", "return_home", "fan_speed", "locate", "clean_spot"},
       {{"fan_speed_list", List{"quiet", "strong"}}},
       {{"state", "docked"}, {"fan_speed", "quiet"}, {"battery_level", 80.0}}},
      {"water_heater",
       {"target_temperature", "operation_mode", "away_mode", "on_off"},
       {{"operation_list", List{"off", "eco", "performance"}}, {"min_temp", 40.0}, {"max_temp", 65.0}},
       {{"state", "eco"}, {"temperature", 50.0}, {"current_temperature", 48.0}, {"away_mode", "off"}}}};
  return kGadgets;
}

// What a service makes of the state.
struct Turned {
  std::string_view domain, service, state;
};
constexpr std::array<Turned, 22> kTurned{
    {{"alarm_control_panel", "alarm_disarm", "disarmed"},
     {"alarm_control_panel", "alarm_arm_home", "armed_home"},
     {"alarm_control_panel", "alarm_arm_away", "armed_away"},
     {"alarm_control_panel", "alarm_arm_night", "armed_night"},
     {"alarm_control_panel", "alarm_arm_vacation", "armed_vacation"},
     {"alarm_control_panel", "alarm_arm_custom_bypass", "armed_custom_bypass"},
     {"alarm_control_panel", "alarm_trigger", "triggered"},
     {"camera", "turn_on", "recording"},
     {"camera", "turn_off", "idle"},
     {"lawn_mower", "start_mowing", "mowing"},
     {"lawn_mower", "pause", "paused"},
     {"lawn_mower", "dock", "docked"},
     {"update", "install", "off"},
     {"update", "skip", "off"},
     {"update", "clear_skipped", "on"},
     {"vacuum", "start", "cleaning"},
     {"vacuum", "clean_spot", "cleaning"},
     {"vacuum", "pause", "paused"},
     {"vacuum", "stop", "idle"},
     {"vacuum", "return_to_base", "docked"},
     {"water_heater", "turn_on", "eco"},
     {"water_heater", "turn_off", "off"}}};

// The attribute that a parameter sets, where the two have different names.
struct Meant {
  std::string_view domain, parameter, attribute;
};
constexpr std::array<Meant, 6> kMeant{{{"date", "date", "state"},
                                       {"datetime", "datetime", "state"},
                                       {"remote", "activity", "current_activity"},
                                       {"text", "value", "state"},
                                       {"time", "time", "state"},
                                       {"water_heater", "operation_mode", "state"}}};

class GadgetDevice final : public SimDevice {
 public:
  GadgetDevice(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    const std::string domain = this->spec().options.text("domain");
    const auto found = std::find_if(gadgets().begin(), gadgets().end(),
                                    [&](const Gadget& gadget) { return gadget.domain == domain; });
    gadget_ = found == gadgets().end() ? &gadgets().front() : &*found;
    state_ = gadget_->state;
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    EntitySpec entity = single(std::string(gadget_->domain));
    entity.features = gadget_->features;
    entity.capabilities = gadget_->capabilities;
    return {entity};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return state_; }
  Outcome obey(const Order& order, Turn&) override {
    const auto turned = std::find_if(kTurned.begin(), kTurned.end(), [&](const Turned& one) {
      return one.domain == gadget_->domain && one.service == order.service;
    });
    if (turned != kTurned.end()) {
      state_.set("state", std::string(turned->state));
    } else if (order.service == "turn_on" || order.service == "turn_off") {
      if (state_.contains("state")) state_.set("state", order.service == "turn_on" ? "on" : "off");
    } else if (order.service == "enable_motion_detection" || order.service == "disable_motion_detection") {
      state_.set("motion_detection", order.service == "enable_motion_detection");
    }
    take(order.data);
    if (order.service == "install") state_.set("installed_version", state_.text("latest_version"));
    return {};
  }

 private:
  // Parameters that name one of its attributes.
  void take(const Fields& data) {
    for (const auto& [name, value] : data) {
      const auto meant = std::find_if(kMeant.begin(), kMeant.end(), [this, &name = name](const Meant& one) {
        return one.domain == gadget_->domain && one.parameter == name;
      });
      const std::string attribute(meant == kMeant.end() ? name : meant->attribute);
      if (!state_.contains(attribute)) continue;
      const bool* flag = std::get_if<bool>(&value);
      if (flag != nullptr && !std::holds_alternative<bool>(*state_.find(attribute)))
        state_.set(attribute, *flag ? "on" : "off");
      else
        state_.set(attribute, value);
    }
  }

  const Gadget* gadget_;
  Fields state_;
};

}  // namespace

std::unique_ptr<SimDevice> make_gadget(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<GadgetDevice>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

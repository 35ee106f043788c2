// Water heaters: https://www.home-assistant.io/integrations/water_heater.mqtt/
// Temperatures are in the device's own unit; the capability temperature_unit names it if the announcement
// does.

#include <algorithm>
#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"
#include "discovery/platforms/temperatures.hpp"

namespace gable::discovery::platforms {

namespace {

// Slots of the inlets and outlets.
constexpr int kMode = 0, kTemperature = 1, kCurrent = 2, kPower = 3;

constexpr std::array<Ways, 4> kWays{
    {{kMode, "mode_state_topic", "mode_state_template", "mode_command_topic", "mode_command_template"},
     {kTemperature, "temperature_state_topic", "temperature_state_template", "temperature_command_topic",
      "temperature_command_template"},
     {kCurrent, "current_temperature_topic", "current_temperature_template", "", ""},
     {kPower, "", "", "power_command_topic", "power_command_template"}}};

class WaterHeaterBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  Outlets outlets_;
  std::string on_, off_;
  std::vector<std::string> modes_;
};

void WaterHeaterBinding::read(Fields& fields) {
  read_common(fields, *this, "water_heater");
  on_ = fields.text("payload_on", "ON");
  off_ = fields.text("payload_off", "OFF");
  modes_ = {"off", "eco", "electric", "gas", "heat_pump", "high_demand", "performance"};
  if (fields.has("modes")) modes_ = known_modes(fields, "modes", description->domain->states);
  constexpr std::array<std::string_view, 4> kFeatures{"operation_mode", "target_temperature", "", "on_off"};
  for (std::size_t i = 0; i < kWays.size(); ++i) {
    const Reading reading = read_ways(fields, outlets_, kWays[i], true);
    if (reading.assumed() && kWays[i].slot != kPower) description.own().assumed_state = true;
    if (reading.any() && !kFeatures[i].empty()) description.own().features.emplace_back(kFeatures[i]);
  }
  description.own().capabilities.set("operation_list", texts_list(modes_));
  read_temperatures(fields, description.own(), {(110 - 32) / 1.8, 60});  // 110 °F and 140 °F
}

void WaterHeaterBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                                 Said& said) const {
  switch (slot) {
    case kAttributes:
      return say_attributes(*description->domain, payload, said);
    case kMode:
      return say_option("state", modes_, payload.text, said);
    case kTemperature:
      return say_real("temperature", payload.text, said);
    default:
      return say_real("current_temperature", payload.text, said);
  }
}

wire::Result<std::vector<Outgoing>> WaterHeaterBinding::send(const wire::Command& command,
                                                             const wire::CurrentValues&,
                                                             Renderer& renderer) const {
  Messages messages(renderer);
  const std::string_view service = command.service->name;
  if (service == "turn_on") messages.add(outlets_.find(kPower), on_);
  if (service == "turn_off") messages.add(outlets_.find(kPower), off_);
  if (command.data.contains("operation_mode"))
    messages.add(outlets_.find(kMode), text_in(command, "operation_mode"));
  if (const auto temperature = number_in(command, "temperature"))
    messages.add(outlets_.find(kTemperature), *temperature);
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_water_heater(const Component& component, Templates& templates,
                                           Refusal& refusal) {
  return made<WaterHeaterBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

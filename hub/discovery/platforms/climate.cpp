// Climate devices: https://www.home-assistant.io/integrations/climate.mqtt/
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
constexpr int kMode = 0, kTemperature = 1, kHigh = 2, kLow = 3, kHumidity = 4, kFan = 5, kPreset = 6,
              kSwing = 7, kSwingHorizontal = 8, kPower = 9, kAction = 10, kCurrentTemperature = 11,
              kCurrentHumidity = 12;

constexpr std::array<Ways, 13> kWays{
    {{kMode, "mode_state_topic", "mode_state_template", "mode_command_topic", "mode_command_template"},
     {kTemperature, "temperature_state_topic", "temperature_state_template", "temperature_command_topic",
      "temperature_command_template"},
     {kHigh, "temperature_high_state_topic", "temperature_high_state_template",
      "temperature_high_command_topic", "temperature_high_command_template"},
     {kLow, "temperature_low_state_topic", "temperature_low_state_template", "temperature_low_command_topic",
      "temperature_low_command_template"},
     {kHumidity, "target_humidity_state_topic", "target_humidity_state_template",
      "target_humidity_command_topic", "target_humidity_command_template"},
     {kFan, "fan_mode_state_topic", "fan_mode_state_template", "fan_mode_command_topic",
      "fan_mode_command_template"},
     {kPreset, "preset_mode_state_topic", "preset_mode_value_template", "preset_mode_command_topic",
      "preset_mode_command_template"},
     {kSwing, "swing_mode_state_topic", "swing_mode_state_template", "swing_mode_command_topic",
      "swing_mode_command_template"},
     {kSwingHorizontal, "swing_horizontal_mode_state_topic", "swing_horizontal_mode_state_template",
      "swing_horizontal_mode_command_topic", "swing_horizontal_mode_command_template"},
     {kPower, "", "", "power_command_topic", "power_command_template"},
     {kAction, "action_topic", "action_template", "", ""},
     {kCurrentTemperature, "current_temperature_topic", "current_temperature_template", "", ""},
     {kCurrentHumidity, "current_humidity_topic", "current_humidity_template", "", ""}}};

// What a slot is called here: attribute, the feature that it gives, and for those with a list of modes the
// capability that holds it.
struct Trait {
  std::string_view attribute, feature, modes;
};
// In the order of kWays.
constexpr std::array<Trait, 13> kTraits{
    {{"state", "", "hvac_modes"},
     {"temperature", "target_temperature", ""},
     {"target_temp_high", "target_temperature_range", ""},
     {"target_temp_low", "target_temperature_range", ""},
     {"humidity", "target_humidity", ""},
     {"fan_mode", "fan_mode", "fan_modes"},
     {"preset_mode", "preset_mode", "preset_modes"},
     {"swing_mode", "swing_mode", "swing_modes"},
     {"swing_horizontal_mode", "swing_horizontal_mode", "swing_horizontal_modes"},
     {"", "", ""},
     {"hvac_action", "", ""},
     {"current_temperature", "", ""},
     {"current_humidity", "", ""}}};

const Trait& trait_of(int slot) { return kTraits[static_cast<std::size_t>(slot)]; }

class ClimateBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_topics(Fields& fields);
  void read_lists(Fields& fields);
  void read_power();
  void receive_mode(int slot, std::string_view text, Said& said) const;
  void add_feature(std::string_view feature);
  void add_power(Messages& messages, bool on) const;
  [[nodiscard]] std::string_view mode_for_on() const;
  [[nodiscard]] bool has_mode(std::string_view mode) const;
  [[nodiscard]] const wire::List* list(std::string_view name) const;

  Outlets outlets_;
  std::string on_, off_;
};

void ClimateBinding::read(Fields& fields) {
  read_common(fields, *this, "climate");
  on_ = fields.text("payload_on", "ON");
  off_ = fields.text("payload_off", "OFF");
  read_topics(fields);
  read_lists(fields);
  read_power();
  read_temperatures(fields, description.own(), {});
  if (!description->has_feature("target_humidity")) return;
  description.own().capabilities.set("min_humidity", fields.number("min_humidity", 30));
  description.own().capabilities.set("max_humidity", fields.number("max_humidity", 99));
}

void ClimateBinding::read_topics(Fields& fields) {
  const bool presets = !fields.texts("preset_modes").empty();
  for (const Ways& ways : kWays) {
    const Reading reading = read_ways(fields, outlets_, ways, true);
    if (reading.assumed() && ways.slot != kPower) description.own().assumed_state = true;
    // Humidity and presets count only where they can be set.
    const bool settable_only = ways.slot == kHumidity || ways.slot == kPreset;
    const bool there = settable_only ? reading.out : reading.any();
    if (there && (ways.slot != kPreset || presets)) add_feature(trait_of(ways.slot).feature);
  }
}

void ClimateBinding::add_feature(std::string_view feature) {
  if (!feature.empty() && !description->has_feature(feature))
    description.own().features.emplace_back(feature);
}

void ClimateBinding::read_lists(Fields& fields) {
  std::vector<std::string> modes{"auto", "off", "cool", "heat", "dry", "fan_only"};
  if (fields.has("modes")) modes = known_modes(fields, "modes", description->domain->states);
  description.own().capabilities.set("hvac_modes", texts_list(modes));
  const auto add = [&](std::string_view name, std::vector<std::string> usual) {
    if (fields.has(name)) usual = fields.texts(name);
    description.own().capabilities.set(std::string(name), texts_list(usual));
  };
  if (description->has_feature("fan_mode")) add("fan_modes", {"auto", "low", "medium", "high"});
  if (description->has_feature("swing_mode")) add("swing_modes", {"on", "off"});
  if (description->has_feature("swing_horizontal_mode")) add("swing_horizontal_modes", {"on", "off"});
  if (!description->has_feature("preset_mode")) return;
  // "none" is always among them: no preset is in force.
  std::vector<std::string> presets = fields.texts("preset_modes");
  std::erase(presets, "none");
  presets.insert(presets.begin(), "none");
  description.own().capabilities.set("preset_modes", texts_list(presets));
}

void ClimateBinding::read_power() {
  const bool power = outlets_.find(kPower) != nullptr;
  const bool modes = outlets_.find(kMode) != nullptr;
  if (power || (modes && !mode_for_on().empty())) add_feature("turn_on");
  if (power || (modes && has_mode("off"))) add_feature("turn_off");
}

const wire::List* ClimateBinding::list(std::string_view name) const {
  const wire::Value* value = name.empty() ? nullptr : description->capabilities.find(name);
  return value == nullptr ? nullptr : value->as_list();
}

bool ClimateBinding::has_mode(std::string_view mode) const {
  const wire::List* modes = list("hvac_modes");
  return modes != nullptr && std::ranges::find(*modes, wire::Value(mode)) != modes->end();
}

// What "on" means without a topic for power: the first of these that the device has.
std::string_view ClimateBinding::mode_for_on() const {
  for (const std::string_view mode : {"heat_cool", "heat", "cool", "auto", "dry", "fan_only"}) {
    if (has_mode(mode)) return mode;
  }
  return {};
}

void ClimateBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  const Trait& trait = trait_of(slot);
  if (slot == kAction) {
    const wire::FieldSpec* action = wire::find_attribute(*description->domain, "hvac_action");
    return say_option(trait.attribute, {action->options.begin(), action->options.end()}, payload.text, said);
  }
  if (slot == kPreset && payload.text == kNoneText) return said.set(trait.attribute, "none");
  if (!trait.modes.empty()) return receive_mode(slot, payload.text, said);
  if (slot != kHumidity) return say_real(trait.attribute, payload.text, said);
  if (const auto percent = real_in(payload.text)) return said.set(trait.attribute, whole(*percent));
  say_real(trait.attribute, payload.text, said);
}

void ClimateBinding::receive_mode(int slot, std::string_view text, Said& said) const {
  const Trait& trait = trait_of(slot);
  std::vector<std::string> allowed;
  if (const wire::List* modes = list(trait.modes); modes != nullptr) {
    for (const wire::Value& mode : *modes) allowed.emplace_back(mode.string_or(""));
  }
  say_option(trait.attribute, allowed, text, said);
}

void ClimateBinding::add_power(Messages& messages, bool on) const {
  if (const Outlet* power = outlets_.find(kPower)) return messages.add(power, on ? on_ : off_);
  const std::string_view mode = on ? mode_for_on() : "off";
  if (!mode.empty() && has_mode(mode)) messages.add(outlets_.find(kMode), mode);
}

wire::Result<std::vector<Outgoing>> ClimateBinding::send(const wire::Command& command,
                                                         const wire::CurrentValues& now,
                                                         Renderer& renderer) const {
  std::string_view service = command.service->name;
  if (service == "toggle") service = state_now(now) == "off" ? "turn_on" : "turn_off";
  Messages messages(renderer);
  if (service == "turn_on" || service == "turn_off") add_power(messages, service == "turn_on");
  // The mode first: many devices keep a set point for each mode.
  if (command.data.contains("hvac_mode")) messages.add(outlets_.find(kMode), text_in(command, "hvac_mode"));
  for (const int slot : {kTemperature, kLow, kHigh}) {
    if (const auto number = number_in(command, trait_of(slot).attribute))
      messages.add(outlets_.find(slot), *number);
  }
  if (const auto percent = number_in(command, "humidity"))
    messages.add(outlets_.find(kHumidity), whole(*percent));
  for (const int slot : {kFan, kPreset, kSwing, kSwingHorizontal}) {
    const std::string_view attribute = trait_of(slot).attribute;
    if (command.data.contains(attribute)) messages.add(outlets_.find(slot), text_in(command, attribute));
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_climate(const Component& component, Templates& templates, Refusal& refusal) {
  return made<ClimateBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// Fans: https://www.home-assistant.io/integrations/fan.mqtt/
// The device's speeds run from speed_range_min to speed_range_max; one below the minimum stands for 0 %.

#include <algorithm>
#include <array>
#include <cmath>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

// Slots of the inlets and outlets.
constexpr int kState = 0, kPercentage = 1, kPreset = 2, kOscillation = 3, kDirection = 4;

constexpr std::array<Ways, 5> kWays{
    {{kState, "state_topic", "state_value_template", "command_topic", "command_template"},
     {kPercentage, "percentage_state_topic", "percentage_value_template", "percentage_command_topic",
      "percentage_command_template"},
     {kPreset, "preset_mode_state_topic", "preset_mode_value_template", "preset_mode_command_topic",
      "preset_mode_command_template"},
     {kOscillation, "oscillation_state_topic", "oscillation_value_template", "oscillation_command_topic",
      "oscillation_command_template"},
     {kDirection, "direction_state_topic", "direction_value_template", "direction_command_topic",
      "direction_command_template"}}};
// In the order of kWays.
constexpr std::array<std::string_view, 5> kFeatures{"", "set_speed", "preset_mode", "oscillate", "direction"};

class FanBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_speeds(Fields& fields);
  void receive_percentage(std::string_view text, Said& said) const;
  void receive_oscillation(std::string_view text, Said& said) const;
  void add_percentage(Messages& messages, double percent) const;
  void add_power(Messages& messages, std::string_view service, const wire::Command& command) const;
  [[nodiscard]] double stepped(const wire::Command& command, const wire::CurrentValues& now) const;

  Outlets outlets_;
  std::string on_, off_, oscillation_on_, oscillation_off_, reset_percentage_, reset_preset_;
  std::vector<std::string> presets_;
  Scale speeds_{0, 100};  // 0 % is one below the slowest speed
};

void FanBinding::read(Fields& fields) {
  read_common(fields, *this, "fan");
  fields.require("command_topic");
  description.own().features = {"turn_on", "turn_off"};
  on_ = fields.text("payload_on", "ON");
  off_ = fields.text("payload_off", "OFF");
  oscillation_on_ = fields.text("payload_oscillation_on", "oscillate_on");
  oscillation_off_ = fields.text("payload_oscillation_off", "oscillate_off");
  reset_percentage_ = fields.text("payload_reset_percentage", kNoneText);
  reset_preset_ = fields.text("payload_reset_preset_mode", kNoneText);
  presets_ = fields.texts("preset_modes");
  for (std::size_t i = 0; i < kWays.size(); ++i) {
    const Reading reading = read_ways(fields, outlets_, kWays[i]);
    if (reading.assumed() || !(i > 0 || reading.in)) description.own().assumed_state = true;
    if (reading.out && !kFeatures[i].empty()) description.own().features.emplace_back(kFeatures[i]);
  }
  if (!presets_.empty()) description.own().capabilities.set("preset_modes", texts_list(presets_));
  read_speeds(fields);
}

void FanBinding::read_speeds(Fields& fields) {
  const double slowest = fields.number("speed_range_min", 1);
  const double fastest = fields.number("speed_range_max", 100);
  if (slowest >= 1 && fastest >= slowest && fastest <= 1e6) {
    speeds_ = {slowest - 1, fastest};
  } else {
    fields.fault(
        "speed_range_max: expected at least speed_range_min, and that at least 1; 1 to 100 is taken");
  }
  if (outlets_.find(kPercentage) != nullptr)
    description.own().capabilities.set("percentage_step", 100 / std::min(speeds_.full - speeds_.zero, 100.0));
}

void FanBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  const std::string_view text = payload.text;
  switch (slot) {
    case kAttributes:
      return say_attributes(*description->domain, payload, said);
    case kState:
      return say_word("state", {{on_, "on"}, {off_, "off"}}, text, said);
    case kPercentage:
      return receive_percentage(text, said);
    case kPreset:
      if (text == reset_preset_) return said.set("preset_mode", nullptr);
      return say_option("preset_mode", presets_, text, said);
    case kOscillation:
      return receive_oscillation(text, said);
    default:
      return say_option("direction", {"forward", "reverse"}, text, said);
  }
}

void FanBinding::receive_percentage(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == reset_percentage_ || text == kNoneText) return said.set("percentage", nullptr);
  const auto number = real_in(text);
  if (!number || *number < speeds_.zero || *number > speeds_.full)
    return unread("percentage", text, "a number of its speed range", said);
  said.set("percentage", speeds_.percent(*number));
}

void FanBinding::receive_oscillation(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == oscillation_on_) return said.set("oscillating", true);
  if (text == oscillation_off_) return said.set("oscillating", false);
  if (text == kNoneText) return said.set("oscillating", nullptr);
  unread("oscillating", text, "one of its payloads", said);
}

void FanBinding::add_percentage(Messages& messages, double percent) const {
  messages.add(outlets_.find(kPercentage), static_cast<std::int64_t>(std::ceil(speeds_.number(percent))));
}

// One speed up or down, or as many per cent as the command says.
double FanBinding::stepped(const wire::Command& command, const wire::CurrentValues& now) const {
  const wire::Value* current = now.current("percentage");
  const double percent = current == nullptr ? 0 : current->number_or(0);
  const double direction = command.service->name == "increase_speed" ? 1 : -1;
  if (const auto step = number_in(command, "percentage_step"))
    return std::clamp(percent + direction * *step, 0.0, 100.0);
  const Scale speeds{0, std::min(speeds_.full - speeds_.zero, 100.0)};
  return static_cast<double>(speeds.percent(std::ceil(speeds.number(percent)) + direction));
}

void FanBinding::add_power(Messages& messages, std::string_view service, const wire::Command& command) const {
  messages.add(outlets_.find(kState), service == "turn_on" ? on_ : off_);
  if (service != "turn_on") return;
  if (const auto percent = number_in(command, "percentage")) add_percentage(messages, *percent);
  if (command.data.contains("preset_mode"))
    messages.add(outlets_.find(kPreset), text_in(command, "preset_mode"));
}

wire::Result<std::vector<Outgoing>> FanBinding::send(const wire::Command& command,
                                                     const wire::CurrentValues& now,
                                                     Renderer& renderer) const {
  std::string_view service = command.service->name;
  if (service == "toggle") service = state_now(now) == "on" ? "turn_off" : "turn_on";
  Messages messages(renderer);
  if (service == "turn_on" || service == "turn_off") add_power(messages, service, command);
  if (service == "set_percentage") add_percentage(messages, number_in(command, "percentage").value_or(0));
  if (service == "increase_speed" || service == "decrease_speed")
    add_percentage(messages, stepped(command, now));
  if (service == "set_preset_mode") messages.add(outlets_.find(kPreset), text_in(command, "preset_mode"));
  if (service == "set_direction") messages.add(outlets_.find(kDirection), text_in(command, "direction"));
  if (service == "oscillate") {
    const wire::Value* wish = command.data.find("oscillating");
    const bool on = wish != nullptr && wish->bool_or(false);
    messages.add(outlets_.find(kOscillation), on ? oscillation_on_ : oscillation_off_);
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_fan(const Component& component, Templates& templates, Refusal& refusal) {
  return made<FanBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

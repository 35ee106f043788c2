// Humidifiers and dehumidifiers: https://www.home-assistant.io/integrations/humidifier.mqtt/

#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

// Slots of the inlets and outlets.
constexpr int kState = 0, kHumidity = 1, kMode = 2, kCurrent = 3, kAction = 4;

constexpr std::array<Ways, 5> kWays{
    {{kState, "state_topic", "state_value_template", "command_topic", "command_template"},
     {kHumidity, "target_humidity_state_topic", "target_humidity_state_template",
      "target_humidity_command_topic", "target_humidity_command_template"},
     {kMode, "mode_state_topic", "mode_state_template", "mode_command_topic", "mode_command_template"},
     {kCurrent, "current_humidity_topic", "current_humidity_template", "", ""},
     {kAction, "action_topic", "action_template", "", ""}}};

class HumidifierBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void receive_humidity(std::string_view text, Said& said) const;

  Outlets outlets_;
  std::string on_, off_, reset_humidity_, reset_mode_;
  std::vector<std::string> modes_;
  double min_ = 0, max_ = 100;  // of the target, per cent
};

void HumidifierBinding::read(Fields& fields) {
  read_common(fields, *this, "humidifier");
  fields.require("command_topic");
  fields.require("target_humidity_command_topic");
  if (!fields.has("device_class")) description.own().device_class = "humidifier";
  on_ = fields.text("payload_on", "ON");
  off_ = fields.text("payload_off", "OFF");
  reset_humidity_ = fields.text("payload_reset_humidity", kNoneText);
  reset_mode_ = fields.text("payload_reset_mode", kNoneText);
  min_ = fields.number("min_humidity", 0);
  max_ = fields.number("max_humidity", 100);
  description.own().capabilities = {{"min_humidity", min_}, {"max_humidity", max_}};
  for (const Ways& ways : kWays) {
    const Reading reading = read_ways(fields, outlets_, ways);
    if (reading.assumed()) description.own().assumed_state = true;
  }
  modes_ = fields.texts("modes");
  if (outlets_.find(kMode) == nullptr || modes_.empty()) return;
  description.own().features.emplace_back("modes");
  description.own().capabilities.set("available_modes", texts_list(modes_));
}

void HumidifierBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                                Said& said) const {
  const std::string_view text = payload.text;
  switch (slot) {
    case kAttributes:
      return say_attributes(*description->domain, payload, said);
    case kState:
      return say_word("state", {{on_, "on"}, {off_, "off"}}, text, said);
    case kHumidity:
      return receive_humidity(text, said);
    case kMode:
      if (text == reset_mode_) return said.set("mode", nullptr);
      return say_option("mode", modes_, text, said);
    case kCurrent:
      if (text == reset_humidity_) return said.set("current_humidity", nullptr);
      return say_real("current_humidity", text, said);
    default:
      return say_option("action", {"off", "humidifying", "drying", "idle"}, text, said);
  }
}

void HumidifierBinding::receive_humidity(std::string_view text, Said& said) const {
  if (text.empty()) return;
  if (text == reset_humidity_ || text == kNoneText) return said.set("humidity", nullptr);
  const auto number = real_in(text);
  if (!number || *number < min_ || *number > max_)
    return unread("humidity", text, "a number from min_humidity to max_humidity", said);
  said.set("humidity", whole(*number));
}

wire::Result<std::vector<Outgoing>> HumidifierBinding::send(const wire::Command& command,
                                                            const wire::CurrentValues& now,
                                                            Renderer& renderer) const {
  std::string_view service = command.service->name;
  if (service == "toggle") service = state_now(now) == "on" ? "turn_off" : "turn_on";
  Messages messages(renderer);
  if (service == "turn_on") messages.add(outlets_.find(kState), on_);
  if (service == "turn_off") messages.add(outlets_.find(kState), off_);
  if (service == "set_humidity")
    messages.add(outlets_.find(kHumidity), whole(number_in(command, "humidity").value_or(0)));
  if (service == "set_mode") messages.add(outlets_.find(kMode), text_in(command, "mode"));
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_humidifier(const Component& component, Templates& templates, Refusal& refusal) {
  return made<HumidifierBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// Alarm panels: https://www.home-assistant.io/integrations/alarm_control_panel.mqtt/
// A code that the announcement itself holds is checked here and never shown; with REMOTE_CODE the panel
// checks.

#include <algorithm>
#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr std::string_view kRemoteCode = "REMOTE_CODE";
constexpr std::string_view kRemoteCodeText = "REMOTE_CODE_TEXT";

struct Action {
  std::string_view service, feature, payload_key, payload;
};
constexpr std::array<Action, 7> kActions{
    {{"alarm_disarm", "", "payload_disarm", "DISARM"},
     {"alarm_arm_home", "arm_home", "payload_arm_home", "ARM_HOME"},
     {"alarm_arm_away", "arm_away", "payload_arm_away", "ARM_AWAY"},
     {"alarm_arm_night", "arm_night", "payload_arm_night", "ARM_NIGHT"},
     {"alarm_arm_vacation", "arm_vacation", "payload_arm_vacation", "ARM_VACATION"},
     {"alarm_arm_custom_bypass", "arm_custom_bypass", "payload_arm_custom_bypass", "ARM_CUSTOM_BYPASS"},
     {"alarm_trigger", "trigger", "payload_trigger", "TRIGGER"}}};

class AlarmBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_features(Fields& fields);
  void read_code(Fields& fields);
  [[nodiscard]] bool code_fits(std::string_view service, std::string_view given) const;

  Outlet command_;
  std::array<std::string, kActions.size()> payloads_;  // in the order of kActions
  std::string code_;
  bool needed_to_arm_ = true, needed_to_disarm_ = true, needed_to_trigger_ = true;
};

void AlarmBinding::read(Fields& fields) {
  read_common(fields, *this, "alarm_control_panel");
  fields.require("state_topic");
  fields.require("command_topic");
  fields.inlet(0, "state_topic", "value_template");
  command_ = outlet(fields, "command_topic", "command_template");
  for (std::size_t i = 0; i < kActions.size(); ++i)
    payloads_[i] = fields.text(kActions[i].payload_key, kActions[i].payload);
  read_features(fields);
  read_code(fields);
}

void AlarmBinding::read_features(Fields& fields) {
  const bool all = !fields.has("supported_features");
  const std::vector<std::string> named = fields.texts("supported_features");
  for (const Action& action : kActions) {
    if (!action.feature.empty() && (all || listed(named, action.feature)))
      description.own().features.emplace_back(action.feature);
  }
}

void AlarmBinding::read_code(Fields& fields) {
  needed_to_arm_ = fields.boolean("code_arm_required", true);
  needed_to_disarm_ = fields.boolean("code_disarm_required", true);
  needed_to_trigger_ = fields.boolean("code_trigger_required", true);
  code_ = fields.text("code");
  if (code_.empty()) return;
  const bool digits = std::ranges::all_of(code_, [](char c) { return c >= '0' && c <= '9'; });
  description.own().capabilities.set("code_format", digits || code_ == kRemoteCode ? "number" : "text");
  description.own().capabilities.set("code_arm_required", needed_to_arm_);
}

void AlarmBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  const auto& states = description->domain->states;
  if (std::ranges::find(states, payload.text) != states.end()) return said.set("state", payload.text);
  say_word("state", {}, payload.text, said);
}

bool AlarmBinding::code_fits(std::string_view service, std::string_view given) const {
  const bool needed = service == "alarm_disarm"    ? needed_to_disarm_
                      : service == "alarm_trigger" ? needed_to_trigger_
                                                   : needed_to_arm_;
  if (!needed || code_.empty()) return true;
  if (code_ == kRemoteCode || code_ == kRemoteCodeText) return !given.empty();
  return given == code_;
}

wire::Result<std::vector<Outgoing>> AlarmBinding::send(const wire::Command& command,
                                                       const wire::CurrentValues&, Renderer& renderer) const {
  const auto action = std::ranges::find(kActions, command.service->name, &Action::service);
  if (action == kActions.end()) return no_topic(command);
  const std::string_view code = text_in(command, "code");
  if (!code_fits(action->service, code)) {
    return wire::Error{wire::ErrorCode::refused,
                       code.empty() ? "it wants a code" : "this is not the code that it wants", "code"};
  }
  const std::string& payload = payloads_[static_cast<std::size_t>(action - kActions.begin())];
  Messages messages(renderer);
  messages.add(&command_, payload,
               {{"action", jinja::Value(payload)},
                {"code", command.data.contains("code") ? jinja::Value(code) : jinja::Value()}});
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_alarm_control_panel(const Component& component, Templates& templates,
                                                  Refusal& refusal) {
  return made<AlarmBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// Vacuum cleaners: https://www.home-assistant.io/integrations/vacuum.mqtt/
// Rooms are cleaned through send_command: {"command":"clean_segments","params":{"segments":["1","3"]}} goes
// to clean_segments_command_topic, where the announcement has one.

#include <algorithm>
#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

// Slots of the inlets and outlets.
constexpr int kState = 0, kFanSpeed = 1, kSend = 2, kSegments = 3;

struct Action {
  std::string_view service, feature, payload_key, payload;
};
constexpr std::array<Action, 6> kActions{
    {{"start", "start", "payload_start", "start"},
     {"stop", "stop", "payload_stop", "stop"},
     {"pause", "pause", "payload_pause", "pause"},
     {"return_to_base", "return_home", "payload_return_to_base", "return_to_base"},
     {"clean_spot", "clean_spot", "payload_clean_spot", "clean_spot"},
     {"locate", "locate", "payload_locate", "locate"}}};

constexpr std::string_view kCleanSegments = "clean_segments";

class VacuumBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_features(Fields& fields);
  void receive_document(const wire::Object& document, Said& said) const;
  void add_custom(Messages& messages, const wire::Command& command) const;

  Outlets outlets_;
  std::array<std::string, kActions.size()> payloads_;  // in the order of kActions
  std::vector<std::string> speeds_;
};

void VacuumBinding::read(Fields& fields) {
  read_common(fields, *this, "vacuum");
  description.own().features.emplace_back("state");
  if (!fields.inlet(kState, "state_topic", "")) description.own().assumed_state = true;
  outlets_.read(fields, kState, "command_topic", "");
  outlets_.read(fields, kFanSpeed, "set_fan_speed_topic", "");
  outlets_.read(fields, kSend, "send_command_topic", "");
  outlets_.read(fields, kSegments, "clean_segments_command_topic", "clean_segments_command_template");
  for (std::size_t i = 0; i < kActions.size(); ++i)
    payloads_[i] = fields.text(kActions[i].payload_key, kActions[i].payload);
  speeds_ = fields.texts("fan_speed_list");
  read_features(fields);
}

// What is listed and can be asked for: a feature without its topic would be a promise that nobody keeps.
void VacuumBinding::read_features(Fields& fields) {
  std::vector<std::string> named{"start", "stop", "return_home", "status", "clean_spot"};
  if (fields.has("supported_features")) named = fields.texts("supported_features");
  const bool commanded = outlets_.find(kState) != nullptr;
  for (const Action& action : kActions) {
    if (commanded && listed(named, action.feature)) description.own().features.emplace_back(action.feature);
  }
  if (listed(named, "status")) description.own().features.emplace_back("status");
  const bool speed = listed(named, "fan_speed");
  if (speed && outlets_.find(kFanSpeed) != nullptr) {
    description.own().features.emplace_back("fan_speed");
    description.own().capabilities.set("fan_speed_list", texts_list(speeds_));
  }
  const bool custom = listed(named, "send_command") && outlets_.find(kSend) != nullptr;
  if (custom || outlets_.find(kSegments) != nullptr) description.own().features.emplace_back("send_command");
  if (outlets_.find(kSegments) != nullptr) description.own().features.emplace_back("clean_area");
}

void VacuumBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  if (payload.text.empty()) return;
  std::optional<wire::Value> store;
  const wire::Value* json = payload.json(store);
  const wire::Object* document = json == nullptr ? nullptr : json->as_object();
  if (document != nullptr) return receive_document(*document, said);
  if (json != nullptr && json->is_null()) return said.set("state", nullptr);
  said.fault = "state: expected a JSON object, found " + shown(payload.text);
}

void VacuumBinding::receive_document(const wire::Object& document, Said& said) const {
  if (const wire::Value* state = document.find("state"); state != nullptr) {
    const auto& known = description->domain->states;
    const std::string_view word = state->string_or("");
    if (state->is_null()) {
      said.set("state", nullptr);
    } else if (std::ranges::find(known, word) != known.end()) {
      said.set("state", word);
    } else {
      said.fault = "state: " + shown(word) + " is no state of a vacuum cleaner";
    }
  }
  if (const wire::Value* speed = document.find("fan_speed"); speed != nullptr) {
    said.set("fan_speed", speed->is_null() ? wire::Value() : wire::Value(python_text(*speed)));
  }
  if (const wire::Value* segments = document.find("segments"); segments != nullptr && segments->as_object())
    said.set("segments", *segments);
}

// Parameters are an object, or a list of objects as the documentation of rules writes them.
void VacuumBinding::add_custom(Messages& messages, const wire::Command& command) const {
  const std::string name(text_in(command, "command"));
  wire::Object merged{{"command", name}};
  const wire::Value* params = command.data.find("params");
  const auto merge = [&](const wire::Value& part) {
    if (part.as_object() == nullptr) return;
    for (const auto& [key, value] : *part.as_object()) merged.set(key, value);
  };
  if (params != nullptr) merge(*params);
  if (params != nullptr && params->as_list() != nullptr) std::ranges::for_each(*params->as_list(), merge);
  const Outlet* segments = outlets_.find(kSegments);
  const wire::Value* rooms = merged.find("segments");
  if (name == kCleanSegments && segments != nullptr && rooms != nullptr && rooms->as_list() != nullptr) {
    if (segments->command_template == nullptr) return messages.add_plain(segments, wire::to_json(*rooms));
    return messages.add(segments, jinja::from_wire(*rooms));
  }
  messages.add_plain(outlets_.find(kSend), merged.size() > 1 ? wire::to_json(merged) : name);
}

wire::Result<std::vector<Outgoing>> VacuumBinding::send(const wire::Command& command,
                                                        const wire::CurrentValues&,
                                                        Renderer& renderer) const {
  Messages messages(renderer);
  const std::string_view service = command.service->name;
  if (service == "send_command") add_custom(messages, command);
  if (service == "set_fan_speed")
    messages.add_plain(outlets_.find(kFanSpeed), std::string(text_in(command, "fan_speed")));
  const auto action = std::ranges::find(kActions, service, &Action::service);
  if (action != kActions.end()) {
    messages.add_plain(outlets_.find(kState), payloads_[static_cast<std::size_t>(action - kActions.begin())]);
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_vacuum(const Component& component, Templates& templates, Refusal& refusal) {
  return made<VacuumBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

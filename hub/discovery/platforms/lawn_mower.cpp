// Lawn mowers: https://www.home-assistant.io/integrations/lawn_mower.mqtt/

#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

// The three commands: their payload is the name of the service.
constexpr std::array<std::string_view, 3> kCommands{"start_mowing", "pause", "dock"};

class LawnMowerBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  Outlets outlets_;  // by the place in kCommands
};

void LawnMowerBinding::read(Fields& fields) {
  read_common(fields, *this, "lawn_mower");
  if (!fields.inlet(0, "activity_state_topic", "activity_value_template"))
    description.own().assumed_state = true;
  for (std::size_t i = 0; i < kCommands.size(); ++i) {
    const std::string name(kCommands[i]);
    if (outlets_.read(fields, static_cast<int>(i), name + "_command_topic", name + "_command_template"))
      description.own().features.push_back(name);
  }
}

void LawnMowerBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&,
                               Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  static const std::vector<Word> kWords{{"mowing", "mowing"},
                                        {"paused", "paused"},
                                        {"docked", "docked"},
                                        {"returning", "returning"},
                                        {"error", "error"}};
  if (payload.text == "none") return said.set("state", nullptr);
  say_word("state", kWords, payload.text, said);
}

wire::Result<std::vector<Outgoing>> LawnMowerBinding::send(const wire::Command& command,
                                                           const wire::CurrentValues&,
                                                           Renderer& renderer) const {
  Messages messages(renderer);
  for (std::size_t i = 0; i < kCommands.size(); ++i) {
    if (command.service->name == kCommands[i]) messages.add(outlets_.find(static_cast<int>(i)), kCommands[i]);
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_lawn_mower(const Component& component, Templates& templates, Refusal& refusal) {
  return made<LawnMowerBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// Valves: https://www.home-assistant.io/integrations/valve.mqtt/

#include <array>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

class ValveBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_commands(Fields& fields);
  void receive_position(std::string_view state, const wire::Value* position, Said& said) const;
  void add_position(Messages& messages, double percent) const;

  Outlet command_;
  std::optional<std::string> open_, close_, stop_;
  bool positions_ = false;  // numbers come in and go out in place of the words
  Scale scale_;
  std::vector<Word> words_;
};

void ValveBinding::read(Fields& fields) {
  read_common(fields, *this, "valve");
  positions_ = fields.boolean("reports_position", false);
  scale_ = scale(fields, "position_closed", "position_open", {});
  words_ = {{fields.text("state_opening", "opening"), "opening"},
            {fields.text("state_closing", "closing"), "closing"},
            {fields.text("state_open", "open"), "open"},
            {fields.text("state_closed", "closed"), "closed"}};
  if (!fields.inlet(0, "state_topic", "value_template")) description.own().assumed_state = true;
  read_commands(fields);
}

void ValveBinding::read_commands(Fields& fields) {
  command_ = outlet(fields, "command_topic", "command_template");
  if (!command_) return;
  if (positions_) {
    description.own().features = {"open", "close", "set_position"};
  } else {
    open_ = payload_of(fields, "payload_open", "OPEN");
    close_ = payload_of(fields, "payload_close", "CLOSE");
    if (open_) description.own().features.emplace_back("open");
    if (close_) description.own().features.emplace_back("close");
  }
  if (fields.has("payload_stop")) stop_ = payload_of(fields, "payload_stop", "STOP");
  if (stop_) description.own().features.emplace_back("stop");
}

// A number says the position; the words for moving are taken beside it, so that {"state":"opening",
// "position":10} says both. At rest the position decides between open and closed.
void ValveBinding::receive_position(std::string_view state, const wire::Value* position, Said& said) const {
  const bool moving = state == words_[0].payload || state == words_[1].payload;
  if (moving) say_word("state", words_, state, said);
  std::optional<double> number;
  if (position != nullptr && position->is_number()) {
    number = position->number_or(0);
  } else {
    number = real_in(position == nullptr ? state : position->string_or(""));
  }
  if (number) {
    const std::int64_t percent = scale_.percent(*number);
    said.set("current_position", percent);
    if (!moving) said.set("state", percent == 0 ? "closed" : "open");
  } else if (!moving) {
    say_word("state", words_, state, said);
  }
}

void ValveBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  std::string_view state = payload.text;
  const wire::Value* position = nullptr;
  std::optional<wire::Value> store;
  const wire::Value* json = state.find('{') == std::string_view::npos ? nullptr : payload.json(store);
  if (const wire::Object* document = json == nullptr ? nullptr : json->as_object(); document != nullptr) {
    const wire::Value* word = document->find("state");
    position = document->find("position");
    if (word == nullptr && position == nullptr) {
      said.fault = "state: the document has neither state nor position";
      return;
    }
    state = word == nullptr ? std::string_view() : word->is_null() ? kNoneText : word->string_or("");
  }
  if (positions_) return receive_position(state, position, said);
  say_word("state", words_, state, said);
}

void ValveBinding::add_position(Messages& messages, double percent) const {
  messages.add(&command_, whole(scale_.number(percent)),
               {{"position", jinja::Value(whole(percent))},
                {"position_open", jinja::Value(whole(scale_.full))},
                {"position_closed", jinja::Value(whole(scale_.zero))}});
}

wire::Result<std::vector<Outgoing>> ValveBinding::send(const wire::Command& command,
                                                       const wire::CurrentValues& now,
                                                       Renderer& renderer) const {
  std::string_view service = command.service->name;
  const std::string_view state = state_now(now);
  if (service == "toggle") {
    const bool moving = state == "opening" || state == "closing";
    service = moving && stop_ ? "stop_valve" : state == "closed" ? "open_valve" : "close_valve";
  }
  Messages messages(renderer);
  if (service == "stop_valve" && stop_) {
    messages.add(&command_, *stop_);
  } else if (positions_) {
    const auto asked = service == "open_valve"    ? std::optional<double>(100)
                       : service == "close_valve" ? std::optional<double>(0)
                                                  : number_in(command, "position");
    if (asked && command_) add_position(messages, *asked);
  } else if (service == "open_valve" && open_) {
    messages.add(&command_, *open_);
  } else if (service == "close_valve" && close_) {
    messages.add(&command_, *close_);
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_valve(const Component& component, Templates& templates, Refusal& refusal) {
  return made<ValveBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

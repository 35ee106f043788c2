// Covers: https://www.home-assistant.io/integrations/cover.mqtt/
// 0 is closed and 100 is open here; the device's own numbers run from position_closed to position_open and
// from tilt_min to tilt_max.

#include <algorithm>
#include <cmath>

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

// Slots of the inlets and outlets.
constexpr int kPosition = 0, kTilt = 1, kState = 2;

class CoverBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_states(Fields& fields);
  void read_commands(Fields& fields);
  void read_tilt(Fields& fields);
  void receive_position(const Payload& payload, Said& said) const;
  void receive_tilt(std::string_view text, Said& said) const;
  void receive_state(std::string_view text, const wire::CurrentValues& now, Said& said) const;
  [[nodiscard]] std::string_view effective(std::string_view service, const wire::CurrentValues& now) const;
  void add_position(Messages& messages, double percent) const;
  void add_tilt(Messages& messages, std::int64_t number, std::int64_t shown) const;
  [[nodiscard]] std::vector<jinja::Variable> variables(std::string_view name, std::int64_t value) const;

  Outlets outlets_;  // kState: command_topic, kPosition, kTilt
  std::optional<std::string> open_, close_, stop_, stop_tilt_;
  std::string stopped_;
  std::vector<Word> words_;
  Scale scale_, tilt_;
  double tilt_opened_ = 100, tilt_closed_ = 0;  // what open_cover_tilt and close_cover_tilt send
  bool position_in_ = false, state_in_ = false;
};

void CoverBinding::read(Fields& fields) {
  read_common(fields, *this, "cover");
  scale_ = scale(fields, "position_closed", "position_open", {});
  read_states(fields);
  read_commands(fields);
  read_tilt(fields);
}

void CoverBinding::read_states(Fields& fields) {
  stopped_ = fields.text("state_stopped", "stopped");
  words_ = {{fields.text("state_opening", "opening"), "opening"},
            {fields.text("state_closing", "closing"), "closing"},
            {fields.text("state_open", "open"), "open"},
            {fields.text("state_closed", "closed"), "closed"}};
  // The position first: where one message says both, a cover that stopped is judged by where it stands now.
  position_in_ = fields.inlet(kPosition, "position_topic", "position_template");
  state_in_ = fields.inlet(kState, "state_topic", "value_template");
  if (!position_in_ && !state_in_) description.own().assumed_state = true;
}

void CoverBinding::read_commands(Fields& fields) {
  if (outlets_.read(fields, kState, "command_topic", "")) {
    open_ = payload_of(fields, "payload_open", "OPEN");
    close_ = payload_of(fields, "payload_close", "CLOSE");
    stop_ = payload_of(fields, "payload_stop", "STOP");
    if (open_) description.own().features.emplace_back("open");
    if (close_) description.own().features.emplace_back("close");
    if (stop_) description.own().features.emplace_back("stop");
  }
  if (!outlets_.read(fields, kPosition, "set_position_topic", "set_position_template")) return;
  description.own().features.emplace_back("set_position");
  if (!position_in_) description.own().assumed_state = true;
}

void CoverBinding::read_tilt(Fields& fields) {
  tilt_ = scale(fields, "tilt_min", "tilt_max", {});
  tilt_opened_ = fields.number("tilt_opened_value", 100);
  tilt_closed_ = fields.number("tilt_closed_value", 0);
  const bool in = fields.inlet(kTilt, "tilt_status_topic", "tilt_status_template");
  if (!outlets_.read(fields, kTilt, "tilt_command_topic", "tilt_command_template")) return;
  stop_tilt_ = payload_of(fields, "payload_stop_tilt", "stop");
  for (const auto* feature : {"open_tilt", "close_tilt", "set_tilt_position"})
    description.own().features.emplace_back(feature);
  if (stop_tilt_) description.own().features.emplace_back("stop_tilt");
  if (fields.boolean("tilt_optimistic", !in)) description.own().assumed_state = true;
}

void CoverBinding::receive(int slot, const Payload& payload, const wire::CurrentValues& now,
                           Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  if (slot == kPosition) return receive_position(payload, said);
  if (slot == kTilt) return receive_tilt(payload.text, said);
  receive_state(payload.text, now, said);
}

// A number, or a document with position and perhaps tilt_position.
void CoverBinding::receive_position(const Payload& payload, Said& said) const {
  std::string text(payload.text);
  std::optional<wire::Value> store;
  const wire::Value* json = text.find('{') == std::string::npos ? nullptr : payload.json(store);
  if (const wire::Object* document = json == nullptr ? nullptr : json->as_object(); document != nullptr) {
    const wire::Value* position = document->find("position");
    if (position == nullptr) return;  // of a shared topic, and for others
    if (const wire::Value* tilt = document->find("tilt_position")) receive_tilt(python_text(*tilt), said);
    text = python_text(*position);
  }
  // Home Assistant keeps where it was last.
  if (text.empty() || text == "null" || text == kNoneText) return;
  const auto number = real_in(text);
  if (!number) {
    return unread("current_position", text, "a number", said);
  }
  const std::int64_t percent = scale_.percent(*number);
  said.set("current_position", percent);
  if (!state_in_) said.set("state", percent == 0 ? "closed" : "open");
}

void CoverBinding::receive_tilt(std::string_view text, Said& said) const {
  if (text.empty() || text == kNoneText) return;
  const auto number = real_in(text);
  const double low = std::min(tilt_.zero, tilt_.full);
  const double high = std::max(tilt_.zero, tilt_.full);
  if (!number || std::nearbyint(*number) < low || std::nearbyint(*number) > high) {
    return unread("current_tilt_position", text, "a number of its tilt range", said);
  }
  said.set("current_tilt_position", tilt_.percent(std::nearbyint(*number)));
}

void CoverBinding::receive_state(std::string_view text, const wire::CurrentValues& now, Said& said) const {
  if (text != stopped_) return say_word("state", words_, text, said);
  const wire::Value* position = said.values.find("current_position");
  if (position == nullptr) position = now.current("current_position");
  if (position != nullptr && position->is_number())
    return said.set("state", position->number_or(0) == 0 ? "closed" : "open");
  const std::string_view before = state_now(now);
  said.set("state", before == "closed" || before == "closing" ? "closed" : "open");
}

// What a toggle comes to: a cover on its way stops, if it can.
std::string_view CoverBinding::effective(std::string_view service, const wire::CurrentValues& now) const {
  const std::string_view state = state_now(now);
  if (service == "toggle") {
    if (stop_ && (state == "opening" || state == "closing")) return "stop_cover";
    return state == "closed" ? "open_cover" : "close_cover";
  }
  if (service == "toggle_cover_tilt") {
    const wire::Value* tilt = now.current("current_tilt_position");
    return tilt != nullptr && tilt->number_or(0) > 0 ? "close_cover_tilt" : "open_cover_tilt";
  }
  return service;
}

std::vector<jinja::Variable> CoverBinding::variables(std::string_view name, std::int64_t value) const {
  return {{name, jinja::Value(value)},
          {"position_open", jinja::Value(whole(scale_.full))},
          {"position_closed", jinja::Value(whole(scale_.zero))},
          {"tilt_min", jinja::Value(whole(tilt_.zero))},
          {"tilt_max", jinja::Value(whole(tilt_.full))}};
}

void CoverBinding::add_position(Messages& messages, double percent) const {
  messages.add(outlets_.find(kPosition), whole(scale_.number(percent)),
               variables("position", whole(percent)));
}

void CoverBinding::add_tilt(Messages& messages, std::int64_t number, std::int64_t shown) const {
  messages.add(outlets_.find(kTilt), number, variables("tilt_position", shown));
}

wire::Result<std::vector<Outgoing>> CoverBinding::send(const wire::Command& command,
                                                       const wire::CurrentValues& now,
                                                       Renderer& renderer) const {
  const std::string_view service = effective(command.service->name, now);
  Messages messages(renderer);
  if (service == "open_cover" && open_) messages.add(outlets_.find(kState), *open_);
  if (service == "close_cover" && close_) messages.add(outlets_.find(kState), *close_);
  if (service == "stop_cover" && stop_) messages.add(outlets_.find(kState), *stop_);
  if (service == "set_cover_position") add_position(messages, number_in(command, "position").value_or(0));
  if (service == "open_cover_tilt") add_tilt(messages, whole(tilt_opened_), whole(tilt_opened_));
  if (service == "close_cover_tilt") add_tilt(messages, whole(tilt_closed_), whole(tilt_closed_));
  if (service == "stop_cover_tilt" && stop_tilt_) messages.add_plain(outlets_.find(kTilt), *stop_tilt_);
  if (service == "set_cover_tilt_position") {
    const double percent = number_in(command, "tilt_position").value_or(0);
    add_tilt(messages, whole(tilt_.number(percent)), whole(percent));
  }
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_cover(const Component& component, Templates& templates, Refusal& refusal) {
  return made<CoverBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

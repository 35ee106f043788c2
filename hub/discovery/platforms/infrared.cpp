// infrared: an emitter, which is sent timings, or a receiver, which reports them. remote: a switch that also
// sends named commands.

#include "discovery/platforms/platform.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

namespace jinja = rules::jinja;
using wire::Value;

constexpr std::int64_t kCarrier = 38'000;  // Hz, of nearly all remote controls
constexpr std::size_t kMaxTimings = 4096;

class InfraredBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "infrared");
    description.own().assumed_state = false;
    const std::string schema = fields.text("schema");
    if (schema == "emitter") {
      command_ = required_outlet(fields, "command_template");
    } else if (schema == "receiver") {
      fields.require("state_topic");
      if (fields.inlet(kState, "state_topic", "value_template")) keep_on_error(*this);
    } else {
      fields.refuse("schema", "expected emitter or receiver", ErrorCode::malformed);
    }
  }

  // Timings are microseconds, marks positive and spaces negative, on both sides.
  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    if (!command_)
      return Error{ErrorCode::unsupported, "this is a receiver of infrared signals; it cannot send", ""};
    const Value* timings = command.data.find("timings");
    if (timings == nullptr || timings->as_list() == nullptr || timings->as_list()->empty())
      return Error{ErrorCode::unsupported, "this transmitter takes timings only, no protocol", "timings"};
    const wire::Object signal{{"timings", *timings},
                              {"modulation", or_default(command, "modulation", kCarrier)},
                              {"repeat_count", or_default(command, "repeat_count", 0)}};
    std::vector<jinja::Variable> variables;
    variables.reserve(signal.size());
    for (const auto& [name, value] : signal) variables.push_back({name, jinja::from_wire(value)});
    return send_value(command_, wire::to_json(signal), renderer, variables);
  }

 private:
  static Value or_default(const wire::Command& command, std::string_view name, std::int64_t fallback) {
    const Value* given = command.data.find(name);
    return given == nullptr ? Value(fallback) : *given;
  }

  // {"event_type":"signal_received","timings":[…],"modulation":38000}. Like all that happens, not taken when
  // a broker has kept it.
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    const std::string_view text = payload.text;
    if (payload.message.retained() || blank(text) || text == kUnknown || text == "null" || text == "\"\"")
      return;
    std::optional<Value> store;
    const Value* document = payload.json(store);
    const wire::Object* object = document == nullptr ? nullptr : document->as_object();
    const Value* timings = object == nullptr ? nullptr : object->find("timings");
    if (timings == nullptr || !are_timings(*timings)) {
      said.fault = "expected a JSON object with timings, a list of integers";
      return;
    }
    wire::Object event{{"event_type", "signal_received"}, {"timings", *timings}};
    if (const Value* modulation = object->find("modulation");
        modulation != nullptr && modulation->is_number())
      event.set("modulation", *modulation);
    said.events.push_back(std::move(event));
  }

  static bool are_timings(const Value& value) {
    const wire::List* list = value.as_list();
    if (list == nullptr || list->empty() || list->size() > kMaxTimings) return false;
    for (const Value& item : *list)
      if (item.as_int() == nullptr) return false;
    return true;
  }

  Outlet command_;
};

class RemoteBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "remote");
    words_ = read_on_off(fields);
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
    if (const Value* commands = fields.find("commands");
        commands != nullptr && commands->as_object() != nullptr)
      commands_ = *commands->as_object();
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& now,
                          Renderer& renderer) const override {
    const std::string_view service = command.service->name;
    if (service == "send_command") return send_commands(command, renderer);
    if (service != "turn_on" && service != "turn_off" && service != "toggle") return unsupported(command);
    return send_value(command_, on_off_payload(words_, command, now), renderer);
  }

 private:
  static constexpr std::size_t kMaxMessages = 1000;  // of one command: a list, each so many times

  // One message for each command, and again for each repetition of all.
  Sent send_commands(const wire::Command& command, Renderer& renderer) const {
    const Value* list = command.data.find("command");
    if (list == nullptr || list->as_list() == nullptr || !command_) return unsupported(command);
    const Value* repeats = command.data.find("num_repeats");
    const Value* device = command.data.find("device");
    const auto times = static_cast<std::size_t>(repeats == nullptr ? 1 : repeats->number_or(1));
    if (times * list->as_list()->size() > kMaxMessages)
      return Error{ErrorCode::too_large, "at most 1000 messages for one command", "num_repeats"};
    std::vector<jinja::Variable> more;
    if (device != nullptr) more.push_back({"device", device->string_or("")});
    std::vector<Outgoing> messages;
    for (std::size_t i = 0; i < times; ++i) {
      for (const Value& item : *list->as_list()) {
        auto message = outgoing(command_, payload_of(item.string_or("")), renderer, more);
        if (!message) return message.error();
        messages.push_back(std::move(*message));
      }
    }
    return messages;
  }

  // A name out of `commands` ({"vol_up":{"command":"volume_up"}}); any other text is sent as it is.
  [[nodiscard]] std::string payload_of(std::string_view name) const {
    const Value* named = commands_.find(name);
    const wire::Object* object = named == nullptr ? nullptr : named->as_object();
    const Value* payload = object == nullptr ? nullptr : object->find("command");
    return payload == nullptr ? std::string(name) : python_text(*payload);
  }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (blank(payload.text) || say_on_off(words_, payload.text, said)) return;
    unmatched(payload.text, "\"" + words_.state_on + "\" or \"" + words_.state_off + "\"", said);
  }

  OnOff words_;
  Outlet command_;
  wire::Object commands_;
};

}  // namespace

std::unique_ptr<Binding> make_infrared(const Component& component, Templates& templates, Refusal& refusal) {
  return made<InfraredBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_remote(const Component& component, Templates& templates, Refusal& refusal) {
  return made<RemoteBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

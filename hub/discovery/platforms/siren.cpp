// siren: on and off with tone, volume and duration, as JSON unless a template says otherwise.

#include <array>

#include "discovery/platforms/platform.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"

namespace gable::discovery::platforms {

namespace {

namespace jinja = rules::jinja;
using wire::Value;

struct Parameter {
  std::string_view name, feature;
};
constexpr std::array<Parameter, 3> kParameters{
    {{"tone", "tones"}, {"duration", "duration"}, {"volume_level", "volume_set"}}};

class SirenBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "siren");
    words_ = read_on_off(fields);
    read_state(fields, *this, "state_value_template");
    command_ = required_outlet(fields, "command_template");
    templated_ = !fields.text("command_template").empty();
    off_templated_ = templated_ || !fields.text("command_off_template").empty();
    off_command_ = fields.has("command_off_template")
                       ? outlet(fields, "command_topic", "command_off_template")
                       : command_;
    description.own().features = {"turn_on", "turn_off"};
    const Value* tones = fields.find("available_tones");
    if (tones != nullptr && (tones->as_list() != nullptr || tones->as_object() != nullptr)) {
      description.own().capabilities.set("available_tones", *tones);
      description.own().features.emplace_back("tones");
    }
    if (fields.boolean("support_volume_set", true)) description.own().features.emplace_back("volume_set");
    if (fields.boolean("support_duration", true)) description.own().features.emplace_back("duration");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& now,
                          Renderer& renderer) const override {
    const std::string& payload = on_off_payload(words_, command, now);
    const bool off = !wants_on(command, now);
    const Outlet& way = off ? off_command_ : command_;
    wire::Object document{{"state", payload}};
    if (!off) {
      for (const auto& [name, feature] : kParameters)
        if (const Value* given = command.data.find(name))
          document.set(std::string(name), name == "tone" ? tone_key(*given) : *given);
    }
    std::vector<jinja::Variable> variables;
    variables.reserve(document.size());
    for (const auto& [name, value] : document) variables.push_back({name, jinja::from_wire(value)});
    if (!(off ? off_templated_ : templated_)) return send_value(way, wire::to_json(document), renderer);
    auto sent = send_value(way, payload, renderer, variables);
    // A template may say that there is nothing to send.
    if (sent)
      std::erase_if(*sent, [](const Outgoing& m) { return blank(m.payload) || m.payload == kUnknown; });
    return sent;
  }

 private:
  static constexpr std::array<std::string_view, 4> kOwn{"available_tones", "duration", "tone",
                                                        "volume_level"};
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  // Where tones are {"1":"fire"}, a name stands for its number.
  [[nodiscard]] Value tone_key(const Value& tone) const {
    const Value* tones = description->capabilities.find("available_tones");
    const wire::Object* map = tones == nullptr ? nullptr : tones->as_object();
    if (map == nullptr) return tone;
    for (const auto& [key, name] : *map)
      if (name == tone) return key;
    return tone;
  }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (blank(payload.text) || payload.text == "{}" || say_on_off(words_, payload.text, said)) return;
    std::optional<Value> store;
    const Value* document = payload.json(store);
    if (document != nullptr && document->is_null()) return said.set("state", nullptr);
    const wire::Object* object = document == nullptr ? nullptr : document->as_object();
    if (object == nullptr)
      return unmatched(payload.text, "\"" + words_.state_on + "\" or \"" + words_.state_off + "\"", said);
    if (const Value* state = object->find("state")) {
      if (state->is_null())
        said.set("state", nullptr);
      else if (!say_on_off(words_, python_text(*state), said))
        unmatched(python_text(*state), "a state of the siren", said);
    }
    for (const auto& [name, feature] : kParameters) {
      const Value* value = object->find(name);
      if (value == nullptr || !description->has_feature(feature)) continue;
      if (name == "tone" || value->is_number())
        said.set(name, *value);
      else
        said.fault = std::string(name) + ": expected a number";
    }
  }

  OnOff words_;
  Outlet command_, off_command_;
  bool templated_ = false, off_templated_ = false;  // `{{ value }}` too: the bare payload, no JSON
};

}  // namespace

std::unique_ptr<Binding> make_siren(const Component& component, Templates& templates, Refusal& refusal) {
  return made<SirenBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// binary_sensor and switch: on and off.

#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

void take_on_off(const OnOff& words, const Payload& payload, Said& said) {
  if (blank(payload.text) || say_on_off(words, payload.text, said)) return;
  unmatched(payload.text, "\"" + words.state_on + "\" or \"" + words.state_off + "\"", said);
}

class BinarySensorBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "binary_sensor");
    description.own().assumed_state = false;
    words_ = read_on_off(fields);
    words_.state_on = words_.on;  // state_on and state_off are the switch's
    words_.state_off = words_.off;
    fields.require("state_topic");
    fields.inlet(kState, "state_topic", "value_template");
    off_delay = fields.seconds("off_delay");
  }

 private:
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    take_on_off(words_, payload, said);
  }

  OnOff words_;
};

class SwitchBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "switch");
    words_ = read_on_off(fields);
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& now,
                          Renderer& renderer) const override {
    return send_value(command_, on_off_payload(words_, command, now), renderer);
  }

 private:
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    take_on_off(words_, payload, said);
  }

  OnOff words_;
  Outlet command_;
};

}  // namespace

std::unique_ptr<Binding> make_binary_sensor(const Component& component, Templates& templates,
                                            Refusal& refusal) {
  return made<BinarySensorBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_switch(const Component& component, Templates& templates, Refusal& refusal) {
  return made<SwitchBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

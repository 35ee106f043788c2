// button, scene and notify: entities that are only told something. When they last were is known to the hub.

#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

// button and scene: one payload.
class ActionBinding : public CommandOnlyBinding {
 public:
  [[nodiscard]] Sent send(const wire::Command& /*command*/, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    return send_value(command_, payload_, renderer);
  }

 protected:
  void read_action(Fields& fields, std::string_view domain, std::string payload) {
    read_common(fields, *this, domain);
    description.own().assumed_state = false;
    command_ = required_outlet(fields, "command_template");
    payload_ = std::move(payload);
  }

 private:
  Outlet command_;
  std::string payload_;
};

class ButtonBinding final : public ActionBinding {
 public:
  void read(Fields& fields) { read_action(fields, "button", fields.text("payload_press", "PRESS")); }
};

class SceneBinding final : public ActionBinding {
 public:
  void read(Fields& fields) { read_action(fields, "scene", fields.text("payload_on", "ON")); }
};

class NotifyBinding final : public CommandOnlyBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "notify");
    description.own().assumed_state = false;
    command_ = required_outlet(fields, "command_template");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    const wire::Value* message = command.data.find("message");
    return send_value(command_, message == nullptr ? "" : message->string_or(""), renderer);
  }

 private:
  Outlet command_;
};

}  // namespace

std::unique_ptr<Binding> make_button(const Component& component, Templates& templates, Refusal& refusal) {
  return made<ButtonBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_scene(const Component& component, Templates& templates, Refusal& refusal) {
  return made<SceneBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_notify(const Component& component, Templates& templates, Refusal& refusal) {
  return made<NotifyBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// Locks: https://www.home-assistant.io/integrations/lock.mqtt/

#include "discovery/platforms/parts.hpp"
#include "discovery/platforms/platforms.hpp"

namespace gable::discovery::platforms {

namespace {

class LockBinding : public Binding {
 public:
  void read(Fields& fields);
  void receive(int slot, const Payload& payload, const wire::CurrentValues& now, Said& said) const override;
  wire::Result<std::vector<Outgoing>> send(const wire::Command& command, const wire::CurrentValues& now,
                                           Renderer& renderer) const override;

 private:
  void read_code_format(Fields& fields);
  [[nodiscard]] std::optional<wire::Error> wrong_code(const jinja::Value& code, Renderer& renderer) const;

  Outlet command_;
  std::string lock_, unlock_;
  std::optional<std::string> open_;
  std::string reset_;  // makes the state unknown
  std::vector<Word> words_;
  std::string code_format_;  // a regular expression; empty: no code is asked for
  TemplatePtr code_check_;   // with `value` and `pattern`: prints True when the code is of that form
};

void LockBinding::read(Fields& fields) {
  read_common(fields, *this, "lock");
  fields.require("command_topic");
  command_ = outlet(fields, "command_topic", "command_template");
  lock_ = fields.text("payload_lock", "LOCK");
  unlock_ = fields.text("payload_unlock", "UNLOCK");
  if (fields.has("payload_open")) open_ = payload_of(fields, "payload_open", "OPEN");
  if (open_) description.own().features.emplace_back("open");
  reset_ = fields.text("payload_reset", kNoneText);
  words_ = {{fields.text("state_locked", "LOCKED"), "locked"},
            {fields.text("state_unlocked", "UNLOCKED"), "unlocked"},
            {fields.text("state_locking", "LOCKING"), "locking"},
            {fields.text("state_unlocking", "UNLOCKING"), "unlocking"},
            {fields.text("state_jammed", "JAMMED"), "jammed"},
            {fields.text("state_open", "OPEN"), "open"},
            {fields.text("state_opening", "OPENING"), "opening"}};
  if (!fields.inlet(0, "state_topic", "value_template")) description.own().assumed_state = true;
  read_code_format(fields);
}

void LockBinding::read_code_format(Fields& fields) {
  code_format_ = fields.text("code_format");
  if (code_format_.empty()) return;
  description.own().capabilities.set("code_format", code_format_);
  // The room of templates has the regular expressions of Python, which the announcement is written in.
  auto compiled = fields.templates().compile("{{ value is match(pattern) }}");
  if (compiled) code_check_ = *compiled;
}

void LockBinding::receive(int slot, const Payload& payload, const wire::CurrentValues&, Said& said) const {
  if (slot == kAttributes) return say_attributes(*description->domain, payload, said);
  if (payload.text == reset_) return said.set("state", nullptr);
  say_word("state", words_, payload.text, said);
}

std::optional<wire::Error> LockBinding::wrong_code(const jinja::Value& code, Renderer& renderer) const {
  if (code_check_ == nullptr) return std::nullopt;
  wire::Error error{wire::ErrorCode::refused, "it wants a code of the form " + shown(code_format_), "code"};
  if (code.is_none()) return error;
  auto fits = renderer.render(*code_check_, {{"value", code}, {"pattern", jinja::Value(code_format_)}});
  if (!fits) return fits.error();
  if (*fits == "True") return std::nullopt;
  return error;
}

wire::Result<std::vector<Outgoing>> LockBinding::send(const wire::Command& command,
                                                      const wire::CurrentValues&, Renderer& renderer) const {
  const std::string_view service = command.service->name;
  const std::string* payload = service == "lock" ? &lock_ : service == "unlock" ? &unlock_ : nullptr;
  if (service == "open" && open_) payload = &*open_;
  if (payload == nullptr) return no_topic(command);
  const wire::Value* given = command.data.find("code");
  const jinja::Value code = given == nullptr ? jinja::Value() : jinja::Value(given->string_or(""));
  if (auto error = wrong_code(code, renderer)) return *error;
  Messages messages(renderer);
  messages.add(&command_, *payload, {{"code", code}});
  return messages.take(command);
}

}  // namespace

std::unique_ptr<Binding> make_lock(const Component& component, Templates& templates, Refusal& refusal) {
  return made<LockBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

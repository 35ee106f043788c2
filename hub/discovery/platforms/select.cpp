// select: one of a list of options.

#include <algorithm>
#include <array>

#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

bool says_none(std::string_view text) {
  constexpr std::string_view kNoneWord = "none";
  return std::ranges::equal(text, kNoneWord, {}, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
}

class SelectBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "select");
    fields.require("options");
    description.own().options = fields.texts("options");
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& now,
                          Renderer& renderer) const override {
    if (const wire::Value* option = command.data.find("option"))
      return send_value(command_, option->string_or(""), renderer);
    if (description->options.empty()) return unsupported(command);
    return send_value(command_, description->options[wanted(command, now)], renderer);
  }

 private:
  static constexpr std::array<std::string_view, 1> kOwn{"options"};
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  // select_first, _last, _next, _previous: which option. From an unknown state as if it were the first.
  [[nodiscard]] std::size_t wanted(const wire::Command& command, const wire::CurrentValues& now) const {
    const std::size_t last = description->options.size() - 1;
    const std::string_view service = command.service->name;
    if (service == "select_first") return 0;
    if (service == "select_last") return last;
    const wire::Value* cycle = command.data.find("cycle");
    const bool around = cycle == nullptr || cycle->bool_or(true);
    const std::size_t at = current(now);
    if (service == "select_next") return at < last ? at + 1 : around ? 0 : last;
    return at > 0 ? at - 1 : around ? last : 0;
  }

  [[nodiscard]] std::size_t current(const wire::CurrentValues& now) const {
    const wire::Value* state = now.current("state");
    const std::string_view text = state == nullptr ? std::string_view() : state->string_or("");
    const auto found = std::ranges::find(description->options, text);
    return found == description->options.end()
               ? 0
               : static_cast<std::size_t>(found - description->options.begin());
  }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (blank(payload.text)) return;
    if (says_none(payload.text)) return said.set("state", nullptr);
    if (std::ranges::find(description->options, payload.text) != description->options.end())
      return said.set("state", payload.text);
    unmatched(payload.text, "one of its options", said);
  }

  Outlet command_;
};

}  // namespace

std::unique_ptr<Binding> make_select(const Component& component, Templates& templates, Refusal& refusal) {
  return made<SelectBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

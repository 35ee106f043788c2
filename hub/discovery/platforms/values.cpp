// number and text: one value that is reported and set.

#include <array>

#include "discovery/platforms/platform.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr double kMaxText = 255;
constexpr std::size_t kMaxState = 255;  // bytes
// A pattern of Python's re, as the text platform announces one, holds from the begin (its `match`).
constexpr std::string_view kFits = "{{ value is match(pattern) }}";

class NumberBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "number");
    description.own().state_class.clear();  // some announce one; a number has none
    read_range(fields);
    description.own().capabilities.set("mode", mode_of(fields));
    reset_ = fields.text("payload_reset", kUnknown);
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    const wire::Value* value = command.data.find("value");
    if (value == nullptr) return unsupported(command);
    return send_value(command_, whole_or_real(value->number_or(0)), renderer);
  }

 private:
  static constexpr std::array<std::string_view, 4> kOwn{"min", "max", "step", "mode"};
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  void read_range(Fields& fields) {
    description.own().min = fields.number("min", 1);
    description.own().max = fields.number("max", 100);
    description.own().step = fields.number("step", 1);
    if (*description->min > *description->max)
      fields.refuse("max", "max is below min", ErrorCode::out_of_range);
    if (*description->step > 0) return;
    fields.fault("step: must be above 0; taken as 1");
    description.own().step = 1;
  }

  static std::string mode_of(Fields& fields) {
    std::string mode = fields.text("mode", "auto");
    if (mode == "box" || mode == "slider" || mode == "auto") return mode;
    fields.fault("mode: expected auto, box or slider");
    return "auto";
  }

  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    if (blank(payload.text)) return;
    if (payload.text == reset_) return said.set("state", nullptr);
    auto text = number_text(payload.text);
    if (!text) return unmatched(payload.text, "a number", said);
    wire::Value number;
    wire::parse_scalar(*text, number);
    const double value = number.number_or(*description->min);
    if (value >= *description->min && value <= *description->max) return said.set("state", std::move(*text));
    unmatched(*text, "a number in its range", said);
  }

  Outlet command_;
  std::string reset_;
};

class TextBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "text");
    description.own().min = fields.number("min", 0);
    description.own().max = fields.number("max", kMaxText);
    if (*description->max > kMaxText || *description->min < 0 || *description->min > *description->max)
      fields.refuse("max", "expected 0 ≤ min ≤ max ≤ 255", ErrorCode::out_of_range);
    const std::string mode = fields.text("mode", "text");
    description.own().capabilities.set("mode", mode == "password" ? mode : "text");
    read_pattern(fields);
    read_state(fields, *this);
    command_ = required_outlet(fields, "command_template");
  }

  [[nodiscard]] Sent send(const wire::Command& command, const wire::CurrentValues& /*now*/,
                          Renderer& renderer) const override {
    const wire::Value* value = command.data.find("value");
    if (value == nullptr) return unsupported(command);
    const std::string_view text = value->string_or("");
    if (pattern_ != nullptr) {
      auto fits = renderer.render(*pattern_, {{"value", text}, {"pattern", pattern_text()}});
      if (!fits) return fits.error();
      if (*fits != "True")
        return Error{ErrorCode::out_of_range, "the text does not match the pattern " + pattern_text(),
                     "value"};
    }
    return send_value(command_, text, renderer);
  }

 private:
  static constexpr std::array<std::string_view, 4> kOwn{"min", "max", "mode", "pattern"};
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  void read_pattern(Fields& fields) {
    std::string pattern = fields.text("pattern");
    if (pattern.empty()) return;
    description.own().capabilities.set("pattern", std::move(pattern));
    if (auto compiled = fields.templates().compile(kFits)) pattern_ = std::move(*compiled);
  }

  [[nodiscard]] std::string pattern_text() const {
    const wire::Value* pattern = description->capabilities.find("pattern");
    return std::string(pattern == nullptr ? "" : pattern->string_or(""));
  }

  // Any text is a value here, also the empty one and "None".
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    const double length = characters(payload.text);
    if (payload.text.size() <= kMaxState && length >= *description->min && length <= *description->max)
      return said.set("state", payload.text);
    unmatched(payload.text, "a text of its length", said);
  }

  static double characters(std::string_view text) { return static_cast<double>(wire::utf8_length(text)); }

  Outlet command_;
  TemplatePtr pattern_;  // null: any text
};

}  // namespace

std::unique_ptr<Binding> make_number(const Component& component, Templates& templates, Refusal& refusal) {
  return made<NumberBinding>(component, templates, refusal);
}

std::unique_ptr<Binding> make_text(const Component& component, Templates& templates, Refusal& refusal) {
  return made<TextBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

// sensor: a number, a text, one of a list, a date or a time.

#include <algorithm>
#include <array>
#include <cmath>

#include "discovery/platforms/moments.hpp"
#include "discovery/platforms/platform.hpp"
#include "template/value/operations.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr int kLastReset = 1;
constexpr std::size_t kMaxState = 255;  // bytes of a state
constexpr std::array<std::string_view, 4> kStateClasses{"measurement", "measurement_angle", "total",
                                                        "total_increasing"};
constexpr std::array<std::string_view, 2> kOwn{"last_reset", "state_class"};

class SensorBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "sensor");
    description.own().assumed_state = false;
    if (std::ranges::find(kStateClasses, description->state_class) == kStateClasses.end())
      description.own().state_class.clear();
    fields.require("state_topic");
    if (fields.inlet(kState, "state_topic", "value_template")) keep_on_error(*this);
    if (fields.has("last_reset_value_template") &&
        fields.inlet(kLastReset, "state_topic", "last_reset_value_template"))
      keep_on_error(*this);
    if (!description->numeric()) description.own().options = fields.texts("options");
    // Home Assistant takes a wanted precision as a promise of numbers, whatever else is said.
    numeric_ = description->numeric() || fields.number("suggested_display_precision").has_value();
  }

 private:
  [[nodiscard]] std::span<const std::string_view> own_attributes() const override { return kOwn; }

  void take(int slot, const Payload& payload, const wire::CurrentValues& /*now*/, Said& said) const override {
    if (slot == kLastReset) return take_last_reset(payload.text, said);
    if (payload.text == kUnknown) return said.set("state", nullptr);
    if (numeric_) return take_number(payload.text, said);
    take_text(payload.text, said);
  }

  static void take_number(std::string_view text, Said& said) {
    if (blank(text)) return;
    if (auto number = number_text(text)) return said.set("state", std::move(*number));
    // "nan" is how firmware says that it could not measure.
    if (const auto real = rules::jinja::to_real(rules::jinja::Value(text)); real && std::isnan(*real))
      return said.set("state", nullptr);
    unmatched(text, "a number", said);
  }

  void take_text(std::string_view text, Said& said) const {
    const std::string& device_class = description->device_class;
    if (device_class == "date") return say_moment(date_text(text), "a date", text, said);
    if (device_class == "timestamp" || device_class == "uptime") return take_timestamp(text, said);
    if (!description->options.empty() &&
        std::ranges::find(description->options, text) == description->options.end())
      return unmatched(text, "one of its options", said);
    if (text.size() > kMaxState) {
      said.fault = "a state has at most 255 bytes";
      return;
    }
    said.set("state", text);
  }

  static void take_timestamp(std::string_view text, Said& said) {
    if (lacks_offset(text)) return unmatched(text, "a time with its offset from UTC", said);
    say_moment(utc_text(text), "a time", text, said);
  }

  // What is no date or time makes the state unknown, as in Home Assistant.
  static void say_moment(std::optional<std::string> moment, std::string_view expected, std::string_view text,
                         Said& said) {
    if (moment) return said.set("state", std::move(*moment));
    said.set("state", nullptr);
    unmatched(text, expected, said);
  }

  static void take_last_reset(std::string_view text, Said& said) {
    if (blank(text)) return;
    if (auto moment = iso_text(text)) return said.set("last_reset", std::move(*moment));
    unmatched(text, "last_reset as a time", said);
  }

  bool numeric_ = false;
};

}  // namespace

std::unique_ptr<Binding> make_sensor(const Component& component, Templates& templates, Refusal& refusal) {
  return made<SensorBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

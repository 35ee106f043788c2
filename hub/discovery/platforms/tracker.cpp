// device_tracker: where something is, by a word or by its coordinates (in its attributes), of which the hub,
// which knows the zones, makes the state.

#include <algorithm>
#include <array>

#include "discovery/platforms/platform.hpp"

namespace gable::discovery::platforms {

namespace {

constexpr std::size_t kMaxPlace = 255;  // bytes
constexpr std::array<std::string_view, 4> kSources{"gps", "router", "bluetooth", "bluetooth_le"};

class TrackerBinding final : public PlatformBinding {
 public:
  void read(Fields& fields) {
    read_common(fields, *this, "device_tracker");
    description.own().assumed_state = false;
    home_ = fields.text("payload_home", "home");
    not_home_ = fields.text("payload_not_home", "not_home");
    reset_ = fields.text("payload_reset", kUnknown);
    std::string source = fields.text("source_type", "gps");
    if (std::ranges::find(kSources, source) == kSources.end()) {
      fields.fault("source_type: expected gps, router, bluetooth or bluetooth_le");
      source = "gps";
    }
    description.own().capabilities.set("source_type", std::move(source));
    if (!fields.has("json_attributes_topic")) fields.require("state_topic");
    fields.inlet(kState, "state_topic", "value_template");
  }

 private:
  void take(int /*slot*/, const Payload& payload, const wire::CurrentValues& /*now*/,
            Said& said) const override {
    const std::string_view text = payload.text;
    if (blank(text)) return;
    if (text == home_) return said.set("state", "home");
    if (text == not_home_) return said.set("state", "not_home");
    if (text == reset_) return said.set("state", nullptr);
    if (text.size() <= kMaxPlace) return said.set("state", text);
    said.fault = "a place has at most 255 bytes";
  }

  // Coordinates come as two numbers or not at all.
  void check_attributes(Said& said) const override {
    const wire::Value* latitude = said.values.find("latitude");
    const wire::Value* longitude = said.values.find("longitude");
    if (latitude == nullptr && longitude == nullptr) return;
    const bool whole =
        latitude != nullptr && longitude != nullptr && latitude->is_number() && longitude->is_number();
    if (!whole) {
      said.set("latitude", nullptr);
      said.set("longitude", nullptr);
      said.fault = "latitude and longitude: expected two numbers";
    }
    if (const wire::Value* accuracy = said.values.find("gps_accuracy");
        accuracy == nullptr || !accuracy->is_number())
      said.set("gps_accuracy", 0);
  }

  std::string home_, not_home_, reset_;
};

}  // namespace

std::unique_ptr<Binding> make_device_tracker(const Component& component, Templates& templates,
                                             Refusal& refusal) {
  return made<TrackerBinding>(component, templates, refusal);
}

}  // namespace gable::discovery::platforms

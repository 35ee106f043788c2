// Button remotes and doorbells: they have no state, they send an event when somebody presses.

#include <algorithm>
#include <array>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

constexpr std::array<std::string_view, 3> kPresses{"press", "double_press", "long_press"};

class Remote final : public SimDevice {
 public:
  Remote(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    buttons_ = this->spec().options.list("buttons");
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    const std::string device_class = spec().options.text("class", "button");
    std::vector<EntitySpec> out;
    if (buttons_.empty()) out.push_back(single("event", device_class));
    for (const auto& button : buttons_) {
      std::string label = button;
      std::replace(label.begin(), label.end(), '_', ' ');
      out.push_back(keyed(button, "event", label, device_class));
    }
    for (EntitySpec& entity : out) entity.event_types = {kPresses.begin(), kPresses.end()};
    return out;
  }
  [[nodiscard]] Fields state(std::string_view) const override { return {}; }

  bool press(std::string_view button, std::string_view kind, Turn& turn) override {
    const std::string_view type = kind.empty() ? kPresses.front() : kind;
    const bool known_kind = std::find(kPresses.begin(), kPresses.end(), type) != kPresses.end();
    const bool known_button = buttons_.empty()
                                  ? button.empty()
                                  : std::find(buttons_.begin(), buttons_.end(), button) != buttons_.end();
    if (!known_kind || !known_button) return false;
    turn.events.push_back({std::string(button), std::string(type)});
    return true;
  }

 private:
  std::vector<std::string> buttons_;
};

}  // namespace

std::unique_ptr<SimDevice> make_remote(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Remote>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

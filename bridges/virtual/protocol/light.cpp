// Lamps: on and off, brightness and colour with transitions over time. While a transition runs, the lamp
// reports about once a second, as real ones do.

#include <algorithm>
#include <cmath>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

constexpr Span kReportEvery = std::chrono::seconds(1);
constexpr double kFull = 255;
constexpr double kLampLux = 250;  // what a lamp at full brightness adds to its room

class Light final : public SimDevice {
 public:
  Light(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    features_ = this->spec().options.list("features");
    fade_ = span_of(this->spec().options.number("transition", 0));
    low_kelvin_ = this->spec().options.number("min_kelvin", 2200);
    high_kelvin_ = this->spec().options.number("max_kelvin", 6500);
    mode_ = has("color_temp") ? "color_temp" : has("hs") ? "hs" : has("brightness") ? "brightness" : "onoff";
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override;
  [[nodiscard]] Fields state(std::string_view entity) const override;
  [[nodiscard]] Moment due() const override { return next_; }
  void advance(Turn& turn) override;
  Outcome obey(const Order& order, Turn& turn) override;

 private:
  [[nodiscard]] bool has(std::string_view feature) const {
    return std::find(features_.begin(), features_.end(), feature) != features_.end();
  }
  [[nodiscard]] bool dims() const { return mode_ != "onoff"; }
  Outcome turn_on(const Order& order, Turn& turn);
  void colour(const Fields& data);
  // Goes to `level` over `fade`; 0 ends in off.
  Outcome move(const Order& order, double level, Span fade, Turn& turn);
  void arrive(Turn& turn);
  void shine(Turn& turn);

  std::vector<std::string> features_;
  Span fade_{};
  double low_kelvin_, high_kelvin_;
  bool on_ = false;
  double level_ = 0, from_ = 0, to_ = 0;
  double remembered_ = kFull;
  Moment begun_{}, ends_{}, next_ = kNever;
  std::string mode_;
  double kelvin_ = 2700;
  std::vector<double> hs_{30, 60};
  double shining_ = 0;  // lx given to the room at present
};

std::vector<EntitySpec> Light::entities() const {
  EntitySpec light = single("light");
  light.features = features_;
  if (dims()) light.features.emplace_back("transition");
  List modes;
  for (const auto* mode : {"color_temp", "hs"}) {
    if (has(mode)) modes.emplace_back(mode);
  }
  if (modes.empty()) modes.emplace_back(mode_);
  light.capabilities.set("supported_color_modes", std::move(modes));
  if (has("color_temp")) {
    light.capabilities.set("min_color_temp_kelvin", rounded(low_kelvin_, 0));
    light.capabilities.set("max_color_temp_kelvin", rounded(high_kelvin_, 0));
  }
  return {light};
}

Fields Light::state(std::string_view) const {
  Fields out{{"state", on_ ? "on" : "off"}};
  if (!on_) return out;
  if (dims()) out.set("brightness", rounded(std::clamp(level_, 1.0, kFull), 0));
  out.set("color_mode", mode_);
  if (mode_ == "color_temp") out.set("color_temp_kelvin", rounded(kelvin_, 0));
  if (mode_ == "hs") out.set("hs_color", hs_);
  return out;
}

void Light::shine(Turn& turn) {
  Room* here = room(turn);
  if (here == nullptr) return;
  const double lux = on_ ? kLampLux * (dims() ? level_ / kFull : 1.0) : 0.0;
  here->lamps = std::max(0.0, here->lamps + lux - shining_);
  shining_ = lux;
}

void Light::arrive(Turn& turn) {
  level_ = to_;
  if (to_ <= 0) on_ = false;
  next_ = kNever;
  finish(turn);
}

void Light::advance(Turn& turn) {
  if (turn.now >= ends_) {
    arrive(turn);
  } else {
    const double part = seconds_of(turn.now - begun_) / seconds_of(ends_ - begun_);
    level_ = from_ + (to_ - from_) * part;
    next_ = std::min(turn.now + kReportEvery, ends_);
  }
  shine(turn);
}

Outcome Light::move(const Order& order, double level, Span fade, Turn& turn) {
  Outcome begun = begin(order, turn);
  from_ = on_ ? level_ : 0;
  to_ = level;
  begun_ = turn.now;
  ends_ = turn.now + fade;
  if (level > 0) {
    on_ = true;
    remembered_ = level;
  }
  if (fade <= Span::zero()) {
    arrive(turn);
  } else {
    level_ = from_;
    next_ = std::min(turn.now + kReportEvery, ends_);
  }
  shine(turn);
  return begun;
}

void Light::colour(const Fields& data) {
  if (data.contains("color_temp_kelvin")) {
    kelvin_ = std::clamp(data.number("color_temp_kelvin", kelvin_), low_kelvin_, high_kelvin_);
    mode_ = "color_temp";
  }
  const Value* hs = data.find("hs_color");
  const auto* pair = hs == nullptr ? nullptr : std::get_if<std::vector<double>>(hs);
  if (pair != nullptr && pair->size() == 2) {
    hs_ = *pair;
    mode_ = "hs";
  }
}

Outcome Light::turn_on(const Order& order, Turn& turn) {
  colour(order.data);
  const double present = on_ && to_ > 0 ? to_ : remembered_;
  const double level = std::clamp(order.data.number("brightness", dims() ? present : kFull), 0.0, kFull);
  const double fade = order.data.number("transition", seconds_of(fade_));
  return move(order, level, span_of(fade), turn);
}

Outcome Light::obey(const Order& order, Turn& turn) {
  const bool on = order.service == "turn_on" || (order.service == "toggle" && !on_);
  if (on) return turn_on(order, turn);
  if (order.service != "turn_off" && order.service != "toggle") return not_understood(order);
  const double fade = order.data.number("transition", seconds_of(fade_));
  return move(order, 0, on_ ? span_of(fade) : Span::zero(), turn);
}

}  // namespace

std::unique_ptr<SimDevice> make_light(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Light>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

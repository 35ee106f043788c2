// A radiator thermostat: it reads the temperature of its room and opens the radiator in proportion to what is
// missing. In `auto` it saves at night.

#include <algorithm>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

constexpr double kMin = 7, kMax = 30, kStep = 0.5;
constexpr double kHeatingAbove = 0.05;  // radiator position that counts as heating
constexpr double kGain = 1.2;           // radiator position per missing kelvin
constexpr double kNightSaving = 2.5;    // K

class Thermostat final : public SimDevice {
 public:
  Thermostat(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    comfort_ = this->spec().options.number("target", 20.5);
    eco_ = this->spec().options.number("eco", 17.5);
    away_ = this->spec().options.number("away", 15);
    target_ = comfort_;
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override;
  [[nodiscard]] Fields state(std::string_view entity) const override;
  [[nodiscard]] Moment due() const override { return next_; }
  void start(Turn& turn) override;
  void advance(Turn& turn) override;
  Outcome obey(const Order& order, Turn& turn) override;

 private:
  [[nodiscard]] double wanted(Moment now) const;
  void control(Turn& turn);
  bool choose_mode(std::string_view mode);
  void choose_preset(const std::string& preset);

  double comfort_, eco_, away_;
  double target_ = 20;
  std::string mode_ = "heat", last_mode_ = "heat", preset_ = "none";
  Display shown_{0.1, 1};
  bool heating_ = false;
  Moment next_ = kNever;
};

std::vector<EntitySpec> Thermostat::entities() const {
  EntitySpec climate = single("climate");
  climate.features = {"target_temperature", "preset_mode", "turn_on", "turn_off"};
  climate.capabilities = {{"hvac_modes", List{"off", "heat", "auto"}},
                          {"preset_modes", List{"none", "eco", "away"}},
                          {"min_temp", kMin},
                          {"max_temp", kMax},
                          {"target_temp_step", kStep}};
  return {climate};
}

Fields Thermostat::state(std::string_view) const {
  const std::string action = mode_ == "off" ? "off" : heating_ ? "heating" : "idle";
  return {{"state", mode_},
          {"current_temperature", shown_.value()},
          {"temperature", rounded(target_, 1)},
          {"hvac_action", action},
          {"preset_mode", preset_}};
}

double Thermostat::wanted(Moment now) const {
  const double hour = hour_of(now);
  const bool night = mode_ == "auto" && (hour < 6 || hour >= 22.5);
  return night ? target_ - kNightSaving : target_;
}

void Thermostat::control(Turn& turn) {
  Room* here = room(turn);
  if (here == nullptr) return;
  here->heating =
      mode_ == "off" ? 0.0 : std::clamp((wanted(turn.now) - here->temperature) * kGain + 0.3, 0.0, 1.0);
  heating_ = here->heating > kHeatingAbove;
  shown_.show(here->temperature);
}

void Thermostat::start(Turn& turn) {
  if (Room* here = room(turn)) here->thermostat = true;
  control(turn);
  next_ = std::chrono::ceil<std::chrono::minutes>(turn.now + Span(1));
}

void Thermostat::advance(Turn& turn) {
  control(turn);
  next_ = turn.now + std::chrono::minutes(1);
}

bool Thermostat::choose_mode(std::string_view mode) {
  if (mode != "off" && mode != "heat" && mode != "auto") return false;
  if (mode_ != "off") last_mode_ = mode_;
  mode_ = mode;
  return true;
}

void Thermostat::choose_preset(const std::string& preset) {
  if (preset_ == "none") comfort_ = target_;
  preset_ = preset;
  target_ = preset == "eco" ? eco_ : preset == "away" ? away_ : comfort_;
}

Outcome Thermostat::obey(const Order& order, Turn& turn) {
  const std::string& service = order.service;
  if (service == "turn_on") {
    if (mode_ == "off") choose_mode(last_mode_);
  } else if (service == "turn_off") {
    choose_mode("off");
  } else if (service == "toggle") {
    choose_mode(mode_ == "off" ? last_mode_ : "off");
  } else if (service == "set_preset_mode") {
    choose_preset(order.data.text("preset_mode", "none"));
  } else if (service == "set_hvac_mode" || service == "set_temperature") {
    if (order.data.contains("hvac_mode") && !choose_mode(order.data.text("hvac_mode"))) {
      return {Verdict::rejected, "this thermostat can be off, heat or auto"};
    }
    if (order.data.contains("temperature")) {
      target_ = std::clamp(order.data.number("temperature", target_), kMin, kMax);
      preset_ = "none";
    }
  } else {
    return not_understood(order);
  }
  control(turn);
  return {};
}

}  // namespace

std::unique_ptr<SimDevice> make_thermostat(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Thermostat>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

// Small appliances and settings: a fan, a number, a choice, and a coffee machine with a button.

#include <algorithm>
#include <cmath>

#include "protocol/kinds.hpp"
#include "protocol/meter.hpp"

namespace gable::virtual_house {

namespace {

class Fan final : public SimDevice {
 public:
  using SimDevice::SimDevice;
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    EntitySpec fan = single("fan");
    fan.features = {"set_speed", "oscillate", "direction", "preset_mode", "turn_on", "turn_off"};
    fan.capabilities.set("preset_modes", List{"normal", "breeze", "sleep"});
    fan.capabilities.set("percentage_step", 1.0);
    return {fan};
  }
  [[nodiscard]] Fields state(std::string_view) const override {
    return {{"state", speed_ > 0 ? "on" : "off"},
            {"percentage", rounded(speed_, 0)},
            {"preset_mode", preset_},
            {"oscillating", oscillating_},
            {"direction", direction_}};
  }
  Outcome obey(const Order& order, Turn&) override {
    return obey_speed(order) || obey_rest(order) ? Outcome{} : not_understood(order);
  }

 private:
  bool obey_speed(const Order& order) {
    const std::string& service = order.service;
    const double step = order.data.number("percentage_step", 10);
    if (service == "turn_on") {
      preset_ = order.data.text("preset_mode", preset_);
      run(order.data.number("percentage", speed_ > 0 ? speed_ : remembered_));
    } else if (service == "turn_off") {
      run(0);
    } else if (service == "toggle") {
      run(speed_ > 0 ? 0 : remembered_);
    } else if (service == "set_percentage") {
      run(order.data.number("percentage", speed_));
    } else if (service == "increase_speed") {
      run(speed_ + step);
    } else if (service == "decrease_speed") {
      run(speed_ - step);
    } else {
      return false;
    }
    return true;
  }
  bool obey_rest(const Order& order) {
    if (order.service == "set_preset_mode") {
      preset_ = order.data.text("preset_mode", preset_);
      run(speed_ > 0 ? speed_ : remembered_);
    } else if (order.service == "oscillate") {
      oscillating_ = order.data.flag("oscillating", true);
    } else if (order.service == "set_direction") {
      direction_ = order.data.text("direction", direction_);
    } else {
      return false;
    }
    return true;
  }
  void run(double speed) {
    speed_ = std::clamp(speed, 0.0, 100.0);
    if (speed_ > 0) remembered_ = speed_;
  }

  double speed_ = 0, remembered_ = 50;
  std::string preset_ = "normal", direction_ = "forward";
  bool oscillating_ = false;
};

class Number final : public SimDevice {
 public:
  Number(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    const Fields& options = this->spec().options;
    min_ = options.number("min", 0);
    max_ = options.number("max", 100);
    step_ = options.number("step", 1);
    value_ = std::clamp(options.number("initial", min_), min_, max_);
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    EntitySpec number = single("number", spec().options.text("class"));
    number.unit = spec().options.text("unit");
    number.min = min_;
    number.max = max_;
    number.step = step_;
    number.setting = true;
    return {number};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return {{"state", rounded(value_, 3)}}; }
  Outcome obey(const Order& order, Turn&) override {
    if (order.service != "set_value") return not_understood(order);
    const double steps = std::round((order.data.number("value", value_) - min_) / step_);
    value_ = std::clamp(min_ + steps * step_, min_, max_);
    return {};
  }

 private:
  double min_, max_, step_, value_;
};

class Select final : public SimDevice {
 public:
  Select(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    options_ = this->spec().options.list("options");
    if (options_.empty()) options_ = {"off", "on"};
    choose(this->spec().options.text("initial", options_.front()));
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    EntitySpec select = single("select");
    select.options = options_;
    select.setting = true;
    return {select};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return {{"state", options_.at(chosen_)}}; }
  Outcome obey(const Order& order, Turn&) override {
    const std::string& service = order.service;
    const std::size_t last = options_.size() - 1;
    const bool cycle = order.data.flag("cycle", true);
    if (service == "select_option") {
      if (!choose(order.data.text("option"))) return {Verdict::rejected, "there is no such option"};
    } else if (service == "select_first") {
      chosen_ = 0;
    } else if (service == "select_last") {
      chosen_ = last;
    } else if (service == "select_next") {
      chosen_ = chosen_ < last ? chosen_ + 1 : cycle ? 0 : last;
    } else if (service == "select_previous") {
      chosen_ = chosen_ > 0 ? chosen_ - 1 : cycle ? last : 0;
    } else {
      return not_understood(order);
    }
    return {};
  }

 private:
  bool choose(const std::string& option) {
    const auto found = std::find(options_.begin(), options_.end(), option);
    if (found == options_.end()) return false;
    chosen_ = static_cast<std::size_t>(found - options_.begin());
    return true;
  }
  std::vector<std::string> options_;
  std::size_t chosen_ = 0;
};

// Press the button, and it brews for a minute and a half.
class CoffeeMachine final : public SimDevice {
 public:
  CoffeeMachine(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    watts_ = this->spec().options.number("watts", 1350);
    brewing_ = span_of(this->spec().options.number("brewing", 90));
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    std::vector<EntitySpec> out{keyed("brew", "button", "Brew"),
                                keyed("brewing", "binary_sensor", "Brewing", "running")};
    for (auto& entity : Meter::entities()) out.push_back(std::move(entity));
    return out;
  }
  [[nodiscard]] Fields state(std::string_view entity) const override {
    if (entity == "brew") return {};
    if (entity == "brewing") return {{"state", ends_ != kNever ? "on" : "off"}};
    return meter_.state(entity);
  }
  [[nodiscard]] Moment due() const override { return std::min(ends_, meter_.due()); }
  void start(Turn& turn) override { meter_.draw(0, turn.now); }
  void advance(Turn& turn) override {
    if (turn.now >= ends_) ends_ = kNever;
    meter_.draw(ends_ == kNever ? 0 : watts_, turn.now);
  }
  Outcome obey(const Order& order, Turn& turn) override {
    if (order.entity != "brew" || order.service != "press") return not_understood(order);
    return brew(turn) ? Outcome{} : Outcome{Verdict::failed, "it is brewing already"};
  }
  bool press(std::string_view button, std::string_view, Turn& turn) override {
    return (button.empty() || button == "brew") && brew(turn);
  }

 private:
  bool brew(Turn& turn) {
    if (ends_ != kNever) return false;
    ends_ = turn.now + brewing_;
    meter_.draw(watts_, turn.now);
    return true;
  }
  double watts_;
  Span brewing_;
  Moment ends_ = kNever;
  Meter meter_;
};

}  // namespace

std::unique_ptr<SimDevice> make_fan(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Fan>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_number(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Number>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_select(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Select>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_coffee_machine(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<CoffeeMachine>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

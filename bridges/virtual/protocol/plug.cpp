// Switches, and plugs that measure what hangs on them: something steady, a refrigerator that comes and goes,
// a washing machine with its programme, a device on standby.

#include <algorithm>
#include <array>

#include "protocol/kinds.hpp"
#include "protocol/meter.hpp"

namespace gable::virtual_house {

namespace {

class Switch final : public SimDevice {
 public:
  using SimDevice::SimDevice;
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    return {single("switch", spec().options.text("class", "switch"))};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return {{"state", on_ ? "on" : "off"}}; }
  Outcome obey(const Order& order, Turn&) override {
    if (order.service == "turn_on") {
      on_ = true;
    } else if (order.service == "turn_off") {
      on_ = false;
    } else if (order.service == "toggle") {
      on_ = !on_;
    } else {
      return not_understood(order);
    }
    return {};
  }

 private:
  bool on_ = false;
};

struct Phase {
  double part;  // of the power in the description
  Span lasts;
};

// Heat, wash, heat again a little, rinse, spin.
constexpr std::array kProgramme{
    Phase{1.0, std::chrono::minutes(14)}, Phase{0.08, std::chrono::minutes(25)},
    Phase{0.6, std::chrono::minutes(6)},  Phase{0.06, std::chrono::minutes(22)},
    Phase{0.25, std::chrono::minutes(9)},
};

class Plug final : public SimDevice {
 public:
  Plug(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    load_ = this->spec().options.text("load", "steady");
    watts_ = this->spec().options.number("watts", 60);
    standby_ = this->spec().options.number("standby", load_ == "steady" ? 0 : 0.5);
    on_ = this->spec().options.flag("initial", load_ != "steady");
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    std::vector<EntitySpec> out{keyed("plug", "switch", {}, "outlet")};
    for (auto& entity : Meter::entities()) out.push_back(std::move(entity));
    return out;
  }
  [[nodiscard]] Fields state(std::string_view entity) const override {
    if (entity == "plug") return {{"state", on_ ? "on" : "off"}};
    return meter_.state(entity);
  }
  [[nodiscard]] Moment due() const override { return std::min(next_, meter_.due()); }

  void start(Turn& turn) override {
    phase_ = kProgramme.size();
    plan(turn.now);
    meter_.draw(power(), turn.now);
  }
  void advance(Turn& turn) override {
    if (turn.now >= next_) step(turn.now);
    meter_.draw(power(), turn.now);
  }
  Outcome obey(const Order& order, Turn& turn) override {
    const bool known = order.service == "turn_on" || order.service == "turn_off" || order.service == "toggle";
    if (!known || order.entity != "plug") return not_understood(order);
    on_ = order.service == "toggle" ? !on_ : order.service == "turn_on";
    meter_.draw(power(), turn.now);
    return {};
  }

 private:
  [[nodiscard]] double power() const {
    if (!on_) return 0;
    if (load_ == "steady") return watts_;
    if (load_ == "fridge") return cooling_ ? watts_ : standby_;
    if (load_ == "program" && phase_ < kProgramme.size()) return watts_ * kProgramme.at(phase_).part;
    return standby_;
  }
  // The next thing that the load does by itself.
  void plan(Moment now) {
    using std::chrono::minutes;
    if (load_ == "fridge") {
      next_ = now + (cooling_ ? random().between(minutes(11), minutes(18))
                              : random().between(minutes(24), minutes(40)));
    } else if (load_ == "program") {
      const Span start = random().between(std::chrono::hours(8), std::chrono::hours(15));
      const Moment today = midnight(now) + start;
      next_ = today > now ? today : today + std::chrono::days(1);
    }
  }
  void step(Moment now) {
    if (load_ == "fridge") {
      cooling_ = !cooling_;
    } else if (phase_ >= kProgramme.size()) {
      if (random().chance(0.6)) phase_ = 0;  // not every day is washing day
    } else {
      ++phase_;
    }
    const bool running = load_ == "program" && phase_ < kProgramme.size();
    if (running) {
      next_ = now + kProgramme.at(phase_).lasts;
    } else {
      plan(load_ == "program" ? midnight(now) + std::chrono::hours(16) : now);
    }
  }

  std::string load_;
  double watts_ = 0, standby_ = 0;
  bool on_ = false, cooling_ = false;
  std::size_t phase_ = 0;
  Moment next_ = kNever;
  Meter meter_;
};

}  // namespace

std::unique_ptr<SimDevice> make_switch(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Switch>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_plug(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Plug>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

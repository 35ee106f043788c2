// What feels that something happens: motion sensors, contacts of doors and windows, detectors (leak, smoke).

#include <algorithm>
#include <optional>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

// "on", "off", true and false; nothing for anything else.
std::optional<bool> on_off(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  const auto* word = std::get_if<std::string>(&value);
  if (word == nullptr) return std::nullopt;
  if (*word == "on" || *word == "open") return true;
  if (*word == "off" || *word == "closed") return false;
  return std::nullopt;
}

Fields on_off_state(bool on) { return {{"state", on ? "on" : "off"}}; }

class Motion final : public SimDevice {
 public:
  Motion(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    hold_ = span_of(this->spec().options.number("hold", 60));
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    return {single("binary_sensor", spec().options.text("class", "motion"))};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return on_off_state(next_ != kNever); }
  [[nodiscard]] Moment due() const override { return next_; }
  void advance(Turn&) override { next_ = kNever; }
  void on_walk(std::string_view area, Turn& turn) override {
    if (area == spec().area) next_ = turn.now + hold_;
  }
  bool set_sensor(std::string_view, const Value& value, Span, Turn& turn) override {
    const auto on = on_off(value);
    if (!on) return false;
    next_ = *on ? turn.now + hold_ : kNever;
    return true;
  }

 private:
  Span hold_{};
  Moment next_ = kNever;  // when the sensor goes quiet
};

class Contact final : public SimDevice {
 public:
  Contact(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    const Fields& options = this->spec().options;
    class_ = options.text("class", "door");
    if (options.contains("aired")) aired_ = span_of(options.number("aired", 0));
    airing_ = span_of(options.number("airing", 600));
  }
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    return {single("binary_sensor", class_)};
  }
  [[nodiscard]] Fields state(std::string_view) const override { return on_off_state(open_); }
  [[nodiscard]] Moment due() const override { return std::min(closes_, airs_); }
  void start(Turn& turn) override { plan_airing(turn.now, midnight(turn.now)); }

  void advance(Turn& turn) override {
    if (turn.now >= closes_) set_open(false, kNever, turn);
    if (turn.now < airs_) return;
    if (!open_) set_open(true, turn.now + airing_, turn);
    plan_airing(turn.now, midnight(turn.now) + std::chrono::days(1));
  }
  void on_passage(Turn& turn) override {
    set_open(true, turn.now + random().between(std::chrono::seconds(6), std::chrono::seconds(20)), turn);
  }
  bool set_sensor(std::string_view, const Value& value, Span, Turn& turn) override {
    const auto open = on_off(value);
    if (open) set_open(*open, kNever, turn);
    return open.has_value();
  }

 private:
  void set_open(bool open, Moment closes, Turn& turn) {
    closes_ = closes;
    if (open == open_) return;
    open_ = open;
    if (Room* here = room(turn)) here->openings += open ? 1 : -1;
  }
  // The airing of `day`, or of the day after if that is over, within a quarter of an hour of the time in the
  // description.
  void plan_airing(Moment now, Moment day) {
    if (!aired_) return;
    airs_ = day + *aired_ + random().between(Span::zero(), Span(std::chrono::minutes(15)));
    if (airs_ <= now) airs_ += std::chrono::days(1);
  }

  std::string class_;
  std::optional<Span> aired_;
  Span airing_{};
  bool open_ = false;
  Moment closes_ = kNever, airs_ = kNever;
};

class Detector final : public SimDevice {
 public:
  using SimDevice::SimDevice;
  [[nodiscard]] std::vector<EntitySpec> entities() const override {
    EntitySpec alarm = keyed("alarm", "binary_sensor", {}, spec().options.text("class", "moisture"));
    EntitySpec battery = keyed("battery", "sensor", "Battery", "battery");
    battery.unit = "%";
    battery.state_class = "measurement";
    battery.diagnostic = true;
    return {alarm, battery};
  }
  [[nodiscard]] Fields state(std::string_view entity) const override {
    if (entity == "battery") return {{"state", rounded(battery_, 0)}};
    return on_off_state(alarm_);
  }
  [[nodiscard]] Moment due() const override { return next_; }
  void start(Turn& turn) override {
    battery_ = random().between(55, 100);
    next_ = turn.now + std::chrono::days(1);
  }
  void advance(Turn& turn) override {
    battery_ = std::max(1.0, battery_ - 0.15);
    next_ = turn.now + std::chrono::days(1);
  }
  bool set_sensor(std::string_view entity, const Value& value, Span, Turn&) override {
    if (entity == "battery") return set_battery(value);
    const auto alarm = on_off(value);
    if (alarm) alarm_ = *alarm;
    return alarm.has_value();
  }

 private:
  bool set_battery(const Value& value) {
    const double level = Fields{{"state", value}}.number("state", -1);
    if (level < 0 || level > 100) return false;
    battery_ = level;
    return true;
  }

  bool alarm_ = false;
  double battery_ = 100;
  Moment next_ = kNever;
};

}  // namespace

std::unique_ptr<SimDevice> make_motion(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Motion>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_contact(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Contact>(std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_detector(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Detector>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

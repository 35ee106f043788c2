// Covers and valves: they travel from open to closed in a number of seconds, stop on the way, and know where
// they are. While one moves it reports its position about once a second.

#include <algorithm>
#include <cmath>

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

constexpr Span kReportEvery = std::chrono::seconds(1);
constexpr double kOpen = 100, kClosed = 0;

class Opening final : public SimDevice {
 public:
  // `domain`: "cover" or "valve"; services end in _cover and _valve.
  Opening(std::string domain, DeviceSpec spec, std::uint64_t seed)
      : SimDevice(std::move(spec), seed), domain_(std::move(domain)) {
    const Fields& options = this->spec().options;
    travel_ = span_of(options.number("travel", domain_ == "cover" ? 20 : 4));
    positions_ = options.flag("position", domain_ == "cover");
    position_ = target_ = options.number("initial", kOpen);
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override;
  [[nodiscard]] Fields state(std::string_view entity) const override;
  [[nodiscard]] Moment due() const override { return next_; }
  void advance(Turn& turn) override;
  Outcome obey(const Order& order, Turn& turn) override;

 private:
  [[nodiscard]] bool moving() const { return next_ != kNever; }
  [[nodiscard]] double position_at(Moment now) const;
  Outcome travel_to(const Order& order, double target, Turn& turn);
  Outcome stop(Turn& turn);

  std::string domain_;
  Span travel_{};
  bool positions_ = true;
  double position_ = kOpen, from_ = kOpen, target_ = kOpen;
  Moment begun_{}, ends_{}, next_ = kNever;
};

std::vector<EntitySpec> Opening::entities() const {
  EntitySpec opening = single(domain_, spec().options.text("class"));
  opening.features = {"open", "close", "stop"};
  if (positions_) opening.features.emplace_back("set_position");
  return {opening};
}

Fields Opening::state(std::string_view) const {
  std::string_view word = position_ > kClosed ? "open" : "closed";
  if (moving()) word = target_ > from_ ? "opening" : "closing";
  Fields out{{"state", std::string(word)}};
  if (positions_) out.set("current_position", rounded(position_, 0));
  return out;
}

double Opening::position_at(Moment now) const {
  if (now >= ends_) return target_;
  const double part = seconds_of(now - begun_) / seconds_of(ends_ - begun_);
  return from_ + (target_ - from_) * part;
}

void Opening::advance(Turn& turn) {
  position_ = position_at(turn.now);
  if (turn.now < ends_) {
    next_ = std::min(turn.now + kReportEvery, ends_);
    return;
  }
  next_ = kNever;
  finish(turn);
}

Outcome Opening::travel_to(const Order& order, double target, Turn& turn) {
  if (moving()) position_ = position_at(turn.now);
  Outcome begun = begin(order, turn);
  from_ = position_;
  target_ = target;
  begun_ = turn.now;
  ends_ = turn.now + span_of(seconds_of(travel_) * std::abs(target - from_) / kOpen);
  next_ = std::min(turn.now + kReportEvery, ends_);
  if (ends_ <= turn.now) advance(turn);
  return begun;
}

Outcome Opening::stop(Turn& turn) {
  if (moving()) position_ = position_at(turn.now);
  target_ = position_;
  next_ = kNever;
  finish(turn, {Verdict::failed, "stopped on the way"});
  return {};
}

Outcome Opening::obey(const Order& order, Turn& turn) {
  const std::string_view service = order.service;
  if (service.starts_with("open_")) return travel_to(order, kOpen, turn);
  if (service.starts_with("close_")) return travel_to(order, kClosed, turn);
  if (service.starts_with("stop_")) return stop(turn);
  if (service.starts_with("set_")) {
    const double wanted = order.data.number("position", position_);
    return travel_to(order, std::clamp(wanted, kClosed, kOpen), turn);
  }
  if (service == "toggle") return travel_to(order, position_ > kClosed ? kClosed : kOpen, turn);
  return not_understood(order);
}

}  // namespace

std::unique_ptr<SimDevice> make_cover(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Opening>("cover", std::move(spec), seed);
}

std::unique_ptr<SimDevice> make_valve(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Opening>("valve", std::move(spec), seed);
}

}  // namespace gable::virtual_house

// A door lock with a motor: it takes a moment to turn, and jams with the probability in its description.

#include "protocol/kinds.hpp"

namespace gable::virtual_house {

namespace {

class Lock final : public SimDevice {
 public:
  Lock(DeviceSpec spec, std::uint64_t seed) : SimDevice(std::move(spec), seed) {
    travel_ = span_of(this->spec().options.number("travel", 2));
    jams_ = this->spec().options.number("jams", 0);
  }

  [[nodiscard]] std::vector<EntitySpec> entities() const override { return {single("lock")}; }
  [[nodiscard]] Fields state(std::string_view) const override { return {{"state", state_}}; }
  [[nodiscard]] Moment due() const override { return ends_; }

  void advance(Turn& turn) override {
    ends_ = kNever;
    if (random().chance(jams_)) {
      state_ = "jammed";
      finish(turn, {Verdict::failed, "the bolt is jammed"});
      return;
    }
    state_ = goal_;
    finish(turn);
  }

  Outcome obey(const Order& order, Turn& turn) override {
    if (order.service != "lock" && order.service != "unlock") return not_understood(order);
    const bool locks = order.service == "lock";
    Outcome begun = begin(order, turn);
    goal_ = locks ? "locked" : "unlocked";
    if (state_ == goal_) {
      ends_ = kNever;
      finish(turn);
      return begun;
    }
    state_ = locks ? "locking" : "unlocking";
    ends_ = turn.now + travel_;
    return begun;
  }

 private:
  Span travel_{};
  double jams_ = 0;
  std::string state_ = "locked", goal_ = "locked";
  Moment ends_ = kNever;
};

}  // namespace

std::unique_ptr<SimDevice> make_lock(DeviceSpec spec, std::uint64_t seed) {
  return std::make_unique<Lock>(std::move(spec), seed);
}

}  // namespace gable::virtual_house

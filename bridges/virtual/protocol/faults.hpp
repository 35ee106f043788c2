#pragma once
// What is wrong with the devices at present: faults on request, and the losses of a flaky device. Pure.

#include "protocol/description.hpp"
#include "protocol/random.hpp"

namespace gable::virtual_house {

// The condition of one device's connection.
class Condition {
 public:
  Condition(const DeviceSpec& spec, std::uint64_t seed) : flaky_(spec.flaky), random_(seed) {}

  // Once, at the beginning.
  void start(const FaultSpec& fault, Moment now);
  void impose(const FaultSpec& fault, Moment now);
  [[nodiscard]] Moment due() const;
  void advance(Moment now);

  [[nodiscard]] FaultKind fault() const { return fault_.kind; }
  [[nodiscard]] Span delay() const { return fault_.delay; }
  [[nodiscard]] bool online() const { return !lost_ && fault_.kind != FaultKind::offline; }
  // Why it is not online, for people.
  [[nodiscard]] std::string reason() const;

 private:
  void plan_loss(Moment now);

  FlakySpec flaky_;
  Random random_;
  FaultSpec fault_;
  Moment fault_ends_ = kNever;
  bool lost_ = false;
  Moment turns_ = kNever;  // when a flaky device is lost, or comes back
};

}  // namespace gable::virtual_house

#include "protocol/faults.hpp"

#include <algorithm>

namespace gable::virtual_house {

void Condition::start(const FaultSpec& fault, Moment now) {
  impose(fault, now);
  plan_loss(now);
}

void Condition::impose(const FaultSpec& fault, Moment now) {
  fault_ = fault;
  const bool ends = fault.kind != FaultKind::none && fault.lasts > Span::zero();
  fault_ends_ = ends ? now + fault.lasts : kNever;
}

void Condition::plan_loss(Moment now) {
  if (flaky_.every <= Span::zero()) return;
  const double mean = seconds_of(lost_ ? flaky_.lasts : flaky_.every);
  turns_ = now + std::max(Span(1), span_of(mean * random_.between(0.4, 1.6)));
}

Moment Condition::due() const { return std::min(fault_ends_, turns_); }

void Condition::advance(Moment now) {
  if (now >= fault_ends_) {
    fault_ = {};
    fault_ends_ = kNever;
  }
  if (now < turns_) return;
  lost_ = !lost_;
  plan_loss(now);
}

std::string Condition::reason() const {
  if (fault_.kind == FaultKind::offline) return "switched off for a test";
  return lost_ ? "out of reach" : std::string();
}

}  // namespace gable::virtual_house

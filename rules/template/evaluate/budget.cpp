// Budget: counting what an evaluation costs.

#include "template/evaluate/budget.hpp"

#include <limits>
#include <string>

#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::size_t kPerStep = 64;  // values or octets

}  // namespace

void Budget::work(std::size_t size) {
  remainder_ += size % kPerStep;
  std::size_t steps = size / kPerStep + remainder_ / kPerStep;
  remainder_ %= kPerStep;
  // So much is beyond every limit, and the sum below shall not wrap around.
  if (steps > std::numeric_limits<std::uint32_t>::max() - spent_) exhausted();
  spend(static_cast<std::uint32_t>(steps));
}

void Budget::text(std::size_t octets) {
  if (octets > limits_.output) {
    throw_error(ErrorClass::budget_exceeded,
                "a text of more than " + std::to_string(limits_.output) + " octets");
  }
  work(octets);
}

void Budget::enter() {
  if (depth_ >= limits_.depth) {
    throw_error(ErrorClass::recursion_error,
                "more than " + std::to_string(limits_.depth) + " calls within each other");
  }
  ++depth_;
}

void Budget::exhausted() const {
  throw_error(ErrorClass::budget_exceeded, "more than " + std::to_string(limits_.steps) + " steps");
}

}  // namespace gable::rules::jinja

#pragma once
// How much one evaluation may cost. Work is counted, not timed, so that the same template ends at the same
// place on every machine: one step for each statement, call and round of a loop, one for each 64 values or
// octets that a step goes through or makes. Pure.

#include <cstddef>
#include <cstdint>

namespace gable::rules::jinja {

struct Limits {
  std::uint32_t steps = 10'000;
  std::size_t output = 256 * 1024;  // octets of the text made, also of any text on the way
  std::uint16_t depth = 64;         // macros that call macros, imports that import
};

class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  // Throws EvaluationError(budget_exceeded) when it is used up.
  void step() { spend(1); }
  // For going through or making `size` values or octets.
  void work(std::size_t size);
  // For a text about to be made: refuses it before memory is taken.
  void text(std::size_t octets);
  void enter();
  void leave() { --depth_; }

  [[nodiscard]] std::uint32_t spent() const { return spent_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  void spend(std::uint32_t steps) {
    spent_ += steps;
    if (spent_ > limits_.steps) exhausted();
  }
  [[noreturn]] void exhausted() const;

  Limits limits_;
  std::uint32_t spent_ = 0;
  std::uint16_t depth_ = 0;
  std::size_t remainder_ = 0;
};

}  // namespace gable::rules::jinja

#pragma once
// Renders one template for a test.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "template/template.hpp"

namespace gable::rules::jinja {

// 0, 1, 2 … : the same in every run.
class CountingRandom final : public RandomSource {
 public:
  std::uint64_t below(std::uint64_t bound) override { return count_++ % bound; }

 private:
  std::uint64_t count_ = 0;
};

// Where the oracle's clock stands: 2026-01-15T12:34:56.789Z.
inline Clock reference_clock() {
  return {Instant(std::chrono::microseconds(1'768'480'496'789'000)), nullptr};
}

inline Rendering render_all(std::string_view source, const std::vector<Variable>& variables = {},
                            const House& house = EmptyHouse(), const Clock& clock = reference_clock(),
                            const Library* library = nullptr) {
  const auto compiled = Template::compile(source);
  if (!compiled) {
    Rendering failed;
    failed.outcome = Outcome::drop;
    failed.error = "invalid: " + compiled.error().message();
    return failed;
  }
  CountingRandom random;
  return compiled->render(variables, {house, clock, random, {}}, library);
}

// The text; for an error "passthrough UndefinedError: …", "drop ValueError: …" or "drop invalid: …".
inline std::string render(std::string_view source, const std::vector<Variable>& variables = {},
                          const House& house = EmptyHouse(), const Clock& clock = reference_clock()) {
  const Rendering rendering = render_all(source, variables, house, clock);
  if (rendering.outcome == Outcome::text) return rendering.text;
  return std::string(to_string(rendering.outcome)) + " " + rendering.error;
}

}  // namespace gable::rules::jinja

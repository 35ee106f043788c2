#pragma once
// The house's time zone and its random numbers, as templates use them.

#include "core/helpers/zone_rules.hpp"
#include "template/evaluate/evaluation.hpp"

namespace gable::hub {

class TemplateZone final : public rules::jinja::TimeZone {
 public:
  explicit TemplateZone(const ZoneRules& rules) : rules_(rules) {}
  [[nodiscard]] std::chrono::seconds offset(rules::jinja::Instant utc) const override {
    return rules_.offset(std::chrono::floor<std::chrono::milliseconds>(utc));
  }
  [[nodiscard]] std::chrono::seconds saving(rules::jinja::Instant utc) const override {
    return rules_.saving(std::chrono::floor<std::chrono::milliseconds>(utc));
  }
  [[nodiscard]] std::string abbreviation(rules::jinja::Instant utc) const override {
    return rules_.abbreviation(std::chrono::floor<std::chrono::milliseconds>(utc));
  }
  [[nodiscard]] std::string_view name() const override { return rules_.name(); }

 private:
  const ZoneRules& rules_;
};

// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014).
class SplitMix final : public rules::jinja::RandomSource {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t bound) override {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31)) % bound;
  }
  void stir(std::uint64_t seed) { state_ ^= seed; }

 private:
  std::uint64_t state_;
};

}  // namespace gable::hub

#include "world/sabotage.hpp"

#include <iostream>

#include "world/world.hpp"

namespace gable::sim {

bool try_sabotages() {
  constexpr const char* kSabotages[] = {"forget a write", "act twice"};
  constexpr std::uint64_t kSeeds = 30;
  bool all = true;
  for (const char* sabotage : kSabotages) {
    std::string noticed;
    std::uint64_t seed = 1;
    for (; seed <= kSeeds && noticed.empty(); ++seed) {
      const auto broken = World({.seed = seed, .sabotage = sabotage, .without_faults = true}).live();
      if (!broken.empty()) noticed = broken.front();
    }
    std::cout << sabotage << ": "
              << (noticed.empty() ? "NOT NOTICED" : "seed " + std::to_string(seed - 1) + ": " + noticed)
              << '\n';
    all = all && !noticed.empty();
  }
  return all;
}

}  // namespace gable::sim

// What rules cost: reading a folder of them, and a message that concerns one of them among many.
//
//   rules_bench load FOLDER        seconds, rules, refused, peak memory
//   rules_bench flat [COUNT…]      microseconds for one state change that one rule of COUNT listens to, and
//                                  for one that none does
//
// One JSON object a line.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "disk/rule_folder.hpp"
#include "simulation/simulated_house.hpp"
#include "yaml/loader.hpp"

namespace {

namespace rules = gable::rules;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int load(const std::string& folder) {
  const auto begun = Clock::now();
  rules::RuleFolder read = rules::read_rule_folder(folder);
  const double reading = seconds_since(begun);
  std::size_t refused = 0;
  for (const auto& rule : read.rules.automations) refused += rule.refused() ? 1 : 0;
  const std::size_t count = read.rules.automations.size();
  rules::simulation::SimulatedHouse house(
      {rules::Instant(std::chrono::hours(500'000)), nullptr, {}, nullptr});
  const auto starting = Clock::now();
  house.start(std::move(read.rules));
  std::printf(R"({"automations":%zu,"refused":%zu,"read_s":%.3f,"start_s":%.3f,"peak_mb":%.1f})"
              "\n",
              count, refused, reading, seconds_since(starting), peak_megabytes());
  return 0;
}

std::string rules_of(int count) {
  std::string text = "automation:\n";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += "- alias: Rule " + number + "\n  triggers: {trigger: state, entity_id: binary_sensor.s" + number +
            ", to: 'on'}\n  actions: {action: light.turn_on, target: {entity_id: light.l" + number + "}}\n";
  }
  return text;
}

// Median microseconds of one change.
double cost(rules::simulation::SimulatedHouse& house, const std::string& entity) {
  constexpr int kRounds = 7, kChanges = 400;
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const auto begun = Clock::now();
    for (int i = 0; i < kChanges; ++i) house.set(entity, i % 2 == 0 ? "on" : "off");
    rounds.push_back(seconds_since(begun) / kChanges * 1e6);
  }
  std::sort(rounds.begin(), rounds.end());
  return rounds[kRounds / 2];
}

int flat(const std::vector<int>& counts) {
  for (const int count : counts) {
    rules::RuleSet set;
    rules::NoBlueprints none;
    const auto document = rules::yaml::parse("rules.yaml", rules_of(count));
    if (!document) return std::fprintf(stderr, "%s\n", document.error().message().c_str()), 1;
    rules::read_document(set, *document, none);
    rules::simulation::SimulatedHouse house(
        {rules::Instant(std::chrono::hours(500'000)), nullptr, {}, nullptr});
    house.place_entity("binary_sensor.s0", "off", {});
    house.place_entity("light.l0", "off", {});
    house.place_entity("binary_sensor.nobody", "off", {});
    house.start(std::move(set));
    std::printf(R"({"rules":%d,"concerned_us":%.2f,"unconcerned_us":%.2f})"
                "\n",
                count, cost(house, "binary_sensor.s0"), cost(house, "binary_sensor.nobody"));
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "load" && argc == 3) return load(argv[2]);
  if (what == "flat") {
    std::vector<int> counts;
    for (int i = 2; i < argc; ++i) counts.push_back(std::atoi(argv[i]));
    return flat(counts.empty() ? std::vector<int>{1, 10, 100, 1000} : counts);
  }
  std::fprintf(stderr, "usage: rules_bench load FOLDER | rules_bench flat [COUNT…]\n");
  return 2;
}

// gable_sim: lives through seeds and says which of them break a promise.
//
//   gable_sim --seeds 1..1000 [--time SECONDS] [--json]   many; ends at the first failure unless --all
//   gable_sim --seed 42 --verbose                         one, with its log
//   gable_sim --sabotage                                  breaks the product on purpose: each must be noticed

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "world/sabotage.hpp"
#include "world/world.hpp"

namespace gable::sim {

namespace {

struct Options {
  std::uint64_t from = 1, to = 100;
  std::chrono::seconds time{0};  // 0: no limit
  bool verbose = false, json = false, sabotage = false, all = false, repeat = false;
};

struct Outcome {
  std::uint64_t seeds = 0, failed = 0;
  std::map<std::string, std::uint64_t> faults;
};

struct Life {
  std::vector<std::string> broken;
  std::uint64_t digest = 0;
};

Life live(std::uint64_t seed, bool verbose, Outcome& outcome) {
  WorldOptions options{.seed = seed};
  if (verbose) options.log = [](const std::string& line) { std::cout << line << '\n'; };
  World world(options);
  Life life{world.live(), world.history().digest};
  for (const auto& [kind, count] : world.history().faults) outcome.faults[kind] += count;
  if (life.broken.empty()) return life;
  std::cout << "seed " << seed << " breaks " << life.broken.size() << ":\n";
  for (const auto& text : life.broken) std::cout << "  " << text << '\n';
  std::cout << "its faults:\n";
  for (const auto& fault : world.plan().faults) std::cout << "  " << text_of(fault) << '\n';
  std::cout << "again: gable_sim --seed " << seed << " --verbose\n" << std::flush;
  return life;
}

void report(const Outcome& outcome, double seconds, bool json) {
  if (json) {
    std::cout << R"({"seeds":)" << outcome.seeds << R"(,"failed":)" << outcome.failed << R"(,"seconds":)"
              << seconds << R"(,"faults":{)";
    const char* comma = "";
    for (const auto& [kind, count] : outcome.faults) {
      std::cout << comma << '"' << kind << "\":" << count;
      comma = ",";
    }
    std::cout << "}}\n";
    return;
  }
  std::cout << outcome.seeds << " seeds, " << outcome.failed << " broken, " << seconds << " s\n";
  for (const auto& [kind, count] : outcome.faults) std::cout << "  " << count << " × " << kind << '\n';
}

int run(const Options& options) {
  if (options.sabotage) return try_sabotages() ? EXIT_SUCCESS : EXIT_FAILURE;
  const auto begin = std::chrono::steady_clock::now();
  const auto spent = [&] { return std::chrono::steady_clock::now() - begin; };
  Outcome outcome;
  for (std::uint64_t seed = options.from; seed <= options.to; ++seed) {
    if (options.time.count() > 0 && spent() >= options.time) break;
    const Life life = live(seed, options.verbose, outcome);
    ++outcome.seeds;
    bool failed = !life.broken.empty();
    if (options.repeat && live(seed, false, outcome).digest != life.digest) {
      std::cout << "seed " << seed << " is not the same the second time\n";
      failed = true;
    }
    outcome.failed += failed ? 1 : 0;
    if (failed && !options.all) break;
  }
  report(outcome, std::chrono::duration<double>(spent()).count(), options.json);
  return outcome.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int usage() {
  std::cerr << "usage: gable_sim [--seeds A..B | --seed N] [--time SECONDS] [--all] [--repeat] [--verbose] "
               "[--json]\n"
               "       gable_sim --sabotage\n";
  return 2;
}

bool parse(int argc, char** argv, Options& out) {
  const auto number = [](const char* text, std::uint64_t& value) {
    char* end = nullptr;
    value = std::strtoull(text, &end, 10);
    return end != text ? end : nullptr;
  };
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const char* next = i + 1 < argc ? argv[i + 1] : "";
    std::uint64_t value = 0;
    if (word == "--verbose") {
      out.verbose = true;
    } else if (word == "--json") {
      out.json = true;
    } else if (word == "--all") {
      out.all = true;
    } else if (word == "--repeat") {
      out.repeat = true;
    } else if (word == "--sabotage") {
      out.sabotage = true;
    } else if (word == "--seed" && number(next, out.from) != nullptr) {
      out.to = out.from;
      ++i;
    } else if (word == "--time" && number(next, value) != nullptr) {
      out.time = std::chrono::seconds(value);
      ++i;
    } else if (const char* dots = word == "--seeds" ? number(next, out.from) : nullptr;
               dots != nullptr && dots[0] == '.' && dots[1] == '.' && number(dots + 2, out.to) != nullptr) {
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

}  // namespace gable::sim

int main(int argc, char** argv) {
  gable::sim::Options options;
  if (!gable::sim::parse(argc, argv, options)) return gable::sim::usage();
  try {
    return gable::sim::run(options);
  } catch (const std::exception& error) {
    std::cerr << "gable_sim: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}

// The hot path of the core without anything around it, for a profiler that counts instructions:
//
//   hot_path_events [EVENTS]     100 sensors, lamps and rules; a fixed number of events (default 2000)
//
// tools/bench/hot_path runs it under callgrind and counts what happens within `measured`.

#include <cstdio>
#include <cstdlib>

#include "hot_house.hpp"

namespace gable::hub::test {

constexpr std::size_t kPairs = 100;

// Not inlined, so that the profiler finds it by its name.
[[gnu::noinline]] std::size_t measured(HotHouse& house, std::size_t events) {
  std::size_t commands = 0;
  for (std::size_t i = 0; i < events; ++i)
    commands += house.whole_event(i % kPairs, (i / kPairs) % 2 == 0) ? 1 : 0;
  return commands;
}

}  // namespace gable::hub::test

int main(int argc, char** argv) {
  using namespace gable::hub::test;
  const std::size_t events = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2'000;
  HotHouse house(kPairs);
  const std::size_t commands = measured(house, events);
  std::printf("%zu events, %zu commands\n", events, commands);
  return commands == events ? 0 : 1;
}

// gable-bridge-virtual: a furnished house that does not exist. Wiring only.

#include <memory>

#include "bridge/run.hpp"
#include "virtual_bridge.hpp"

int main(int argc, char** argv) {
  namespace house = gable::virtual_house;
  gable::bridge::About about;
  about.name = "virtual";
  about.summary = "A furnished simulated house, for trying things out and for tests";
  about.protocol = "simulation";

  // Outlives run(): handlers and timers name it until the bridge has ended.
  std::unique_ptr<house::VirtualBridge> running;
  return gable::bridge::run(argc, argv, about, [&running](gable::bridge::Bridge& bridge) {
    const house::HouseFile file = house::read_house_file(bridge.config());
    const house::Moment start = file.start.value_or(house::local_time(bridge.clock().now()));
    running = std::make_unique<house::VirtualBridge>(bridge, file, start);
    house::add_requests(bridge, *running);
  });
}

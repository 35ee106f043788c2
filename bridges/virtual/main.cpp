// gable-bridge-virtual: a furnished house that does not exist. Wiring only.

#include "bridge/run.hpp"
#include "virtual_bridge.hpp"

int main(int argc, char** argv) {
  namespace house = gable::virtual_house;
  gable::bridge::About about;
  about.name = "virtual";
  about.summary = "A furnished simulated house, for trying things out and for tests";
  about.protocol = "simulation";
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    const house::HouseFile file = house::read_house_file(bridge.config());
    const house::Moment start = file.start.value_or(house::local_time(bridge.clock().now()));
    house::add_requests(bridge, bridge.keep<house::VirtualBridge>(bridge, file, start));
  });
}

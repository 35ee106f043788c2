// gable-bridge-zwave: a Z-Wave network behind Z-Wave JS server. Wiring only.

#include <memory>

#include "bridge/run.hpp"
#include "scan.hpp"
#include "zwave_bridge.hpp"

int main(int argc, char** argv) {
  namespace zwave = gable::zwave;
  gable::bridge::About about;
  about.name = "zwave";
  about.summary = "A Z-Wave network behind Z-Wave JS server";
  about.protocol = "zwave";
  about.options = {{"--server", "URL", "of Z-Wave JS server; without it ws://127.0.0.1:3000"}};
  about.scan = zwave::scan;

  // Outlives run(): handlers and timers name it until the bridge has ended.
  std::unique_ptr<zwave::ZwaveBridge> running;
  return gable::bridge::run(argc, argv, about, [&running](gable::bridge::Bridge& bridge) {
    const zwave::ZwaveConfig config = zwave::read_zwave_config(bridge.config(), bridge.option("--server"));
    running = std::make_unique<zwave::ZwaveBridge>(bridge, config);
    zwave::add_requests(bridge, *running);
  });
}

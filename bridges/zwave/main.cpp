// gable-bridge-zwave: a Z-Wave network behind Z-Wave JS server. Wiring only.

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
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    const zwave::ZwaveConfig config = zwave::read_zwave_config(bridge.config(), bridge.option("--server"));
    zwave::add_requests(bridge, bridge.keep<zwave::ZwaveBridge>(bridge, config));
  });
}

// gable-bridge-host: the machine it runs on. Wiring only.

#include "bridge/run.hpp"
#include "host_bridge.hpp"

int main(int argc, char** argv) {
  namespace host = gable::host;
  gable::bridge::About about;
  about.name = "host";
  about.summary = "The machine it runs on: load, memory, disks, temperatures, networks, and a switch";
  about.protocol = "linux";
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    bridge.keep<host::HostBridge>(bridge, host::read_host_config(bridge.config()));
  });
}

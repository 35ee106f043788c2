// gable-bridge-host: the machine it runs on. Wiring only.

#include <memory>

#include "bridge/run.hpp"
#include "host_bridge.hpp"

int main(int argc, char** argv) {
  namespace host = gable::host;
  gable::bridge::About about;
  about.name = "host";
  about.summary = "The machine it runs on: load, memory, disks, temperatures, networks, and a switch";
  about.protocol = "linux";

  // Outlives run(): tasks of the worker may still name it while the bridge ends.
  std::unique_ptr<host::HostBridge> running;
  return gable::bridge::run(argc, argv, about, [&running](gable::bridge::Bridge& bridge) {
    running = std::make_unique<host::HostBridge>(bridge, host::read_host_config(bridge.config()));
  });
}

// gable-bridge-presence: who is home. Wiring only.

#include "bridge/run.hpp"
#include "presence_bridge.hpp"
#include "scan.hpp"

int main(int argc, char** argv) {
  namespace presence = gable::presence;
  gable::bridge::About about;
  about.name = "presence";
  about.summary = "Who is home: the network's neighbour table, DHCP leases, the router, pings";
  about.protocol = "network";
  about.scan = presence::scan;
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    bridge.keep<presence::PresenceBridge>(bridge, presence::read_presence_config(bridge.config()));
  });
}

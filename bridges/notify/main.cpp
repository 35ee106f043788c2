// gable-bridge-notify: messages out of the house, and spoken in it. Wiring only.

#include "bridge/run.hpp"
#include "notify_bridge.hpp"

int main(int argc, char** argv) {
  namespace notify = gable::notify;
  gable::bridge::About about;
  about.name = "notify";
  about.summary = "Messages out of the house by mail, webhook and ntfy, and spoken in it";
  about.needs_config = true;
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    bridge.keep<notify::NotifyBridge>(bridge, notify::read_notify_config(bridge.config()));
  });
}

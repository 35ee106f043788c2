// gable-bridge-mpd: music players that speak the protocol of the Music Player Daemon. Wiring only.

#include <unistd.h>

#include <memory>

#include "bridge/run.hpp"
#include "mpd_bridge.hpp"

int main(int argc, char** argv) {
  namespace mpd = gable::mpd;
  gable::bridge::About about;
  about.name = "mpd";
  about.summary = "Music players: Music Player Daemon and what speaks its protocol";

  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    // The bridge owns it through the handler, which also ends it: its connections have threads.
    auto running = std::make_shared<mpd::MpdBridge>(bridge, mpd::read_mpd_config(bridge.config()),
                                                    static_cast<std::uint32_t>(getpid()));
    bridge.on_stop([running]() mutable { running.reset(); });
  });
}

// gable-bridge-mpd: music players that speak the protocol of the Music Player Daemon. Wiring only.

#include <unistd.h>

#include "bridge/run.hpp"
#include "mpd_bridge.hpp"

int main(int argc, char** argv) {
  namespace mpd = gable::mpd;
  gable::bridge::About about;
  about.name = "mpd";
  about.summary = "Music players: Music Player Daemon and what speaks its protocol";
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    bridge.keep<mpd::MpdBridge>(bridge, mpd::read_mpd_config(bridge.config()),
                                static_cast<std::uint32_t>(getpid()));
  });
}

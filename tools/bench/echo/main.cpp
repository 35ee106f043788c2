// A bare client that answers each event of a motion sensor with a command to its lamp: the floor that the hub
// is measured against.
//
//   bench_echo PORT z2m|bridge BASE [--client mosquitto|paho] [--pairs N] [--meters N] [--qos 0|1] [--same
//   yes]
//
// Prints "ready" when it listens, and runs until it is ended.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "clients.hpp"

int main(int argc, char** argv) {
  bool paho = false, good = argc >= 4 && argc % 2 == 0;
  gable::bench::EchoOptions options;
  if (good) {
    options.port = std::atoi(argv[1]);
    options.kind =
        std::string(argv[2]) == "bridge" ? gable::bench::Kind::bridge : gable::bench::Kind::zigbee2mqtt;
    options.base = argv[3];
  }
  for (int i = 4; good && i + 1 < argc; i += 2) {
    const std::string name = argv[i], value = argv[i + 1];
    if (name == "--client")
      paho = value == "paho";
    else if (name == "--pairs")
      options.pairs = std::strtoul(value.c_str(), nullptr, 10);
    else if (name == "--meters")
      options.meters = std::strtoul(value.c_str(), nullptr, 10);
    else if (name == "--qos")
      options.qos = std::atoi(value.c_str());
    else if (name == "--same")
      options.same = value == "yes";
    else
      good = false;
  }
  if (!good) {
    std::fprintf(stderr,
                 "usage: bench_echo PORT z2m|bridge BASE [--client mosquitto|paho] [--pairs N] [--meters N]\n"
                 "                  [--qos 0|1] [--same yes]\n");
    return 2;
  }
  return paho ? gable::bench::echo_by_paho(options) : gable::bench::echo_by_mosquitto(options);
}

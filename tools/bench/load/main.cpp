// The measuring house as a program.
//
//   bench_load house PORT z2m|bridge BASE --pairs N --meters N
//       publishes what a hub must know of it, retained
//   bench_load states PORT z2m|bridge BASE --pairs N --meters N
//       the first state of every device
//   bench_load run PORT z2m|bridge BASE --pairs N [--qos 0|1] [--seconds S] [--rate R | --depth N]
//                  [--background R --meters N]
//       a load; one line of JSON says what it saw
//   bench_load flood PORT z2m|bridge BASE --meters N [--qos 0|1] [--seconds S] [--rate R]
//       meters that send without pause; without a rate as many messages as the broker delivers
//
// The broker is on 127.0.0.1.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "flood.hpp"
#include "runs.hpp"

namespace {

using gable::bench::Client;
using gable::bench::Kind;
using gable::bench::Load;
using gable::bench::Plane;
using gable::bench::RunOptions;

int usage() {
  std::fprintf(
      stderr,
      "usage: bench_load house|states|run|flood PORT z2m|bridge BASE [--pairs N] [--meters N] [--qos 0|1]\n"
      "                  [--seconds S] [--rate R] [--depth N] [--background R]\n");
  return 2;
}

bool take(RunOptions& options, const std::string& name, const char* value) {
  const auto count = static_cast<std::size_t>(std::strtoul(value, nullptr, 10));
  const double number = std::strtod(value, nullptr);
  if (name == "--pairs") return options.pairs = count, true;
  if (name == "--meters") return options.meters = count, true;
  if (name == "--qos") return options.qos = static_cast<int>(count), true;
  if (name == "--seconds") return options.seconds = number, true;
  if (name == "--rate") return options.rate = number, true;
  if (name == "--depth") return options.depth = count, true;
  if (name == "--background") return options.background = number, true;
  return false;
}

void announce(const RunOptions& options) {
  Client client("bench-house", options.port, [](std::string_view, std::string_view) {});
  for (const auto& [topic, payload] :
       Plane(options.kind, options.base).house(options.pairs, options.meters)) {
    client.publish(topic, payload, 1, true);
    if (client.unacknowledged() > 1'000) client.settle(std::chrono::seconds(20));
  }
  client.settle(std::chrono::seconds(60));
  client.disconnect();
}

void first_states(const RunOptions& options) {
  Client client("bench-states", options.port, [](std::string_view, std::string_view) {});
  const Plane plane(options.kind, options.base);
  const bool retained = options.kind == Kind::bridge;
  const auto say = [&](const std::string& topic, const std::string& payload) {
    client.publish(topic, payload, 1, retained);
    if (client.unacknowledged() > 1'000) client.settle(std::chrono::seconds(20));
  };
  for (std::size_t i = 0; i < options.pairs; ++i) {
    say(plane.motion(i), plane.motion_payload(false));
    say(plane.lamp(i), plane.lamp_payload(false));
  }
  for (std::size_t i = 0; i < options.meters; ++i) say(plane.meter(i), plane.meter_payload(9));
  client.settle(std::chrono::seconds(60));
  client.disconnect();
}

std::string flood_of(const RunOptions& options) {
  return gable::bench::flood({.port = options.port,
                              .kind = options.kind,
                              .base = options.base,
                              .meters = options.meters,
                              .qos = options.qos,
                              .seconds = options.seconds,
                              .rate = options.rate});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5 || argc % 2 == 0) return usage();
  RunOptions options;
  const std::string what = argv[1], kind = argv[3];
  options.port = std::atoi(argv[2]);
  options.kind = kind == "bridge" ? Kind::bridge : Kind::zigbee2mqtt;
  options.base = argv[4];
  if (what == "flood") options.rate = 0;
  for (int i = 5; i + 1 < argc; i += 2) {
    if (!take(options, argv[i], argv[i + 1])) return usage();
  }
  try {
    if (what == "house") return announce(options), 0;
    if (what == "states") return first_states(options), 0;
    if (what == "flood") return std::printf("%s\n", flood_of(options).c_str()) > 0 ? 0 : 1;
    if (what == "run") return std::printf("%s\n", Load(options).run().c_str()) > 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_load: %s\n", error.what());
    return 1;
  }
  return usage();
}

#include "flood.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "client.hpp"

namespace gable::bench {

namespace {

using std::chrono::duration;
using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

// Messages on their way to the listener at most, so that none waits in the broker for long.
constexpr std::size_t kOnTheWay = 400;

std::string report(std::size_t messages, double seconds) {
  char line[96];
  std::snprintf(line, sizeof line, R"({"messages":%zu,"per_second":%.0f})", messages,
                static_cast<double>(messages) / seconds);
  return line;
}

// As many as go through the broker to one listener.
std::string carried(const FloodOptions& options, const Plane& plane, Client& client) {
  std::size_t heard = 0, sent = 0;
  Client listener("bench-carried", options.port, [&heard](std::string_view, std::string_view) { ++heard; });
  for (std::size_t i = 0; i < options.meters; ++i) listener.subscribe(plane.meter(i), options.qos);
  listener.settle(std::chrono::seconds(20));
  const auto begun = Clock::now(),
             end = begun + std::chrono::duration_cast<Clock::duration>(duration<double>(options.seconds));
  while (Clock::now() < end) {
    for (; sent < heard + kOnTheWay; ++sent)
      client.publish(plane.meter(sent % options.meters), plane.meter_payload(sent), options.qos);
    client.step(microseconds(0));
    listener.step(microseconds(100));
  }
  return report(heard, duration<double>(Clock::now() - begun).count());
}

std::string paced(const FloodOptions& options, const Plane& plane, Client& client) {
  std::size_t sent = 0;
  const auto begun = Clock::now();
  const auto passed = [begun] { return duration<double>(Clock::now() - begun).count(); };
  for (double now = passed(); now < options.seconds; now = passed()) {
    const auto due = static_cast<std::size_t>(now * options.rate);
    for (; sent < due; ++sent)
      client.publish(plane.meter(sent % options.meters), plane.meter_payload(sent), options.qos);
    client.step(std::chrono::milliseconds(1));
  }
  return report(sent, passed());
}

}  // namespace

std::string flood(const FloodOptions& options) {
  const Plane plane(options.kind, options.base);
  Client client("bench-flood-" + options.base, options.port, [](std::string_view, std::string_view) {});
  std::string line = options.rate > 0 ? paced(options, plane, client) : carried(options, plane, client);
  client.disconnect();
  return line;
}

}  // namespace gable::bench

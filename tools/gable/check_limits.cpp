// How quick the broker is, and how much it holds for one client.

#include <algorithm>
#include <string>

#include "gable/check_broker.hpp"

namespace gable::cli {

namespace {

constexpr Milliseconds kPatience{3'000};
constexpr int kRounds = 21;
constexpr double kSlowMs = 20;  // a lone message over a socket with Nagle's algorithm waits 40 ms
constexpr std::size_t kMany = 1'500;

std::string one_digit(double number) {
  const auto tenths = static_cast<long long>(number * 10 + 0.5);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::size_t count_many(Probe& probe) {
  const auto reader = probe.open();
  if (!reader || !reader->subscribe({{probe.topic("many/+")}})) return 0;
  std::vector<std::string> topics;
  for (const auto& message : probe.collect(*reader)) topics.push_back(message.topic);
  std::sort(topics.begin(), topics.end());
  const auto end = std::unique(topics.begin(), topics.end());
  return static_cast<std::size_t>(std::count_if(topics.begin(), end, [&](const std::string& topic) {
    return topic.starts_with(probe.topic("many/"));
  }));
}

}  // namespace

void check_latency(Probe& probe, std::vector<Check>& out) {
  const auto link = probe.open();
  const std::string topic = probe.topic("lone");
  std::vector<double> times;
  const bool asked = link && link->subscribe({{topic}});
  for (int i = 0; asked && i < kRounds; ++i) {
    const auto begun = in(Milliseconds(0));
    probe.main().publish({.topic = topic, .payload = std::to_string(i)});
    if (!Probe::await(*link, topic, kPatience)) break;
    times.push_back(std::chrono::duration<double, std::milli>(in(Milliseconds(0)) - begun).count());
    probe.main().flush(kPatience);
  }
  if (times.empty()) {
    out.push_back(
        {"latency", Verdict::bad, "a message of QoS 1 did not come back", "look at the broker's log"});
    return;
  }
  std::sort(times.begin(), times.end());
  const double median = times[times.size() / 2];
  const bool slow = median > kSlowMs;
  out.push_back({"latency", slow ? Verdict::lesser : Verdict::good,
                 one_digit(median) + " ms for a lone message of QoS 1, at most " + one_digit(times.back()),
                 slow ? "mosquitto: set_tcp_nodelay true; else the network is slow" : ""});
}

void check_queue(Probe& probe, std::vector<Check>& out) {
  for (std::size_t i = 0; i < kMany; ++i)
    probe.main().publish({.topic = probe.topic("many/" + std::to_string(i)), .payload = "1", .retain = true});
  probe.main().flush(Milliseconds(20'000));
  const std::size_t came = count_many(probe);
  for (std::size_t i = 0; i < kMany; ++i)
    probe.main().publish({.topic = probe.topic("many/" + std::to_string(i)), .payload = "", .retain = true});
  probe.main().flush(Milliseconds(20'000));
  const bool all = came == kMany;
  out.push_back(
      {"queue limit", all ? Verdict::good : Verdict::lesser,
       std::to_string(came) + " of " + std::to_string(kMany) + " stored messages came at once at QoS 1",
       all ? "" : "mosquitto: max_queued_messages 0 with max_queued_bytes, or a burst loses messages"});
}

}  // namespace gable::cli

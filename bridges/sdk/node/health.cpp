#include "node/health.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <string>

namespace gable::node {

std::int64_t kib_of(std::string_view status_text, std::string_view key) {
  std::size_t at = 0;
  while (at < status_text.size()) {
    const std::size_t end = std::min(status_text.find('\n', at), status_text.size());
    std::string_view line = status_text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(key) || line.size() <= key.size() || line[key.size()] != ':') continue;
    line.remove_prefix(std::min(line.find_first_of("0123456789"), line.size()));
    std::int64_t value = 0;
    std::from_chars(line.data(), line.data() + line.size(), value);
    return value;
  }
  return 0;
}

Health::Health(Loop& loop, const Session& session)
    : loop_(loop), session_(session), started_(loop.clock().steady()) {}

wire::HealthDoc Health::take() {
  const LoopStats loop = loop_.take_stats();
  const SessionStats& session = session_.stats();
  wire::HealthDoc doc;
  doc.uptime = std::chrono::duration_cast<wire::Duration>(loop_.clock().steady() - started_);
  doc.messages_in = static_cast<std::int64_t>(session.messages_in);
  doc.messages_out = static_cast<std::int64_t>(session.messages_out);
  doc.reconnects = static_cast<std::int64_t>(session.reconnects);
  doc.errors = errors_ + static_cast<std::int64_t>(session.refused + session.dropped);
  doc.queue = static_cast<std::int64_t>(loop.queued);
  doc.queue_peak = static_cast<std::int64_t>(loop.peak);
  doc.queue_limit = static_cast<std::int64_t>(loop.limit);
  doc.longest_turn_us = loop.longest_turn.count();
  std::ifstream file("/proc/self/status");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  doc.resident_kib = kib_of(text, "VmRSS");
  doc.at = loop_.clock().now();
  return doc;
}

}  // namespace gable::node

#include "core_bench.hpp"

#include <algorithm>

#include "wire/json.hpp"

namespace gable::bridge::test {

namespace {

const std::string kPrefix = "gable/bridge/b/";
const std::string kStart = "\"2026-11-22T00:00:00.000Z\"";

std::string shortened(std::string text) {
  if (text.starts_with(kPrefix)) text.erase(0, kPrefix.size());
  return text;
}

std::string timeless(std::string text) {
  for (auto at = text.find(kStart); at != std::string::npos; at = text.find(kStart))
    text.replace(at, kStart.size(), "T");
  return text;
}

struct Writer {
  std::string operator()(const Publish& effect) const {
    const node::Message& message = effect.message;
    const std::string correlation = message.correlation.empty() ? "" : " #" + message.correlation;
    if (message.retain && message.payload.empty()) return "- " + shortened(message.topic);
    return std::string(message.retain           ? "R "
                       : message.expiry_seconds ? "E "
                                                : "P ") +
           shortened(message.topic) + correlation + " " + timeless(message.payload);
  }
  std::string operator()(const Subscribe& effect) const {
    std::string line = "subscribe";
    for (const auto& one : effect.subscriptions) {
      line += " " + shortened(one.filter) + ":" + std::to_string(one.qos);
      if (one.retain_handling == node::RetainHandling::never) line += ":never";
    }
    return line;
  }
  std::string operator()(const Unsubscribe& effect) const {
    return "unsubscribe " + std::to_string(effect.filters.size());
  }
  std::string operator()(const SetStatus& effect) const {
    const std::string line = "status " + std::string(wire::to_string(effect.status));
    return effect.reason.empty() ? line : line + ": " + effect.reason;
  }
  std::string operator()(const Execute& effect) const {
    const std::string who =
        effect.command.entity.empty() ? effect.device : effect.device + "/" + effect.command.entity;
    return "do " + std::to_string(effect.token) + " " + who + " " + effect.command.service + " " +
           wire::to_json(effect.command.data) + " expecting " + wire::to_json(effect.command.expected);
  }
  std::string operator()(const HandleRequest& effect) const {
    return "request " + std::to_string(effect.token) + " " + effect.method + " " +
           wire::to_json(effect.arguments);
  }
  std::string operator()(const Remember& effect) const {
    return "remember " + effect.seen.device + " " + effect.seen.id + " " +
           std::to_string(effect.seen.outcome.size());
  }
  std::string operator()(const LogLine& effect) const {
    return "log " + std::string(to_string(effect.level)) + " " + shortened(effect.text);
  }
};

CoreOptions options(std::vector<SeenCommand> seen) {
  CoreOptions options;
  options.bridge = "b";
  options.session_id = "s";
  options.info.program = "test";
  options.info.version = "1";
  options.info.protocol = "none";
  options.seen = std::move(seen);
  return options;
}

}  // namespace

CoreBench::CoreBench(std::vector<SeenCommand> seen)
    : core(wire::TopicTree("gable"), options(std::move(seen))) {}

Lines CoreBench::give(const Event& event, bool flush) {
  Lines lines;
  const Now now{clock.now(), clock.steady()};
  for (const Effect& effect : core.handle(event, now)) lines.push_back(std::visit(Writer{}, effect));
  if (flush && core.unsent()) {
    for (const Effect& effect : core.handle(Flush{}, now)) lines.push_back(std::visit(Writer{}, effect));
  }
  return lines;
}

Lines CoreBench::message(const std::string& topic, const std::string& payload, bool retain) {
  node::Message message;
  message.topic = kPrefix + topic;
  message.payload = payload;
  message.retain = retain;
  return give(Inbound{message});
}

void CoreBench::go_online(int protocol_version) {
  give(InventoryChanged{true});
  give(Connected{protocol_version});
}

Lines only(const Lines& lines, const std::vector<std::string>& starts) {
  Lines kept;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(kept), [&starts](const std::string& line) {
    return std::any_of(starts.begin(), starts.end(),
                       [&line](const auto& start) { return line.starts_with(start); });
  });
  return kept;
}

}  // namespace gable::bridge::test

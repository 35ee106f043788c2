#include "core/flood_gate.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace gable::hub {

namespace {

using std::chrono::seconds;

// A flood that says thousands of names under one login is still bounded; what is more shares a name or is not
// counted.
constexpr std::size_t kSources = 256;
constexpr std::size_t kTopics = 256;
constexpr std::string_view kOthers = "others";

// `text` up to its `levels`-th slash.
std::string_view first_levels(std::string_view text, int levels) {
  std::size_t end = 0;
  for (; levels > 0; --levels) {
    end = text.find('/', end == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return text;
  }
  return text.substr(0, end);
}

}  // namespace

FloodGate::FloodGate(std::string root, FloodLimits limits) : root_(std::move(root) + '/'), limits_(limits) {}

std::string_view FloodGate::source_name(std::string_view topic) const {
  if (!topic.starts_with(root_)) return first_levels(topic, 1);
  const std::string_view rest = topic.substr(root_.size());
  return topic.substr(0, root_.size() + first_levels(rest, rest.starts_with("bridge/") ? 2 : 1).size());
}

bool FloodGate::may_be_left_out(std::string_view topic) const {
  if (!topic.starts_with(root_)) return true;
  topic.remove_prefix(root_.size());
  if (!topic.starts_with("bridge/")) return false;
  topic.remove_prefix(first_levels(topic, 2).size());
  return topic.starts_with("/state/");
}

// What the hub says to itself tells it that everything before has arrived (StartUp's barrier).
bool FloodGate::is_own(std::string_view topic) const {
  return topic.starts_with(root_) && topic.substr(root_.size()).starts_with("client/");
}

FloodGate::Source& FloodGate::source(std::string_view name) {
  const auto found = sources_.find(name);
  if (found != sources_.end()) return found->second;
  return sources_[std::string(sources_.size() < kSources ? name : kOthers)];
}

bool FloodGate::hold(MessageIn& message, Steady now) {
  keep_time(now);
  if (++said_ <= limits_.calm && floods_ == 0 && topics_.empty() && lane_.empty()) return false;
  const std::string_view name = source_name(message.topic);
  if (is_own(message.topic)) {
    if (lane_.empty()) return false;
    line_up(message, source(name));
    return true;
  }
  if (muffle(message, name, now)) return true;
  Source& from = source(name);
  if (++from.said > limits_.source && !from.waits) {
    from.waits = true;
    begin_flood(from, now);
  }
  if (!from.waits) return false;
  line_up(message, from);
  return true;
}

bool FloodGate::muffle(MessageIn& message, std::string_view source_name, Steady now) {
  auto found = topics_.find(message.topic);
  if (found == topics_.end()) {
    auto& slot = slots_[std::hash<std::string_view>{}(message.topic) % slots_.size()];
    if (slot < limits_.topic) return ++slot, false;
    if (topics_.size() >= kTopics || !may_be_left_out(message.topic)) return false;
    found = topics_.try_emplace(message.topic).first;
    found->second.source = source_name;
  }
  Topic& topic = found->second;
  if (++topic.said > limits_.topic && !topic.muffled) {
    topic.muffled = true;
    begin_flood(source(source_name), now);
  }
  if (!topic.muffled && !topic.last) return false;
  if (topic.last) ++source(source_name).left_out;
  topic.last = std::move(message);
  return true;
}

void FloodGate::line_up(MessageIn& message, Source& from) {
  const auto before = last_.find(message.topic);
  if (before != last_.end() && lane_.size() >= limits_.crowd && may_be_left_out(message.topic)) {
    // All but the topic, which the key of `last_` is a view of.
    MessageIn& place = *before->second;
    place.payload = std::move(message.payload);
    place.retained = message.retained;
    place.response_topic = std::move(message.response_topic);
    place.correlation = std::move(message.correlation);
    place.repeated = message.repeated;
    ++from.left_out;
    return;
  }
  if (before != last_.end()) last_.erase(before);
  lane_.push_back(std::move(message));
  last_.emplace(lane_.back().topic, std::prev(lane_.end()));
}

std::optional<MessageIn> FloodGate::next() {
  if (lane_.empty()) return std::nullopt;
  const auto newest = last_.find(lane_.front().topic);
  if (newest != last_.end() && newest->second == lane_.begin()) last_.erase(newest);
  MessageIn out = std::move(lane_.front());
  lane_.pop_front();
  if (lane_.empty()) last_ = {};  // it does not shrink by itself
  return out;
}

std::vector<MessageIn> FloodGate::latest(Steady now) {
  keep_time(now);
  std::vector<MessageIn> out;
  for (auto& [name, topic] : topics_) {
    if (!topic.last) continue;
    MessageIn message = *std::exchange(topic.last, std::nullopt);
    // Behind what the topic said before it was muffled, if that waits still.
    if (last_.contains(message.topic))
      line_up(message, source(topic.source));
    else
      out.push_back(std::move(message));
  }
  return out;
}

void FloodGate::keep_time(Steady now) {
  if (now - second_ < seconds(1)) return;
  const bool silent = now - second_ >= seconds(2);  // the second before this one
  second_ = now;
  said_ = 0;
  slots_.fill(0);
  for (auto& [name, topic] : topics_) {
    topic.said_before = silent ? 0 : topic.said;
    topic.said = 0;
    topic.muffled = topic.muffled && topic.said_before > limits_.topic / 2;
  }
  for (auto& [name, from] : sources_) {
    from.said_before = silent ? 0 : from.said;
    from.said = 0;
    // While any wait, newer ones would overtake them.
    from.waits = from.waits && (from.said_before > limits_.source / 2 || !lane_.empty());
  }
  forget_quiet();
}

void FloodGate::forget_quiet() {
  std::erase_if(topics_, [](const auto& entry) { return !entry.second.muffled && !entry.second.last; });
  std::erase_if(sources_, [](const auto& entry) { return !entry.second.waits && !entry.second.since; });
}

void FloodGate::begin_flood(Source& source, Steady now) {
  if (source.since) return;
  source.since = now;
  ++floods_;
}

Flood FloodGate::flood_of(const std::string& name, const Source& source, Steady now) const {
  Flood out{.source = name,
            .topic = {},
            .per_second = std::max(source.said, source.said_before),
            .left_out = source.left_out,
            .lasts = std::chrono::duration_cast<seconds>(now - *source.since),
            .over = !source.waits};
  std::size_t most = 0;
  for (const auto& [topic_name, topic] : topics_) {
    if (!topic.muffled || topic.source != name) continue;
    out.over = false;
    const std::size_t said = std::max(topic.said, topic.said_before);
    if (said <= most) continue;
    most = said;
    out.topic = topic_name;
  }
  out.per_second = std::max(out.per_second, most);
  return out;
}

std::vector<Flood> FloodGate::report(Steady now) {
  keep_time(now);
  std::vector<Flood> out;
  for (auto& [name, source] : sources_) {
    if (!source.since) continue;
    out.push_back(flood_of(name, source, now));
    if (!out.back().over) continue;
    source = {};
    --floods_;
  }
  forget_quiet();
  return out;
}

}  // namespace gable::hub

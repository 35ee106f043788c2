#include "core/discovery/slices.hpp"

#include <array>
#include <optional>
#include <utility>

#include "discovery/maps/keys.hpp"

namespace gable::hub {

namespace {

// Of mosquitto's max_queued_messages, which nobody tells us.
constexpr std::size_t kBrokersQueue = 1'000;
// Announcements and devices that are asked for together.
constexpr std::size_t kTogether = 300;
constexpr std::size_t kDevicesTogether = 30;

struct Levels {
  std::string_view platform, device, object;
};

// Of <prefix>/<platform>/<device>/<object>/config; the shorter form names no device.
std::optional<Levels> levels_of(std::string_view prefix, std::string_view topic) {
  if (!topic.starts_with(prefix) || topic.size() <= prefix.size()) return std::nullopt;
  topic.remove_prefix(prefix.size() + 1);
  std::array<std::string_view, 4> parts;
  std::size_t count = 0;
  for (std::size_t end = 0; end != std::string_view::npos && count < parts.size();) {
    end = topic.find('/');
    parts[count++] = topic.substr(0, end);
    if (end != std::string_view::npos) topic.remove_prefix(end + 1);
  }
  if (count != parts.size() || parts[3] != "config") return std::nullopt;
  return Levels{parts[0], parts[1], parts[2]};
}

std::string joined(std::string_view a, std::string_view b, std::string_view c, std::string_view d) {
  std::string topic(a);
  for (const auto part : {b, c, d}) topic.append("/").append(part);
  return topic.append("/config");
}

}  // namespace

void Slices::begin() {
  stage_ = Stage::all;
  came_ = 0;
  present_ = {};
  waiting_.clear();
  large_.clear();
}

std::vector<std::string> Slices::next(const Topics& seen) {
  const bool large = std::exchange(came_, 0) > kBrokersQueue;
  if (large && stage_ == Stage::platforms) large_.insert(present_.platform);
  present_ = {};
  if (stage_ == Stage::all && !large) stage_ = Stage::done;
  while (waiting_.empty() && stage_ != Stage::done) plan(seen);
  if (waiting_.empty()) return {};
  present_ = std::move(waiting_.front());
  waiting_.pop_front();
  return present_.filters;
}

void Slices::plan(const Topics& seen) {
  switch (stage_) {
    case Stage::all:
      stage_ = Stage::platforms;
      return plan_platforms();
    case Stage::platforms:
      stage_ = large_.empty() ? Stage::done : Stage::objects;
      return plan_objects(seen());
    case Stage::objects:
      stage_ = Stage::devices;
      return plan_devices(seen());
    default:
      stage_ = Stage::done;
  }
}

void Slices::plan_platforms() {
  const auto add = [this](std::string_view platform) {
    const std::string below = prefix_ + "/" + std::string(platform);
    waiting_.push_back({{below + "/+/config", below + "/+/+/config"}, std::string(platform)});
  };
  add("device");
  for (const auto platform : discovery::maps::platforms()) add(platform);
}

// How many an object id has is known of some devices only; a common one is asked for alone.
void Slices::plan_objects(const std::vector<std::string_view>& seen) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const auto topic : seen) {
    const auto levels = levels_of(prefix_, topic);
    if (levels && large_.contains(std::string(levels->platform)))
      ++counts[{levels->platform, levels->object}];
  }
  std::size_t together = kTogether;
  for (const auto& [which, count] : counts) {
    if (together + count > kTogether) {
      waiting_.emplace_back();
      together = 0;
    }
    together += count;
    waiting_.back().filters.push_back(joined(prefix_, which.first, "+", which.second));
  }
}

void Slices::plan_devices(const std::vector<std::string_view>& seen) {
  std::set<std::string_view> devices;
  for (const auto topic : seen) {
    if (const auto levels = levels_of(prefix_, topic)) devices.insert(levels->device);
  }
  for (const auto device : devices) {
    if (waiting_.empty() || waiting_.back().filters.size() >= kDevicesTogether) waiting_.emplace_back();
    waiting_.back().filters.push_back(joined(prefix_, "+", device, "+"));
  }
}

}  // namespace gable::hub

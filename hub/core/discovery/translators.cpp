// Homie and device maps: what they translate into components is announced like everything else.

#include <utility>

#include "core/discovery/discovery_desk.hpp"
#include "discovery/maps/reader.hpp"

namespace gable::hub {

namespace {

namespace homie = discovery::homie;
namespace maps = discovery::maps;

constexpr std::size_t kMaxNotedTopics = 100'000;  // they come from outside

std::string source_of(std::string_view base) { return "homie " + std::string(base); }

// "valetudo/robot" of "valetudo/robot/battery/level".
std::string_view two_levels(std::string_view topic) {
  const auto first = topic.find('/');
  if (first == std::string_view::npos) return topic;
  return topic.substr(0, topic.find('/', first + 1));
}

}  // namespace

void DiscoveryDesk::read_maps(Turn& turn) {
  std::vector<maps::DeviceMap> good;
  for (const auto& [name, text] : options_.maps) {
    maps::ReadMap read = maps::read_map(name, text);
    const std::string id = problem_id({"map", name});
    if (read.map) {
      good.push_back(std::move(*read.map));
      p_.problems.solve(turn, id);
    }
    if (read.errors.empty()) continue;
    p_.problems.raise(turn, id,
                      {.severity = wire::Severity::error,
                       .text = read.errors.front().where + ": " + read.errors.front().text,
                       .help = "The devices of this map are not there until it is mended."});
  }
  if (!good.empty()) maps_ = std::make_unique<maps::Maps>(std::move(good));
}

bool DiscoveryDesk::translate(const MessageIn& message) {
  bool wanted = false;
  if (homie_ && homie_->take(message.topic, message.payload)) {
    wanted = true;
    homie_waits_ = true;  // a device says what it is in hundreds of messages: it is looked at after them
  }
  if (maps_ && maps_->take(message.topic, message.payload)) {
    wanted = true;
    take_maps();
  }
  return wanted;
}

void DiscoveryDesk::take_waiting(Turn& turn) {
  if (!homie_waits_) return;
  Turn* const former = std::exchange(turn_, &turn);
  take_homie();
  turn_ = former;
}

// A device may speak both Homie and Home Assistant's format (Valetudo does): it is shown once, by the latter,
// which says more.
bool DiscoveryDesk::announced_twice(std::string_view base) const { return announced_topics_.contains(base); }

void DiscoveryDesk::note_topic(const discovery::Announced& announced) {
  if (!homie_ || announced.topic.starts_with("homie ")) return;
  const wire::Value* topic = announced.component.config.find("state_topic");
  if (topic == nullptr || topic->as_string() == nullptr) return;
  const std::string_view base = two_levels(*topic->as_string());
  if (announced_topics_.size() >= kMaxNotedTopics) return;
  if (!announced_topics_.try_emplace(std::string(base), true).second) return;
  if (homie_->device_of(*topic->as_string()) == base) discovery_->announce(source_of(base), {});
}

void DiscoveryDesk::take_homie() {
  homie_waits_ = false;
  homie::Changes changes = homie_->changes();
  for (const auto& device : changes.announced) {
    if (announced_twice(device.model.base)) continue;
    discovery_->announce(source_of(device.model.base), device.components);
  }
  for (const auto& base : changes.removed) discovery_->announce(source_of(base), {});
  for (const auto& alerts : changes.alerts) tell_alerts(alerts);
  for (const auto& wrong : changes.faults) fault(wrong.base, wrong.text);
}

void DiscoveryDesk::tell_alerts(const homie::Alerts& alerts) {
  const std::string prefix = problem_id({"homie", alerts.base}) + ".";
  p_.problems.solve_all(*turn_, prefix);
  for (const auto& alert : alerts.alerts) {
    p_.problems.raise(*turn_, problem_id({"homie", alerts.base, alert.id}),
                      {.severity = wire::Severity::warning,
                       .text = clipped(alerts.base) + " says: " + clipped(alert.text)});
  }
}

void DiscoveryDesk::take_maps() {
  maps::Changes changes = maps_->changes();
  for (const auto& device : changes.announced) discovery_->announce(device.source, device.components);
  for (const auto& source : changes.removed) discovery_->announce(source, {});
  for (const auto& question : changes.asks) ask(question);
  for (const auto& wrong : changes.faults) fault(wrong.source, wrong.text);
}

void DiscoveryDesk::ask(const maps::Asked& question) {
  if (!may_speak(question.topic))
    return turn_->log(LogLevel::warning,
                      "a device map asks at a topic that is not a device's: " + clipped(question.topic));
  turn_->out.publishes.push_back({.topic = question.topic, .payload = question.payload});
}

}  // namespace gable::hub

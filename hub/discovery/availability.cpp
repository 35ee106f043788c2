// The three modes of Home Assistant's availability. Before a topic has said anything it counts as
// unavailable.

#include <algorithm>

#include "discovery/slot.hpp"

namespace gable::discovery {

namespace {

std::string reason_of(const Availability& availability, const std::vector<Heard>& heard) {
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const std::string& topic = availability.topics[i].topic;
    if (heard[i] == Heard::no) return topic + " says " + availability.topics[i].payload_not_available;
    if (heard[i] == Heard::nothing) return topic + " has said nothing yet";
  }
  return "its availability topics say so";
}

}  // namespace

std::size_t Availability::Hash::operator()(const Availability& availability) const noexcept {
  std::size_t hash = availability.topics.size();
  for (const Topic& topic : availability.topics) hash = hash * 31 + std::hash<std::string>{}(topic.topic);
  return hash;
}

Judged judge_availability(const Availability& availability, const std::vector<Heard>& heard, Heard latest) {
  if (availability.topics.empty()) return {};
  const auto yes = [](Heard h) { return h == Heard::yes; };
  bool available = false;
  switch (availability.mode) {
    case Availability::Mode::all:
      available = std::all_of(heard.begin(), heard.end(), yes);
      break;
    case Availability::Mode::any:
      available = std::any_of(heard.begin(), heard.end(), yes);
      break;
    case Availability::Mode::latest:
      available = latest == Heard::yes;
      break;
  }
  return {available, available ? std::string() : reason_of(availability, heard)};
}

}  // namespace gable::discovery

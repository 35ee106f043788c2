#pragma once
// What happened in a simulated house, in lines for people: "18:00:05  light.turn_on light.hall brightness
// 102".

#include <string>
#include <vector>

#include "simulation/simulated_house.hpp"

namespace gable::rules::simulation {

std::string call_text(const RecordedCall& call);
std::string event_text(const BusEvent& event);
std::string message_text(const RecordedMessage& message);
// What the clocks show then: "01-15 18:00:05".
std::string clock_text(Instant when, const jinja::TimeZone& zone);
// Everything newer than `mark`, in its order.
std::vector<std::string> story_of(const SimulatedHouse& house, std::uint64_t mark = 0);

}  // namespace gable::rules::simulation

#pragma once
// What the house tells the outside: states, events, links, and the answers to orders that took time. Plain
// values, in the order in which things happened.

#include <string>
#include <variant>

#include "protocol/device.hpp"

namespace gable::virtual_house {

// The whole state of one entity.
struct Report {
  std::string entity;
  Fields state;
};

struct Link {
  bool online = true;
  std::string reason;  // why not
};

struct Output {
  Moment at{};
  std::string device;
  std::variant<Report, SentEvent, Link, Finished> what;
};

// One line: "2026-03-20 06:41:07.250 bedroom_plug/power state=12.5"; times as in the house.
std::string text_of(const Output& output);
std::string text_of(Moment moment);

}  // namespace gable::virtual_house

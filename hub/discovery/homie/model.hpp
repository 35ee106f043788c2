#pragma once
// What a Homie device says of itself, the same for Homie 3, 4 and 5. Texts are data from outside; ids have
// been checked (valid_id).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gable::discovery::homie {

enum class Datatype : std::uint8_t {
  integer,
  real,  // "float"
  boolean,
  text,  // "string"
  enumeration,
  color,
  datetime,
  duration,
  json
};

struct Property {
  std::string id, name;
  Datatype datatype = Datatype::text;
  std::string format, unit;
  bool settable = false;
  bool retained = true;  // false: momentary, as a button that was pressed
};

struct Node {
  std::string id, name, type;
  std::vector<Property> properties;
};

struct Model {
  std::string base;   // the topic that it lives below: "homie/boiler", "homie/5/meter"
  int version = 0;    // 3, 4 or 5
  std::string homie;  // as announced: "4.0.0"
  std::string name, type, sw_version, mac;
  // Base topics of the device that it is reached through and of the one whose connection it shares; empty:
  // none.
  std::string parent, root;
  std::vector<Node> nodes;
  std::vector<std::string> stats;  // of Homie 3: "uptime", "signal"; topics "<base>/$stats/<id>"

  [[nodiscard]] std::size_t property_count() const {
    std::size_t count = 0;
    for (const Node& node : nodes) count += node.properties.size();
    return count;
  }
};

struct Limits {
  std::size_t devices = 2'000;
  std::size_t nodes = 200;         // of one device, array elements counted
  std::size_t properties = 1'000;  // of one device
  std::size_t device_bytes = 1024 * 1024;
  std::size_t bytes = 32 * std::size_t{1024} * 1024;  // of all
  std::size_t alerts = 100;                           // of one device
  std::size_t attribute = 16 * std::size_t{1024};     // one text, but for $description
};

// Part of a topic: letters, digits, '-' and '_', 1–128 of them. (Homie allows lower case and '-' only;
// devices with others exist, and no broker minds.)
inline bool valid_id(std::string_view id) {
  constexpr std::size_t kLongest = 128;
  return !id.empty() && id.size() <= kLongest && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace gable::discovery::homie

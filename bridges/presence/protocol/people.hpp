#pragma once
// Whom to look for, and what is known of them. Nothing else is ever kept.
//
// Pure: plain values.

#include <chrono>
#include <string>
#include <vector>

#include "protocol/sighting.hpp"

namespace gable::presence {

// A thing that somebody carries. What is listed, any of it, is it; the strongest wins where devices compete:
// MAC, client id, host name, IP.
struct DeviceSpec {
  std::string id;
  std::vector<Mac> macs;
  std::vector<std::string> client_ids;  // as normal_client_id() makes them
  std::vector<std::string> host_names;  // as normal_host_name() makes them
  std::vector<Ip> ips;
  // How long it may be silent before it is away: phones sleep.
  std::chrono::milliseconds grace = std::chrono::minutes(3);
};

struct PersonSpec {
  std::string id;
  std::vector<std::size_t> devices;  // indices
};

enum class Whereabouts { unknown, home, away };

struct DeviceView {
  Whereabouts where = Whereabouts::unknown;
  // Nobody can tell now: a source that could is lost. `where` is what was known last.
  bool blind = false;
  std::optional<Mac> mac;  // last seen with
  std::optional<Ip> ip;
  std::string host_name;
  bool operator==(const DeviceView&) const = default;
};

struct PersonView {
  Whereabouts where = Whereabouts::unknown;
  bool blind = false;
  bool operator==(const PersonView&) const = default;
};

}  // namespace gable::presence

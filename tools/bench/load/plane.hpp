#pragma once
// What the devices of the measuring house say and hear: topics and payloads of a motion sensor, a lamp and a
// meter, as zigbee2mqtt has them or as a bridge of ours has them. Shared by the load generator and the echo
// clients, so that both sides of a ratio carry the same bytes.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gable::bench {

enum class Kind { zigbee2mqtt, bridge };

struct Retained {
  std::string topic;
  std::string payload;
};

// Devices are numbered from 0; numbers are below 100,000.
class Plane {
 public:
  // `base`: the first level of everything. The hub's houses use "zigbee2mqtt" or its root; an echo client
  // has a base of its own, so that neither hears the other's events.
  Plane(Kind kind, std::string base) : kind_(kind), base_(std::move(base)) {}

  [[nodiscard]] std::string motion(std::size_t number) const { return state("motion", number); }
  [[nodiscard]] std::string lamp(std::size_t number) const { return state("lamp", number); }
  [[nodiscard]] std::string meter(std::size_t number) const { return state("meter", number); }
  [[nodiscard]] std::string lamp_command(std::size_t number) const;
  // Only bridges say how a command ended.
  [[nodiscard]] std::string lamp_result(std::size_t number) const;

  [[nodiscard]] std::string motion_payload(bool on) const;
  [[nodiscard]] std::string lamp_payload(bool on) const;
  // `step` makes the readings differ from those of the step before.
  [[nodiscard]] std::string meter_payload(std::size_t step) const;
  [[nodiscard]] std::string command_payload(bool on) const;
  [[nodiscard]] std::string result_payload(const std::string& id) const;

  // Announcements, first states and what else must be retained for a hub to know the house.
  [[nodiscard]] std::vector<Retained> house(std::size_t pairs, std::size_t meters) const;

  // The device number at the end of a topic, before a trailing "/set".
  static std::size_t number_of(std::string_view topic);
  static bool says_on(std::string_view payload);

 private:
  [[nodiscard]] std::string state(std::string_view device, std::size_t number) const;
  void announce_zigbee(std::vector<Retained>& out, std::size_t pairs, std::size_t meters) const;
  void announce_bridge(std::vector<Retained>& out, std::size_t pairs, std::size_t meters) const;

  Kind kind_;
  std::string base_;
};

// Five digits, so that all topics of a kind are equally long.
std::string digits(std::size_t number);

// Entities that a meter has.
constexpr std::size_t kEntitiesOfMeter = 4;
// Enabled entities of a motion sensor (occupancy, battery) and a lamp together.
constexpr std::size_t kEntitiesOfPair = 3;

}  // namespace gable::bench

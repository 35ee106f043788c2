#pragma once
// Who speaks on a broker: programs and devices recognised by the topics that they are known for, how many
// devices each has, whether it announces them, and what to do where it does not. Pure; `gable look` shows it.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "wire/value.hpp"

namespace gable::discovery {

struct Speaker {
  std::string name;           // "zigbee2mqtt", "Homie 4", "Tasmota"
  std::string base;           // its topic, or empty
  std::string version;        // as it says itself
  std::size_t devices = 0;    // that it has
  std::size_t announced = 0;  // of these, announced in a format that is read here
  std::size_t entities = 0;   // announced
  bool announces = false;     // it can be read as it is
  std::string missing;        // what is not as it should be; empty: nothing
  std::string advice;         // the line to add, or what to do
};

class Survey {
 public:
  explicit Survey(std::string prefix = "homeassistant", std::string root = "gable");

  void hear(std::string_view topic, std::string_view payload, bool retained);

  // By name and base. What is recognised by nothing comes last, as "other", by its first level.
  [[nodiscard]] std::vector<Speaker> speakers() const;
  // "mosquitto version 2.0.11"; empty: it does not say.
  [[nodiscard]] const std::string& broker() const { return broker_; }
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  // It has said so; our hub greets devices in its place, so what is not retained counts only where that is
  // not.
  [[nodiscard]] bool home_assistant() const { return retained_birth_ || (birth_ && !hub_); }

 private:
  using Levels = std::vector<std::string_view>;
  struct Announcer {
    std::set<std::string> devices;
    std::size_t entities = 0;
    std::string version;
  };
  struct Zigbee {
    std::string version;
    std::size_t devices = 0;
    bool told = false;       // bridge/info came
    bool announces = false;  // as its configuration says
  };
  struct Group {
    std::set<std::string> devices;
    std::string version;
  };

  bool announcement(std::string_view topic, std::string_view payload);
  bool zigbee(const Levels& levels, std::string_view payload);
  bool homie(const Levels& levels);
  bool named(const Levels& levels);
  void add(const char* name, std::string_view base, std::string_view device);
  [[nodiscard]] Speaker zigbee_row(const std::string& base, const Zigbee& found) const;
  [[nodiscard]] Speaker group_row(const std::string& name, const std::string& base, const Group& found) const;

  std::string prefix_, root_;
  std::string broker_;
  std::uint64_t messages_ = 0;
  bool retained_birth_ = false, birth_ = false;                  // of Home Assistant
  bool hub_ = false;                                             // one of ours is online
  std::map<std::string, Announcer> announcers_;                  // by origin
  std::map<std::string, Zigbee> zigbee_;                         // by base topic
  std::map<std::pair<std::string, std::string>, Group> groups_;  // (name, base)
  std::map<std::string, std::uint64_t> others_;                  // first level → messages
};

}  // namespace gable::discovery

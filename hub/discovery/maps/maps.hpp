#pragma once
// Device maps at work: messages in, devices as components out. Knows no broker and no clock: the hub
// subscribes to filters(), sends what start() says, hands every message to take() and asks for changes() at
// the end of its turn.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/component.hpp"
#include "discovery/maps/device_map.hpp"

namespace gable::discovery::maps {

struct Limits {
  std::size_t devices = 2'000;   // of one map
  std::size_t components = 500;  // of one device
  std::size_t items = 256;       // of one for_each
  std::size_t messages = 300;    // kept of one device
  std::size_t payload = 64 * std::size_t{1024};
  std::size_t device_bytes = 256 * std::size_t{1024};
  std::size_t bytes = 32 * std::size_t{1024} * 1024;  // of all devices
};

// What is in `components` replaces all that was announced under this source.
struct Announced {
  std::string source;  // "tasmota 0011AABBCCDD": the map and what names the device
  std::string topic;   // of the message that made it known
  std::vector<Component> components;
};
struct Asked {
  std::string topic, payload;
};
struct Fault {
  std::string source, text;
};

struct Changes {
  std::vector<Announced> announced;
  std::vector<std::string> removed;  // sources
  std::vector<Asked> asks;           // to be published, not retained
  std::vector<Fault> faults;         // each once

  [[nodiscard]] bool empty() const {
    return announced.empty() && removed.empty() && asks.empty() && faults.empty();
  }
};

class Maps {
 public:
  explicit Maps(std::vector<DeviceMap> maps, const Limits& limits = {});
  ~Maps();
  Maps(const Maps&) = delete;
  Maps& operator=(const Maps&) = delete;

  [[nodiscard]] std::vector<std::string> filters() const;
  // What to send once the filters are subscribed to, so that devices say who they are.
  [[nodiscard]] std::vector<Asked> start() const;
  // Any message. True when a map wanted it.
  bool take(std::string_view topic, std::string_view payload);
  Changes changes();

  [[nodiscard]] std::size_t size() const;  // devices, those that are not complete too
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Device;
  struct Running;
  struct Match;

  static std::optional<Match> matched(const Message& message, std::string_view topic,
                                      std::string_view payload);
  Device* device_of(Running& running, const Match& match);
  bool take(Running& running, const Message& message, const Match& match);
  bool keep(Running& running, Device& device, const Message& message, const Match& match);
  void ask(const std::string& source, const Message& message, const Scope& scope);
  void review(Running& running, Device& device, Changes& changes);
  void fault(Device& device, std::string text);

  std::vector<std::unique_ptr<Running>> maps_;
  Limits limits_;
  std::vector<Asked> asks_;
  std::vector<Fault> faults_;
  std::size_t bytes_ = 0;
};

}  // namespace gable::discovery::maps

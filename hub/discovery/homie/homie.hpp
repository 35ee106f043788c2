#pragma once
// Homie 3, 4 and 5: retained messages in any order in, devices as components out. Knows no broker and no
// clock: the hub subscribes to filters(), hands every message to take() and asks for changes() at the end of
// its turn.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "discovery/component.hpp"
#include "discovery/homie/legacy.hpp"
#include "discovery/homie/model.hpp"

namespace gable::discovery::homie {

// A device that is complete, or has changed: what is in `components` replaces all that was announced of it.
struct Announced {
  Model model;
  std::vector<Component> components;
};
// Something is wrong with a device, in its own words.
struct Alert {
  std::string id, text;
  friend bool operator==(const Alert&, const Alert&) = default;
};
// All alerts of a device that are in force; none: all is well again.
struct Alerts {
  std::string base;
  std::vector<Alert> alerts;
};
// What a property is on its way to (Homie 5's $target): the payload that `topic` will have. Empty: no target.
struct Target {
  std::string topic, value;
};
struct Fault {
  std::string base, text;
};

struct Changes {
  std::vector<Announced> announced;
  std::vector<std::string> removed;  // base topics of devices that are gone
  std::vector<Alerts> alerts;        // of devices whose alerts are others than before
  std::vector<Target> targets;
  std::vector<Fault> faults;  // what was left out and why, each once

  [[nodiscard]] bool empty() const {
    return announced.empty() && removed.empty() && alerts.empty() && targets.empty() && faults.empty();
  }
};

class Homie {
 public:
  // Devices live at "<prefix>/<device>", those of Homie 5 at "<prefix>/5/<device>". A level of a prefix may
  // be
  // "+": {"+"} finds every device that lives one level below anything, as the convention asks of controllers.
  explicit Homie(std::vector<std::string> prefixes = {"homie"}, const Limits& limits = {});
  ~Homie();
  Homie(const Homie&) = delete;
  Homie& operator=(const Homie&) = delete;

  // What to subscribe to: descriptions, states, alerts and targets, but no values (those are the entities').
  [[nodiscard]] std::vector<std::string> filters() const;

  // Any message. True when it is below a prefix and an attribute that counts.
  bool take(std::string_view topic, std::string_view payload);
  // All retained messages have come in (the end of start-up, or some seconds after): devices that are `ready`
  // and still lack a part are announced without it, and say so among the faults.
  void settle();
  // What has changed since the last call. A device in `init` is describing itself and is left as it was.
  Changes changes();

  // The base topic of the announced device that a topic belongs to, or empty: for devices that announce
  // themselves in two ways.
  [[nodiscard]] std::string_view device_of(std::string_view topic) const;
  [[nodiscard]] std::size_t size() const { return devices_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Device;
  struct Address;

  [[nodiscard]] std::optional<Address> address_of(std::string_view topic) const;
  Device* device_at(const Address& address, bool create);
  bool take(Device& device, const Address& address, std::string_view payload);
  bool take_five(Device& device, const Address& address, std::string_view payload);
  bool take_entry(Device& device, std::map<std::string, std::string, std::less<>>& entries,
                  std::string_view key, std::string_view payload);
  void describe(Device& device, const std::string& base, std::string_view payload);
  void review(const std::string& base, Device& device, Changes& changes);
  void announce(Device& device, Model model, Changes& changes);
  void tell(Device& device, const std::string& base, Changes& changes);
  void fault(Device& device, const std::string& base, std::string text);

  std::vector<std::vector<std::string>> prefixes_;
  Limits limits_;
  std::map<std::string, std::unique_ptr<Device>, std::less<>> devices_;  // by base topic
  std::set<std::string, std::less<>> dirty_;                             // bases to be looked at
  std::vector<Fault> faults_;
  std::size_t bytes_ = 0;
  bool full_ = false;  // said once that there are too many
};

}  // namespace gable::discovery::homie

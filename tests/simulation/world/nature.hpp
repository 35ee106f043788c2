#pragma once
// The devices themselves: what is on, open and warm in the house, whether anybody looks or not. Orders reach
// them by a radio that takes its time; people press their switches.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bridge/model.hpp"
#include "world/history.hpp"
#include "world/random.hpp"
#include "world/schedule.hpp"

namespace gable::sim {

struct Thing {
  std::string bridge;  // "zw", "mb", or "z2m" for those that announce themselves
  std::string id;
  std::string entity;  // as the hub calls it
  wire::Object state;  // empty: has none, it only speaks
};

class Nature {
 public:
  // All outlive it.
  Nature(Schedule& schedule, History& history, Random& random);

  [[nodiscard]] const std::map<std::string, Thing>& things() const { return things_; }
  [[nodiscard]] const Thing& thing(const std::string& id) const { return things_.at(id); }
  // As a bridge would describe it. Empty state: an event entity.
  static bridge::Entity description(const Thing& thing);

  // Something happens to a device by itself.
  void change(const std::string& id, const wire::Object& state);
  void press(const std::string& id);

  // An order leaves for the device: it acts once it arrives, whoever has died meanwhile. `then` hears how it
  // ended; false: it did not obey.
  using Then = std::function<void(bool obeyed)>;
  struct Order {
    std::string command_id, service;
    wire::Object expected;  // empty: nothing changes that can be seen
  };
  void order(const std::string& id, const Order& order, Then then);

  // Who hears of changes and presses now: the running process of a bridge. Empty: nobody.
  struct Ear {
    std::function<void(const Thing&)> changed;
    std::function<void(const Thing&, std::int64_t number)> pressed;
  };
  void listen(const std::string& bridge, Ear ear) { ears_[bridge] = std::move(ear); }

  // In how many of a hundred orders a device does not obey.
  unsigned stubborn = 3;

 private:
  void add(std::string bridge, std::string id, std::string entity, wire::Object state);
  void merge(Thing& thing, const wire::Object& state);

  Schedule& schedule_;
  History& history_;
  Random& random_;
  std::map<std::string, Thing> things_;
  std::map<std::string, Ear> ears_;
  std::int64_t presses_ = 0;
};

}  // namespace gable::sim

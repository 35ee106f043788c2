#pragma once
// The bridge between the simulated house and the tree: lets the house's time run, carries commands in and
// reports out. On the loop's thread.

#include <map>
#include <set>
#include <string>

#include "bridge/bridge.hpp"
#include "house_file.hpp"
#include "protocol/house.hpp"

namespace gable::virtual_house {

class VirtualBridge {
 public:
  // `start`: time in the house now. Adds all devices to `bridge`. It names this until it has ended.
  VirtualBridge(bridge::Bridge& bridge, const HouseFile& file, Moment start);
  VirtualBridge(const VirtualBridge&) = delete;
  VirtualBridge& operator=(const VirtualBridge&) = delete;

  [[nodiscard]] House& house() { return house_; }
  // Time in the house at present.
  [[nodiscard]] Moment now() const;
  // Real seconds as people count them, in seconds of the house.
  [[nodiscard]] Span in_house(double real_seconds) const { return span_of(real_seconds * speed_); }
  [[nodiscard]] double speed() const { return speed_; }
  void set_speed(double speed);
  // Tells the tree what has happened, and sets the timer for what comes next.
  void flush();

 private:
  void command(const std::string& device, const bridge::Command& command, const bridge::Reply& reply);
  void publish(const Output& output);
  void report(const bridge::Device& device, const Report& report);
  void finished(const Finished& finished);

  bridge::Bridge& bridge_;
  House house_;
  double speed_;
  Moment started_;             // in the house …
  node::Steady started_real_;  // … and outside
  node::TimerId timer_ = 0;
  OrderId last_order_ = 0;
  std::map<OrderId, bridge::Reply> waiting_;
  // Device and entity → attributes that are on the tree, to take off those that the next report lacks.
  std::map<std::string, std::set<std::string>> attributes_;
};

// The requests with which people and tests play: fault, press, set_sensor, walk, speed, house.
void add_requests(bridge::Bridge& bridge, VirtualBridge& house);

// The local time of this machine.
Moment local_time(wire::Time now);

}  // namespace gable::virtual_house

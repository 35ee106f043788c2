#pragma once
// The simulated house: devices, rooms, weather and people on one agenda. It knows no clock: the caller says
// how late it is. The same description, seed, times and commands give the same outputs, however large the
// steps in which time is told. Pure; one thread at a time.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/device.hpp"
#include "protocol/faults.hpp"
#include "protocol/outputs.hpp"
#include "protocol/residents.hpp"

namespace gable::virtual_house {

class House {
 public:
  // The description must be sound (known kinds, distinct ids; the reader checks): throws
  // std::invalid_argument.
  House(HouseSpec spec, Moment start);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // In the order of the description.
  [[nodiscard]] std::vector<const SimDevice*> devices() const;
  // Null when there is none.
  [[nodiscard]] const SimDevice* find(std::string_view device) const;
  [[nodiscard]] bool online(std::string_view device) const;

  // Everything up to and including `now` happens. Time never goes back; an earlier `now` does nothing.
  void advance(Moment now);
  // The next moment at which something happens by itself.
  [[nodiscard]] Moment next_due() const;
  [[nodiscard]] Moment now() const { return now_; }
  // What has happened since the last call. At first: the state of everything.
  std::vector<Output> take();

  // `order.id` must be new. An outcome `under_way` is followed by one Finished output.
  Outcome order(std::string_view device, const Order& order, Moment now);

  // What people do. The Outcome is `rejected` with a reason when it cannot be.
  Outcome press(std::string_view device, std::string_view button, std::string_view kind, Moment now);
  Outcome set_sensor(std::string_view device, std::string_view entity, const Value& value, Span hold,
                     Moment now);
  Outcome walk(std::string_view area, Moment now);
  Outcome fault(std::string_view device, const FaultSpec& fault, Moment now);

 private:
  struct Place;
  class Steps;
  // Who is on the agenda: rooms first, then people, then devices, so that a sensor sees what has just
  // happened.
  using Seat = std::size_t;

  void run(Seat seat);
  void reseat(Seat seat);
  [[nodiscard]] Moment due(Seat seat) const;
  [[nodiscard]] Place* place_of(std::string_view device);
  void run_place(Place& place);
  void run_delayed(Place& place);
  Outcome obey(Place& place, const Order& order);
  // Runs `act` in a turn of this device and emits what it left.
  template <class Act>
  void turn(Place& place, Act act);
  void emit(Place& place, Turn& turn);
  void emit_states(Place& place);
  void emit_link(Place& place);

  Weather weather_;
  Rooms rooms_;
  std::vector<Person> people_;
  std::vector<std::unique_ptr<Place>> places_;
  std::map<std::string, Seat, std::less<>> by_id_;
  std::set<std::pair<Moment, Seat>> agenda_;
  std::vector<Moment> seated_;  // the moment under which each seat stands on the agenda
  Moment now_;
  Moment next_room_step_;
  std::vector<Output> outputs_;
};

}  // namespace gable::virtual_house

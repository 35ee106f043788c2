#pragma once
// The people of the house: they get up, move about, leave, come home and go to bed, by their habits and by
// chance. They touch sensors and doors, never switches: those are left to rules and to real people. Pure.

#include <functional>
#include <string_view>
#include <vector>

#include "protocol/description.hpp"
#include "protocol/random.hpp"

namespace gable::virtual_house {

// What a person does, as the house hears it.
class Footsteps {
 public:
  virtual ~Footsteps() = default;
  virtual void walk(std::string_view area) = 0;
  virtual void pass(std::string_view door_device) = 0;
  virtual void shower(std::string_view area) = 0;
  // The person is now in `to`, no longer in `from`; either may be empty (away).
  virtual void settle(std::string_view from, std::string_view to) = 0;
};

class Person {
 public:
  Person(PersonSpec spec, std::uint64_t seed) : spec_(std::move(spec)), random_(seed) {}

  // Places the person where the time of day says.
  void start(Moment now, Footsteps& footsteps);
  [[nodiscard]] Moment due() const { return next_; }
  void advance(Moment now, Footsteps& footsteps);

 private:
  enum class Doing { sleeping, home, away };
  void plan_day(Moment now);
  void wake(Moment now, Footsteps& footsteps);
  void leave(Footsteps& footsteps);
  void come_home(Moment now, Footsteps& footsteps);
  void go_to_bed(Moment now, Footsteps& footsteps);
  void potter(Moment now, Footsteps& footsteps);
  void go_to(std::string_view room, Footsteps& footsteps);

  PersonSpec spec_;
  Random random_;
  Doing doing_ = Doing::sleeping;
  std::string room_;
  Moment day_{}, wakes_{}, leaves_{}, returns_{}, sleeps_{};
  bool goes_out_ = true;
  Moment next_ = kNever;
};

}  // namespace gable::virtual_house

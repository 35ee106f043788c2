#include "protocol/residents.hpp"

#include <algorithm>

namespace gable::virtual_house {

using std::chrono::minutes;

void Person::plan_day(Moment now) {
  day_ = midnight(now);
  const auto about = [this](Span time, Span give) { return day_ + time + random_.between(-give, give); };
  const bool free_day = weekend(day_);
  wakes_ = about(spec_.wakes + (free_day ? minutes(95) : minutes(0)), minutes(12));
  goes_out_ = !free_day || random_.chance(0.5);
  leaves_ = free_day ? about(minutes(720), minutes(90)) : about(spec_.leaves, minutes(10));
  returns_ = free_day ? about(minutes(960), minutes(60)) : about(spec_.returns, minutes(35));
  sleeps_ = about(spec_.sleeps, minutes(30));
}

void Person::go_to(std::string_view room, Footsteps& footsteps) {
  if (room.empty()) return;
  if (room != room_) {
    footsteps.settle(room_, room);
    room_ = room;
  }
  footsteps.walk(room);
}

void Person::start(Moment now, Footsteps& footsteps) {
  plan_day(now);
  if (now < wakes_ || now >= sleeps_) {
    doing_ = Doing::sleeping;
    room_ = spec_.bedroom;
    footsteps.settle({}, room_);
    if (now >= sleeps_) plan_day(now + std::chrono::days(1));
    next_ = wakes_;
  } else if (goes_out_ && now >= leaves_ && now < returns_) {
    doing_ = Doing::away;
    next_ = returns_;
  } else {
    doing_ = Doing::home;
    potter(now, footsteps);
  }
}

void Person::advance(Moment now, Footsteps& footsteps) {
  switch (doing_) {
    case Doing::sleeping:
      wake(now, footsteps);
      break;
    case Doing::away:
      come_home(now, footsteps);
      break;
    case Doing::home:
      if (goes_out_ && now >= leaves_ && now < returns_) {
        leave(footsteps);
      } else if (now >= sleeps_) {
        go_to_bed(now, footsteps);
      } else {
        potter(now, footsteps);
      }
      break;
  }
}

void Person::wake(Moment now, Footsteps& footsteps) {
  doing_ = Doing::home;
  footsteps.walk(spec_.bedroom);
  go_to(spec_.bathroom, footsteps);
  if (!spec_.bathroom.empty() && random_.chance(0.8)) footsteps.shower(spec_.bathroom);
  next_ = now + random_.between(minutes(8), minutes(16));
}

void Person::leave(Footsteps& footsteps) {
  doing_ = Doing::away;
  footsteps.walk(spec_.hall);
  if (!spec_.door.empty()) footsteps.pass(spec_.door);
  footsteps.settle(room_, {});
  room_.clear();
  next_ = returns_;
}

void Person::come_home(Moment now, Footsteps& footsteps) {
  doing_ = Doing::home;
  if (!spec_.door.empty()) footsteps.pass(spec_.door);
  go_to(spec_.hall, footsteps);
  next_ = now + random_.between(minutes(1), minutes(3));
}

void Person::go_to_bed(Moment now, Footsteps& footsteps) {
  doing_ = Doing::sleeping;
  if (!spec_.bathroom.empty()) footsteps.walk(spec_.bathroom);
  go_to(spec_.bedroom, footsteps);
  // Past midnight the new day has begun; before it, its plan is tomorrow's.
  plan_day(hour_of(now) < 12 ? now : now + std::chrono::days(1));
  next_ = std::max(wakes_, now + minutes(60));
}

void Person::potter(Moment now, Footsteps& footsteps) {
  const bool moves = room_.empty() || random_.chance(0.35);
  if (moves && !spec_.rooms.empty()) {
    go_to(spec_.rooms.at(random_.pick(spec_.rooms.size())), footsteps);
  } else if (!room_.empty()) {
    footsteps.walk(room_);
  }
  next_ = now + random_.between(minutes(2), minutes(9));
  if (goes_out_ && now < leaves_) next_ = std::min(next_, leaves_);
  if (now < sleeps_) next_ = std::min(next_, sleeps_);
}

}  // namespace gable::virtual_house

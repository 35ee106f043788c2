#pragma once
// Who writes where only the hub does: one problem that names some of the topics, until nobody has done so for
// ten minutes.

#include <map>
#include <string>
#include <string_view>

#include "core/deadlines.hpp"
#include "core/problems.hpp"

namespace gable::hub {

class Strangers {
 public:
  Strangers(Problems& problems, Deadlines& deadlines) : problems_(problems), deadlines_(deadlines) {}

  // Somebody else published there. `held`: the broker held it when we came, so it stays until it is gone().
  void note(Turn& turn, std::string_view topic, bool held);
  // The topic has been emptied.
  void gone(Turn& turn, std::string_view topic);
  void on_deadline(Turn& turn);

 private:
  struct Offence {
    Time last{};
    bool held = false;
  };
  void tell(Turn& turn);
  void arm(Turn& turn);

  Problems& problems_;
  Deadlines& deadlines_;
  std::map<std::string, Offence, std::less<>> topics_;  // bounded
  bool untold_ = false;                                 // the problem does not name all yet
};

}  // namespace gable::hub

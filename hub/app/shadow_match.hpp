#pragma once
// Holds what rules in shadow decided against what somebody else really did. Pure.

#include <map>
#include <string>
#include <vector>

#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::hub {

// One entity that a withheld call would have reached.
struct Decision {
  wire::Time at;
  std::string rule;
  std::int64_t run = 0;
  std::string entity;
  wire::Object expected;  // {"state":"on","brightness":80} or {"toggle":true}
};

enum class Agreement {
  done,     // somebody else brought it about
  already,  // nothing had to be done
  missed    // it did not happen
};

struct Comparison {
  Agreement agreement = Agreement::missed;
  std::string by;      // who did it
  wire::Object found;  // as it was when the time was over
  wire::List changes;  // of the entity within the time
};

class ShadowMatch {
 public:
  // Before and after a decision, for as long as this, others may do the same.
  static constexpr wire::Duration kWindow{2'000};

  // Lines k=change of the journal, oldest first.
  void add(const wire::Object& change);
  [[nodiscard]] Comparison judge(const Decision& decision) const;

 private:
  struct Step {
    wire::Time at;
    std::string by;
    bool text_changed = false;
    wire::Object values;  // what changed: state, attributes
  };
  std::map<std::string, std::vector<Step>> entities_;
};

}  // namespace gable::hub

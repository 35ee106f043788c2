#pragma once
// Trace: what is written down of a run that has ended, or of a trigger that became none. It holds what it
// says as it was at hand; line() makes text and lists of it, which takes longer than most runs. So whoever
// keeps traces can do that when nobody waits any more.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/happening.hpp"
#include "template/value/value.hpp"
#include "wire/value.hpp"

namespace gable::rules {

// How a run came about.
struct Begun {
  jinja::Value trigger;  // the variable `trigger`; None for scripts, and for runs that were stored
  wire::Object others;   // context, conditions, called_by, error; of a stored run its trigger, too

  [[nodiscard]] wire::Object row() const;
};

struct Trace {
  // Of a trigger that became no run there is none.
  struct Ran {
    std::uint64_t run = 0;  // RunId
    Instant began{};
    Context context;
    wire::List steps;
  };
  std::string entity, name;
  std::string verdict;
  bool shadow = false;
  Begun begun;
  Instant at{};
  std::optional<Ran> ran;
  std::string error;
  jinja::Value response;
  std::string spoken;

  // {"rule", "name", "verdict", "shadow", "trigger", …, "_at", "run", …}; long values are cut.
  [[nodiscard]] wire::Object line() &&;
};

}  // namespace gable::rules

#pragma once
// All the times at which the core wants to be woken, kept by what they are for. One per purpose and id.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "wire/time.hpp"

namespace gable::hub {

enum class DeadlineKind : std::uint8_t {
  start_up,    // the barrier's limit
  command,     // id: command number
  stale,       // id: entity
  helper,      // id: entity
  sun,         // the next step of sun.sun
  rules,       // the engine's next
  expire,      // id: handle of discovery; expire_after is over
  off_delay,   // id: handle of discovery; back to off
  neighbours,  // whether all devices of programs beside us were announced
  silent,      // whether what was announced lately has said anything
  strangers,   // whether somebody still writes in the hub's place
};

struct Deadline {
  DeadlineKind kind;
  std::uint64_t id;
};

class Deadlines {
 public:
  // Sets or moves it.
  void set(DeadlineKind kind, std::uint64_t id, wire::Time when);
  void clear(DeadlineKind kind, std::uint64_t id);
  [[nodiscard]] bool armed(DeadlineKind kind, std::uint64_t id) const;
  [[nodiscard]] std::optional<wire::Time> next() const;
  // The earliest that is due at `now`, taken out.
  std::optional<Deadline> pop(wire::Time now);

 private:
  using Key = std::pair<DeadlineKind, std::uint64_t>;
  std::set<std::tuple<wire::Time, DeadlineKind, std::uint64_t>> queue_;
  std::map<Key, wire::Time> times_;
};

}  // namespace gable::hub

#pragma once
// What one seed makes happen: an hour of life in the house, and a swarm of faults. Each seed chooses which
// kinds of faults there are at all, so that they meet in all combinations, also alone.

#include <cstdint>
#include <string>
#include <vector>

#include "world/clock.hpp"
#include "world/random.hpp"

namespace gable::sim {

enum class FaultKind {
  lose_connection,  // of one client: both ends notice, packets under way are lost
  freeze_link,      // nothing is carried for a while, nobody notices until keep-alive
  slow_link,        // each packet takes so long
  duplicate,        // the next QoS 1 message arrives twice
  broker_restart,   // it comes back with all it had
  broker_forgets,   // it comes back without sessions
  broker_restores,  // it comes back as it was when it last wrote its database
  broker_wiped,     // it comes back with nothing
  hub_crash,        // kill -9 at once
  hub_crash_write,  // kill -9 at the n-th write from now
  hub_freeze,       // SIGSTOP for a while
  bridge_crash,
  bridge_crash_write,
  bridge_freeze,
  announcer_crash,
  clock_jump,       // of the hub's wall clock
  disk_full,        // for a while
  disk_full_crash,  // and the hub dies before there is room again
  power_loss,       // what the disk had not yet synced is lost
};
inline constexpr std::size_t kFaultKinds = 19;
const char* to_string(FaultKind kind);

struct Fault {
  Span at;  // since the beginning
  FaultKind kind;
  std::string who;    // client id, where that matters
  std::int64_t size;  // milliseconds, or the number of the write
};

struct LifeEvent {
  Span at;
  enum class Kind { press, change, wish } kind;
  std::string who;   // device, or entity for a wish
  std::string what;  // state as text, or service
};

struct Plan {
  std::vector<LifeEvent> life;                             // in order of time
  std::vector<Fault> faults;                               // in order of time
  unsigned announcer_keeps = 0;                            // 1: what announces itself retains its states
  static constexpr Span kQuiet{24 * 60'000};               // when the last fault has ended
  static constexpr Span kJudged = kQuiet + Span{60'000};   // when all must agree
  static constexpr Span kEnd = kQuiet + Span{6 * 60'000};  // when all must have ended
};

Plan make_plan(std::uint64_t seed);
std::string text_of(const Fault& fault);

}  // namespace gable::sim

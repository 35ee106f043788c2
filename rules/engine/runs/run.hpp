#pragma once
// A run as a machine that can be stopped and stored at every wait: strands, each with a stack of frames that
// says which step of which sequence it is at. Plain data; what moves it is the Stepper.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/runs/run_desk.hpp"
#include "engine/runs/step_log.hpp"

namespace gable::rules {

using StrandId = std::uint32_t;

// One place where something goes on.
struct StrandRef {
  RunId run = 0;
  StrandId strand = 0;
  friend auto operator<=>(const StrandRef&, const StrandRef&) = default;
};

// The rounds of a `repeat`.
struct Loop {
  std::uint32_t round = 0;              // from 1; 0: before the first
  std::optional<std::uint64_t> rounds;  // where it is known beforehand
  jinja::Values items;                  // for_each
  StepLog::Entry entry = 0;             // of the repeat step, which says at its end how many there were
};

// A sequence that is being carried out.
struct Frame {
  // What the sequence is to the step that it belongs to, which is the one that the frame below is at.
  enum class Kind : std::uint8_t { top, option, fallback, then, otherwise, loop, block, branch };
  Kind kind = Kind::top;
  std::size_t pick = 0;  // which option or branch
  const Sequence* sequence = nullptr;
  std::size_t index = 0;         // the step that is being carried out, or comes next
  std::unique_ptr<Scope> scope;  // of top, loops and branches
  std::optional<Loop> loop;
};

// Why a sequence does not go on with its next step.
struct Halt {
  enum class Kind : std::uint8_t {
    end,        // there is none
    condition,  // a condition step was not met: the innermost sequence ends
    stop,       // the whole run, as a success
    abort,      // the whole run, since it makes no sense to go on
    error,      // the whole run, whatever continue_on_error says
    reported    // an error that a service reported: continue_on_error forgives it
  };
  Kind kind = Kind::end;
  std::string error;
  jinja::Value response;
};

// What a strand waits for.
struct Wait {
  enum class Kind : std::uint8_t { none, delay, condition, trigger, call, branches };
  Kind kind = Kind::none;
  std::optional<Instant> until;  // the end of the delay, or the timeout
  Instant since{};
  // condition: what it read, whether that was true when a trigger would ask, and the next minute where it
  // asks the clock.
  jinja::Reads reads;
  bool was_true = false;
  std::optional<Instant> minute;
  TriggerOwner owner = 0;            // trigger
  std::unique_ptr<Scope> variables;  // trigger: the run's variables when it began to wait
  ServiceCall call;
};

struct Strand {
  StrandId id = 0;
  StrandId parent = 0;  // 0: this is the run's first
  std::vector<Frame> frames;
  Wait wait;
  bool ended = false;
  Halt halt;                 // once it has ended
  StepLog::Entry entry = 0;  // of the step that it is at
};

struct Run {
  RunId id = 0;
  Runnable runnable;
  Context context;
  std::vector<std::string> chain;  // itself last
  Instant began{};
  bool queued = false;
  bool stored = false;      // there is a row of it
  bool changed = false;     // since the row
  std::uint32_t steps = 0;  // since it last waited
  StrandId last_strand = 1;
  Begun begun;  // from whoever started it
  StepLog log;
  std::string spoken;  // set_conversation_response
  std::vector<std::unique_ptr<Strand>> strands;
  std::optional<Halt> over;

  [[nodiscard]] Strand* find(StrandId strand);
};

// The innermost scope at a strand.
Scope& scope_of(Run& run, const Strand& strand);
// "action/0/choose/1/sequence/2" of the step that the strand is at.
std::string path_of(Run& run, const Strand& strand);
// The sequence that a frame of this kind has below `step`; null when the step has none such.
const Sequence* sequence_below(const Action& step, Frame::Kind kind, std::size_t pick);

inline constexpr std::uint32_t kMaxStepsWithoutWait = 10'000;
inline constexpr std::uint32_t kWarnRounds = 5'000;
inline constexpr std::uint32_t kMaxRounds = 10'000;
inline constexpr std::size_t kMaxNesting = 64;

}  // namespace gable::rules

#pragma once
// Where the runner writes down what came in and what was decided: the journal on disk (journal.hpp), or the
// memory of a simulation.

#include <string_view>

#include "wire/time.hpp"

namespace gable::hub {

class JournalPort {
 public:
  virtual ~JournalPort() = default;
  // One line without its end, beginning with its time (kJournalPrefix). Kept in memory until flush().
  virtual void append(std::string_view line) = 0;
  // Writes what was appended: one write for a turn. `now` chooses the day.
  virtual void flush(wire::Time now) = 0;
};

}  // namespace gable::hub

#pragma once
// Which command ids a bridge has taken, and how each ended: an id is carried out at most once, across the
// bridge's own restart too (design section 3, "Durable"). Bounded; the oldest are forgotten first.

#include <cstddef>
#include <string>
#include <vector>

#include "wire/documents.hpp"

namespace gable::bridge {

// One command id. `outcome` is empty until the command has ended; an id whose outcome is empty after a
// restart was begun by a process that did not live to see its end.
struct SeenCommand {
  std::string device;
  std::string id;
  std::vector<wire::ResultDoc> outcome;  // one for each entity that the command named
};

// How many ids are remembered.
inline constexpr std::size_t kSeenCommands = 1000;

// Where they are kept. Owner thread only.
class CommandMemory {
 public:
  virtual ~CommandMemory() = default;
  // Oldest first, at most kSeenCommands.
  virtual std::vector<SeenCommand> load() = 0;
  // Returns after the line has left the process (it survives kill -9). A later line of the same device and id
  // replaces the earlier one. False: it could not be written.
  virtual bool append(const SeenCommand& seen) = 0;
};

}  // namespace gable::bridge

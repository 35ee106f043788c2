#pragma once
// CommandMemory as a small file of JSON lines: appended without fsync, which survives kill -9 (not power
// loss), and rewritten when it has grown. Owner thread only.

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "bridge/command_memory.hpp"
#include "node/append_file.hpp"

namespace gable::bridge {

class CommandMemoryFile final : public CommandMemory {
 public:
  // Nothing is opened yet. `path`: its directory exists.
  explicit CommandMemoryFile(std::string path) : path_(std::move(path)) {}

  // Lines that cannot be read (torn by a power loss) are left out. A missing file is an empty one.
  std::vector<SeenCommand> load() override;
  bool append(const SeenCommand& seen) override;

 private:
  void rewrite();

  const std::string path_;
  node::AppendFile file_;
  std::size_t lines_ = 0;
  std::deque<SeenCommand> recent_;  // what a rewrite keeps, oldest first
};

}  // namespace gable::bridge

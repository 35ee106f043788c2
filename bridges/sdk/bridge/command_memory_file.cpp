#include "bridge/command_memory_file.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include "bridge/state_file.hpp"
#include "wire/json.hpp"

namespace gable::bridge {

namespace {

// Two lines for each command, so that a file is rewritten after as many new commands as it keeps.
constexpr std::size_t kLinesLimit = 4 * kSeenCommands;

std::string line_of(const SeenCommand& seen) {
  wire::List outcome;
  for (const wire::ResultDoc& result : seen.outcome) outcome.emplace_back(wire::encode(result));
  return wire::to_json(
             wire::Object{{"device", seen.device}, {"id", seen.id}, {"outcome", std::move(outcome)}}) +
         "\n";
}

std::optional<SeenCommand> read_line(const std::string& line) {
  const auto document = wire::parse_object(line);
  if (!document) return {};
  const wire::Value* device = document->find("device");
  const wire::Value* id = document->find("id");
  const wire::Value* outcome = document->find("outcome");
  if (device == nullptr || id == nullptr || outcome == nullptr || outcome->as_list() == nullptr) return {};
  SeenCommand seen{std::string(device->string_or("")), std::string(id->string_or("")), {}};
  for (const wire::Value& value : *outcome->as_list()) {
    const wire::Object* object = value.as_object();
    if (object == nullptr) return {};
    const auto result = wire::decode_result(*object);
    if (!result) return {};
    seen.outcome.push_back(*result);
  }
  return seen;
}

void keep(std::deque<SeenCommand>& recent, const SeenCommand& seen) {
  // Usually the last or nearly so: the second line of a command follows its first.
  const auto same = [&seen](const SeenCommand& other) {
    return other.id == seen.id && other.device == seen.device;
  };
  const auto found = std::find_if(recent.rbegin(), recent.rend(), same);
  if (found != recent.rend()) {
    *found = seen;
    return;
  }
  recent.push_back(seen);
  if (recent.size() > kSeenCommands) recent.pop_front();
}

}  // namespace

std::vector<SeenCommand> CommandMemoryFile::load() {
  recent_.clear();
  lines_ = 0;
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    ++lines_;
    if (const auto seen = read_line(line)) keep(recent_, *seen);
  }
  // Also ends a last line that was torn.
  if (lines_ > 0) rewrite();
  return {recent_.begin(), recent_.end()};
}

bool CommandMemoryFile::append(const SeenCommand& seen) {
  keep(recent_, seen);
  if (lines_ >= kLinesLimit) rewrite();
  if (!file_.is_open() && !file_.open(path_)) return false;
  if (!file_.append(line_of(seen))) return false;
  ++lines_;
  return true;
}

void CommandMemoryFile::rewrite() {
  std::string text;
  for (const SeenCommand& seen : recent_) text += line_of(seen);
  if (!replace_file(path_, text)) return;  // the old file goes on
  file_.close();
  lines_ = recent_.size();
}

}  // namespace gable::bridge

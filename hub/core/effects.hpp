#pragma once
// What the core wants done. The runner carries it out in this order: saves, commands, the rest.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "wire/documents.hpp"
#include "wire/time.hpp"
#include "wire/value.hpp"

namespace gable::hub {

using wire::Duration;
using wire::Time;

struct Publish {
  std::string topic;
  std::string payload;  // empty and retained: delete
  bool retained = false;
  std::optional<std::uint32_t> expiry_seconds;
  std::string response_topic;
  std::string correlation;
  int qos = 1;
};

struct Subscribe {
  std::string filter;
  int qos = 1;
  bool stored = true;   // deliver what is retained (retain handling 0), else never …
  bool if_new = false;  // … or if the broker had no such subscription in our session (1; MQTT 5)
  bool retain_as_published = false;
  bool no_local = false;
};

// One row of the store; `json` empty erases it. Tables in the order of Table in the store.
enum class Table { entity, device, state, desired, helper, problem, tombstone, setting, seen, rule };

struct Save {
  Table table = Table::entity;
  std::string key;
  std::string json;
};

enum class LogLevel { debug, info, warning, error };

struct LogLine {
  LogLevel level = LogLevel::info;
  std::string text;
};

// One line of the journal: JSON, or what makes it. The latter is for lines that take longer to write than
// what they tell of took to do: the runner makes them when the commands have left.
class JournalLine {
 public:
  using Later = std::function<wire::Object()>;
  explicit JournalLine(std::string json) : line_(std::move(json)) {}
  explicit JournalLine(Later later) : line_(std::move(later)) {}

  [[nodiscard]] std::string json() &&;

 private:
  std::variant<std::string, Later> line_;
};

// A request that only the edges can answer (history, why, reload, backup).
struct EdgeRequest {
  std::string method;
  wire::Object arguments;
  std::string id;              // `_id` of the payload
  std::string response_topic;  // where the answer goes; never empty
  std::string correlation;
};

// A program that the edges run, without a shell where `shell` is empty. A ProcessEnded with its id follows,
// at the latest when `limit` is over.
struct EdgeAction {
  std::uint64_t id = 0;
  std::vector<std::string> arguments;  // the program first
  std::string shell;                   // a line for /bin/sh instead
  std::string input;                   // what it reads
  Duration limit{60'000};
};

struct Effects {
  std::vector<Save> saves;
  std::vector<Publish> commands;  // to devices: they leave before anything else
  std::vector<Publish> publishes;
  std::vector<Subscribe> subscribes;
  std::vector<std::string> unsubscribes;
  std::vector<JournalLine> journal;
  std::vector<LogLine> log;
  std::vector<EdgeRequest> requests;
  std::vector<EdgeAction> processes;
  std::optional<wire::StatusDoc> status;  // hub/status changes to this

  // Ready for the next turn; keeps the memory.
  void clear();
};

// One turn: the time, constant within it, and where its effects go.
struct Turn {
  Time now;
  Effects& out;

  void log(LogLevel level, std::string text) const { out.log.push_back({level, std::move(text)}); }
  void save(Table table, std::string key, std::string json) const {
    out.saves.push_back({table, std::move(key), std::move(json)});
  }
};

}  // namespace gable::hub

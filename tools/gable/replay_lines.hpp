#pragma once
// Recordings line by line, as a replay of the rules takes them: what `gable record` wrote, a house with one
// event a line, the hub's journal. One command's, on the main thread.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gable/play_map.hpp"
#include "simulation/replay.hpp"
#include "wire/result_type.hpp"
#include "wire/time.hpp"

namespace gable::cli {

// One line, and how its entity was before it, where the line tells.
struct ReplayLine {
  rules::simulation::Observed observed;
  std::optional<std::string> before;
};

// Knows one format. Keeps what it has to know of earlier lines.
class LineDecoder {
 public:
  virtual ~LineDecoder() = default;
  // Nothing: the line tells nothing that a rule could hear.
  virtual std::optional<ReplayLine> decode(std::string_view line) = 0;
};

struct ReplayInput {
  std::vector<std::string> files;  // read one after the other
  PlayMap map;                     // of entity ids; of topics where messages were recorded
  std::string root;                // of the topics
  std::optional<wire::Time> from, to;
};

// How an entity was when the stretch begins.
struct KnownState {
  std::string state;
  wire::Object attributes;
  rules::Instant since{};
};

// What there is to know before the rules begin.
struct Prelude {
  std::map<std::string, KnownState> known;
  rules::Instant from{}, to{};
  std::uint64_t lines = 0;  // of the stretch
};

class ReplayLines {
 public:
  using Take = std::function<void(ReplayLine)>;

  // Errors: unavailable (a file cannot be read), malformed (no known format).
  static wire::Result<ReplayLines> open(ReplayInput input);
  // The journal's lines as the hub has handed them out.
  static ReplayLines of_journal(std::vector<std::string> lines, ReplayInput input);

  // Times are those of the house's clocks, of no known zone.
  [[nodiscard]] bool has_local_times() const;
  // Reads all of it once. Errors: unavailable.
  [[nodiscard]] wire::Result<Prelude> look_ahead() const;
  // Every line of the stretch. Errors: unavailable.
  [[nodiscard]] wire::Result<int> play(const Take& take) const;

 private:
  using Make = std::unique_ptr<LineDecoder> (*)(const ReplayInput& input);
  ReplayLines(ReplayInput input, Make make) : input_(std::move(input)), make_(make) {}
  [[nodiscard]] wire::Result<int> read(const Take& take) const;
  [[nodiscard]] bool in_stretch(rules::Instant at) const;

  ReplayInput input_;
  Make make_;
  std::vector<std::string> lines_;  // instead of files
};

// One of each format.
std::unique_ptr<LineDecoder> house_decoder(const ReplayInput& input);
std::unique_ptr<LineDecoder> recording_decoder(const ReplayInput& input);
std::unique_ptr<LineDecoder> journal_decoder(const ReplayInput& input);

}  // namespace gable::cli

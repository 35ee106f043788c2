#pragma once
// Reads the journal's files while the hub writes them. Any thread; keeps nothing between calls. Lines are
// handed out as text: what is asked for is looked for in the bytes before anybody parses JSON.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/result_type.hpp"
#include "wire/time.hpp"

namespace gable::hub {

struct JournalQuery {
  std::optional<wire::Time> from{};  // lines of this time and later
  std::optional<wire::Time> to{};    // lines before this time
  std::vector<std::string> texts{};  // each must occur in the line as it stands: "\"e\":\"light.kitchen\""
  std::size_t limit = 1'000;         // lines handed out at most
  bool newest_first = false;
};

struct JournalScan {
  std::size_t lines = 0;  // handed out
  bool more = false;      // the limit, or the callback, ended it
};

class JournalReader {
 public:
  // Borrowed for the call, without its end. False ends the scan; the line counts as handed out.
  using Line = std::function<bool(std::string_view)>;

  explicit JournalReader(std::string folder) : folder_(std::move(folder)) {}

  // Lines in the order in which they were written, or the other way round. Broken lines are passed over. A
  // folder that is missing is an empty journal. Errors: failed (a file cannot be read).
  [[nodiscard]] wire::Result<JournalScan> scan(const JournalQuery& query, const Line& line) const;

 private:
  std::string folder_;
};

}  // namespace gable::hub

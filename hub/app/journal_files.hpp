#pragma once
// The files of the journal: their names and order. Shared by the writer and the reader.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gable::hub {

// journal-YYYYMMDD-NNN.jsonl; sorted by day, then number.
struct JournalFile {
  int day = 0;     // 20261122, UTC
  int number = 0;  // from 1
  std::uint64_t bytes = 0;
  [[nodiscard]] std::string name() const;
  friend bool operator==(const JournalFile& a, const JournalFile& b) {
    return a.day == b.day && a.number == b.number;
  }
};

// Nothing when `name` is not that of a journal file.
std::optional<JournalFile> parse_journal_name(std::string_view name);
// Oldest first; empty when the folder cannot be read.
std::vector<JournalFile> list_journal(const std::string& folder);

// Every line begins with its time: {"t":"2026-11-22T00:41:07.120Z",…
inline constexpr std::string_view kJournalPrefix = R"({"t":")";
inline constexpr std::size_t kJournalTimeSize = 24;
// That time, borrowed from `line`; empty when the line has another form.
std::string_view journal_time(std::string_view line);

}  // namespace gable::hub

#pragma once
// The hub's journal: a bounded record of what came in and what was decided, as lines of JSON in files that
// are only appended to. What is flushed survives `kill -9`; a thread of its own syncs within 100 ms. One
// owner thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/background_job.hpp"
#include "app/journal_files.hpp"
#include "app/journal_port.hpp"
#include "wire/time.hpp"

namespace gable::hub {

struct JournalOptions {
  std::string folder;                             // is made when missing
  int days = 30;                                  // files of older days are deleted
  std::uint64_t bytes = 200ULL * 1024 * 1024;     // of all files together; the oldest go first
  std::uint64_t file_bytes = 8ULL * 1024 * 1024;  // then the next file begins
  std::chrono::milliseconds sync_delay{100};
};

// What the hub should tell people: lines are being lost (once, when it begins), or it works again.
struct JournalProblem {
  bool solved = false;
  std::string text;
  std::uint64_t lost = 0;  // lines, in this stretch
};

class Journal final : public JournalPort {
 public:
  // Repairs a torn last line. `now` is used for the bounds. Throws node::ConfigError when the folder cannot
  // be made.
  Journal(JournalOptions options, wire::Time now);
  // Flushes and syncs.
  ~Journal() override;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void append(std::string_view line) override;
  void flush(wire::Time now) override;

  // Called within flush(), on the owner thread.
  void on_problem(std::function<void(const JournalProblem&)> report) { report_ = std::move(report); }
  // Lines that could not be written since the start.
  [[nodiscard]] std::uint64_t lost() const { return lost_; }
  // Bytes that were cut off at the start because they were no whole line.
  [[nodiscard]] std::uint64_t cut() const { return cut_; }
  [[nodiscard]] const std::string& folder() const { return options_.folder; }

 private:
  void repair();
  bool open_file(int day);
  void retire_file();
  void enforce_bounds(wire::Time now);
  [[nodiscard]] std::string path(const JournalFile& file) const;
  [[nodiscard]] bool write_buffer();
  void tell(bool ok);
  void sync();

  JournalOptions options_;
  std::vector<JournalFile> files_;  // oldest first; the last one is being written while file_ ≥ 0
  int file_ = -1;                   // written and replaced by the owner
  std::string buffer_;
  std::uint64_t buffered_lines_ = 0, lost_ = 0, lost_now_ = 0, cut_ = 0;
  bool failing_ = false;
  std::string why_;
  std::function<void(const JournalProblem&)> report_;

  // Shared with the thread, which alone closes files.
  std::mutex sync_mutex_;
  int sync_file_ = -1;
  std::vector<int> retired_;
  std::unique_ptr<BackgroundJob> job_;  // last: its thread uses the rest
};

}  // namespace gable::hub

#include "app/journal_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "app/journal_files.hpp"

namespace gable::hub {
namespace {

constexpr std::size_t kBlock = 256 * 1024;

// One scan: its filters, and what it has handed out.
class Sieve {
 public:
  Sieve(const JournalQuery& query, const JournalReader::Line& line) : query_(query), line_(line) {
    if (query.from) from_ = wire::format_time(*query.from);
    if (query.to) to_ = wire::format_time(*query.to);
  }

  // False when the scan has ended.
  bool take(std::string_view line) {
    const std::string_view time = journal_time(line);
    // RFC 3339 times in UTC with a fixed width sort like their texts.
    if (time.empty() || line.back() != '}' || time < from_ || (!to_.empty() && time >= to_)) return true;
    for (const std::string& text : query_.texts) {
      if (line.find(text) == std::string_view::npos) return true;
    }
    if (scan_.lines == query_.limit) {
      scan_.more = true;
      return false;
    }
    ++scan_.lines;
    if (line_(line)) return true;
    scan_.more = true;
    return false;
  }

  // Nothing in this block can be wanted: much faster than line by line.
  [[nodiscard]] bool skips(std::string_view block) const {
    return std::any_of(query_.texts.begin(), query_.texts.end(), [&](const std::string& text) {
      return ::memmem(block.data(), block.size(), text.data(), text.size()) == nullptr;
    });
  }

  // `first` and `next`: times of the first lines of a file and of the one after it; empty: unknown.
  [[nodiscard]] bool skips_file(const std::string& first, const std::string& next) const {
    return (!to_.empty() && !first.empty() && first >= to_) || (!next.empty() && next < from_);
  }

  [[nodiscard]] const JournalScan& result() const { return scan_; }

 private:
  const JournalQuery& query_;
  const JournalReader::Line& line_;
  std::string from_, to_;
  JournalScan scan_;
};

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (file_ >= 0) ::close(file_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] bool good() const { return file_ >= 0; }
  // Bytes read; 0 at the end, −1 on error.
  ssize_t read(char* to, std::size_t size, std::uint64_t from) const {
    return ::pread(file_, to, size, static_cast<off_t>(from));
  }
  [[nodiscard]] std::uint64_t size() const {
    const off_t end = ::lseek(file_, 0, SEEK_END);
    return end < 0 ? 0 : static_cast<std::uint64_t>(end);
  }

 private:
  int file_;
};

enum class Outcome { done, ended, failed };

// Lines are looked at one by one only in slices in which all texts occur.
constexpr std::size_t kSlice = 4096;

bool take_slice_forward(std::string_view text, Sieve& sieve) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end > 0 && !sieve.take(text.substr(0, end))) return false;
    text.remove_prefix(end + 1);
  }
  return true;
}

// Hands the whole lines of `text` to the sieve.
bool take_forward(std::string_view text, Sieve& sieve) {
  while (!text.empty()) {
    const std::size_t size = text.find('\n', std::min(kSlice, text.size() - 1)) + 1;
    const std::string_view slice = text.substr(0, size);
    if (!sieve.skips(slice) && !take_slice_forward(slice, sieve)) return false;
    text.remove_prefix(size);
  }
  return true;
}

Outcome scan_forward(const OpenFile& file, Sieve& sieve) {
  std::string block;
  std::size_t kept = 0;  // the beginning of a line whose end has not been read
  std::uint64_t place = 0;
  while (true) {
    block.resize(kept + kBlock);
    const ssize_t got = file.read(block.data() + kept, kBlock, place);
    if (got < 0) return Outcome::failed;
    if (got == 0) return Outcome::done;  // what is kept has no end yet: being written, or torn
    place += static_cast<std::uint64_t>(got);
    const std::string_view text(block.data(), kept + static_cast<std::size_t>(got));
    const std::size_t whole = text.rfind('\n') + 1;  // npos + 1 is 0
    const std::string_view lines = text.substr(0, whole);
    if (!sieve.skips(lines) && !take_forward(lines, sieve)) return Outcome::ended;
    kept = text.size() - whole;
    std::memmove(block.data(), block.data() + whole, kept);
  }
}

bool take_slice_backward(std::string_view text, Sieve& sieve) {
  while (!text.empty()) {
    text.remove_suffix(1);
    const std::size_t begin = text.rfind('\n') + 1;
    if (begin < text.size() && !sieve.take(text.substr(begin))) return false;
    text = text.substr(0, begin);
  }
  return true;
}

// The same, the last line first.
bool take_backward(std::string_view text, Sieve& sieve) {
  while (!text.empty()) {
    // The slice begins after a line's end, or is all that is left.
    const std::size_t begin = text.size() > kSlice ? text.rfind('\n', text.size() - kSlice) + 1 : 0;
    const std::string_view slice = text.substr(begin);
    if (!sieve.skips(slice) && !take_slice_backward(slice, sieve)) return false;
    text = text.substr(0, begin);
  }
  return true;
}

Outcome scan_backward(const OpenFile& file, Sieve& sieve) {
  std::uint64_t place = file.size();
  std::string block, tail;  // tail: the end of a line whose beginning has not been read, with its line break
  bool at_end = true;
  while (place > 0) {
    const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(place, kBlock));
    place -= size;
    block.resize(size);
    const ssize_t got = file.read(block.data(), size, place);
    if (got < 0) return Outcome::failed;
    block.resize(static_cast<std::size_t>(got));  // shorter: cut meanwhile
    block += tail;
    if (at_end) block.resize(block.rfind('\n') + 1);  // the last line has no end yet
    at_end = at_end && block.empty();
    const std::size_t begin = place == 0 ? 0 : block.find('\n') + 1;
    tail = block.substr(0, begin);
    const std::string_view lines = std::string_view(block).substr(begin);
    if (!sieve.skips(lines) && !take_backward(lines, sieve)) return Outcome::ended;
  }
  return Outcome::done;
}

std::string first_time(const std::string& path) {
  const OpenFile file(path);
  std::array<char, kJournalPrefix.size() + kJournalTimeSize> text{};
  if (!file.good() || file.read(text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) return {};
  return std::string(journal_time({text.data(), text.size()}));
}

}  // namespace

wire::Result<JournalScan> JournalReader::scan(const JournalQuery& query, const Line& line) const {
  const std::vector<JournalFile> files = list_journal(folder_);
  Sieve sieve(query, line);
  std::vector<std::string> firsts;
  firsts.reserve(files.size() + 1);
  for (const JournalFile& file : files) firsts.push_back(first_time(folder_ + "/" + file.name()));
  firsts.emplace_back();
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::size_t at = query.newest_first ? files.size() - 1 - i : i;
    if (sieve.skips_file(firsts[at], firsts[at + 1])) continue;
    const OpenFile file(folder_ + "/" + files[at].name());
    if (!file.good() && errno == ENOENT) continue;  // deleted meanwhile
    const Outcome outcome = !file.good()         ? Outcome::failed
                            : query.newest_first ? scan_backward(file, sieve)
                                                 : scan_forward(file, sieve);
    if (outcome == Outcome::ended) break;
    if (outcome == Outcome::failed) {
      return wire::Error{wire::ErrorCode::failed,
                         "the journal cannot be read: " + std::string(std::strerror(errno)),
                         files[at].name()};
    }
  }
  return sieve.result();
}

}  // namespace gable::hub

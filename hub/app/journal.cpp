#include "app/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "node/config_tree.hpp"

namespace gable::hub {
namespace {

// What a crowd of lines needs goes back once they are written.
constexpr std::size_t kKept = 256 * 1024;  // bytes

int day_of(wire::Time time) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
  return static_cast<int>(date.year()) * 10'000 +
         static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
         static_cast<int>(static_cast<unsigned>(date.day()));
}

// Where the last whole line ends.
std::uint64_t whole_lines(int file, std::uint64_t size) {
  std::array<char, 64 * 1024> block{};
  while (size > 0) {
    const std::uint64_t begin = size > block.size() ? size - block.size() : 0;
    const ssize_t got = ::pread(file, block.data(), size - begin, static_cast<off_t>(begin));
    if (got <= 0) return size;  // cannot tell: leave it
    const std::string_view text(block.data(), static_cast<std::size_t>(got));
    const std::size_t end = text.rfind('\n');
    if (end != std::string_view::npos) return begin + end + 1;
    size = begin;
  }
  return 0;
}

}  // namespace

Journal::Journal(JournalOptions options, wire::Time now) : options_(std::move(options)) {
  std::error_code code;
  std::filesystem::create_directories(options_.folder, code);
  if (!std::filesystem::is_directory(options_.folder)) {
    throw node::ConfigError("the journal's folder '" + options_.folder +
                            "' cannot be made: " + code.message());
  }
  files_ = list_journal(options_.folder);
  repair();
  enforce_bounds(now);
  job_ = std::make_unique<BackgroundJob>([this] { sync(); }, options_.sync_delay);
}

Journal::~Journal() {
  if (!buffer_.empty()) (void)write_buffer();
  retire_file();
  job_->ask();
  job_.reset();
}

std::string Journal::path(const JournalFile& file) const { return options_.folder + "/" + file.name(); }

// A loss of power in the middle of a write leaves part of a line, or zeros.
void Journal::repair() {
  if (files_.empty()) return;
  JournalFile& last = files_.back();
  const int file = ::open(path(last).c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  const std::uint64_t whole = whole_lines(file, last.bytes);
  if (whole != last.bytes && ::ftruncate(file, static_cast<off_t>(whole)) == 0) {
    cut_ = last.bytes - whole;
    last.bytes = whole;
  }
  ::close(file);
}

void Journal::append(std::string_view line) {
  buffer_.append(line);
  buffer_ += '\n';
  ++buffered_lines_;
}

void Journal::flush(wire::Time now) {
  if (buffer_.empty()) return;
  // A clock that goes back must not bring the files out of order.
  const int day = files_.empty() ? day_of(now) : std::max(day_of(now), files_.back().day);
  if (file_ >= 0 && (day != files_.back().day || files_.back().bytes >= options_.file_bytes)) retire_file();
  bool opened = file_ >= 0;
  if (!opened) {
    opened = open_file(day);
    enforce_bounds(now);
  }
  const bool ok = opened && write_buffer();
  if (ok) {
    job_->ask();
  } else {
    lost_ += buffered_lines_;
    lost_now_ += buffered_lines_;
  }
  buffer_.clear();
  if (buffer_.capacity() > kKept) buffer_ = {};
  buffered_lines_ = 0;
  tell(ok);
}

bool Journal::open_file(int day) {
  const bool resume = !files_.empty() && files_.back().day == day;
  JournalFile next{day, 1, 0};
  if (resume) next = files_.back();
  if (resume && next.bytes >= options_.file_bytes) next = {day, next.number + 1, 0};
  file_ = ::open(path(next).c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP);
  if (file_ < 0) {
    why_ = std::strerror(errno);
    return false;
  }
  if (files_.empty() || !(files_.back() == next)) files_.push_back(next);
  const std::lock_guard lock(sync_mutex_);
  sync_file_ = file_;
  return true;
}

void Journal::retire_file() {
  if (file_ < 0) return;
  const std::lock_guard lock(sync_mutex_);
  retired_.push_back(std::exchange(file_, -1));
  sync_file_ = -1;
}

void Journal::enforce_bounds(wire::Time now) {
  const int oldest = day_of(now - std::chrono::days(options_.days));
  std::uint64_t total = 0;
  for (const JournalFile& file : files_) total += file.bytes;
  // The file that is being written will grow to its full size.
  if (!files_.empty()) total += options_.file_bytes - std::min(options_.file_bytes, files_.back().bytes);
  // Never the file that is being written.
  while (files_.size() > 1 && (files_.front().day < oldest || total > options_.bytes)) {
    // One that cannot be deleted is given up, so that it does not keep the others.
    (void)::unlink(path(files_.front()).c_str());
    total -= files_.front().bytes;
    files_.erase(files_.begin());
  }
}

bool Journal::write_buffer() {
  if (file_ < 0) return false;
  const ssize_t written = ::write(file_, buffer_.data(), buffer_.size());
  if (written == static_cast<ssize_t>(buffer_.size())) {
    files_.back().bytes += buffer_.size();
    return true;
  }
  why_ = written < 0 ? std::strerror(errno) : std::strerror(ENOSPC);
  // Whole lines or none, so that the file stays readable.
  if (written > 0) (void)!::ftruncate(file_, static_cast<off_t>(files_.back().bytes));
  return false;
}

void Journal::tell(bool ok) {
  if (failing_ == !ok) return;
  failing_ = !ok;
  JournalProblem problem{ok, {}, lost_now_};
  if (ok) {
    problem.text = "The journal is written again; lines lost: " + std::to_string(lost_now_);
    lost_now_ = 0;
  } else {
    problem.text = "The journal cannot be written: " + why_;
  }
  if (report_) report_(problem);
}

void Journal::sync() {
  std::vector<int> retired;
  int current = -1;
  {
    const std::lock_guard lock(sync_mutex_);
    retired.swap(retired_);
    current = sync_file_;
  }
  // Only this thread closes files, so `current` stays open meanwhile.
  if (current >= 0) (void)::fdatasync(current);
  for (const int file : retired) {
    (void)::fdatasync(file);
    ::close(file);
  }
}

}  // namespace gable::hub

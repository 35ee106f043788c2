#include "app/store_sqlite.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace gable::hub {
namespace {

constexpr std::size_t kKeptRows = 1'000;

// A new file is found after a loss of power only when its folder has been synced too.
bool sync_folder(const std::string& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool ok = ::fsync(folder) == 0;
  ::close(folder);
  return ok;
}

}  // namespace

SqliteStore::SqliteStore(StoreOptions options) : options_(std::move(options)) {
  if (const auto numbers = redo_numbers(options_); !numbers.empty()) log_number_ = numbers.back();
  tables_ = open_store(options_, opened_, older_logs_);
  job_ = std::make_unique<BackgroundJob>([this] { sync(); }, options_.sync_delay);
}

SqliteStore::~SqliteStore() {
  commit();
  job_.reset();
  carry_over();
}

void SqliteStore::put(Table table, std::string key, std::string json) {
  batch_.push_back({table, std::move(key), std::move(json)});
}

void SqliteStore::erase(Table table, std::string key) { batch_.push_back({table, std::move(key), {}}); }

bool SqliteStore::commit() {
  if (batch_.empty() && unsaved_.empty()) return true;
  keep();
  const std::string why = append();
  if (why.empty()) {
    unsaved_.clear();
    job_->ask();
  } else {
    for (Save& save : batch_) unsaved_[{save.table, std::move(save.key)}] = std::move(save.json);
  }
  batch_.clear();
  if (batch_.capacity() > kKeptRows) batch_.shrink_to_fit();  // a start stores everything at once
  tell(why);
  return why.empty();
}

// What failed before goes first, unless the batch has a later word on it.
void SqliteStore::keep() {
  if (unsaved_.empty()) return;
  for (Save& save : batch_) unsaved_[{save.table, std::move(save.key)}] = std::move(save.json);
  batch_.clear();
  for (const auto& [place, json] : unsaved_) batch_.push_back({place.first, place.second, json});
}

// Empty: the batch is in the log.
std::string SqliteStore::append() {
  const std::lock_guard lock(log_mutex_);
  if (!log_) {
    auto made = RedoLog::create(redo_path(options_, log_number_ + 1));
    if (!made) return "The hub cannot save what it knows: " + made.error().text;
    ++log_number_;
    log_ = std::make_shared<RedoLog>(std::move(*made));
  }
  if (log_->append(batch_)) return {};
  return std::string("The hub cannot save what it knows: ") + std::strerror(errno);
}

// Each change once: of this commit, or of what the store's thread has met since the last one.
void SqliteStore::tell(std::string why) {
  if (why.empty()) {
    const std::lock_guard lock(log_mutex_);
    why = sync_error_.empty() ? carry_error_ : sync_error_;
  }
  if (why == told_) return;
  told_ = why;
  if (report_) report_({why.empty(), std::move(why)});
}

wire::Result<std::size_t> SqliteStore::load(Table table, const Row& row) {
  const std::lock_guard lock(database_mutex_);
  auto logs = older_logs_;
  if (const auto present = log()) logs.push_back(present->path());
  if (logs.empty()) return tables_->load(table, row);
  std::map<std::string, std::string, std::less<>> rows;
  auto stored =
      tables_->load(table, [&](std::string_view key, std::string_view json) { rows.emplace(key, json); });
  if (!stored) return stored;
  for (const auto& path : logs) {
    const MappedFile file(path);
    // Without it the hub would go on from older rows, and write over what it has not seen.
    if (!file.error().empty()) return wire::Error{wire::ErrorCode::failed, path + ": " + file.error(), ""};
    read_redo(file.bytes(), [&](const RedoRow& later) {
      if (later.table == table) rows.insert_or_assign(std::string(later.key), later.json);
    });
  }
  std::erase_if(rows, [](const auto& one) { return one.second.empty(); });
  for (const auto& [key, json] : rows) row(key, json);
  return rows.size();
}

std::shared_ptr<RedoLog> SqliteStore::log() const {
  const std::lock_guard lock(log_mutex_);
  return log_;
}

void SqliteStore::note(std::string& what, std::string error) {
  const std::lock_guard lock(log_mutex_);
  what = std::move(error);
}

void SqliteStore::sync() {
  bool long_enough = std::chrono::steady_clock::now() - carried_ >= options_.log_age;
  if (const auto log = this->log()) {
    note(sync_error_, put_on_disk(*log));
    const std::lock_guard lock(log_mutex_);
    long_enough = long_enough || log->size() > options_.log_bytes;
  }
  if (long_enough) carry_over();
}

// Empty: a loss of power does it no harm.
std::string SqliteStore::put_on_disk(RedoLog& log) {
  if (!log.sync() || (log.path() != known_log_ && !sync_folder(options_.folder)))
    return std::string("What the hub saved may not survive a loss of power: ") + std::strerror(errno);
  known_log_ = log.path();
  return {};
}

// The next commit begins a new log while this one is read.
void SqliteStore::carry_over() {
  const std::lock_guard lock(database_mutex_);
  carried_ = std::chrono::steady_clock::now();
  std::shared_ptr<RedoLog> full;
  if (older_logs_.empty()) {
    const std::lock_guard moment(log_mutex_);
    full = std::exchange(log_, {});
  }
  if (full) {
    older_logs_.push_back(full->path());
    note(sync_error_, put_on_disk(*full));
  }
  std::string torn;
  const std::string why = carry_logs(*tables_, older_logs_, torn);
  note(carry_error_, why.empty() ? why : "The log cannot be carried over into the database: " + why);
  if (!why.empty()) return;
  older_logs_.clear();
  // The next time is many seconds away: the pages need not be kept until then.
  tables_->database().execute("PRAGMA shrink_memory");
}

}  // namespace gable::hub

#include "app/store_sqlite.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "node/config_tree.hpp"

namespace gable::hub {
namespace {

constexpr std::size_t kPage = 4096;

std::string describe(const Database& database) {
  constexpr int kPrimary = 0xFF;
  std::string text = "cannot save: " + database.error().text;
  if ((database.code() & kPrimary) == SQLITE_CORRUPT)
    text += "; at the next start the database will be moved aside";
  return text;
}

}  // namespace

SqliteStore::SqliteStore(StoreOptions options) : options_(std::move(options)) {
  database_ = open_store(options_, opened_);
  sqlite3* handle = database_->handle();
  sqlite3_wal_autocheckpoint(handle, 0);
  sqlite3_wal_hook(handle, &SqliteStore::count_log, this);
  // The keeper closes last, with fsync.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  begin_ = database_->prepare("BEGIN IMMEDIATE");
  commit_ = database_->prepare("COMMIT");
  rollback_ = database_->prepare("ROLLBACK");

  keeper_ = std::make_unique<Database>(store_path(options_));
  if (!keeper_->is_open())
    throw node::ConfigError("cannot open the database twice: " + keeper_->error().text);
  keeper_->execute("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-64");
  // Carries over what an earlier process left in the log, and makes sure that there is a log file to sync.
  sqlite3_wal_checkpoint_v2(keeper_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  log_file_ = ::open((store_path(options_) + "-wal").c_str(), O_RDONLY | O_CLOEXEC);
  job_ = std::make_unique<BackgroundJob>([this] { sync(); }, options_.sync_delay);
}

SqliteStore::~SqliteStore() {
  commit();
  job_.reset();
  statements_ = {};
  for (Statement* statement : {&begin_, &commit_, &rollback_}) *statement = Statement();
  database_.reset();
  if (log_file_ >= 0) ::close(log_file_);
}

void SqliteStore::put(Table table, std::string_view key, std::string_view json) {
  batch_.push_back({table, std::string(key), std::string(json)});
}

void SqliteStore::erase(Table table, std::string_view key) {
  batch_.push_back({table, std::string(key), {}});
}

bool SqliteStore::commit() {
  if (batch_.empty() && unsaved_.empty()) return true;
  keep(batch_);
  const bool ok = write_all(batch_);
  const std::string why = ok ? std::string() : describe(*database_);
  if (ok) {
    batch_.clear();
    unsaved_.clear();
    job_->ask();
  } else {
    rollback_.step();
    rollback_.reset();
    for (Save& save : batch_) unsaved_[{save.table, std::move(save.key)}] = std::move(save.json);
    batch_.clear();
  }
  tell(ok, why);
  return ok;
}

// What failed before goes first, unless the batch has a later word on it.
void SqliteStore::keep(std::vector<Save>& saves) {
  if (unsaved_.empty()) return;
  for (Save& save : saves) unsaved_[{save.table, std::move(save.key)}] = std::move(save.json);
  saves.clear();
  for (const auto& [place, json] : unsaved_) saves.push_back({place.first, place.second, json});
}

bool SqliteStore::write_all(const std::vector<Save>& saves) {
  const bool begun = begin_.step() == SQLITE_DONE;
  begin_.reset();
  if (!begun) return false;
  for (const Save& save : saves) {
    if (!write(save)) return false;
  }
  const bool ok = commit_.step() == SQLITE_DONE;
  commit_.reset();
  return ok;
}

bool SqliteStore::write(const Save& save) {
  Statements& prepared = statements(save.table);
  Statement& statement = save.json.empty() ? prepared.erase : prepared.put;
  if (!statement) return false;
  statement.bind(1, save.key);
  if (!save.json.empty()) statement.bind(2, save.json);
  const bool ok = statement.step() == SQLITE_DONE;
  statement.reset();
  return ok;
}

SqliteStore::Statements& SqliteStore::statements(Table table) {
  Statements& prepared = statements_[static_cast<std::size_t>(table)];
  if (!prepared.put) {
    const std::string name(to_string(table));
    prepared.put = database_->prepare(
        "INSERT INTO \"" + name +
        "\" (key, json) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET json = excluded.json");
    prepared.erase = database_->prepare("DELETE FROM \"" + name + "\" WHERE key = ?1");
  }
  return prepared;
}

void SqliteStore::tell(bool ok, const std::string& why) {
  std::string background;
  if (ok) {
    const std::unique_lock lock(sync_mutex_, std::try_to_lock);  // never waits for the disk
    if (lock) background = std::exchange(background_error_, {});
  }
  if (!background.empty() && report_) report_({false, background});
  if (failing_ == !ok) return;
  failing_ = !ok;
  if (report_) report_({ok, why});
}

wire::Result<std::size_t> SqliteStore::load(Table table, const Row& row) {
  Statement select =
      database_->prepare("SELECT key, json FROM \"" + std::string(to_string(table)) + "\" ORDER BY key");
  if (!select) return database_->error();
  std::size_t count = 0;
  int code = select.step();
  for (; code == SQLITE_ROW; code = select.step(), ++count) row(select.text(0), select.text(1));
  if (code != SQLITE_DONE) return database_->error();
  return count;
}

int SqliteStore::count_log(void* self, sqlite3* /*database*/, const char* /*name*/, int pages) {
  static_cast<SqliteStore*>(self)->log_bytes_ = static_cast<std::size_t>(pages) * kPage;
  return SQLITE_OK;
}

void SqliteStore::sync() {
  const std::lock_guard lock(sync_mutex_);
  if (log_file_ >= 0 && ::fdatasync(log_file_) != 0) {
    background_error_ =
        std::string("what was saved may not survive a loss of power: ") + std::strerror(errno);
  }
  if (log_bytes_ > options_.checkpoint_bytes) checkpoint();
}

// Passive checkpoints never hold up the writer, but one that writes without pause may keep the log growing;
// then one that has it wait for the last few pages.
void SqliteStore::checkpoint() {
  constexpr std::size_t kFarTooLong = 4;
  const bool insist = log_bytes_ > kFarTooLong * options_.checkpoint_bytes;
  int pages = 0, done = 0;
  int code = sqlite3_wal_checkpoint_v2(keeper_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &done);
  if (code == SQLITE_OK && insist && done < pages) {
    code = sqlite3_wal_checkpoint_v2(keeper_->handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  }
  if (code != SQLITE_OK && code != SQLITE_BUSY) {
    background_error_ = "the log of the database cannot be carried over: " + keeper_->error().text;
  }
}

wire::Result<std::string> SqliteStore::copy_to(const std::string& path) {
  Statement copy = database_->prepare("VACUUM INTO ?1");
  if (!copy) return database_->error();
  copy.bind(1, path);
  if (copy.step() != SQLITE_DONE) return database_->error();
  return path;
}

}  // namespace gable::hub

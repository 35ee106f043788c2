#pragma once
// The store on SQLite, with a log of our own before it (decision 0015). A commit appends one batch to the
// log, without fsync: it survives the end of the process at any instant. A thread of its own syncs the log
// within 100 ms and carries it over into the database when it has grown or grown old, so that a loss of power
// costs at most that, and never consistency.

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "app/background_job.hpp"
#include "app/store.hpp"
#include "app/store_redo.hpp"
#include "app/store_tables.hpp"

namespace gable::hub {

// The layout of the database, as its `user_version` says it.
struct StoreSchema {
  int version = 2;
  // SQL that makes version n + 2 of n + 1: one for each version but the first.
  std::vector<std::string> steps{
      "CREATE TABLE rule (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID"};
};

struct StoreOptions {
  std::string folder;  // exists; locked by the caller
  std::chrono::milliseconds sync_delay{100};
  std::size_t log_bytes = 4 * 1024 * 1024;    // a longer log is carried over …
  std::chrono::milliseconds log_age{30'000};  // … and so is an older one
  StoreSchema schema{};
};

// What happened while opening, for the log and for problems. Empty texts: did not happen.
struct StoreOpened {
  bool created = false;
  int migrated_from = 0;
  std::string copy;         // made before a migration
  std::string moved_aside;  // a damaged database and its logs, under their new name; or logs without one
  std::string damage;       // what was wrong with it
  std::string torn;         // a log whose end cannot be read, under its new name
  std::string left_over;    // why an earlier process's log waits still
};

class SqliteStore final : public StorePort {
 public:
  // Throws node::ConfigError when the database is of a newer version, is somebody else's, or cannot be
  // opened; std::runtime_error for what may pass: a full disk, an error of the drive.
  explicit SqliteStore(StoreOptions options);
  ~SqliteStore() override;

  void put(Table table, std::string key, std::string json) override;
  void erase(Table table, std::string key) override;
  bool commit() override;
  [[nodiscard]] wire::Result<std::size_t> load(Table table, const Row& row) override;
  void on_problem(Report report) override { report_ = std::move(report); }

  [[nodiscard]] const StoreOpened& opened() const { return opened_; }
  // What the store's thread does `sync_delay` after a commit: puts what is committed on the disk, and carries
  // a grown or old log over. For tests, in which that thread is not due.
  void sync();

 private:
  std::string append();
  void keep();
  void tell(std::string why);
  [[nodiscard]] std::shared_ptr<RedoLog> log() const;
  void carry_over();
  void note(std::string& what, std::string error);
  std::string put_on_disk(RedoLog& log);

  StoreOptions options_;
  StoreOpened opened_;
  std::vector<Save> batch_;
  // Rows of commits that failed, by table and key; empty text: to be erased.
  std::map<std::pair<Table, std::string>, std::string> unsaved_;
  Report report_;
  std::string told_;  // what is wrong, as it was reported last; empty: nothing

  // Shared with the thread.
  mutable std::mutex log_mutex_;  // guards these, for moments
  std::shared_ptr<RedoLog> log_;  // made by the first commit after a start or a carrying over
  std::size_t log_number_ = 0;    // of the latest
  // What failed on the thread, until it succeeds; empty: nothing.
  std::string sync_error_, carry_error_;
  std::mutex database_mutex_;  // guards these, for as long as a disk takes
  std::unique_ptr<StoreTables> tables_;
  std::vector<std::string> older_logs_;  // paths; to be carried over before log_, in this order
  // The thread's own; the constructor and the destructor run while there is none.
  std::string known_log_;  // whose name is on the disk
  std::chrono::steady_clock::time_point carried_ = std::chrono::steady_clock::now();
  std::unique_ptr<BackgroundJob> job_;  // last: its thread uses the rest
};

// The parts of opening, in store_open.cpp.
std::string store_path(const StoreOptions& options);
// "…/gable.db-redo-7"
std::string redo_path(const StoreOptions& options, std::size_t number);
// Numbers of the logs that are there, in order. Throws std::filesystem::filesystem_error when the folder
// cannot be read: a log that is not seen would be lost.
std::vector<std::size_t> redo_numbers(const StoreOptions& options);
// Puts these logs, in this order, into the database and removes them. Empty: done, else why not. `torn` names
// the file that one of them became because not all of it could be read.
std::string carry_logs(StoreTables& tables, const std::vector<std::string>& paths, std::string& torn);
// Carries the logs of an earlier process over as well; those that cannot be are left in `left_over`.
std::unique_ptr<StoreTables> open_store(const StoreOptions& options, StoreOpened& opened,
                                        std::vector<std::string>& left_over);

}  // namespace gable::hub

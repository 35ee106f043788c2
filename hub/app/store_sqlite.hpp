#pragma once
// The store on SQLite. A commit is a write to the write-ahead log without fsync: it survives the end of the
// process at any instant. A thread of its own syncs the log within 100 ms and carries it over into the
// database when it has grown, so that a loss of power costs at most that, and never consistency.

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "app/background_job.hpp"
#include "app/store.hpp"
#include "app/store_database.hpp"

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
  std::size_t checkpoint_bytes = 4 * 1024 * 1024;  // of the log
  StoreSchema schema{};
};

// What happened while opening, for the log and for problems. Empty texts: did not happen.
struct StoreOpened {
  bool created = false;
  int migrated_from = 0;
  std::string copy;         // made before a migration
  std::string moved_aside;  // a damaged database, under its new name
  std::string damage;       // what was wrong with it
};

class SqliteStore final : public StorePort {
 public:
  // Throws node::ConfigError when the database is of a newer version, cannot be migrated, or cannot be
  // opened.
  explicit SqliteStore(StoreOptions options);
  ~SqliteStore() override;

  void put(Table table, std::string_view key, std::string_view json) override;
  void erase(Table table, std::string_view key) override;
  bool commit() override;
  [[nodiscard]] wire::Result<std::size_t> load(Table table, const Row& row) override;
  void on_problem(Report report) override { report_ = std::move(report); }

  [[nodiscard]] const StoreOpened& opened() const { return opened_; }
  // Any thread: puts what is committed on the disk now, and carries a grown log over. What the own thread
  // does.
  void sync();
  // A consistent copy of the database into a new file; for backups. Owner thread; takes as long as the disk
  // does.
  [[nodiscard]] wire::Result<std::string> copy_to(const std::string& path);

 private:
  struct Statements {
    Statement put, erase;
  };
  bool write(const Save& save);
  bool write_all(const std::vector<Save>& saves);
  void keep(std::vector<Save>& saves);
  void tell(bool ok, const std::string& why);
  Statements& statements(Table table);
  void checkpoint();
  static int count_log(void* self, sqlite3* database, const char* name, int pages);

  StoreOptions options_;
  StoreOpened opened_;
  std::unique_ptr<Database> database_;  // the writer's
  std::array<Statements, kTableCount> statements_;
  Statement begin_, commit_, rollback_;
  std::vector<Save> batch_;
  // Rows of commits that failed, by table and key; empty text: to be erased.
  std::map<std::pair<Table, std::string>, std::string> unsaved_;
  Report report_;
  bool failing_ = false;

  // Shared with the thread.
  std::atomic<std::size_t> log_bytes_{0};
  std::mutex sync_mutex_;             // guards what follows
  std::unique_ptr<Database> keeper_;  // the connection that checkpoints; closes last
  int log_file_ = -1;
  std::string background_error_;
  std::unique_ptr<BackgroundJob> job_;  // last: its thread uses the rest
};

// The parts of opening, in store_open.cpp.
std::unique_ptr<Database> open_store(const StoreOptions& options, StoreOpened& opened);
std::string store_path(const StoreOptions& options);

}  // namespace gable::hub

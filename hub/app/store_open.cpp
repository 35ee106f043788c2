// Opening the database: version, migration after a copy, a damaged file, and the logs of an earlier process.

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <span>
#include <stdexcept>

#include "app/store_sqlite.hpp"
#include "node/config_tree.hpp"

namespace gable::hub {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, kTableCount> kTables{
    "entity", "device", "state", "desired", "helper", "problem", "tombstone", "setting", "seen", "rule"};
// Those of version 1; the others came with steps of StoreSchema.
constexpr std::size_t kFirstTables = 9;
constexpr const char* kRedo = "-redo-";

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

// Version 1. Later versions add steps to StoreSchema and leave this as it is.
std::string first_schema() {
  std::string sql;
  for (std::string_view table : std::span(kTables).first(kFirstTables)) {
    sql += "CREATE TABLE \"" + std::string(table) +
           "\" (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;\n";
  }
  return sql;
}

// What somebody has to put right before another start makes sense.
[[noreturn]] void refuse(const std::string& path, const std::string& text, const std::string& hint = {}) {
  throw node::ConfigError("the database '" + path + "' " + text, hint);
}

// What may be over by itself: a full disk, an error of the drive. Whoever started this may try again.
[[noreturn]] void give_up(const std::string& path, const std::string& text) {
  throw std::runtime_error("the database '" + path + "' " + text);
}

// The first sign of damage; empty when there is none. Reads the whole file.
std::string find_damage(Database& database) {
  if (!database.execute("PRAGMA schema_version")) return database.corrupt() ? database.error().text : "";
  std::string found = database.text("PRAGMA quick_check(1)");
  if (found == "ok") return {};
  if (!found.empty()) return found;
  return database.corrupt() ? database.error().text : std::string();
}

// What does not exist yet, nor any log beside it.
std::string free_name(const std::string& path) {
  for (int number = 1;; ++number) {
    std::string target = path + ".damaged-" + std::to_string(number);
    const std::string begin = fs::path(target).filename().string();
    std::error_code code;
    bool taken = false;
    for (const auto& file : fs::directory_iterator(fs::path(path).parent_path(), code)) {
      const std::string name = file.path().filename().string();
      taken = taken || name == begin || name.starts_with(begin + "-");
    }
    if (!taken) return target;
  }
}

// Where a log is kept whose end cannot be read; numbers of logs begin anew once all have been carried over.
std::string torn_name(const std::string& path) {
  std::string name = path + ".torn";
  for (int number = 2; fs::exists(name); ++number) name = path + ".torn-" + std::to_string(number);
  return name;
}

void move_logs(const StoreOptions& options, const std::string& target) {
  std::error_code ignored;
  for (const auto log : redo_numbers(options)) {
    const std::string from = redo_path(options, log);
    fs::rename(from, target + from.substr(store_path(options).size()), ignored);
  }
}

// Its logs belong to the file, so all of them move; the shared-memory file is rebuilt anyway.
std::string move_aside(const StoreOptions& options) {
  const std::string path = store_path(options);
  std::string target = free_name(path);
  std::error_code code;
  fs::rename(path, target, code);
  if (code) refuse(path, "is damaged and cannot be moved aside: " + code.message());
  fs::rename(path + "-wal", target + "-wal", code);
  fs::remove(path + "-shm", code);
  move_logs(options, target);
  return target;
}

void migrate(Database& database, const StoreOptions& options, int from, StoreOpened& opened) {
  const std::string path = store_path(options);
  const std::string copy = path + ".v" + std::to_string(from) + ".bak";
  std::error_code code;
  fs::remove(copy + ".new", code);
  if (!database.execute("VACUUM INTO " + quoted(copy + ".new"))) {
    give_up(path, "cannot be copied before its migration: " + database.error().text + " (is the disk full?)");
  }
  fs::rename(copy + ".new", copy, code);
  if (code) refuse(path, "cannot be copied before its migration: " + code.message());
  std::string sql = "BEGIN IMMEDIATE;\n";
  for (int version = from; version < options.schema.version; ++version) {
    sql += options.schema.steps.at(static_cast<std::size_t>(version) - 1) + ";\n";
  }
  sql += "PRAGMA user_version=" + std::to_string(options.schema.version) + "; COMMIT;";
  if (!database.execute(sql)) {
    const std::string why = database.error().text;
    database.execute("ROLLBACK");
    refuse(path, "cannot be migrated from version " + std::to_string(from) + ": " + why, "it is as it was");
  }
  opened.migrated_from = from;
  opened.copy = copy;
}

void create(Database& database, const StoreOptions& options, StoreOpened& opened) {
  std::string sql = "BEGIN IMMEDIATE;\n" + first_schema();
  for (const std::string& step : options.schema.steps) sql += step + ";\n";
  sql += "PRAGMA user_version=" + std::to_string(options.schema.version) + "; COMMIT;";
  if (!database.execute(sql)) give_up(store_path(options), "cannot be made: " + database.error().text);
  opened.created = true;
  if (!opened.moved_aside.empty() || redo_numbers(options).empty()) return;
  // There was a house: without its rows the few that a log has mean nothing, but they are somebody's.
  opened.damage = "it is empty or gone, and its log is there";
  opened.moved_aside = free_name(store_path(options));
  move_logs(options, opened.moved_aside);
}

// Before a migration: the rows of a log are as its version wrote them.
void take_logs(StoreTables& tables, const StoreOptions& options, StoreOpened& opened,
               std::vector<std::string>& left_over) {
  for (const auto number : redo_numbers(options)) left_over.push_back(redo_path(options, number));
  opened.left_over = carry_logs(tables, left_over, opened.torn);
  if (opened.left_over.empty()) left_over.clear();
}

void check_version(StoreTables& tables, const StoreOptions& options, StoreOpened& opened,
                   std::vector<std::string>& left_over) {
  Database& database = tables.database();
  const auto version = static_cast<int>(database.integer("PRAGMA user_version", -1));
  const std::string path = store_path(options);
  if (version > options.schema.version) {
    refuse(path,
           "was written by a newer Gable (version " + std::to_string(version) + ", this one knows " +
               std::to_string(options.schema.version) + ")",
           "start the newer Gable, or move the file away; beside it may be '" + path + ".v" +
               std::to_string(options.schema.version) + ".bak' from before the upgrade");
  }
  if (version > 0) take_logs(tables, options, opened, left_over);
  if (version == options.schema.version) return;
  if (version > 0) return migrate(database, options, version, opened);
  if (database.integer("SELECT count(*) FROM sqlite_schema", -1) != 0) {
    refuse(path, "is not one of Gable's", "move it away, or choose another state_dir");
  }
  create(database, options, opened);
}

}  // namespace

std::string_view to_string(Table table) { return kTables[static_cast<std::size_t>(table)]; }

std::string store_path(const StoreOptions& options) { return options.folder + "/gable.db"; }

std::string redo_path(const StoreOptions& options, std::size_t number) {
  return store_path(options) + kRedo + std::to_string(number);
}

std::vector<std::size_t> redo_numbers(const StoreOptions& options) {
  const std::string begin = fs::path(store_path(options)).filename().string() + kRedo;
  std::vector<std::size_t> out;
  std::error_code code;
  fs::directory_iterator files(options.folder, code);
  if (code == std::errc::no_such_file_or_directory) return out;  // the database will say so
  if (code) throw fs::filesystem_error("the logs of the database", options.folder, code);
  for (const auto& file : files) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with(begin)) continue;
    std::size_t number = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + begin.size(), end, number);
    if (error == std::errc{} && rest == end) out.push_back(number);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string carry_logs(StoreTables& tables, const std::vector<std::string>& paths, std::string& torn) {
  std::vector<std::unique_ptr<MappedFile>> files;
  StoreTables::Rows rows;
  std::vector<std::string> torn_files;
  for (const auto& path : paths) {
    const auto& file = files.emplace_back(std::make_unique<MappedFile>(path));
    if (!file->error().empty()) return path + ": " + file->error();
    const auto read = read_redo(file->bytes(), [&rows](const RedoRow& row) {
      rows.insert_or_assign({row.table, row.key}, row.json);
    });
    if (read.left_out > 0) torn_files.push_back(path);
  }
  if (!rows.empty()) {
    if (std::string why = tables.apply(rows); !why.empty()) return why;
  }
  for (const auto& path : torn_files) {
    std::error_code failed;
    torn = torn_name(path);
    fs::rename(path, torn, failed);
    // It would be read again at the next start, which does no harm; removed, its end would be lost.
    if (failed)
      return "what could be read of " + path + " is saved; it cannot be renamed: " + failed.message();
  }
  std::error_code ignored;
  for (const auto& path : paths) fs::remove(path, ignored);
  return {};
}

std::unique_ptr<StoreTables> open_store(const StoreOptions& options, StoreOpened& opened,
                                        std::vector<std::string>& left_over) {
  const std::string path = store_path(options);
  auto database = std::make_unique<Database>(path);
  if (!database->is_open()) refuse(path, "cannot be opened: " + database->error().text);
  if (const std::string damage = find_damage(*database); !damage.empty()) {
    database.reset();
    opened.damage = damage;
    opened.moved_aside = move_aside(options);
    database = std::make_unique<Database>(path);
    if (!database->is_open()) refuse(path, "cannot be opened: " + database->error().text);
  }
  // Each change is on the disk before its log is removed.
  if (database->text("PRAGMA journal_mode=WAL") != "wal")
    give_up(path, "cannot be used: " + database->error().text);
  database->execute("PRAGMA synchronous=FULL; PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY");
  auto tables = std::make_unique<StoreTables>(std::move(database));
  check_version(*tables, options, opened, left_over);
  return tables;
}

}  // namespace gable::hub

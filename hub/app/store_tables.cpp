#include "app/store_tables.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace gable::hub {

StoreTables::StoreTables(std::unique_ptr<Database> database) : database_(std::move(database)) {}

std::string StoreTables::apply(const Rows& rows) {
  if (write_all(rows)) return {};
  constexpr int kPrimary = 0xFF;
  std::string why = database_->error().text;
  if ((database_->code() & kPrimary) == SQLITE_CORRUPT)
    why += "; at the next start the database will be moved aside";
  database_->execute("ROLLBACK");
  return why;
}

bool StoreTables::write_all(const Rows& rows) {
  if (!database_->execute("BEGIN IMMEDIATE")) return false;
  const bool written = std::all_of(rows.begin(), rows.end(), [this](const auto& row) {
    return write(row.first.first, row.first.second, row.second);
  });
  return written && database_->execute("COMMIT");
}

bool StoreTables::write(Table table, std::string_view key, std::string_view json) {
  Statements& prepared = statements(table);
  Statement& statement = json.empty() ? prepared.erase : prepared.put;
  if (!statement) return false;
  const bool bound = statement.bind(1, key) && (json.empty() || statement.bind(2, json));
  const bool ok = bound && statement.step() == SQLITE_DONE;
  statement.reset();
  return ok;
}

StoreTables::Statements& StoreTables::statements(Table table) {
  Statements& prepared = statements_[static_cast<std::size_t>(table)];
  if (!prepared.put || !prepared.erase) {
    const std::string name(to_string(table));
    prepared.put = database_->prepare(
        "INSERT INTO \"" + name +
        "\" (key, json) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET json = excluded.json");
    prepared.erase = database_->prepare("DELETE FROM \"" + name + "\" WHERE key = ?1");
  }
  return prepared;
}

wire::Result<std::size_t> StoreTables::load(Table table, const StorePort::Row& row) {
  Statement select =
      database_->prepare("SELECT key, json FROM \"" + std::string(to_string(table)) + "\" ORDER BY key");
  if (!select) return database_->error();
  std::size_t count = 0;
  int code = select.step();
  for (; code == SQLITE_ROW; code = select.step(), ++count) row(select.text(0), select.text(1));
  if (code != SQLITE_DONE) return database_->error();
  return count;
}

}  // namespace gable::hub

#include "app/store_database.hpp"

#include <sqlite3.h>

#include "node/out_of_memory.hpp"

namespace gable::hub {

namespace {

// A result code of SQLite as it is, unless it is that there is no memory.
int checked(int code) {
  constexpr int kPrimary = 0xFF;
  if ((code & kPrimary) == SQLITE_NOMEM) node::out_of_memory();
  return code;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

bool Statement::bind(int index, std::string_view text) {
  return checked(sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(), nullptr,
                                     SQLITE_UTF8)) == SQLITE_OK;
}

int Statement::step() { return checked(sqlite3_step(statement_.get())); }

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string_view Statement::text(int index) const {
  // Blob access: the same bytes, without the conversion to a terminated text.
  const void* data = sqlite3_column_blob(statement_.get(), index);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), index))};
}

long long Statement::integer(int index) const { return sqlite3_column_int64(statement_.get(), index); }

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Database::Database(const std::string& path) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = checked(sqlite3_open_v2(path.c_str(), &database, flags, nullptr));
  database_.reset(database);
  open_ = code == SQLITE_OK;
  constexpr int kPatience = 5000;  // ms, while a checkpoint finishes
  if (open_) sqlite3_busy_timeout(database, kPatience);
}

bool Database::execute(const std::string& sql) {
  return checked(sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr)) == SQLITE_OK;
}

Statement Database::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  checked(sqlite3_prepare_v3(handle(), sql.c_str(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                             &statement, nullptr));
  return Statement(statement);
}

long long Database::integer(const std::string& sql, long long fallback) {
  Statement statement = prepare(sql);
  return statement && statement.step() == SQLITE_ROW ? statement.integer(0) : fallback;
}

std::string Database::text(const std::string& sql) {
  Statement statement = prepare(sql);
  return statement && statement.step() == SQLITE_ROW ? std::string(statement.text(0)) : std::string();
}

int Database::code() const { return sqlite3_extended_errcode(handle()); }

wire::Error Database::error() const { return {wire::ErrorCode::failed, sqlite3_errmsg(handle()), {}}; }

bool Database::corrupt() const {
  constexpr int kPrimary = 0xFF;
  const int primary = code() & kPrimary;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

}  // namespace gable::hub

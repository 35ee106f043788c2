#pragma once
// The tables of the database: rows by table and key. Each change is on the disk when it is done (fsync), so
// this is for threads that may wait. One thread at a time.

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "app/store.hpp"
#include "app/store_database.hpp"

namespace gable::hub {

class StoreTables {
 public:
  // The last word on each row; empty text: none. Borrowed.
  using Rows = std::map<std::pair<Table, std::string_view>, std::string_view>;

  explicit StoreTables(std::unique_ptr<Database> database);

  [[nodiscard]] Database& database() { return *database_; }
  // All or nothing. Empty: done, else why not.
  [[nodiscard]] std::string apply(const Rows& rows);
  // As StorePort::load().
  [[nodiscard]] wire::Result<std::size_t> load(Table table, const StorePort::Row& row);

 private:
  struct Statements {
    Statement put, erase;
  };
  bool write(Table table, std::string_view key, std::string_view json);
  bool write_all(const Rows& rows);
  Statements& statements(Table table);

  std::unique_ptr<Database> database_;
  std::array<Statements, kTableCount> statements_;  // made when needed; closed before it
};

}  // namespace gable::hub

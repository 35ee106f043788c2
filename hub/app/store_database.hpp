#pragma once
// A thin owner of SQLite's C objects: connections and prepared statements. Used by the store only. One thread
// at a time for each connection. When SQLite gets no memory the process ends, as with any `new` of ours.

#include <memory>
#include <string>
#include <string_view>

#include "wire/result_type.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace gable::hub {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  explicit operator bool() const { return statement_ != nullptr; }

  // Borrowed until the next reset(). `index` from 1. False: it cannot be bound, and the row is not to be
  // written.
  [[nodiscard]] bool bind(int index, std::string_view text);
  // SQLITE_ROW, SQLITE_DONE or an error code.
  int step();
  void reset();
  // Of the present row; borrowed until the next step. `index` from 0.
  [[nodiscard]] std::string_view text(int index) const;
  [[nodiscard]] long long integer(int index) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // Opens or makes the file. On failure error() tells, and nothing else may be called.
  explicit Database(const std::string& path);
  [[nodiscard]] bool is_open() const { return open_; }

  // One or several statements without results. False: see error().
  bool execute(const std::string& sql);
  // Empty on failure.
  Statement prepare(const std::string& sql);
  // First column of the first row; `fallback` when there is none or on failure.
  long long integer(const std::string& sql, long long fallback);
  std::string text(const std::string& sql);

  // Of the last failure. Extended SQLite result code, and the code as an error of ours.
  [[nodiscard]] int code() const;
  [[nodiscard]] wire::Error error() const;
  // The file is damaged or no database at all.
  [[nodiscard]] bool corrupt() const;
  [[nodiscard]] sqlite3* handle() const { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Close> database_;
  bool open_ = false;
};

}  // namespace gable::hub

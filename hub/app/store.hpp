#pragma once
// The hub's durable memory: texts by table and key. What is committed survives `kill -9` of the hub at any
// instant. One owner thread for all calls.

#include <functional>
#include <string>
#include <string_view>

#include "core/effects.hpp"
#include "wire/result_type.hpp"

namespace gable::hub {

// What the hub should tell people: saving fails (once, when it begins), or works again.
struct StoreProblem {
  bool solved = false;
  std::string text;  // a sentence; empty once it is solved
};

class StorePort {
 public:
  using Row = std::function<void(std::string_view key, std::string_view json)>;
  using Report = std::function<void(const StoreProblem&)>;

  virtual ~StorePort() = default;
  // Part of the present batch; the last word on a key counts.
  virtual void put(Table table, std::string key, std::string json) = 0;
  virtual void erase(Table table, std::string key) = 0;
  // Stores the batch: all of it or nothing. False when that failed: the batch is kept and goes with the next
  // commit, and the hub goes on. Nothing is done for an empty batch.
  virtual bool commit() = 0;
  // Calls `row` for each stored row in the order of keys (bytes); the present batch is not seen. The number
  // of rows, or why not all could be read (failed).
  [[nodiscard]] virtual wire::Result<std::size_t> load(Table table, const Row& row) = 0;
  // Called within commit(), on the owner thread.
  virtual void on_problem(Report report) = 0;
};

// The name of a table in the database: "entity", "state" …
std::string_view to_string(Table table);
inline constexpr std::size_t kTableCount = 10;

}  // namespace gable::hub

// The store keeps what was committed, through kill -9 too.

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>

#include "app/store_memory.hpp"
#include "app/store_sqlite.hpp"
#include "temporary_folder.hpp"

namespace gable::hub::test {
namespace {

using Rows = std::map<std::string, std::string>;

Rows rows(StorePort& store, Table table) {
  Rows found;
  const auto count =
      store.load(table, [&](std::string_view key, std::string_view json) { found.emplace(key, json); });
  EXPECT_TRUE(count);
  EXPECT_EQ(count ? *count : 0, found.size());
  return found;
}

void put_erase_and_load(StorePort& store) {
  store.put(Table::state, "light.b", R"({"state":"on"})");
  store.put(Table::state, "light.a", "1");
  store.put(Table::state, "light.a", "2");
  store.put(Table::entity, "light.a", "{}");
  EXPECT_TRUE(rows(store, Table::state).empty());  // not committed
  EXPECT_TRUE(store.commit());
  EXPECT_EQ(rows(store, Table::state), (Rows{{"light.a", "2"}, {"light.b", R"({"state":"on"})"}}));
  EXPECT_EQ(rows(store, Table::entity), (Rows{{"light.a", "{}"}}));
  EXPECT_TRUE(rows(store, Table::seen).empty());
  store.erase(Table::state, "light.a");
  store.erase(Table::state, "light.never_there");
  EXPECT_TRUE(store.commit());
  EXPECT_TRUE(store.commit());  // nothing to do
  EXPECT_EQ(rows(store, Table::state), (Rows{{"light.b", R"({"state":"on"})"}}));
}

TEST(Store, PutEraseAndLoadInMemory) {
  MemoryStore store;
  put_erase_and_load(store);
}

TEST(Store, PutEraseAndLoadOnDisk) {
  const TemporaryFolder folder;
  {
    SqliteStore store({.folder = folder.path()});
    EXPECT_TRUE(store.opened().created);
    put_erase_and_load(store);
    store.put(Table::seen, "c-1", "1");  // committed at the end
  }
  EXPECT_EQ(folder.names(), std::vector<std::string>{"gable.db"});  // the log was carried over
  SqliteStore store({.folder = folder.path()});
  EXPECT_FALSE(store.opened().created);
  EXPECT_EQ(rows(store, Table::state), (Rows{{"light.b", R"({"state":"on"})"}}));
  EXPECT_EQ(rows(store, Table::seen), (Rows{{"c-1", "1"}}));
}

TEST(Store, EveryTableIsKept) {
  const TemporaryFolder folder;
  const auto tables = {Table::entity,  Table::device,    Table::state,   Table::desired, Table::helper,
                       Table::problem, Table::tombstone, Table::setting, Table::seen,    Table::rule};
  ASSERT_EQ(tables.size(), kTableCount);
  {
    SqliteStore store({.folder = folder.path()});
    for (const Table table : tables) store.put(table, "key", std::string(to_string(table)));
  }
  SqliteStore store({.folder = folder.path()});
  for (const Table table : tables)
    EXPECT_EQ(rows(store, table), (Rows{{"key", std::string(to_string(table))}}));
}

TEST(Store, OddTextsComeBackAsTheyWere) {
  const TemporaryFolder folder;
  const std::string odd("nul \0 quote ' \" emoji \xf0\x9f\x92\xa1", 25);
  {
    SqliteStore store({.folder = folder.path()});
    store.put(Table::setting, odd, std::string(100'000, 'x') + odd);
  }
  SqliteStore store({.folder = folder.path()});
  EXPECT_EQ(rows(store, Table::setting), (Rows{{odd, std::string(100'000, 'x') + odd}}));
}

// Each batch writes its number to two tables, then says so.
void write_batches(const std::string& folder, int pipe) {
  SqliteStore store(
      {.folder = folder, .sync_delay = std::chrono::milliseconds(1), .checkpoint_bytes = 40'000});
  for (int number = 1;; ++number) {
    const std::string text = std::to_string(number);
    store.put(Table::state, "counter", text);
    store.put(Table::helper, "counter", text);
    store.put(Table::entity, "row" + text, text);
    if (!store.commit() || write(pipe, "x", 1) != 1) _exit(1);
  }
}

TEST(Store, SurvivesKillAtAnyInstant) {
  const TemporaryFolder folder;
  for (const std::uint64_t steps : {1U, 7U, 250U, 2000U}) {
    std::uint64_t before = 0;
    if (SqliteStore store({.folder = folder.path()}); !rows(store, Table::state).empty()) {
      store.erase(Table::state, "counter");
      for (const auto& [key, json] : rows(store, Table::entity)) store.erase(Table::entity, key);
      before = 1;
    }
    EXPECT_EQ(before, steps == 1 ? 0U : 1U);
    const std::uint64_t told = kill_after(steps, write_batches, folder.path());
    ASSERT_GE(told, steps);
    SqliteStore store({.folder = folder.path()});
    EXPECT_EQ(store.opened().damage, "");
    // The last batch may have been stored without having been told.
    const std::uint64_t stored = std::stoull(rows(store, Table::state).at("counter"));
    EXPECT_GE(stored, told);
    EXPECT_LE(stored, told + 1);
    EXPECT_EQ(rows(store, Table::helper).at("counter"), std::to_string(stored));
    EXPECT_EQ(rows(store, Table::entity).size(), stored);
  }
}

TEST(Store, TheLogStaysShort) {
  const TemporaryFolder folder;
  constexpr std::size_t kLimit = 200'000;
  SqliteStore store(
      {.folder = folder.path(), .sync_delay = std::chrono::hours(1), .checkpoint_bytes = kLimit});
  const std::string text(1000, 'x');
  for (int i = 0; i < 300; ++i) {
    store.put(Table::state, "k" + std::to_string(i % 50), text + std::to_string(i));
    ASSERT_TRUE(store.commit());
    store.sync();  // what the thread does
  }
  EXPECT_LT(read_all(folder / "gable.db-wal").size(), 2 * kLimit);
  EXPECT_EQ(rows(store, Table::state).at("k49"), text + "299");
}

TEST(Store, TheThreadSyncsByItself) {
  const TemporaryFolder folder;
  SqliteStore store(
      {.folder = folder.path(), .sync_delay = std::chrono::milliseconds(0), .checkpoint_bytes = 1});
  // The log would reach megabytes if nobody carried it over; the bound is the thread's doing.
  const std::string text(4000, 'x');
  std::size_t longest = 0;
  for (int i = 0; i < 5000; ++i) {
    store.put(Table::state, "k", text + std::to_string(i));
    ASSERT_TRUE(store.commit());
    if (i % 500 == 0) longest = std::max(longest, read_all(folder / "gable.db-wal").size());
  }
  EXPECT_LT(longest, 10U * 1000 * 1000);  // 40 MB without
}

TEST(Store, CopyIsComplete) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path()});
  store.put(Table::state, "a", "1");
  store.commit();
  const TemporaryFolder other;
  ASSERT_TRUE(store.copy_to(other / "gable.db"));
  EXPECT_FALSE(store.copy_to(other / "gable.db"));  // never overwrites
  SqliteStore copy({.folder = other.path()});
  EXPECT_EQ(rows(copy, Table::state), (Rows{{"a", "1"}}));
}

}  // namespace
}  // namespace gable::hub::test

// The store keeps what was committed, through kill -9 too.

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <thread>

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
    EXPECT_GT(folder.names().size(), 1U);
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
  SqliteStore store({.folder = folder, .sync_delay = std::chrono::milliseconds(1), .log_bytes = 10'000});
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

std::size_t bytes_of_logs(const TemporaryFolder& folder) {
  std::size_t sum = 0;
  for (const auto& name : folder.names()) {
    if (name.find("-redo-") != std::string::npos) sum += read_all(folder / name).size();
  }
  return sum;
}

TEST(Store, TheLogStaysShort) {
  const TemporaryFolder folder;
  constexpr std::size_t kLimit = 100'000;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::hours(1), .log_bytes = kLimit});
  const std::string text(1000, 'x');
  for (int i = 0; i < 300; ++i) {
    store.put(Table::state, "k" + std::to_string(i % 50), text + std::to_string(i));
    ASSERT_TRUE(store.commit());
    store.sync();  // what the thread does
    ASSERT_LT(bytes_of_logs(folder), kLimit + 2'000);
  }
  EXPECT_EQ(rows(store, Table::state).at("k49"), text + "299");
}

TEST(Store, AnOldLogIsCarriedOverHoweverShort) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(),
                     .sync_delay = std::chrono::hours(1),
                     .log_age = std::chrono::milliseconds(0)});
  store.put(Table::state, "a", "1");
  ASSERT_TRUE(store.commit());
  EXPECT_GT(bytes_of_logs(folder), 0U);
  store.sync();
  EXPECT_EQ(bytes_of_logs(folder), 0U);
  EXPECT_EQ(rows(store, Table::state), (Rows{{"a", "1"}}));
}

TEST(Store, WhatIsReadIsTheLatestWhereverItLies) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::hours(1), .log_bytes = 1});
  for (const char* key : {"a", "b", "c"}) store.put(Table::state, key, "1");
  ASSERT_TRUE(store.commit());
  store.sync();  // into the database
  store.put(Table::state, "b", "2");
  store.erase(Table::state, "c");
  store.put(Table::state, "d", "2");
  store.put(Table::entity, "e", "other table");
  ASSERT_TRUE(store.commit());  // into the log
  EXPECT_EQ(rows(store, Table::state), (Rows{{"a", "1"}, {"b", "2"}, {"d", "2"}}));
}

TEST(Store, TheThreadSyncsByItself) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::milliseconds(0), .log_bytes = 1});
  for (int i = 0; i < 100; ++i) {
    store.put(Table::state, "k", std::to_string(i));
    ASSERT_TRUE(store.commit());
  }
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (bytes_of_logs(folder) > 0 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_EQ(bytes_of_logs(folder), 0U) << "nobody else carries it over";
}

}  // namespace
}  // namespace gable::hub::test

// What the store does with a full disk, a damaged file, another version, a second hub.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "app/store_lock.hpp"
#include "app/store_memory.hpp"
#include "app/store_sqlite.hpp"
#include "node/config_tree.hpp"
#include "temporary_folder.hpp"

namespace gable::hub::test {
namespace {

std::string value(StorePort& store, std::string_view wanted) {
  std::string found = "none";
  const auto count = store.load(Table::state, [&](std::string_view key, std::string_view json) {
    if (key == wanted) found = json;
  });
  return count ? found : count.error().text;
}

std::string error_of_opening(const StoreOptions& options) {
  try {
    const SqliteStore store(options);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return "no error";
}

TEST(StoreFailure, AFullDiskLosesNothingAndIsToldOnce) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::hours(1)});
  std::vector<StoreProblem> told;
  store.on_problem([&](const StoreProblem& problem) { told.push_back(problem); });
  store.put(Table::state, "before", "1");
  ASSERT_TRUE(store.commit());
  {
    const FileSizeLimit full(1);
    store.put(Table::state, "a", "1");
    store.put(Table::state, "before", "2");
    EXPECT_FALSE(store.commit());
    store.put(Table::state, "a", "2");
    EXPECT_FALSE(store.commit());
    EXPECT_EQ(value(store, "before"), "1");  // readable all the time
  }
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].solved);
  EXPECT_TRUE(told[0].text.starts_with("The hub cannot save what it knows: "));
  store.put(Table::state, "b", "3");
  EXPECT_TRUE(store.commit());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[1].solved);
  EXPECT_EQ(value(store, "before"), "2");
  EXPECT_EQ(value(store, "a"), "2");
  EXPECT_EQ(value(store, "b"), "3");
}

TEST(StoreFailure, WhatFailsInTheBackgroundIsToldAndSolved) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::hours(1), .log_age = {}});
  std::vector<StoreProblem> told;
  store.on_problem([&](const StoreProblem& problem) { told.push_back(problem); });
  store.put(Table::state, "a", std::string(20'000, 'x'));
  ASSERT_TRUE(store.commit());
  {
    const FileSizeLimit full(1);
    store.sync();
  }
  store.put(Table::state, "b", "1");
  ASSERT_TRUE(store.commit());
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].solved);
  EXPECT_TRUE(told[0].text.starts_with("The log cannot be carried over into the database: "));
  store.sync();
  store.put(Table::state, "b", "2");
  ASSERT_TRUE(store.commit());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[1].solved);
  EXPECT_EQ(value(store, "b"), "2");
}

TEST(StoreFailure, AnEraseThatFailedIsMadeUpFor) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .sync_delay = std::chrono::hours(1)});
  store.put(Table::state, "a", "1");
  ASSERT_TRUE(store.commit());
  {
    const FileSizeLimit full(1);
    store.erase(Table::state, "a");
    EXPECT_FALSE(store.commit());
  }
  EXPECT_EQ(value(store, "a"), "1");
  EXPECT_TRUE(store.commit());  // nothing new is needed
  EXPECT_EQ(value(store, "a"), "none");
}

TEST(StoreFailure, TheMemoryStoreFailsLikeTheOther) {
  MemoryStore store;
  std::vector<StoreProblem> told;
  store.on_problem([&](const StoreProblem& problem) { told.push_back(problem); });
  store.fail_with("cannot save: full");
  store.put(Table::state, "a", "1");
  EXPECT_FALSE(store.commit());
  EXPECT_FALSE(store.commit());
  store.fail_with(std::nullopt);
  EXPECT_TRUE(store.commit());
  EXPECT_EQ(value(store, "a"), "1");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(told[1].solved);
}

TEST(StoreFailure, ADamagedFileIsMovedAside) {
  const TemporaryFolder folder;
  write_all(folder / "gable.db",
            "this is no database, but long enough to be taken for one" + std::string(4096, 'x'));
  SqliteStore store({.folder = folder.path()});
  EXPECT_TRUE(store.opened().created);
  EXPECT_EQ(store.opened().damage, "file is not a database");
  EXPECT_EQ(store.opened().moved_aside, folder / "gable.db.damaged-1");
  EXPECT_TRUE(read_all(folder / "gable.db.damaged-1").starts_with("this is no database"));
  store.put(Table::state, "a", "1");
  EXPECT_TRUE(store.commit());
}

TEST(StoreFailure, TheLogOfADamagedFileGoesWithIt) {
  const TemporaryFolder folder;
  write_all(folder / "gable.db", "this is no database" + std::string(4096, 'x'));
  write_all(folder / "gable.db-redo-7", "of the same house");
  SqliteStore store({.folder = folder.path()});
  EXPECT_EQ(store.opened().moved_aside, folder / "gable.db.damaged-1");
  EXPECT_EQ(read_all(folder / "gable.db.damaged-1-redo-7"), "of the same house");
  EXPECT_EQ(store.opened().torn, "");
}

TEST(StoreFailure, ALogWithoutItsDatabaseIsKeptAndSaid) {
  const TemporaryFolder folder;
  write_all(folder / "gable.db", "");
  write_all(folder / "gable.db-redo-7", "of a house");
  SqliteStore store({.folder = folder.path()});
  EXPECT_TRUE(store.opened().created);
  EXPECT_NE(store.opened().damage, "");
  EXPECT_EQ(store.opened().moved_aside, folder / "gable.db.damaged-1");
  EXPECT_EQ(read_all(folder / "gable.db.damaged-1-redo-7"), "of a house");
}

TEST(StoreFailure, ATornLogIsReadAsFarAsItGoesAndKept) {
  const TemporaryFolder folder;
  { SqliteStore store({.folder = folder.path()}); }
  {
    auto log = RedoLog::create(folder / "gable.db-redo-3");
    ASSERT_TRUE(log);
    ASSERT_TRUE(log->append({{Table::state, "a", "1"}}));
    ASSERT_TRUE(log->append({{Table::state, "a", "2"}, {Table::state, "b", "2"}}));
  }
  const std::string whole = read_all(folder / "gable.db-redo-3");
  write_all(folder / "gable.db-redo-3", whole.substr(0, whole.size() - 1));
  SqliteStore store({.folder = folder.path()});
  EXPECT_EQ(store.opened().torn, folder / "gable.db-redo-3.torn");
  EXPECT_EQ(value(store, "a"), "1");
  EXPECT_EQ(value(store, "b"), "none");
  store.put(Table::state, "b", "3");
  EXPECT_TRUE(store.commit());
  EXPECT_EQ(value(store, "b"), "3");
}

TEST(StoreFailure, DamageInTheMiddleIsFound) {
  const TemporaryFolder folder;
  {
    SqliteStore store({.folder = folder.path()});
    for (int i = 0; i < 2000; ++i) store.put(Table::state, "key" + std::to_string(i), std::string(100, 'x'));
  }
  std::string bytes = read_all(folder / "gable.db");
  constexpr std::size_t kPage = 4096;
  bytes.replace(bytes.size() - 20 * kPage, kPage, std::string(kPage, '\xA5'));
  write_all(folder / "gable.db", bytes);
  write_all(folder / "gable.db.damaged-1", "an earlier one");
  SqliteStore store({.folder = folder.path()});
  EXPECT_TRUE(store.opened().created);
  EXPECT_NE(store.opened().damage, "");
  EXPECT_EQ(store.opened().moved_aside, folder / "gable.db.damaged-2");
  EXPECT_EQ(read_all(folder / "gable.db.damaged-1"), "an earlier one");
}

// What this version's tables become: of any version, by a step after those that there are.
StoreSchema later(const char* step) {
  StoreSchema schema;
  ++schema.version;
  schema.steps.emplace_back(step);
  return schema;
}

const char* const kNextVersion =
    "UPDATE state SET json = json || '!'; CREATE TABLE extra (key TEXT PRIMARY KEY)";

TEST(StoreVersions, AnOlderOneIsMigratedAfterACopy) {
  const TemporaryFolder folder;
  {
    SqliteStore store({.folder = folder.path()});
    store.put(Table::state, "a", "1");
  }
  const StoreOptions next{.folder = folder.path(), .schema = later(kNextVersion)};
  {
    SqliteStore store(next);
    EXPECT_EQ(store.opened().migrated_from, 2);
    EXPECT_EQ(store.opened().copy, folder / "gable.db.v2.bak");
    EXPECT_EQ(value(store, "a"), "1!");
  }
  {
    SqliteStore store(next);  // not again
    EXPECT_EQ(store.opened().migrated_from, 0);
    EXPECT_EQ(value(store, "a"), "1!");
  }
  const TemporaryFolder other;
  write_all(other / "gable.db", read_all(folder / "gable.db.v2.bak"));
  SqliteStore old({.folder = other.path()});
  EXPECT_EQ(value(old, "a"), "1");
}

TEST(StoreVersions, AMigrationThatFailsChangesNothing) {
  const TemporaryFolder folder;
  {
    SqliteStore store({.folder = folder.path()});
    store.put(Table::state, "a", "1");
  }
  const std::string error = error_of_opening(
      {.folder = folder.path(), .schema = later("UPDATE state SET json = '?'; DROP TABLE none")});
  EXPECT_EQ(error, "the database '" + folder.path() +
                       "/gable.db' cannot be migrated from version 2: no such table: none (it is as it was)");
  SqliteStore store({.folder = folder.path()});
  EXPECT_EQ(value(store, "a"), "1");
}

TEST(StoreVersions, ANewDatabaseIsMadeInTheLatestVersion) {
  const TemporaryFolder folder;
  SqliteStore store({.folder = folder.path(), .schema = later(kNextVersion)});
  EXPECT_TRUE(store.opened().created);
  EXPECT_EQ(store.opened().copy, "");
}

TEST(StoreVersions, ANewerOneIsRefused) {
  const TemporaryFolder folder;
  { const SqliteStore store({.folder = folder.path(), .schema = later(kNextVersion)}); }
  const std::string before = read_all(folder / "gable.db");
  EXPECT_EQ(error_of_opening({.folder = folder.path()}),
            "the database '" + folder.path() +
                "/gable.db' was written by a newer Gable (version 3, this one knows 2) (start the newer "
                "Gable, or move "
                "the file away; beside it may be '" +
                folder.path() + "/gable.db.v2.bak' from before the upgrade)");
  EXPECT_EQ(read_all(folder / "gable.db"), before);
}

TEST(StoreVersions, SomebodyElsesDatabaseIsRefused) {
  const TemporaryFolder folder;
  Database other(folder / "gable.db");
  ASSERT_TRUE(other.execute("CREATE TABLE recipes (name TEXT)"));
  EXPECT_EQ(error_of_opening({.folder = folder.path()}),
            "the database '" + folder.path() +
                "/gable.db' is not one of Gable's (move it away, or choose another state_dir)");
}

TEST(StoreVersions, AFolderThatIsMissingIsNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(
      error_of_opening({.folder = folder / "none"}),
      "the database '" + folder.path() + "/none/gable.db' cannot be opened: unable to open database file");
}

TEST(StateLock, ASecondHubIsRefusedByName) {
  const TemporaryFolder folder;
  const std::string state = folder / "var/gable";
  {
    const StateLock lock(state);
    try {
      const StateLock second(state);
      FAIL();
    } catch (const node::ConfigError& error) {
      EXPECT_EQ(error.text,
                "the state folder '" + state + "' is in use by process " + std::to_string(getpid()));
    }
  }
  const StateLock again(state);  // free when the first one ends
}

void hold_lock(const std::string& folder, int pipe) {
  const StateLock lock(folder);
  if (write(pipe, "x", 1) == 1) pause();
}

TEST(StateLock, KillFreesIt) {
  const TemporaryFolder folder;
  EXPECT_EQ(kill_after(1, hold_lock, folder.path()), 1U);
  const StateLock lock(folder.path());
}

TEST(StateLock, AFolderThatCannotBeMadeIsNamed) {
  const TemporaryFolder folder;
  write_all(folder / "file", "");
  try {
    const StateLock lock(folder / "file");
    FAIL();
  } catch (const node::ConfigError& error) {
    EXPECT_EQ(error.text, "the state folder '" + folder.path() + "/file' cannot be used: Not a directory");
  }
}

}  // namespace
}  // namespace gable::hub::test

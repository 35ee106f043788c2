// Every write, sync and truncation of the store, in its log and in SQLite, fails once, fails from then on, is
// cut in the middle, or is the last thing the process does. Whatever was told to be stored is there
// afterwards, and batches are whole.

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <set>

#include "app/store_sqlite.hpp"
#include "node/config_tree.hpp"
#include "temporary_folder.hpp"

namespace {

enum class Fault { none, once, from_then_on, cut, dies, dies_after_half };

// In memory that a child shares with the test.
struct Progress {
  Fault fault = Fault::none;
  long strikes_at = 0;  // number of the call, from 1
  int error = EIO;
  long calls = 0;
  int attempted = 0;  // batches
  int told = 0;       // the latest that was told to be stored
  int refused = 0;
};
Progress* progress = nullptr;

bool strikes() {
  if (progress == nullptr) return false;
  const long call = ++progress->calls;
  switch (progress->fault) {
    case Fault::none:
      return false;
    case Fault::from_then_on:
      return call >= progress->strikes_at;
    default:
      return call == progress->strikes_at;
  }
}

int fail() {
  if (progress->fault >= Fault::dies) _exit(0);
  errno = progress->error;
  return -1;
}

ssize_t write_at(int file, const void* bytes, std::size_t count, off_t offset) {
  const auto real = [&](std::size_t how_much) {
    return static_cast<ssize_t>(syscall(SYS_pwrite64, file, bytes, how_much, offset));
  };
  if (!strikes()) return real(count);
  if (progress->fault == Fault::cut) return real(count / 2);
  if (progress->fault == Fault::dies_after_half) real(count / 2);
  return fail();
}

}  // namespace

// Of this program, so they come before the C library's for the store and for SQLite.
extern "C" {
ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t offset) {
  return write_at(file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void* bytes, std::size_t count, off64_t offset) {
  return write_at(file, bytes, count, offset);
}
int fsync(int file) { return strikes() ? fail() : static_cast<int>(syscall(SYS_fsync, file)); }
int fdatasync(int file) { return strikes() ? fail() : static_cast<int>(syscall(SYS_fdatasync, file)); }
int ftruncate(int file, off_t size) noexcept {
  return strikes() ? fail() : static_cast<int>(syscall(SYS_ftruncate, file, size));
}
int ftruncate64(int file, off64_t size) noexcept {
  return strikes() ? fail() : static_cast<int>(syscall(SYS_ftruncate, file, size));
}
}

namespace gable::hub::test {
namespace {

constexpr int kBefore = 4, kBatches = 12;

StoreOptions options(const std::string& folder) {
  // Carried over after every other batch, by hand.
  return {.folder = folder, .sync_delay = std::chrono::hours(1), .log_bytes = 200};
}

// Batch n sets two counters to n and a row of its own; every third takes an earlier row away.
void put_batch(StorePort& store, int number) {
  const std::string text = std::to_string(number);
  store.put(Table::state, "counter", text);
  store.put(Table::helper, "counter", text);
  store.put(Table::entity, "row" + text, text);
  if (number % 3 == 0) store.erase(Table::entity, "row" + std::to_string(number - 1));
}

std::set<std::string> rows_after(int batches) {
  std::set<std::string> out;
  for (int n = 1; n <= batches; ++n) {
    out.insert("row" + std::to_string(n));
    if (n % 3 == 0) out.erase("row" + std::to_string(n - 1));
  }
  return out;
}

void live(const std::string& folder, int from, int to, bool ends_well) {
  try {
    SqliteStore store(options(folder));
    for (int number = from; number <= to; ++number) {
      put_batch(store, number);
      progress->attempted = number;
      if (store.commit())
        progress->told = number;
      else
        ++progress->refused;
      if (number % 2 == 0 && ends_well) store.sync();
    }
    if (!ends_well) _exit(0);  // with its log left behind
  } catch (const std::runtime_error&) {
    _exit(0);  // does not start: says so, and what is stored stays stored
  }
  _exit(0);
}

void in_a_child(const std::string& folder, int from, int to, bool ends_well) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) live(folder, from, to, ends_well);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
}

void expect_whole(const std::string& folder, const std::string& what) {
  SCOPED_TRACE(what);
  SqliteStore store(options(folder));
  EXPECT_EQ(store.opened().damage, "");
  EXPECT_EQ(store.opened().left_over, "");
  std::map<Table, std::string> counter;
  std::set<std::string> found;
  for (const Table table : {Table::state, Table::helper})
    ASSERT_TRUE(store.load(table, [&](std::string_view, std::string_view json) { counter[table] = json; }));
  ASSERT_TRUE(store.load(Table::entity, [&](std::string_view key, std::string_view) { found.emplace(key); }));
  ASSERT_FALSE(counter.empty());
  const int last = std::stoi(counter[Table::state]);
  EXPECT_GE(last, progress->told) << "told to be stored";
  EXPECT_LE(last, progress->attempted);
  EXPECT_EQ(counter[Table::helper], counter[Table::state]) << "half a batch";
  EXPECT_EQ(found, rows_after(last));
}

class StoreFaults : public testing::Test {
 protected:
  void SetUp() override {
    void* const shared =
        mmap(nullptr, sizeof(Progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    progress = new (shared) Progress;
  }
  void TearDown() override { munmap(std::exchange(progress, nullptr), sizeof(Progress)); }

  // One life with this fault, after one that was killed with its log in its hands. The number of calls made.
  long try_fault(Fault fault, long strikes_at, int error) {
    const TemporaryFolder folder;
    *progress = {};
    in_a_child(folder.path(), 1, kBefore, false);
    const int told = progress->told;
    *progress = {.fault = fault, .strikes_at = strikes_at, .error = error, .attempted = told, .told = told};
    in_a_child(folder.path(), kBefore + 1, kBatches, true);
    progress->fault = Fault::none;
    expect_whole(folder.path(), "call " + std::to_string(strikes_at));
    return progress->calls;
  }

  void try_all(Fault fault, int error) {
    const long calls = try_fault(Fault::none, 0, 0);
    ASSERT_EQ(progress->told, kBatches);
    ASSERT_GT(calls, 50);  // of both: eight batches are eight calls
    for (long call = 1; call <= calls && !HasFailure(); ++call) {
      try_fault(fault, call, error);
      const bool heals = fault == Fault::once || fault == Fault::cut;
      if (heals && progress->attempted == kBatches) {
        EXPECT_LE(progress->refused, 1) << "one fault, at call " << call;
      }
    }
  }
};

TEST_F(StoreFaults, EachCallFailsOnce) { try_all(Fault::once, EIO); }
TEST_F(StoreFaults, TheDiskIsFullFromEachCallOn) { try_all(Fault::from_then_on, ENOSPC); }
TEST_F(StoreFaults, EachWriteIsCutInTheMiddle) { try_all(Fault::cut, ENOSPC); }
TEST_F(StoreFaults, TheProcessDiesBeforeEachCall) { try_all(Fault::dies, 0); }
TEST_F(StoreFaults, TheProcessDiesWithinEachWrite) { try_all(Fault::dies_after_half, 0); }

}  // namespace
}  // namespace gable::hub::test

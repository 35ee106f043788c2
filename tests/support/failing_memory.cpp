// Preloaded into a program, makes one of its allocations fail: the GABLE_FAIL_AT-th (from 0), and no other.
// At the end it says on stderr whether it has come to that, and how many allocations there were.

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

// NOLINTBEGIN(readability-identifier-naming): the names are glibc's
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
}
// NOLINTEND(readability-identifier-naming)

namespace {

constexpr long kNever = -1;

std::atomic<long> allocations{0};

// Constant-initialized, since malloc is called before any constructor runs.
std::atomic<long> fail_at{kNever};

bool fails() {
  const long number = allocations.fetch_add(1, std::memory_order_relaxed);
  if (number == 0) {
    const char* const wanted = std::getenv("GABLE_FAIL_AT");
    if (wanted != nullptr) fail_at = std::atol(wanted);
  }
  if (number != fail_at.load(std::memory_order_relaxed)) return false;
  errno = ENOMEM;
  return true;
}

struct AtExit {
  ~AtExit() {
    char line[64];
    const int length =
        std::snprintf(line, sizeof line, "failing_memory: %ld allocations\n", allocations.load());
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line, static_cast<std::size_t>(length));
  }
} at_exit;

}  // namespace

extern "C" {

void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }

void* calloc(std::size_t count, std::size_t size) { return fails() ? nullptr : __libc_calloc(count, size); }

void* realloc(void* old, std::size_t size) {
  return size > 0 && fails() ? nullptr : __libc_realloc(old, size);
}

}  // extern "C"

// The corpus of one fuzz target as an ordinary test: every file, every beginning of it, and it with each bit
// of a byte turned; of those, evenly spread, as many as take some seconds. A failed check in the target
// aborts the test.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz_target.hpp"

namespace gable::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMutated =
    400;  // longer files are run whole: a broken part of them is in a shorter one

constexpr std::size_t kChanged = 2'000;  // runs for each way of changing them

std::vector<std::string> files_below(const char* folder) {
  std::vector<std::string> inputs;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(GABLE_SOURCE_DIR) / folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

std::vector<std::string> corpus() { return files_below("tests/fuzz/corpus/" GABLE_CORPUS); }

// The input that is being run, for the message when the target aborts.
std::string_view running;

void show_running(int /*signal*/) {
  constexpr std::string_view kTitle = "input: ";
  if (::write(STDERR_FILENO, kTitle.data(), kTitle.size()) < 0) return;
  if (::write(STDERR_FILENO, running.data(), running.size()) < 0) return;
}

void run(const std::string& input) {
  running = input;
  std::signal(SIGABRT, show_running);
  // A copy of exactly this size lets the address sanitizer see one byte too far.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  ASSERT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
}

TEST(Corpus, RunsWhole) {
  const auto inputs = corpus();
  ASSERT_GE(inputs.size(), 10U);
  for (const std::string& input : inputs) run(input);
}

TEST(Corpus, RunsTheExamplesOfTheSchemas) {
  const auto inputs = files_below("schemas/examples");
  ASSERT_GE(inputs.size(), 100U);
  for (const std::string& input : inputs) run(input);
}

// Runs `change(input, i)` for i from 0 to `count(input)` of every short input, or every n-th of them all.
template <class Count, class Change>
void run_changed(const Count& count, const Change& change) {
  const auto inputs = corpus();
  std::size_t all = 0;
  for (const std::string& input : inputs) all += count(input);
  const std::size_t step = (all / kChanged + 1) | 1U;  // odd: each bit has its turn
  std::size_t next = 0;
  for (const std::string& input : inputs) {
    const std::size_t end = count(input);
    for (; next < end; next += step) run(change(input, next));
    next -= end;
  }
}

TEST(Corpus, RunsCutAtEveryByte) {
  run_changed([](const std::string& input) { return std::min(input.size(), kMutated); },
              [](const std::string& input, std::size_t size) { return input.substr(0, size); });
}

TEST(Corpus, RunsWithEveryBitTurned) {
  constexpr std::size_t kBits = 8;
  run_changed([](const std::string& input) { return input.size() > kMutated ? 0 : input.size() * kBits; },
              [](std::string input, std::size_t i) {
                char& c = input[i / kBits];
                c = static_cast<char>(static_cast<unsigned char>(c) ^ (1U << (i % kBits)));
                return input;
              });
}

}  // namespace
}  // namespace gable::fuzz

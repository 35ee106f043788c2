// The corpus of one fuzz target as an ordinary test: every file, every beginning of it, and it with each bit
// of a byte turned. A failed check in the target aborts the test.

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

TEST(Corpus, RunsCutAtEveryByte) {
  for (const std::string& input : corpus()) {
    for (std::size_t size = 0; size < std::min(input.size(), kMutated); ++size) run(input.substr(0, size));
  }
}

TEST(Corpus, RunsWithEveryBitTurned) {
  for (std::string input : corpus()) {
    if (input.size() > kMutated) continue;
    for (char& c : input) {
      const char before = c;
      for (unsigned bit = 0; bit < 8; ++bit) {
        c = static_cast<char>(static_cast<unsigned char>(before) ^ (1U << bit));
        run(input);
      }
      c = before;
    }
  }
}

}  // namespace
}  // namespace gable::fuzz

#pragma once
// Files that only their owner may read, written so that a crash leaves the old or the new one. Calling
// thread.

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gable::setup {

// It cannot go on; what() is for people. Caught in run_setup and run_enroll.
class SetupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Creates `path` and what is above it; new directories are 0700. Throws SetupError.
void make_directory(const std::filesystem::path& path);

// Replaces the file, mode 0600. Throws SetupError.
void write_private(const std::filesystem::path& path, std::string_view text);

// Empty if there is no such file. Throws SetupError if it cannot be read or is above 1 MiB.
std::string read_text(const std::filesystem::path& path);

// A directory that goes away with the object, mode 0700, within `parent`.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const std::filesystem::path& parent);
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Runs a program with exactly these arguments: no shell, no input; what it prints is kept for the error text.
// Throws SetupError if it cannot be started or does not end with 0.
void run_program(const std::vector<std::string>& command);

// 32 characters of a–z, A–Z, 0–9, - and _ from the kernel's random source: 192 bits.
std::string random_password();

}  // namespace gable::setup

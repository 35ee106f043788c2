#pragma once
// A folder of a test's own, and a limit on file sizes that stands in for a full disk.

#include <cstdint>
#include <string>
#include <vector>

namespace gable::hub::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  // Names in the folder, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::string path_;
};

std::string read_all(const std::string& path);
void write_all(const std::string& path, const std::string& text);

// As long as it lives, no file of this process grows beyond `bytes`: a write gives part of what was asked or
// EFBIG.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes);
  ~FileSizeLimit();
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  std::uint64_t before_ = 0;
};

// Runs `body` in a forked child that writes a byte to its argument, a pipe, after each step; kills it with
// SIGKILL after `steps` bytes. Returns the number of bytes written until it died.
std::uint64_t kill_after(std::uint64_t steps, void (*body)(const std::string& folder, int pipe),
                         const std::string& folder);

}  // namespace gable::hub::test

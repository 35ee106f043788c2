#include "disk_files.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace gable::host {

namespace fs = std::filesystem;

namespace {
constexpr std::size_t kMaxBytes = 1024 * 1024;
}

std::optional<std::string> DiskFiles::read(const std::string& path) const {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  // Files of /proc and /sys do not know their size, and a sensor that is asleep fails while it is read.
  std::string text;
  std::array<char, 16 * 1024> buffer{};
  while (text.size() < kMaxBytes && (file.read(buffer.data(), buffer.size()), file.gcount() > 0)) {
    text.append(buffer.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad() || !file.eof()) return std::nullopt;
  return text;
}

std::vector<std::string> DiskFiles::list(const std::string& path) const {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<DiskSpace> DiskFiles::disk_space(const std::string& mount_point) const {
  struct statvfs info {};
  if (statvfs(mount_point.c_str(), &info) != 0) return std::nullopt;
  const std::uint64_t block = info.f_frsize;
  return DiskSpace{info.f_blocks * block, info.f_bavail * block, (info.f_blocks - info.f_bfree) * block};
}

bool Marker::present() const {
  std::error_code error;
  return fs::exists(path_, error);
}

std::string Marker::set(bool present) const {
  if (!present) {
    std::error_code error;
    fs::remove(path_, error);
    return error ? "cannot remove " + path_ + ": " + error.message() : std::string();
  }
  std::ofstream file(path_, std::ios::app);
  file.flush();
  return file ? std::string() : "cannot create " + path_ + ": " + std::generic_category().message(errno);
}

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "host";
  const std::string whole(name.data());
  return whole.substr(0, whole.find('.'));
}

}  // namespace gable::host

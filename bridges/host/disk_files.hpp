#pragma once
// This machine's own /proc, /sys and filesystems, and the marker file. Any thread; calls may block on a bad
// disk.

#include <string>

#include "protocol/machine.hpp"

namespace gable::host {

class DiskFiles final : public MachineFiles {
 public:
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& path) const override;
  [[nodiscard]] std::optional<DiskSpace> disk_space(const std::string& mount_point) const override;
};

// A file whose presence says something to other programs.
class Marker {
 public:
  explicit Marker(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool present() const;
  // Creates or removes the file. Empty when it worked, else why not.
  [[nodiscard]] std::string set(bool present) const;

 private:
  std::string path_;
};

std::string host_name();

}  // namespace gable::host

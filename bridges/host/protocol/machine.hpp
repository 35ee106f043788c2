#pragma once
// The machine as devices: what it has, and what each measures now. It reads through MachineFiles, so that
// tests bring their own machine. Pure apart from that; any thread.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gable::host {

struct DiskSpace {
  std::uint64_t total = 0, available = 0, used = 0;  // bytes; available: for ordinary users
};

class MachineFiles {
 public:
  virtual ~MachineFiles() = default;
  // Nothing when it is not there or cannot be read.
  [[nodiscard]] virtual std::optional<std::string> read(const std::string& path) const = 0;
  // Names in a directory, sorted; empty when it is not there.
  [[nodiscard]] virtual std::vector<std::string> list(const std::string& path) const = 0;
  [[nodiscard]] virtual std::optional<DiskSpace> disk_space(const std::string& mount_point) const = 0;
};

// What to show, by name; `*` stands for any characters. An empty `include` means all; `exclude` wins.
struct Selection {
  std::vector<std::string> include, exclude;
  // By any of the names that the thing has.
  [[nodiscard]] bool takes(std::initializer_list<std::string> names) const;
};

struct MachineOptions {
  Selection disks;         // by mount point
  Selection interfaces;    // by name
  Selection temperatures;  // by chip, label or zone
};

enum class ValueKind { number, flag, moment };

// One entity: how it is described, and its value now.
struct Measurement {
  std::string key, name;
  ValueKind kind = ValueKind::number;
  std::string device_class, unit, state_class;
  bool diagnostic = true;
  int digits = 0;    // of a number
  double step = 1;   // smallest change that is worth a message
  double value = 0;  // number; 0 or 1 for a flag; seconds since 1970 for a moment
};

struct MachineDevice {
  std::string id;    // [a-z0-9_], the same on every start
  std::string name;  // for people, without the machine's name
  std::vector<Measurement> measurements;
};

// What the machine has at present. What cannot be read is left out; a device with nothing is, too.
std::vector<MachineDevice> read_machine(const MachineFiles& files, const MachineOptions& options);

// [a-z0-9_]: "/home/Data" → "home_data", "" → "root".
std::string id_part(std::string_view text);

// Keeps what is shown until the value has moved by a step, so that noise causes no messages.
class Calm {
 public:
  // The value to show, rounded as the measurement says.
  double show(const Measurement& measurement);

 private:
  std::optional<double> shown_;
};

}  // namespace gable::host

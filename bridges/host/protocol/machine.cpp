#include "protocol/machine.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "protocol/proc_texts.hpp"

namespace gable::host {

namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kGibibyte = 1024.0 * kMebibyte;

Measurement number(std::string key, std::string name, std::string unit, double value) {
  Measurement out;
  out.key = std::move(key);
  out.name = std::move(name);
  out.unit = std::move(unit);
  out.state_class = "measurement";
  out.value = value;
  return out;
}

Measurement load(std::string key, std::string name, double value) {
  Measurement out = number(std::move(key), std::move(name), "", value);
  out.digits = 1;
  out.step = 0.1;
  return out;
}

double percent(double part, double whole) { return whole > 0 ? 100.0 * part / whole : 0; }

void add_memory(const MachineFiles& files, MachineDevice& system) {
  const auto text = files.read("/proc/meminfo");
  const auto memory = text ? parse_meminfo(*text) : std::nullopt;
  if (!memory) return;
  const auto used = static_cast<double>(memory->total_kib - memory->available_kib);
  system.measurements.push_back(
      number("memory", "Memory used", "%", percent(used, static_cast<double>(memory->total_kib))));
  if (memory->swap_total_kib == 0) return;
  const auto swapped = static_cast<double>(memory->swap_total_kib - memory->swap_free_kib);
  system.measurements.push_back(
      number("swap", "Swap used", "%", percent(swapped, static_cast<double>(memory->swap_total_kib))));
}

void add_processes(const MachineFiles& files, MachineDevice& system) {
  const auto names = files.list("/proc");
  const auto numeric = std::count_if(names.begin(), names.end(), [](const std::string& name) {
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  });
  if (numeric == 0) return;
  Measurement processes = number("processes", "Processes", "", static_cast<double>(numeric));
  processes.step = 5;
  system.measurements.push_back(processes);
}

std::optional<MachineDevice> read_system(const MachineFiles& files) {
  MachineDevice system{"system", "", {}};
  if (const auto text = files.read("/proc/loadavg")) {
    if (const auto loads = parse_loadavg(*text)) {
      system.measurements.push_back(load("load_1", "Load 1 min", loads->one));
      system.measurements.push_back(load("load_5", "Load 5 min", loads->five));
      system.measurements.push_back(load("load_15", "Load 15 min", loads->fifteen));
    }
  }
  add_memory(files, system);
  add_processes(files, system);
  if (const auto text = files.read("/run/utmp")) {
    if (const auto sessions = count_sessions(*text)) {
      system.measurements.push_back(number("sessions", "Logged in", "", static_cast<double>(*sessions)));
    }
  }
  const auto stat = files.read("/proc/stat");
  if (const auto boot = stat ? parse_boot_time(*stat) : std::nullopt) {
    Measurement started = number("last_boot", "Last boot", "", static_cast<double>(*boot));
    started.kind = ValueKind::moment;
    started.device_class = "timestamp";
    started.state_class.clear();
    started.step = 60;  // the kernel computes it from the clock, which is being corrected
    system.measurements.push_back(started);
  }
  if (system.measurements.empty()) return std::nullopt;
  return system;
}

// Two things of one name get numbers. Both count while only one of them can be read, so that neither takes
// the other's place.
class UniqueIds {
 public:
  void number(MachineDevice& device) {
    const int count = ++seen_[device.id];
    if (count == 1) return;
    device.id += "_" + std::to_string(count);
    device.name += " " + std::to_string(count);
  }

 private:
  std::map<std::string, int> seen_;
};

void add_disks(const MachineFiles& files, const MachineOptions& options, std::vector<MachineDevice>& out) {
  const auto text = files.read("/proc/mounts");
  if (!text) return;
  UniqueIds ids;
  for (const Mount& mount : storage_mounts(parse_mounts(*text))) {
    MachineDevice disk{"disk_" + id_part(mount.point), "Disk " + mount.point, {}};
    ids.number(disk);
    if (!options.disks.takes({mount.point})) continue;
    const auto space = files.disk_space(mount.point);
    if (!space || space->total == 0) continue;
    // As df(1): what ordinary users can have is the whole.
    const auto used = static_cast<double>(space->used);
    const auto free = static_cast<double>(space->available);
    Measurement usage = number("used", "Used", "%", percent(used, used + free));
    Measurement left = number("free", "Free", "GiB", free / kGibibyte);
    left.device_class = "data_size";
    left.digits = 1;
    left.step = 0.5;
    disk.measurements = {usage, left};
    out.push_back(std::move(disk));
  }
}

Measurement traffic(std::string key, std::string name, std::uint64_t bytes) {
  Measurement out = number(std::move(key), std::move(name), "MiB", static_cast<double>(bytes) / kMebibyte);
  out.device_class = "data_size";
  out.state_class = "total_increasing";
  return out;
}

void add_interfaces(const MachineFiles& files, const MachineOptions& options,
                    std::vector<MachineDevice>& out) {
  const auto text = files.read("/proc/net/dev");
  if (!text) return;
  for (const Traffic& counters : parse_net_dev(*text)) {
    if (!options.interfaces.takes({counters.interface})) continue;
    MachineDevice network{"net_" + id_part(counters.interface), "Network " + counters.interface, {}};
    const auto operstate = files.read("/sys/class/net/" + counters.interface + "/operstate");
    if (const auto up = operstate ? parse_operstate(*operstate) : std::nullopt) {
      Measurement link = number("link", "Link", "", *up ? 1 : 0);
      link.kind = ValueKind::flag;
      link.device_class = "connectivity";
      link.state_class.clear();
      network.measurements.push_back(link);
    }
    network.measurements.push_back(traffic("received", "Received", counters.received));
    network.measurements.push_back(traffic("sent", "Sent", counters.sent));
    out.push_back(std::move(network));
  }
}

std::string read_name(const MachineFiles& files, const std::string& path, const std::string& fallback) {
  const auto text = files.read(path);
  const std::string_view name = text ? trimmed(*text) : std::string_view();
  return name.empty() ? fallback : std::string(name);
}

Measurement temperature(std::string key, std::string name, double value) {
  Measurement out = number(std::move(key), std::move(name), "°C", value);
  out.device_class = "temperature";
  return out;
}

// /sys/class/hwmon/<directory>: temp1_input, temp1_label, …
MachineDevice read_chip(const MachineFiles& files, const std::string& directory,
                        const MachineOptions& options) {
  const std::string path = "/sys/class/hwmon/" + directory + "/";
  const std::string chip = read_name(files, path + "name", directory);
  MachineDevice device{"temp_" + id_part(chip), "Temperature " + chip, {}};
  for (const std::string& file : files.list(path)) {
    if (!matches("temp*_input", file)) continue;
    const std::string input = file.substr(0, file.size() - std::string_view("_input").size());
    const std::string label = read_name(files, path + input + "_label", input);
    const auto text = files.read(path + file);
    const auto degrees = text ? parse_millidegrees(*text) : std::nullopt;
    if (degrees && options.temperatures.takes({chip, label})) {
      device.measurements.push_back(temperature(id_part(input), label, *degrees));
    }
  }
  return device;
}

void add_temperatures(const MachineFiles& files, const MachineOptions& options,
                      std::vector<MachineDevice>& out) {
  UniqueIds ids;  // two chips of one kind
  const auto keep = [&](MachineDevice device) {
    ids.number(device);
    if (!device.measurements.empty()) out.push_back(std::move(device));
  };
  for (const std::string& directory : files.list("/sys/class/hwmon"))
    keep(read_chip(files, directory, options));
  for (const std::string& directory : files.list("/sys/class/thermal")) {
    if (!directory.starts_with("thermal_zone")) continue;
    const std::string path = "/sys/class/thermal/" + directory + "/";
    const std::string zone = read_name(files, path + "type", directory);
    const auto text = files.read(path + "temp");
    const auto degrees = text ? parse_millidegrees(*text) : std::nullopt;
    if (!degrees || !options.temperatures.takes({zone})) continue;
    keep({"zone_" + id_part(zone),
          "Temperature " + zone,
          {temperature("temperature", "Temperature", *degrees)}});
  }
}

}  // namespace

bool Selection::takes(std::initializer_list<std::string> names) const {
  const auto fits = [&names](const std::string& pattern) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return matches(pattern, name); });
  };
  if (std::any_of(exclude.begin(), exclude.end(), fits)) return false;
  return include.empty() || std::any_of(include.begin(), include.end(), fits);
}

std::string id_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte) != 0) {
      out += static_cast<char>(std::tolower(byte));
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out.empty() ? "root" : out.substr(0, 48);
}

std::vector<MachineDevice> read_machine(const MachineFiles& files, const MachineOptions& options) {
  std::vector<MachineDevice> out;
  if (auto system = read_system(files)) out.push_back(std::move(*system));
  add_disks(files, options, out);
  add_interfaces(files, options, out);
  add_temperatures(files, options, out);
  return out;
}

double Calm::show(const Measurement& measurement) {
  const bool still = shown_ && std::abs(measurement.value - *shown_) < measurement.step;
  if (!still) shown_ = measurement.value;
  const double factor = std::pow(10.0, measurement.digits);
  return std::round(*shown_ * factor) / factor;
}

}  // namespace gable::host

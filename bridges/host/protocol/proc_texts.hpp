#pragma once
// Parsers of the texts in /proc and /sys, see proc(5) and sysfs. Text in, values out; nothing when the text
// is not what it should be. Pure; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gable::host {

// /proc/loadavg: mean number of runnable processes.
struct Load {
  double one = 0, five = 0, fifteen = 0;  // over so many minutes
};
std::optional<Load> parse_loadavg(std::string_view text);

// /proc/meminfo
struct Memory {
  std::uint64_t total_kib = 0, available_kib = 0;
  std::uint64_t swap_total_kib = 0, swap_free_kib = 0;  // zero: no swap
};
// Kernels before 3.14 do not say what is available; then free, buffers and cache together stand for it.
std::optional<Memory> parse_meminfo(std::string_view text);

// /proc/stat: seconds since 1970 at which the machine started.
std::optional<std::int64_t> parse_boot_time(std::string_view text);

// /proc/mounts, blanks unescaped, in its order.
struct Mount {
  std::string device, point, type;
};
std::vector<Mount> parse_mounts(std::string_view text);
// Mounts that are storage: a real filesystem, once for each device, without bind mounts of single files and
// images mounted by package managers.
std::vector<Mount> storage_mounts(const std::vector<Mount>& mounts);

// /proc/net/dev
struct Traffic {
  std::string interface;
  std::uint64_t received = 0, sent = 0;  // bytes
};
std::vector<Traffic> parse_net_dev(std::string_view text);

// /sys/class/net/<interface>/operstate. Nothing for "unknown" (loopback, tunnels) and other words.
std::optional<bool> parse_operstate(std::string_view text);

// hwmon's temp*_input and thermal_zone's temp: thousandths of a degree Celsius. Nothing for what no sensor of
// a working computer shows (below −50 or above 200 °C).
std::optional<double> parse_millidegrees(std::string_view text);

// A whole file that is one number.
std::optional<std::uint64_t> parse_count(std::string_view text);

// The file utmp: records of 384 bytes, see utmp(5). Sessions of people.
std::optional<std::size_t> count_sessions(std::string_view utmp);

// Without blanks and line ends around it.
std::string_view trimmed(std::string_view text);

// `*` for any characters; everything else stands for itself.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace gable::host

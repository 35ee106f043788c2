#include "protocol/proc_texts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace gable::host {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// The next word of `text`, which is taken off it; empty at the end.
std::string_view next_word(std::string_view& text) {
  const std::size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) {
    text = {};
    return {};
  }
  const std::size_t to = std::min(text.find_first_of(kBlanks, from), text.size());
  const std::string_view word = text.substr(from, to - from);
  text.remove_prefix(to);
  return word;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

template <class Number>
std::optional<Number> number(std::string_view word) {
  Number value{};
  const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
  if (result.ec != std::errc{} || result.ptr != word.data() + word.size()) return std::nullopt;
  return value;
}

// "\040" is a blank: the kernel writes blanks, tabs, line ends and backslashes of paths in octal.
std::string unescaped(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    unsigned code = 0;
    const bool octal =
        word[i] == '\\' && i + 3 < word.size() &&
        std::from_chars(word.data() + i + 1, word.data() + i + 4, code, 8).ptr == word.data() + i + 4;
    if (octal && code < 256) {
      out += static_cast<char>(code);
      i += 3;
    } else {
      out += word[i];
    }
  }
  return out;
}

constexpr std::array<std::string_view, 15> kStorageTypes{"ext2",  "ext3",    "ext4",     "xfs",      "btrfs",
                                                         "zfs",   "f2fs",    "vfat",     "exfat",    "ntfs",
                                                         "ntfs3", "fuseblk", "reiserfs", "bcachefs", "jfs"};

bool is_storage(const Mount& mount) {
  if (mount.point == "/") return true;  // overlay of a container, or whatever else the system stands on
  return std::find(kStorageTypes.begin(), kStorageTypes.end(), mount.type) != kStorageTypes.end();
}

constexpr std::size_t kUtmpRecord = 384, kUtmpUser = 44;
constexpr std::int16_t kUserProcess = 7;

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

std::optional<Load> parse_loadavg(std::string_view text) {
  const auto one = number<double>(next_word(text));
  const auto five = number<double>(next_word(text));
  const auto fifteen = number<double>(next_word(text));
  if (!one || !five || !fifteen || *one < 0 || *five < 0 || *fifteen < 0) return std::nullopt;
  return Load{*one, *five, *fifteen};
}

std::optional<Memory> parse_meminfo(std::string_view text) {
  Memory memory;
  std::optional<std::uint64_t> available;
  std::uint64_t reclaimable = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view name = next_word(line);
    const auto value = number<std::uint64_t>(next_word(line));
    if (!value) continue;
    if (name == "MemTotal:") memory.total_kib = *value;
    if (name == "MemAvailable:") available = *value;
    if (name == "MemFree:" || name == "Buffers:" || name == "Cached:") reclaimable += *value;
    if (name == "SwapTotal:") memory.swap_total_kib = *value;
    if (name == "SwapFree:") memory.swap_free_kib = *value;
  }
  memory.available_kib = available.value_or(reclaimable);
  if (memory.total_kib == 0 || memory.available_kib > memory.total_kib) return std::nullopt;
  if (memory.swap_free_kib > memory.swap_total_kib) memory.swap_free_kib = memory.swap_total_kib;
  return memory;
}

std::optional<std::int64_t> parse_boot_time(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == "btime") return number<std::int64_t>(next_word(line));
  }
  return std::nullopt;
}

std::vector<Mount> parse_mounts(std::string_view text) {
  std::vector<Mount> mounts;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    Mount mount;
    mount.device = unescaped(next_word(line));
    mount.point = unescaped(next_word(line));
    mount.type = next_word(line);
    if (!mount.type.empty()) mounts.push_back(std::move(mount));
  }
  return mounts;
}

std::vector<Mount> storage_mounts(const std::vector<Mount>& mounts) {
  std::vector<Mount> out;
  for (auto at = mounts.begin(); at != mounts.end(); ++at) {
    const Mount& mount = *at;
    // What is mounted over it hides it, storage or not.
    const auto over = [&mount](const Mount& later) { return later.point == mount.point; };
    if (std::any_of(at + 1, mounts.end(), over)) continue;
    if (!is_storage(mount) || mount.point.starts_with("/snap/") || mount.point.starts_with("/etc/")) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&mount](const Mount& other) {
      return other.device == mount.device && mount.device.starts_with("/");
    });
    if (same == out.end()) out.push_back(mount);
  }
  return out;
}

std::vector<Traffic> parse_net_dev(std::string_view text) {
  std::vector<Traffic> out;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::size_t colon = line.rfind(':');
    if (colon == std::string_view::npos) continue;
    Traffic traffic;
    traffic.interface = trimmed(line.substr(0, colon));
    line.remove_prefix(colon + 1);
    const auto received = number<std::uint64_t>(next_word(line));
    for (int skipped = 0; skipped < 7; ++skipped) next_word(line);
    const auto sent = number<std::uint64_t>(next_word(line));
    if (traffic.interface.empty() || !received || !sent) continue;
    traffic.received = *received;
    traffic.sent = *sent;
    out.push_back(std::move(traffic));
  }
  return out;
}

std::optional<bool> parse_operstate(std::string_view text) {
  const std::string_view word = trimmed(text);
  if (word == "up") return true;
  if (word == "down" || word == "lowerlayerdown" || word == "dormant" || word == "notpresent") return false;
  return std::nullopt;
}

std::optional<double> parse_millidegrees(std::string_view text) {
  const auto value = number<std::int64_t>(trimmed(text));
  if (!value || *value < -50'000 || *value > 200'000) return std::nullopt;
  return static_cast<double>(*value) / 1000.0;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  return number<std::uint64_t>(trimmed(text));
}

std::optional<std::size_t> count_sessions(std::string_view utmp) {
  if (utmp.size() % kUtmpRecord != 0) return std::nullopt;
  std::size_t sessions = 0;
  for (; !utmp.empty(); utmp.remove_prefix(kUtmpRecord)) {
    std::int16_t type = 0;
    std::memcpy(&type, utmp.data(), sizeof type);
    if (type == kUserProcess && utmp[kUtmpUser] != '\0') ++sessions;
  }
  return sessions;
}

bool matches(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t from = star; from <= text.size(); ++from) {
    if (matches(rest, text.substr(from))) return true;
  }
  return false;
}

}  // namespace gable::host

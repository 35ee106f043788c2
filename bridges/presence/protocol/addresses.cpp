#include "protocol/addresses.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace gable::presence {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Where a separator must stand in a MAC of this length, and which.
bool separator_fits(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (text.size() == 17) return at % 3 == 2 && (c == ':' || c == '-') && c == text[2];
  if (text.size() == 14) return at % 5 == 4 && c == '.';
  return false;
}

bool digit_expected(std::string_view text, std::size_t at) {
  if (text.size() == 17) return at % 3 != 2;
  if (text.size() == 14) return at % 5 != 4;
  return true;
}

std::optional<Ip> parse_v4(std::string_view text) {
  Ip ip;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t end = i == 3 ? text.size() : text.find('.');
    if (end == std::string_view::npos || end == 0 || end > 3) return std::nullopt;
    const std::string_view part = text.substr(0, end);
    unsigned value = 0;
    const auto done = std::from_chars(part.data(), part.data() + part.size(), value);
    if (done.ec != std::errc() || done.ptr != part.data() + part.size() || value > 255) return std::nullopt;
    if (part.size() > 1 && part.front() == '0') return std::nullopt;
    ip.bytes[i] = static_cast<std::uint8_t>(value);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ip;
}

// Appends groups of one side of the ::; false when it is malformed or does not fit.
bool read_groups(std::string_view text, std::array<std::uint8_t, 16>& out, std::size_t& size) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const std::string_view group = text.substr(0, end);
    if (group.find('.') != std::string_view::npos) {
      const auto tail = parse_v4(group);
      if (!tail || end != text.size() || size + 4 > out.size()) return false;
      std::copy_n(tail->bytes.begin(), 4, out.begin() + static_cast<std::ptrdiff_t>(size));
      size += 4;
      return true;
    }
    if (group.empty() || group.size() > 4 || size + 2 > out.size()) return false;
    unsigned value = 0;
    for (const char c : group) {
      if (digit(c) < 0) return false;
      value = value * 16 + static_cast<unsigned>(digit(c));
    }
    out[size++] = static_cast<std::uint8_t>(value >> 8U);
    out[size++] = static_cast<std::uint8_t>(value & 0xFFU);
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
    if (text.empty()) return false;
  }
  return true;
}

std::optional<Ip> parse_v6(std::string_view text) {
  Ip ip;
  ip.v6 = true;
  std::size_t head = 0;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (!read_groups(text, ip.bytes, head) || head != ip.bytes.size()) return std::nullopt;
    return ip;
  }
  std::array<std::uint8_t, 16> tail{};
  std::size_t tail_size = 0;
  if (!read_groups(text.substr(0, gap), ip.bytes, head)) return std::nullopt;
  if (!read_groups(text.substr(gap + 2), tail, tail_size)) return std::nullopt;
  if (head + tail_size > 14) return std::nullopt;  // :: is at least one group
  std::copy_n(tail.begin(), tail_size, ip.bytes.end() - static_cast<std::ptrdiff_t>(tail_size));
  return ip;
}

unsigned group_at(const Ip& ip, std::size_t index) {
  return (static_cast<unsigned>(ip.bytes[index * 2]) << 8U) | ip.bytes[index * 2 + 1];
}

void append_hex(std::string& out, unsigned value) {
  std::array<char, 8> text{};
  const auto done = std::to_chars(text.data(), text.data() + text.size(), value, 16);
  out.append(text.data(), done.ptr);
}

std::string text_of_v6(const Ip& ip) {
  std::size_t best = 8;
  std::size_t best_size = 1;  // a single group is not shortened
  for (std::size_t start = 0; start < 8; ++start) {
    std::size_t size = 0;
    while (start + size < 8 && group_at(ip, start + size) == 0) ++size;
    if (size > best_size) best = start, best_size = size;
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_size - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    append_hex(out, group_at(ip, i));
  }
  return out;
}

}  // namespace

std::optional<Mac> parse_mac(std::string_view text) {
  if (text.size() != 17 && text.size() != 14 && text.size() != 12) return std::nullopt;
  Mac mac;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!digit_expected(text, i)) {
      if (!separator_fits(text, i)) return std::nullopt;
      continue;
    }
    const int value = digit(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = mac.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>(byte * 16 + value);
    ++nibble;
  }
  return mac;
}

std::optional<Mac> mac_of(Bytes bytes) {
  if (bytes.size() != 6) return std::nullopt;
  Mac mac;
  std::copy(bytes.begin(), bytes.end(), mac.bytes.begin());
  return mac;
}

std::string to_text(const Mac& mac) {
  std::string out;
  for (const std::uint8_t byte : mac.bytes) {
    if (!out.empty()) out += ':';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

bool names_a_card(const Mac& mac) { return mac != Mac{} && (mac.bytes[0] & 1U) == 0; }

std::optional<Ip> parse_ip(std::string_view text) {
  if (text.size() > 45) return std::nullopt;
  return text.find(':') == std::string_view::npos ? parse_v4(text) : parse_v6(text);
}

std::optional<Ip> ip_of(Bytes bytes) {
  if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
  Ip ip;
  ip.v6 = bytes.size() == 16;
  std::copy(bytes.begin(), bytes.end(), ip.bytes.begin());
  return ip;
}

std::string to_text(const Ip& ip) {
  if (ip.v6) return text_of_v6(ip);
  std::string out;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) out += '.';
    out += std::to_string(ip.bytes[i]);
  }
  return out;
}

}  // namespace gable::presence

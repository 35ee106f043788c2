#include "protocol/leases.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "protocol/isc_leases.hpp"

namespace gable::presence {

namespace {

constexpr std::size_t kNameLimit = 253;
constexpr std::size_t kClientIdLimit = 512;

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The next word of a line, which is shortened by it; empty at the end.
std::string_view next_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
  line.remove_prefix(begin);
  const std::size_t end = std::min(line.find_first_of(" \t\r"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

std::optional<std::int64_t> read_number(std::string_view text) {
  std::int64_t value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (done.ec != std::errc() || done.ptr != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// "1795316731 02:aa:bb:cc:dd:01 10.78.0.55 anna-phone 01:02:aa:bb:cc:dd:01"; * where there is nothing. In the
// DHCPv6 part the second word is the identity association's number and the last one the client's DUID.
std::optional<Lease> dnsmasq_line(std::string_view line) {
  const auto expires = read_number(next_word(line));
  const std::string_view card = next_word(line);
  const auto ip = parse_ip(next_word(line));
  if (!expires || card.empty() || !ip) return std::nullopt;
  Lease lease;
  lease.expires = *expires;
  lease.ip = *ip;
  lease.mac = parse_mac(card);
  const std::string_view name = next_word(line);
  const std::string_view client = next_word(line);
  if (name != "*") lease.host_name = normal_host_name(name);
  if (client != "*") lease.client_id = normal_client_id(client);
  return lease;
}

LeaseReading read_dnsmasq(std::string_view content) {
  LeaseReading reading;
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    std::string_view words = line;
    const std::string_view first = next_word(words);
    if (first.empty() || first == "duid") continue;
    auto lease = dnsmasq_line(line);
    if (!lease) {
      ++reading.refused;
    } else if (reading.leases.size() < kLeaseLimit) {
      reading.leases.push_back(std::move(*lease));
    }
  }
  return reading;
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = (value << 8U) | static_cast<unsigned char>(c);
  return value;
}

// Busybox writes the time, and then for each lease: seconds left, IP, MAC, twenty bytes of name, two of
// padding; numbers have the most significant byte first.
LeaseReading read_udhcpd(std::string_view content) {
  constexpr std::size_t kHead = 8;
  constexpr std::size_t kRecord = 36;
  LeaseReading reading;
  if (content.size() < kHead) {
    reading.refused = content.empty() ? 0 : 1;
    return reading;
  }
  const std::uint64_t raw = big_endian(content.substr(0, kHead));
  // A time beyond the year 36,000 is no time.
  const std::int64_t written = raw >> 40U == 0 ? static_cast<std::int64_t>(raw) : 0;
  content.remove_prefix(kHead);
  for (; content.size() >= kRecord; content.remove_prefix(kRecord)) {
    std::array<std::uint8_t, 10> addresses{};
    std::transform(content.begin() + 4, content.begin() + 14, addresses.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    Lease lease;
    lease.ip = *ip_of(Bytes(addresses).first(4));
    lease.mac = mac_of(Bytes(addresses).subspan(4));
    lease.expires = written + static_cast<std::int64_t>(big_endian(content.substr(0, 4)));
    const std::string_view name = content.substr(14, 20);
    lease.host_name = normal_host_name(name.substr(0, name.find('\0')));
    if (lease.mac && names_a_card(*lease.mac) && reading.leases.size() < kLeaseLimit) {
      reading.leases.push_back(std::move(lease));
    } else {
      ++reading.refused;
    }
  }
  if (!content.empty()) ++reading.refused;
  return reading;
}

}  // namespace

std::string normal_host_name(std::string_view name) {
  name = name.substr(0, std::min(name.find('.'), kNameLimit));
  std::string out;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) > ' ' && c != 127) out += small(c);
  }
  return out;
}

std::string normal_client_id(std::string_view id) {
  std::string out;
  for (const char c : id.substr(0, kClientIdLimit)) {
    if (static_cast<unsigned char>(c) > ' ' && c != 127) out += small(c);
  }
  return out;
}

LeaseReading read_leases(LeaseFormat format, std::string_view content) {
  switch (format) {
    case LeaseFormat::dnsmasq:
      return read_dnsmasq(content);
    case LeaseFormat::isc:
      return read_isc_leases(content);
    case LeaseFormat::udhcpd:
      return read_udhcpd(content);
  }
  return {};
}

}  // namespace gable::presence

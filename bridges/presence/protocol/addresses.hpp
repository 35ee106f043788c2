#pragma once
// The two names that a network has for a device: the address of its card and that of its place in the
// network.
//
// Pure: plain values and their texts.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gable::presence {

using Bytes = std::span<const std::uint8_t>;

struct Mac {
  std::array<std::uint8_t, 6> bytes{};
  friend auto operator<=>(const Mac&, const Mac&) = default;
};

// aa:bb:cc:dd:ee:ff, with - for :, aabb.ccdd.eeff or twelve digits; either case. Nothing for anything else.
std::optional<Mac> parse_mac(std::string_view text);
// Exactly six bytes.
std::optional<Mac> mac_of(Bytes bytes);
std::string to_text(const Mac& mac);
// Neither all zero (not known yet) nor a group's.
bool names_a_card(const Mac& mac);

struct Ip {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};                     // IPv4: the first four, the rest zero
  friend auto operator<=>(const Ip&, const Ip&) = default;  // NOLINT(modernize-use-nullptr): clang-tidy errs
};

// Dotted IPv4 without leading zeros, or IPv6 with or without ::, without a zone.
std::optional<Ip> parse_ip(std::string_view text);
// Four or sixteen bytes.
std::optional<Ip> ip_of(Bytes bytes);
// IPv6 in eight groups, the longest run of zeros as ::.
std::string to_text(const Ip& ip);

}  // namespace gable::presence

#pragma once
// ICMP echo (RFC 792): the question carries whom it was put to, so that the answer names itself.
//
// Pure: bytes in, bytes out. Never throws.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/addresses.hpp"

namespace gable::presence {

// What tells our echoes from those of other programs.
using EchoToken = std::array<std::uint8_t, 8>;

// `ip`: IPv4.
std::vector<std::uint8_t> encode_echo(const EchoToken& token, std::uint16_t sequence, const Ip& ip);
// Who answered. With `header` the packet begins with an IPv4 header (a raw socket's), whose sender must be
// the one that was asked. Nothing for everything that is no answer to an echo of this token.
std::optional<Ip> decode_echo_reply(const EchoToken& token, Bytes packet, bool header);

}  // namespace gable::presence

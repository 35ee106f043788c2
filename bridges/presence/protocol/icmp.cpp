#include "protocol/icmp.hpp"

#include <algorithm>
#include <cstddef>

namespace gable::presence {

namespace {

constexpr std::uint8_t kEcho = 8;
constexpr std::uint8_t kEchoReply = 0;
constexpr std::size_t kHead = 8;
constexpr std::size_t kSize = kHead + 8 + 4;

// RFC 1071.
std::uint16_t checksum(Bytes bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) sum += i % 2 == 0 ? bytes[i] * 256U : bytes[i];
  while (sum > 0xFFFF) sum = (sum & 0xFFFFU) + (sum >> 16U);
  return static_cast<std::uint16_t>(~sum & 0xFFFFU);
}

}  // namespace

std::vector<std::uint8_t> encode_echo(const EchoToken& token, std::uint16_t sequence, const Ip& ip) {
  std::vector<std::uint8_t> packet(kSize);
  packet[0] = kEcho;
  // The identifier; an unprivileged socket has the kernel put in its own.
  packet[4] = token[0];
  packet[5] = token[1];
  packet[6] = static_cast<std::uint8_t>(sequence >> 8U);
  packet[7] = static_cast<std::uint8_t>(sequence & 0xFFU);
  std::copy(token.begin(), token.end(), packet.begin() + kHead);
  std::copy_n(ip.bytes.begin(), 4, packet.begin() + kHead + 8);
  const std::uint16_t sum = checksum(packet);
  packet[2] = static_cast<std::uint8_t>(sum >> 8U);
  packet[3] = static_cast<std::uint8_t>(sum & 0xFFU);
  return packet;
}

std::optional<Ip> decode_echo_reply(const EchoToken& token, Bytes packet, bool header) {
  std::optional<Ip> sender;
  if (header) {
    if (packet.size() < 20 || packet[0] >> 4U != 4) return std::nullopt;
    const std::size_t size = (packet[0] & 0xFU) * std::size_t{4};
    if (size < 20 || packet.size() < size) return std::nullopt;
    sender = ip_of(packet.subspan(12, 4));
    packet = packet.subspan(size);
  }
  if (packet.size() != kSize || packet[0] != kEchoReply || packet[1] != 0) return std::nullopt;
  if (!std::equal(token.begin(), token.end(), packet.begin() + kHead)) return std::nullopt;
  auto asked = ip_of(packet.subspan(kHead + 8, 4));
  if (header && asked != sender) return std::nullopt;
  return asked;
}

}  // namespace gable::presence

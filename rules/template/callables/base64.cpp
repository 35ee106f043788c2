// Base64 as Python's base64 module writes and reads it.

#include <algorithm>
#include <array>
#include <cstdint>

#include "template/callables/codec.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNone = 64;

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

[[noreturn]] void throw_padding(std::size_t position, std::size_t characters) {
  if (position == 1) {
    throw_value_error("Invalid base64-encoded string: number of data characters (" +
                      std::to_string(characters) + ") cannot be 1 more than a multiple of 4");
  }
  throw_value_error("Incorrect padding");
}

}  // namespace

std::string base64_text(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const std::size_t size = std::min<std::size_t>(3, octets.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (i < size ? static_cast<unsigned char>(octets[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) out += i <= size ? kAlphabet[bits >> (18 - 6 * i) & 63U] : '=';
  }
  return out;
}

std::string base64_octets(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  std::size_t position = 0;  // within the four characters of a group
  std::size_t padding = 0;
  std::size_t characters = 0;
  for (const char c : text) {
    if (c == '=') {
      if (position >= 2 && position + ++padding >= 4) return out;
      continue;
    }
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value == kNone) continue;
    padding = 0;
    ++characters;
    bits = bits << 6U | value;
    // Each character but a group's first completes an octet.
    if (position > 0) out += static_cast<char>(bits >> (6 - 2 * position) & 0xFFU);
    position = (position + 1) % 4;
  }
  if (position != 0) throw_padding(position, characters);
  return out;
}

}  // namespace gable::rules::jinja

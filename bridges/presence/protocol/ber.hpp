#pragma once
// As much of the Basic Encoding Rules (X.690) as SNMP version 2 uses: definite lengths, tags of one byte.
//
// Pure: bytes in, values out. Never throws.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "protocol/addresses.hpp"

namespace gable::presence {

using Oid = std::vector<std::uint32_t>;
using ByteList = std::vector<std::uint8_t>;

namespace ber {

inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kOctets = 0x04;
inline constexpr std::uint8_t kNull = 0x05;
inline constexpr std::uint8_t kOid = 0x06;
inline constexpr std::uint8_t kSequence = 0x30;

struct Element {
  std::uint8_t tag = 0;
  Bytes content;
};

// Takes elements off the beginning of `rest`; nothing at the end and for what is cut or broken.
class Reader {
 public:
  explicit Reader(Bytes rest) : rest_(rest) {}
  std::optional<Element> next();
  // The next element's content when it has this tag.
  std::optional<Bytes> next(std::uint8_t tag);
  std::optional<std::int64_t> next_integer();
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  Bytes rest_;
};

// Of the content: at most eight bytes, two's complement.
std::optional<std::int64_t> integer(Bytes content);
// At most 128 numbers of 32 bits (RFC 2578).
std::optional<Oid> oid(Bytes content);

ByteList element(std::uint8_t tag, Bytes content);
ByteList element(std::uint8_t tag, const std::vector<ByteList>& parts);
ByteList integer(std::int64_t value);
ByteList octets(std::string_view text);
// At least two numbers, of which the first is at most 2 and the second at most 39.
ByteList oid(const Oid& oid);

}  // namespace ber
}  // namespace gable::presence

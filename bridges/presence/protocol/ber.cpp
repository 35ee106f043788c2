#include "protocol/ber.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace gable::presence::ber {

namespace {

constexpr std::size_t kOidLimit = 128;

void append_length(ByteList& out, std::size_t length) {
  if (length < 128) return out.push_back(static_cast<std::uint8_t>(length));
  ByteList bytes;
  for (; length > 0; length >>= 8U) bytes.insert(bytes.begin(), static_cast<std::uint8_t>(length & 0xFFU));
  out.push_back(static_cast<std::uint8_t>(0x80U | bytes.size()));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

// Seven bits a byte, the most significant first; all but the last with the high bit.
void append_base128(ByteList& out, std::uint32_t number) {
  ByteList bytes{static_cast<std::uint8_t>(number & 0x7FU)};
  for (number >>= 7U; number > 0; number >>= 7U)
    bytes.insert(bytes.begin(), static_cast<std::uint8_t>(0x80U | (number & 0x7FU)));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

std::optional<Element> Reader::next() {
  if (rest_.size() < 2 || (rest_[0] & 0x1FU) == 0x1FU) return std::nullopt;
  const std::uint8_t tag = rest_[0];
  std::size_t length = rest_[1];
  std::size_t head = 2;
  if (length >= 128) {
    const std::size_t count = length & 0x7FU;
    // Neither the indefinite form nor more than a datagram can hold.
    if (count == 0 || count > 4 || rest_.size() < head + count) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = (length << 8U) | rest_[head + i];
    head += count;
  }
  if (length > rest_.size() - head) return std::nullopt;
  const Element element{tag, rest_.subspan(head, length)};
  rest_ = rest_.subspan(head + length);
  return element;
}

std::optional<Bytes> Reader::next(std::uint8_t tag) {
  const auto element = next();
  if (!element || element->tag != tag) return std::nullopt;
  return element->content;
}

std::optional<std::int64_t> Reader::next_integer() {
  const auto content = next(kInteger);
  return content ? integer(*content) : std::nullopt;
}

std::optional<std::int64_t> integer(Bytes content) {
  if (content.empty() || content.size() > 8) return std::nullopt;
  std::uint64_t value = (content[0] & 0x80U) != 0 ? std::numeric_limits<std::uint64_t>::max() : 0;
  for (const std::uint8_t byte : content) value = (value << 8U) | byte;
  return static_cast<std::int64_t>(value);
}

std::optional<Oid> oid(Bytes content) {
  Oid out;
  std::uint64_t number = 0;
  bool open = false;
  for (const std::uint8_t byte : content) {
    number = (number << 7U) | (byte & 0x7FU);
    if (number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    open = (byte & 0x80U) != 0;
    if (open) continue;
    if (out.empty()) {
      // The first two numbers share one: 40 × the first + the second.
      const auto first = static_cast<std::uint32_t>(std::min<std::uint64_t>(number / 40, 2));
      out = {first, static_cast<std::uint32_t>(number) - first * 40};
    } else {
      out.push_back(static_cast<std::uint32_t>(number));
    }
    if (out.size() > kOidLimit) return std::nullopt;
    number = 0;
  }
  if (open || out.empty()) return std::nullopt;
  return out;
}

ByteList element(std::uint8_t tag, Bytes content) {
  ByteList out{tag};
  append_length(out, content.size());
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

ByteList element(std::uint8_t tag, const std::vector<ByteList>& parts) {
  ByteList content;
  for (const ByteList& part : parts) content.insert(content.end(), part.begin(), part.end());
  return element(tag, Bytes(content));
}

ByteList integer(std::int64_t value) {
  ByteList content;
  do {
    content.insert(content.begin(), static_cast<std::uint8_t>(value & 0xFF));
    value >>= 8;
  } while (value != 0 && value != -1);
  // The first bit is the sign.
  const bool negative = (content.front() & 0x80U) != 0;
  if (negative != (value == -1))
    content.insert(content.begin(), value == -1 ? std::uint8_t{0xFF} : std::uint8_t{0});
  return element(kInteger, Bytes(content));
}

ByteList octets(std::string_view text) {
  const ByteList bytes(text.begin(), text.end());
  return element(kOctets, Bytes(bytes));
}

ByteList oid(const Oid& oid) {
  ByteList content;
  if (oid.size() >= 2) append_base128(content, oid[0] * 40 + oid[1]);
  for (std::size_t i = 2; i < oid.size(); ++i) append_base128(content, oid[i]);
  return element(kOid, Bytes(content));
}

}  // namespace gable::presence::ber

// Text to bytes and back.

#include "template/callables/codec.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "template/value/error.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

enum class Encoding { utf_8, ascii, latin_1, utf_16, utf_16_le, utf_16_be };
enum class Errors { strict, ignore, replace };

// Names without punctuation, in small letters.
struct EncodingName {
  std::string_view name;
  Encoding encoding;
};
constexpr std::array kEncodings{
    EncodingName{"utf8", Encoding::utf_8},        EncodingName{"u8", Encoding::utf_8},
    EncodingName{"ascii", Encoding::ascii},       EncodingName{"usascii", Encoding::ascii},
    EncodingName{"latin1", Encoding::latin_1},    EncodingName{"iso88591", Encoding::latin_1},
    EncodingName{"l1", Encoding::latin_1},        EncodingName{"utf16", Encoding::utf_16},
    EncodingName{"utf16le", Encoding::utf_16_le}, EncodingName{"utf16be", Encoding::utf_16_be},
};

Encoding encoding_of(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto* const found = std::ranges::find(kEncodings, plain, &EncodingName::name);
  if (found == kEncodings.end()) throw_value_error("unknown encoding: " + std::string(name));
  return found->encoding;
}

Errors errors_of(std::string_view name) {
  if (name == "strict") return Errors::strict;
  if (name == "ignore") return Errors::ignore;
  if (name == "replace") return Errors::replace;
  throw_value_error("unknown error handler name '" + std::string(name) + "'");
}

void append_unit(std::uint32_t unit, bool big_endian, std::string& out) {
  const char high = static_cast<char>(unit >> 8U);
  const char low = static_cast<char>(unit & 0xFFU);
  out += big_endian ? high : low;
  out += big_endian ? low : high;
}

void append_utf_16(char32_t c, bool big_endian, std::string& out) {
  if (c < 0x10000) return append_unit(c, big_endian, out);
  append_unit(0xD800U + ((c - 0x10000U) >> 10U), big_endian, out);
  append_unit(0xDC00U + ((c - 0x10000U) & 0x3FFU), big_endian, out);
}

constexpr bool is_surrogate(char32_t c) { return c >= 0xD800 && c < 0xE000; }

bool can_encode(Encoding encoding, char32_t c) {
  if (encoding == Encoding::ascii) return c < 0x80;
  if (encoding == Encoding::latin_1) return c < 0x100;
  return !is_surrogate(c);
}

void append_encoded(Encoding encoding, char32_t c, std::string& out) {
  switch (encoding) {
    case Encoding::ascii:
    case Encoding::latin_1:
      out += static_cast<char>(c);
      break;
    case Encoding::utf_8:
      unicode::append(c, out);
      break;
    case Encoding::utf_16:
    case Encoding::utf_16_le:
      append_utf_16(c, false, out);
      break;
    case Encoding::utf_16_be:
      append_utf_16(c, true, out);
      break;
  }
}

constexpr char32_t kReplacement = 0xFFFD;

void refused(Errors errors, std::size_t at, std::string& out) {
  if (errors == Errors::strict) throw_value_error("can't decode byte in position " + std::to_string(at));
  if (errors == Errors::replace) unicode::append(kReplacement, out);
}

// How many octets at `at` belong to one broken character: Python replaces them by one mark.
std::size_t broken_length(std::string_view octets, std::size_t at) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(octets[i]); };
  const unsigned lead = octet(at);
  const std::size_t wanted = lead >= 0xC2 && lead < 0xE0   ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead < 0xF5                 ? 4
                                                           : 1;
  if (lead < 0xC2) return 1;
  std::size_t length = 1;
  while (length < wanted && at + length < octets.size()) {
    const unsigned next = octet(at + length);
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (length == 1 && lead == 0xE0) low = 0xA0;
    if (length == 1 && lead == 0xED) high = 0x9F;
    if (length == 1 && lead == 0xF0) low = 0x90;
    if (length == 1 && lead == 0xF4) high = 0x8F;
    if (next < low || next > high) break;
    ++length;
  }
  return length;
}

std::string from_utf_8(std::string_view octets, Errors errors) {
  std::string out;
  out.reserve(octets.size());
  for (std::size_t at = 0; at < octets.size();) {
    std::size_t end = at;
    if (!is_surrogate(unicode::next(octets, end))) {
      out.append(octets, at, end - at);
      at = end;
    } else {
      refused(errors, at, out);
      at += broken_length(octets, at);
    }
  }
  return out;
}

std::string from_utf_16(std::string_view octets, Encoding encoding, Errors errors) {
  bool big_endian = encoding == Encoding::utf_16_be;
  std::size_t at = 0;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(octets[i]);
    const auto second = static_cast<unsigned char>(octets[i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8U | second : second << 8U | first);
  };
  if (encoding == Encoding::utf_16 && octets.size() >= 2) {
    big_endian = unit(0) == 0xFFFE;
    if (unit(0) == 0xFEFF) at = 2;
  }
  std::string out;
  while (at + 1 < octets.size()) {
    char32_t c = unit(at);
    at += 2;
    if (!is_surrogate(c)) {
      unicode::append(c, out);
      continue;
    }
    const char32_t second = c < 0xDC00 && at + 1 < octets.size() ? unit(at) : 0;
    if (second < 0xDC00 || second > 0xDFFF) {
      refused(errors, at - 2, out);
      continue;
    }
    at += 2;
    unicode::append(0x10000 + ((c - 0xD800) << 10U) + (second - 0xDC00), out);
  }
  if (at < octets.size()) refused(errors, at, out);
  return out;
}

}  // namespace

std::string encoded(Evaluation& evaluation, std::string_view text, std::string_view encoding_name,
                    std::string_view errors_name) {
  const Encoding encoding = encoding_of(encoding_name);
  const Errors errors = errors_of(errors_name);
  evaluation.budget().text(text.size() * 2);
  std::string out;
  if (encoding == Encoding::utf_16) append_unit(0xFEFF, false, out);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = unicode::next(text, at);
    if (can_encode(encoding, c)) {
      append_encoded(encoding, c, out);
    } else if (errors == Errors::replace) {
      append_encoded(encoding, '?', out);
    } else if (errors == Errors::strict) {
      throw_value_error("'" + std::string(encoding_name) + "' codec can't encode character in position " +
                        std::to_string(unicode::index(text, begin)));
    }
  }
  return out;
}

std::string decoded(Evaluation& evaluation, std::string_view octets, std::string_view encoding_name,
                    std::string_view errors_name) {
  const Encoding encoding = encoding_of(encoding_name);
  const Errors errors = errors_of(errors_name);
  evaluation.budget().text(octets.size() * 2);
  switch (encoding) {
    case Encoding::utf_8:
      return from_utf_8(octets, errors);
    case Encoding::utf_16:
    case Encoding::utf_16_le:
    case Encoding::utf_16_be:
      return from_utf_16(octets, encoding, errors);
    case Encoding::ascii:
    case Encoding::latin_1:
      break;
  }
  std::string out;
  for (std::size_t at = 0; at < octets.size(); ++at) {
    const auto c = static_cast<unsigned char>(octets[at]);
    if (encoding == Encoding::ascii && c >= 0x80) {
      refused(errors, at, out);
    } else {
      unicode::append(c, out);
    }
  }
  return out;
}

void append_hex(char octet, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto number = static_cast<unsigned char>(octet);
  out += kDigits[number >> 4U];
  out += kDigits[number & 0xFU];
}

std::string hex_text(std::string_view octets) {
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char octet : octets) append_hex(octet, out);
  return out;
}

std::string hex_octets(std::string_view text) {
  const auto digit = [text](std::size_t at) -> unsigned {
    const char c = at < text.size() ? text[at] : '\0';
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    throw_value_error("non-hexadecimal number found in fromhex() arg at position " + std::to_string(at));
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || (text[at] >= 9 && text[at] <= 13)) {
      ++at;
      continue;
    }
    const unsigned high = digit(at);
    out += static_cast<char>(high << 4U | digit(at + 1));
    at += 2;
  }
  return out;
}

}  // namespace gable::rules::jinja

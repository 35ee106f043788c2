// Code points, their properties and their case, on utf8proc.

#include "template/value/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "template/value/unicode_tables.hpp"

namespace gable::rules::jinja::unicode {
namespace {

constexpr char32_t kOctet = 0xDC00;  // plus an octet that is no UTF-8
constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSmallSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;

bool is_small(char32_t c) { return c < 0x80; }
char32_t ascii_lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }
char32_t ascii_upper(char32_t c) { return c >= U'a' && c <= U'z' ? c - 32 : c; }

std::int32_t for_library(char32_t c) { return static_cast<std::int32_t>(c); }
utf8proc_category_t category(char32_t c) { return utf8proc_category(for_library(c)); }
bool is_letter(utf8proc_category_t c) { return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO; }
bool is_cased(char32_t c) { return is_lower(c) || is_upper(c) || is_title(c); }

// Greek with iota subscript: a capital and an iota.
bool has_iota(char32_t c) { return c >= 0x1F80 && c <= 0x1FAF; }
char32_t without_iota(char32_t c) {
  constexpr std::array<char32_t, 3> kCapitals = {0x1F08, 0x1F28, 0x1F68};
  return kCapitals[(c - 0x1F80) / 16] + (c & 7U);
}

void append_upper(char32_t c, std::string& out) {
  if (is_small(c)) {
    append(ascii_upper(c), out);
  } else if (has_iota(c)) {
    append(without_iota(c), out);
    out += "\u0399";
  } else if (const std::string_view special = special_upper(c); !special.empty()) {
    out += special;
  } else {
    append(static_cast<char32_t>(utf8proc_toupper(for_library(c))), out);
  }
}

void append_title(char32_t c, std::string& out) {
  if (is_small(c)) {
    append(ascii_upper(c), out);
  } else if (const std::string_view special = special_title(c); !special.empty()) {
    out += special;
  } else {
    append(static_cast<char32_t>(utf8proc_totitle(for_library(c))), out);
  }
}

bool is_ignorable(char32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return is_other_ignorable(c);
  }
}

// Is the sigma in text[begin, end) the last letter of a word?
bool is_final(std::string_view text, std::size_t begin, std::size_t end) {
  bool before = false;
  while (begin > 0) {
    const char32_t c = previous(text, begin);
    if (is_ignorable(c)) continue;
    before = is_cased(c);
    break;
  }
  if (!before) return false;
  while (end < text.size()) {
    const char32_t c = next(text, end);
    if (!is_ignorable(c)) return !is_cased(c);
  }
  return true;
}

// Of the character `c` in text[begin, end).
void append_lower(char32_t c, std::string_view text, std::size_t begin, std::size_t end, std::string& out) {
  if (is_small(c)) {
    append(ascii_lower(c), out);
  } else if (c == kCapitalSigma) {
    append(is_final(text, begin, end) ? kFinalSigma : kSmallSigma, out);
  } else if (c == 0x130) {
    out += "i\u0307";
  } else {
    append(static_cast<char32_t>(utf8proc_tolower(for_library(c))), out);
  }
}

// Calls visit(character, begin, end) for each character.
template <typename Visit>
void for_each(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next(text, at);
    visit(c, begin, at);
  }
}

template <typename Property>
bool all_of(std::string_view text, const Property& property) {
  for (std::size_t at = 0; at < text.size();) {
    if (!property(next(text, at))) return false;
  }
  return !text.empty();
}

// Octets that a sequence with this first octet has; 0 for one that begins none.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  return first < 0xE0 ? 2U : first < 0xF0 ? 3U : 4U;
}

bool is_continuation(char octet) { return (static_cast<unsigned char>(octet) & 0xC0U) == 0x80; }

char32_t next_beyond_ascii(std::string_view text, std::size_t& at) {
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const auto first = static_cast<unsigned char>(text[at++]);
  const std::size_t length = sequence_length(first);
  if (length == 0 || text.size() - at < length - 1) return kOctet + first;
  char32_t c = first & (0xFFU >> (length + 1));
  for (std::size_t i = 0; i + 1 < length; ++i) {
    if (!is_continuation(text[at + i])) return kOctet + first;
    c = (c << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  if (c < kLeast[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return kOctet + first;
  at += length - 1;
  return c;
}

}  // namespace

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    if ((word & 0x8080808080808080U) != 0) return false;
  }
  for (; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  }
  return true;
}

std::size_t count(std::string_view text) { return index(text, text.size()); }

std::size_t offset(std::string_view text, std::size_t index) {
  if (is_ascii(text)) return std::min(index, text.size());
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) at = end_of(text, at);
  return at;
}

std::size_t index(std::string_view text, std::size_t offset) {
  if (is_ascii(text.substr(0, offset))) return std::min(offset, text.size());
  std::size_t result = 0;
  for (std::size_t at = 0; at < text.size() && at < offset; at = end_of(text, at)) ++result;
  return result;
}

std::string_view sub(std::string_view text, std::size_t start, std::size_t length) {
  const std::string_view rest = text.substr(offset(text, start));
  return rest.substr(0, offset(rest, length));
}

char32_t next(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first >= 0x80) return next_beyond_ascii(text, at);
  ++at;
  return first;
}

char32_t previous(std::string_view text, std::size_t& at) {
  const std::size_t end = at;
  const std::size_t furthest = end > 4 ? end - 4 : 0;
  std::size_t begin = end - 1;
  while (begin > furthest && is_continuation(text[begin])) --begin;
  std::size_t after = begin;
  const char32_t c = next(text, after);
  at = begin;
  if (after == end) return c;
  at = end - 1;
  return kOctet + static_cast<unsigned char>(text[at]);
}

std::size_t end_of(std::string_view text, std::size_t at) {
  static_cast<void>(next(text, at));
  return at;
}

void append(char32_t code_point, std::string& out) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU));
  };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0U | (code_point >> 6U));
    tail(0);
  } else if (code_point >= kOctet + 0x80 && code_point <= kOctet + 0xFF) {
    out += static_cast<char>(code_point - kOctet);  // as it came
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0U | (code_point >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (code_point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string upper(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each(text, [&](char32_t c, std::size_t, std::size_t) { append_upper(c, out); });
  return out;
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each(text,
           [&](char32_t c, std::size_t begin, std::size_t end) { append_lower(c, text, begin, end, out); });
  return out;
}

std::string title(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool within_word = false;
  for_each(text, [&](char32_t c, std::size_t begin, std::size_t end) {
    within_word ? append_lower(c, text, begin, end, out) : append_title(c, out);
    within_word = is_cased(c);
  });
  return out;
}

std::string capitalize(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each(text, [&](char32_t c, std::size_t begin, std::size_t end) {
    begin == 0 ? append_title(c, out) : append_lower(c, text, begin, end, out);
  });
  return out;
}

std::string swapcase(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each(text, [&](char32_t c, std::size_t begin, std::size_t end) {
    if (is_upper(c)) {
      append_lower(c, text, begin, end, out);
    } else if (is_lower(c)) {
      append_upper(c, out);
    } else {
      append(c, out);
    }
  });
  return out;
}

std::string casefold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each(text, [&](char32_t c, std::size_t, std::size_t) {
    std::array<utf8proc_int32_t, 8> folded;
    int boundary = 0;
    const utf8proc_ssize_t size =
        utf8proc_decompose_char(for_library(c), folded.data(), static_cast<utf8proc_ssize_t>(folded.size()),
                                UTF8PROC_CASEFOLD, &boundary);
    if (size < 0 || size > static_cast<utf8proc_ssize_t>(folded.size())) return append(c, out);
    for (utf8proc_ssize_t i = 0; i < size; ++i) {
      append(static_cast<char32_t>(folded[static_cast<std::size_t>(i)]), out);
    }
  });
  return out;
}

std::string to_ascii(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string out;
  for_each(text, [&](char32_t c, std::size_t, std::size_t) {
    std::array<utf8proc_int32_t, 32> parts;  // the longest has 18
    int boundary = 0;
    const utf8proc_ssize_t size = utf8proc_decompose_char(
        for_library(c), parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &boundary);
    for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(size, 32); ++i) {
      const utf8proc_int32_t part = parts[static_cast<std::size_t>(i)];
      if (part < 0x80) out += static_cast<char>(part);
    }
  });
  return out;
}

bool is_alpha(char32_t c) {
  if (is_small(c)) return ascii_lower(c) >= U'a' && ascii_lower(c) <= U'z';
  return is_letter(category(c));
}

bool is_decimal(char32_t c) {
  if (is_small(c)) return c >= U'0' && c <= U'9';
  return category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_digit(char32_t c) { return is_decimal(c) || (!is_small(c) && is_other_digit(c)); }

bool is_numeric(char32_t c) {
  if (is_small(c)) return is_decimal(c);
  const utf8proc_category_t kind = category(c);
  return (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO) || is_numeral(c);
}

bool is_alnum(char32_t c) { return is_alpha(c) || is_numeric(c); }

bool is_space(char32_t c) {
  if (is_small(c)) return c == U' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool is_upper(char32_t c) {
  if (is_small(c)) return c >= U'A' && c <= U'Z';
  return category(c) == UTF8PROC_CATEGORY_LU || is_other_upper(c);
}

bool is_lower(char32_t c) {
  if (is_small(c)) return c >= U'a' && c <= U'z';
  return category(c) == UTF8PROC_CATEGORY_LL || is_other_lower(c);
}

bool is_title(char32_t c) { return !is_small(c) && category(c) == UTF8PROC_CATEGORY_LT; }

bool is_printable(char32_t c) {
  if (is_small(c)) return c >= 0x20 && c < 0x7F;
  const utf8proc_category_t kind = category(c);
  return kind != UTF8PROC_CATEGORY_CN && kind < UTF8PROC_CATEGORY_ZS;
}

// Decimal digits come in runs of ten, some of which touch.
std::optional<int> decimal_value(char32_t c) {
  if (!is_decimal(c)) return std::nullopt;
  if (is_small(c)) return static_cast<int>(c - U'0');
  char32_t zero = c;
  while (is_decimal(zero - 1)) --zero;
  return static_cast<int>((c - zero) % 10);
}

bool is_alpha(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_alpha(c); });
}
bool is_decimal(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_decimal(c); });
}
bool is_digit(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_digit(c); });
}
bool is_numeric(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_numeric(c); });
}
bool is_alnum(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_alnum(c); });
}
bool is_space(std::string_view text) {
  return all_of(text, [](char32_t c) { return is_space(c); });
}
bool is_printable(std::string_view text) {
  return text.empty() || all_of(text, [](char32_t c) { return is_printable(c); });
}

bool is_upper(std::string_view text) {
  bool any = false;
  return (all_of(text,
                 [&](char32_t c) {
                   any = any || is_upper(c);
                   return !is_lower(c) && !is_title(c);
                 })) &&
         any;
}

bool is_lower(std::string_view text) {
  bool any = false;
  return (all_of(text,
                 [&](char32_t c) {
                   any = any || is_lower(c);
                   return !is_upper(c) && !is_title(c);
                 })) &&
         any;
}

bool is_title(std::string_view text) {
  bool any = false;
  bool within_word = false;
  const bool fits = all_of(text, [&](char32_t c) {
    const bool begins = is_upper(c) || is_title(c);
    const bool goes_on = is_lower(c);
    const bool good = begins ? !within_word : (!goes_on || within_word);
    within_word = begins || goes_on;
    any = any || within_word;
    return good;
  });
  return fits && any;
}

std::string_view trim_left(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t after = at;
    if (!is_space(next(text, after))) break;
    at = after;
  }
  return text.substr(at);
}

std::string_view trim_right(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0) {
    std::size_t before = end;
    if (!is_space(previous(text, before))) break;
    end = before;
  }
  return text.substr(0, end);
}

std::string_view trim(std::string_view text) { return trim_right(trim_left(text)); }

}  // namespace gable::rules::jinja::unicode

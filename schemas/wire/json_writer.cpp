// Writes compact JSON. Numbers by std::to_chars: no locale, no allocation beyond the output. Pure; any
// thread.
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "wire/json.hpp"

namespace gable::wire {

namespace {

// Longest output: -1.2345678901234567e-308 is 24 characters; a fixed form below 1e16 is shorter.
using NumberBuffer = std::array<char, 40>;

std::string_view write_double(double number, NumberBuffer& buffer) {
  if (!std::isfinite(number)) return "null";
  char* const begin = buffer.data();
  char* const limit = begin + buffer.size();
  const double size = std::fabs(number);
  // repr() of Python: exponent form below 1e-4 and from 1e16 on.
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e16);
  const auto format = scientific ? std::chars_format::scientific : std::chars_format::fixed;
  char* end = std::to_chars(begin, limit, number, format).ptr;
  const std::string_view text(begin, static_cast<std::size_t>(end - begin));
  if (!scientific && text.find('.') == std::string_view::npos) {
    *end++ = '.';
    *end++ = '0';
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

void append_integer(std::int64_t number, std::string& out) {
  std::array<char, 24> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out.append(buffer.data(), end);
}

void append_escaped(char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[byte >> 4U];
  out += kHex[byte & 0xFU];
}

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// Eight characters at once, since texts hardly ever need escapes: true if one of them does. Each test leaves
// bit 7 set in the lowest octet that it is true of, and may set it above that one.
bool any_needs_escape(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U, kHigh = 0x8080808080808080U;
  const std::uint64_t quote = eight ^ (kOnes * '"'), backslash = eight ^ (kOnes * '\\');
  const std::uint64_t control = (eight - kOnes * 0x20U) & ~eight;
  return ((control | ((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash)) & kHigh) != 0;
}

// The first place from `begin` on that needs an escape, or the end.
std::size_t next_escape(std::string_view text, std::size_t begin) {
  std::uint64_t eight = 0;
  for (; begin + sizeof eight <= text.size(); begin += sizeof eight) {
    std::memcpy(&eight, text.data() + begin, sizeof eight);
    if (any_needs_escape(eight)) break;
  }
  while (begin < text.size() && !needs_escape(text[begin])) ++begin;
  return begin;
}

void append_list(const List& list, std::string& out) {
  out += '[';
  bool first = true;
  for (const Value& value : list) {
    if (!first) out += ',';
    first = false;
    append_json(value, out);
  }
  out += ']';
}

}  // namespace

std::string number_text(double number) {
  NumberBuffer buffer;
  return std::string(write_double(number, buffer));
}

void append_json_string(std::string_view text, std::string& out) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t at = next_escape(text, 0); at < text.size(); at = next_escape(text, done)) {
    out.append(text.substr(done, at - done));
    append_escaped(text[at], out);
    done = at + 1;
  }
  out.append(text.substr(done));
  out += '"';
}

void append_json(const Value& value, std::string& out) {
  if (const std::string* s = value.as_string()) {
    append_json_string(*s, out);
  } else if (const std::int64_t* i = value.as_int()) {
    append_integer(*i, out);
  } else if (const double* d = value.as_double()) {
    NumberBuffer buffer;
    out += write_double(*d, buffer);
  } else if (const bool* b = value.as_bool()) {
    out += *b ? "true" : "false";
  } else if (const List* list = value.as_list()) {
    append_list(*list, out);
  } else if (const Object* object = value.as_object()) {
    append_json(*object, out);
  } else {
    out += "null";
  }
}

void append_json(const Object& object, std::string& out) {
  out += '{';
  bool first = true;
  for (const Member& member : object) {
    if (!first) out += ',';
    first = false;
    append_json_string(member.key, out);
    out += ':';
    append_json(member.value, out);
  }
  out += '}';
}

std::string to_json(const Value& value) {
  std::string out;
  append_json(value, out);
  return out;
}

std::string to_json(const Object& object) {
  std::string out;
  out.reserve(32 * object.size() + 2);
  append_json(object, out);
  return out;
}

}  // namespace gable::wire

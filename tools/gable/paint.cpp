#include "gable/paint.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>

namespace gable::cli {

namespace {

constexpr std::array<std::string_view, 8> kCodes{"",         "\x1b[2m",  "\x1b[1m",  "\x1b[31m",
                                                 "\x1b[32m", "\x1b[33m", "\x1b[34m", "\x1b[36m"};
constexpr std::string_view kReset = "\x1b[0m";
constexpr char kEscape = '\x1b';

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 0;  // bytes; 0: not UTF-8
};

Character decode(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length == 0 || first >= 0xf8 || text.size() < length) return {};
  std::uint32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  return {code, length};
}

// The wide blocks that names of things hold: CJK, Hangul, full forms, emoji.
std::size_t columns_of(std::uint32_t code) {
  if ((code >= 0x300 && code <= 0x36f) || code == 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  const bool wide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
                    (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff) ||
                    (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
                    (code >= 0x1f300 && code <= 0x1faff) || (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

void append_hex(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xfU];
}

}  // namespace

Paint Paint::of_stdout() {
  const char* term = std::getenv("TERM");
  const char* no_colour = std::getenv("NO_COLOR");
  const bool wanted = no_colour == nullptr || *no_colour == '\0';
  return Paint(wanted && isatty(STDOUT_FILENO) != 0 && term != nullptr && std::string_view(term) != "dumb");
}

std::string Paint::operator()(Colour colour, std::string_view text) const {
  if (!on_ || colour == Colour::none || text.empty()) return std::string(text);
  std::string out(kCodes.at(static_cast<std::size_t>(colour)));
  return out.append(text).append(kReset);
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character character = decode(text);
    const std::size_t length = character.length == 0 ? 1 : character.length;
    const bool control = character.code < 0x20 || (character.code >= 0x7f && character.code < 0xa0);
    if (text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
      out += ' ';
    } else if (character.length == 0 || control) {
      for (const char c : text.substr(0, length)) append_hex(out, static_cast<unsigned char>(c));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::size_t width_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    if (text[0] == kEscape) {
      const auto end = text.find('m');
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      continue;
    }
    const Character character = decode(text);
    columns += character.length == 0 ? 1 : columns_of(character.code);
    text.remove_prefix(character.length == 0 ? 1 : character.length);
  }
  return columns;
}

std::string cut_to(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t used = 0, bytes = 0;
  while (bytes < text.size()) {
    const Character character = decode(text.substr(bytes));
    const std::size_t wide = character.length == 0 ? 1 : columns_of(character.code);
    if (used + wide > columns - 1) break;
    used += wide;
    bytes += character.length == 0 ? 1 : character.length;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::size_t terminal_columns() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace gable::cli

#include "yaml/quoted.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gable::rules::yaml {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

void append_utf8(std::uint32_t code, std::string& out) {
  if (code < 0x80U) {
    out += static_cast<char>(code);
    return;
  }
  const std::size_t further = code < 0x800U ? 1 : code < 0x10000U ? 2 : 3;
  constexpr std::array<std::uint32_t, 4> kLead{0, 0xC0U, 0xE0U, 0xF0U};
  out += static_cast<char>(kLead[further] | (code >> (6U * further)));
  for (std::size_t i = further; i > 0; --i) {
    out += static_cast<char>(0x80U | ((code >> (6U * (i - 1))) & 0x3FU));
  }
}

struct Escape {
  char name;
  std::string_view meaning;
};
constexpr std::array<Escape, 18> kEscapes{{{'0', std::string_view("\0", 1)},
                                           {'a', "\a"},
                                           {'b', "\b"},
                                           {'t', "\t"},
                                           {'\t', "\t"},
                                           {'n', "\n"},
                                           {'v', "\v"},
                                           {'f', "\f"},
                                           {'r', "\r"},
                                           {'e', "\x1b"},
                                           {' ', " "},
                                           {'"', "\""},
                                           {'\\', "\\"},
                                           {'/', "/"},
                                           {'N', "\xc2\x85"},
                                           {'_', "\xc2\xa0"},
                                           {'L', "\xe2\x80\xa8"},
                                           {'P', "\xe2\x80\xa9"}}};

// Reads one quoted scalar from its beginning to its end.
class Unquoter {
 public:
  Unquoter(std::string_view part, bool double_quoted) : rest_(part), double_quoted_(double_quoted) {}

  std::optional<std::string> read() {
    while (!rest_.empty()) {
      if (is_blank(rest_.front()) || break_length(rest_) > 0) {
        read_space();
      } else if (double_quoted_ && rest_.front() == '\\') {
        if (!read_escape()) return std::nullopt;
      } else {
        // The other one of two quotes in a single-quoted text.
        if (!double_quoted_ && rest_.starts_with("''")) rest_.remove_prefix(1);
        out_ += rest_.front();
        rest_.remove_prefix(1);
      }
    }
    return std::move(out_);
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  std::string_view take_break() {
    const std::string_view taken = rest_.substr(0, break_length(rest_));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  // The empty lines that follow a break, which stay, and the indentation of the next line, which does not.
  std::size_t read_breaks() {
    std::size_t count = 0;
    for (skip_blanks(); break_length(rest_) > 0; skip_blanks()) {
      out_ += take_break();
      ++count;
    }
    return count;
  }

  // Blanks, or the end of a line with the blanks around it: one break is a space.
  void read_space() {
    const std::string_view before = rest_;
    skip_blanks();
    const std::string_view line_break = take_break();
    if (line_break.empty()) {
      out_ += before.substr(0, before.size() - rest_.size());
      return;
    }
    const bool plain = line_break == "\n";
    if (!plain) out_ += line_break;
    if (read_breaks() == 0 && plain) out_ += ' ';
  }

  bool read_escape() {
    rest_.remove_prefix(1);
    if (!take_break().empty()) {
      read_breaks();
      return true;
    }
    if (rest_.empty()) return false;
    const char name = rest_.front();
    rest_.remove_prefix(1);
    if (name == 'x') return read_code(2);
    if (name == 'u') return read_code(4);
    if (name == 'U') return read_code(8);
    const auto* found = std::find_if(kEscapes.begin(), kEscapes.end(),
                                     [&](const Escape& escape) { return escape.name == name; });
    if (found == kEscapes.end()) return false;
    out_ += found->meaning;
    return true;
  }

  bool read_code(std::size_t digits) {
    if (rest_.size() < digits) return false;
    std::uint32_t code = 0;
    for (const char c : rest_.substr(0, digits)) {
      const auto letter = static_cast<char>(c | 0x20);
      const bool digit = c >= '0' && c <= '9';
      if (!digit && (letter < 'a' || letter > 'f')) return false;
      code = code * 16 + static_cast<std::uint32_t>(digit ? c - '0' : letter - 'a' + 10);
    }
    rest_.remove_prefix(digits);
    if (code > 0x10FFFFU || (code >= 0xD800U && code <= 0xDFFFU)) return false;
    append_utf8(code, out_);
    return true;
  }

  std::string_view rest_;
  bool double_quoted_;
  std::string out_;
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::size_t indentation(std::string_view line) { return std::min(line.size(), line.find_first_not_of(' ')); }

}  // namespace

std::size_t break_length(std::string_view text) {
  if (text.starts_with('\n')) return 1;
  return text.starts_with("\xe2\x80\xa8") || text.starts_with("\xe2\x80\xa9") ? 3 : 0;
}

std::optional<std::string_view> quoted_part(std::string_view text) {
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool escape = quote == '"' && text[i] == '\\';
    const bool doubled = quote == '\'' && text[i] == quote && i + 1 < text.size() && text[i + 1] == quote;
    if (escape || doubled) {
      ++i;
    } else if (text[i] == quote) {
      return text.substr(1, i - 1);
    }
  }
  return std::nullopt;
}

std::optional<std::string> unquote(std::string_view part, bool double_quoted) {
  return Unquoter(part, double_quoted).read();
}

std::size_t kept_breaks(std::string_view source, std::string_view text) {
  const std::size_t first = text.find_first_not_of('\n');
  if (first == std::string_view::npos) return 0;
  take_line(source);
  std::size_t indent = std::string_view::npos, breaks = 0;
  while (!source.empty()) {
    const bool ends = source.find('\n') != std::string_view::npos;
    const std::string_view line = take_line(source);
    const std::size_t spaces = indentation(line);
    const bool blank = spaces == line.size();
    // The first line with something on it says how far the text is indented, beside the spaces that it keeps.
    if (indent == std::string_view::npos && !blank) indent = spaces - indentation(text.substr(first));
    if (indent == std::string_view::npos) continue;
    if (!blank && spaces < indent) break;
    const bool content = !blank || spaces > indent;
    breaks = (content ? 0 : breaks) + (ends ? 1 : 0);
  }
  return breaks;
}

}  // namespace gable::rules::yaml

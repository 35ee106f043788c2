#include "yaml/source_text.hpp"

#include <algorithm>
#include <array>

#include "wire/json.hpp"

namespace gable::rules::yaml {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The code of \uXXXX at the front of `text`, or -1.
int escape_code(std::string_view text) {
  constexpr std::size_t kLength = 6;
  if (text.size() < kLength || text[0] != '\\' || text[1] != 'u') return -1;
  int code = 0;
  for (const char c : text.substr(2, 4)) {
    const bool digit = c >= '0' && c <= '9';
    const auto letter = static_cast<char>(c | 0x20);
    if (!digit && (letter < 'a' || letter > 'f')) return -1;
    code = code * 16 + (digit ? c - '0' : letter - 'a' + 10);
  }
  return code;
}

bool is_pair(std::string_view text) {
  const int high = escape_code(text);
  if (high < 0xD800 || high > 0xDBFF) return false;
  const int low = escape_code(text.substr(6));
  return low >= 0xDC00 && low <= 0xDFFF;
}

void append_utf8(std::uint32_t code, std::string& out) {
  out += static_cast<char>(0xF0U | (code >> 18U));
  out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
  out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
  out += static_cast<char>(0x80U | (code & 0x3FU));
}

constexpr std::size_t kPair = 12;       // \ud83d\ude00
constexpr std::size_t kMarker = 4;      // in its place: a private character …
constexpr std::size_t kPairDigits = 8;  // … and these
static_assert(kMarker + kPairDigits == kPair);

// The first byte that may not stand in a file: PyYAML's NON_PRINTABLE. The text is UTF-8.
bool is_forbidden(std::string_view text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  if (c < 0x20) return c != '\t' && c != '\n';
  if (c < 0x80) return c == 0x7F;
  const auto next = [&](std::size_t n) { return static_cast<unsigned char>(text[i + n]); };
  if (c == 0xC2) return next(1) < 0xA0;  // NEL has become a line's end before
  return c == 0xEF && next(1) == 0xBF && next(2) >= 0xBE;
}

}  // namespace

SourceText::SourceText(std::string_view file_text, std::uint16_t file) : file_(file) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (file_text.starts_with(kByteOrderMark)) file_text.remove_prefix(kByteOrderMark.size());
  take_lines(file_text);
  check_characters();
  separators_ =
      text_.find("\xe2\x80\xa8") != std::string::npos || text_.find("\xe2\x80\xa9") != std::string::npos;
  hide_surrogates();
}

void SourceText::take_lines(std::string_view file_text) {
  text_.reserve(file_text.size());
  starts_.push_back(0);
  const auto size = file_text.size();
  for (std::size_t i = 0; i < size; ++i) {
    const bool nel = file_text[i] == '\xc2' && i + 1 < size && file_text[i + 1] == '\x85';
    const bool pair = file_text[i] == '\r' && i + 1 < size && file_text[i + 1] == '\n';
    if (nel || pair) ++i;
    const bool ends = nel || file_text[i] == '\n' || file_text[i] == '\r';
    text_ += ends ? '\n' : file_text[i];
    if (ends) starts_.push_back(static_cast<std::uint32_t>(text_.size()));
  }
}

void SourceText::check_characters() const {
  for (std::size_t number = 0; number < starts_.size(); ++number) {
    // NUL is no fault of UTF-8 and has words of its own.
    const std::string_view text = line(number);
    const std::size_t nul = text.find('\0');
    if (!wire::valid_utf8(text.substr(0, nul))) {
      throw Refusal{place(starts_[number]), "this line is not UTF-8"};
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!is_forbidden(text, i)) continue;
      throw Refusal{place(starts_[number] + i), "a control character (is this a text file?)"};
    }
  }
}

bool SourceText::choose_marker() {
  for (char last = '\xbd'; last != '\x80'; --last) {
    marker_ = std::string("\xf4\x8f\xbf") + last;
    if (text_.find(marker_) == std::string::npos) return true;
  }
  return false;
}

void SourceText::hide_surrogates() {
  for (std::size_t i = text_.find("\\u"); i != std::string::npos; i = text_.find("\\u", i)) {
    // An even number of backslashes before: this one escapes.
    std::size_t before = 0;
    while (before < i && text_[i - before - 1] == '\\') ++before;
    if (before % 2 != 0 || !is_pair(from(i))) {
      i += 2;
      continue;
    }
    if (marker_.empty() && !choose_marker()) {
      throw Refusal{place(i), "too many private characters beside escapes of surrogate pairs"};
    }
    const std::string hidden = marker_ + text_.substr(i + 2, 4) + text_.substr(i + 8, 4);
    text_.replace(i, kPair, hidden);
    i += kPair;
  }
}

void SourceText::reveal(std::string& scalar, bool double_quoted) const {
  if (marker_.empty()) return;
  for (std::size_t i = scalar.find(marker_); i != std::string::npos; i = scalar.find(marker_, i)) {
    const std::string digits = scalar.substr(i + kMarker, kPairDigits);
    const std::string pair = "\\u" + digits.substr(0, 4) + "\\u" + digits.substr(4);
    std::string meant;
    if (double_quoted) {
      const auto high = static_cast<std::uint32_t>(escape_code(pair));
      const auto low = static_cast<std::uint32_t>(escape_code(std::string_view(pair).substr(6)));
      append_utf8(0x10000U + ((high - 0xD800U) << 10U) + (low - 0xDC00U), meant);
    } else {
      meant = pair;
    }
    scalar.replace(i, kPair, meant);
    i += meant.size();
  }
}

std::string_view SourceText::line(std::size_t number) const {
  if (number >= starts_.size()) return {};
  const std::size_t end = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
  return std::string_view(text_).substr(starts_[number], end - starts_[number]);
}

Cell SourceText::place(std::size_t position) const {
  position = std::min(position, text_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), position);
  const auto number = static_cast<std::size_t>(after - starts_.begin()) - 1;
  if (number != counted_line_ || counted_ > position) {
    counted_line_ = number;
    counted_ = starts_[number];
    columns_ = 0;
  }
  for (; counted_ < position; ++counted_) columns_ += is_continuation(text_[counted_]) ? 0 : 1;
  Cell cell = whole_file();
  cell.line = static_cast<std::uint32_t>(number + 1);
  cell.column = static_cast<std::uint32_t>(columns_ + 1);
  return cell;
}

Cell SourceText::whole_file() const {
  Cell cell;
  cell.file = file_;
  return cell;
}

}  // namespace gable::rules::yaml

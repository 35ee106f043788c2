// Filters of HTML. There is no type for text that is marked as safe: Home Assistant never escapes by itself,
// so that it makes no difference but to text that is escaped twice.

#include <algorithm>
#include <array>
#include <string>

#include "template/callables/entities.hpp"
#include "template/callables/text_filters.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

// The text without what stands between `open` and the next `close`.
std::string without(std::string_view text, std::string_view open, std::string_view close) {
  std::string out;
  while (true) {
    const std::size_t begin = text.find(open);
    if (begin == std::string_view::npos) break;
    const std::size_t end = text.find(close, begin + open.size());
    if (end == std::string_view::npos) break;
    out += text.substr(0, begin);
    text.remove_prefix(end + close.size());
  }
  return out.append(text);
}

// What browsers read the numbers 0x80 to 0x9F as (HTML 5, 13.2.5.80); 0: as itself.
constexpr std::array<char32_t, 32> kWindows{0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                            0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};

void append_numbered(char32_t c, std::string& out) {
  constexpr char32_t kReplacement = 0xFFFD;
  constexpr char32_t kLast = 0x10FFFF;
  if (c >= 0x80 && c < 0xA0) {
    const char32_t meant = kWindows[c - 0x80];
    return unicode::append(meant == 0 ? c : meant, out);
  }
  if (c == 0 || (c >= 0xD800 && c < 0xE000) || c > kLast) return unicode::append(kReplacement, out);
  const bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r') || c == 0x7F;
  const bool is_no_character = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE;
  if (!is_control && !is_no_character) unicode::append(c, out);
}

// &#65; and &#x41; at the begin of `text`. Returns the octets read, 0 when it is none.
std::size_t append_number(std::string_view text, std::string& out) {
  constexpr char32_t kEnough = 0x110000;
  const bool is_hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  std::size_t at = is_hex ? 3 : 2;
  const std::size_t first = at;
  char32_t number = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    unsigned digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<unsigned>(c - '0');
    } else if (is_hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
      digit = static_cast<unsigned>(c | 0x20) - 'a' + 10;
    } else {
      break;
    }
    number = std::min<char32_t>(number * (is_hex ? 16 : 10) + digit, kEnough);
  }
  if (at == first) return 0;
  append_numbered(number, out);
  return at < text.size() && text[at] == ';' ? at + 1 : at;
}

// &name; at the begin of `text`; without ";" the longest of the old names.
std::size_t append_named(std::string_view text, std::string& out) {
  constexpr std::size_t kLongest = 32;
  const std::size_t end = std::min(text.find_first_of("\t\n\f <&#;", 1), text.size());
  std::string_view name = text.substr(1, std::min(end - 1, kLongest));
  const Entity* entity = find_entity(name);
  if (entity != nullptr && name.size() + 1 < text.size() && text[name.size() + 1] == ';') {
    unicode::append(entity->code_point, out);
    return name.size() + 2;
  }
  for (; name.size() > 1; name.remove_suffix(1)) {
    entity = find_entity(name);
    if (entity == nullptr || !entity->without_semicolon) continue;
    unicode::append(entity->code_point, out);
    return name.size() + 1;
  }
  return 0;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t read = 0;
    if (rest.starts_with("&#")) {
      read = append_number(rest, out);
    } else if (rest.front() == '&') {
      read = append_named(rest, out);
    }
    if (read == 0) {
      out += rest.front();
      read = 1;
    }
    at += read;
  }
  return out;
}

bool is_bad_in_name(char c) { return c == ' ' || (c >= 9 && c <= 13) || c == '/' || c == '>' || c == '='; }

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '"':
        out += "&#34;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

Value escape(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  std::string text = escaped(text_of(arguments[0], kept));
  evaluation.budget().text(text.size());
  return text;
}

Value striptags(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  evaluation.budget().work(text.size() * 4);
  const std::string bare = without(without(text, "<!--", "-->"), "<", ">");
  std::string out;
  for (const std::string_view word : split_words<TextKind>(bare, -1)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return unescaped(out);
}

Value xmlattr(Evaluation& evaluation, const Bound& arguments) {
  require_defined(arguments[0]);
  const Dict* const dict = arguments[0].as_dict();
  if (dict == nullptr) throw_no_attribute(arguments[0], "items");
  std::string out;
  for (const Dict::Entry& entry : dict->entries()) {
    if (entry.value.is_none() || entry.value.is_undefined()) continue;
    const std::string_view key = need_text(entry.key, "the name of an attribute");
    if (std::ranges::any_of(key, is_bad_in_name)) {
      throw_value_error("Invalid character in attribute name: " + repr(entry.key));
    }
    std::string kept;
    const std::string value = escaped(text_of(entry.value, kept));
    reserve_text(evaluation, out.size(), key.size() + value.size());
    if (!out.empty()) out += ' ';
    out.append(escaped(key)).append("=\"").append(value).append("\"");
  }
  if (!out.empty() && arguments.flag(1, true)) out.insert(0, 1, ' ');
  return out;
}

}  // namespace gable::rules::jinja

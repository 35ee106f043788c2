#include "yaml/scalars.hpp"

#include <algorithm>
#include <array>

namespace gable::rules::yaml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Takes from the front while `wanted` holds or, with `or_line`, for '_'. Returns how many.
template <class Wanted>
std::size_t skip(std::string_view& text, Wanted wanted, bool or_line = true) {
  std::size_t count = 0;
  while (count < text.size() && (wanted(text[count]) || (or_line && text[count] == '_'))) ++count;
  text.remove_prefix(count);
  return count;
}

void skip_sign(std::string_view& text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
}

// (":" [0-5]?[0-9])+; false when there is none or one that is no such part.
bool skip_sexagesimal(std::string_view& text) {
  bool any = false;
  while (text.starts_with(':')) {
    text.remove_prefix(1);
    const std::size_t digits = std::min<std::size_t>(2, text.size());
    const bool two = digits == 2 && text[0] >= '0' && text[0] <= '5' && is_digit(text[1]);
    if (!two && (text.empty() || !is_digit(text[0]))) return false;
    text.remove_prefix(two ? 2 : 1);
    any = true;
  }
  return any;
}

bool is_integer(std::string_view text) {
  skip_sign(text);
  if (text.empty() || !is_digit(text.front())) return false;
  if (text.starts_with("0b")) {
    text.remove_prefix(2);
    return !text.empty() && text.find_first_not_of("01_") == std::string_view::npos;
  }
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    return skip(text, is_hex) > 0 && text.empty();
  }
  if (text.front() == '0') return (skip(text, is_octal), text.empty());
  skip(text, is_digit);
  return text.empty() || (skip_sexagesimal(text) && text.empty());
}

// [eE][-+][0-9]+ or nothing, then the end.
bool ends_with_exponent(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  text.remove_prefix(1);
  return skip(text, is_digit, false) > 0 && text.empty();
}

bool is_real(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  const bool bare = text.starts_with('.');
  if (bare && text.size() > 1 && is_digit(text[1])) {
    text.remove_prefix(1);
    skip(text, is_digit);
    return ends_with_exponent(text);
  }
  skip_sign(text);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  if (text.empty() || !is_digit(text.front())) return false;
  skip(text, is_digit);
  const bool sexagesimal = text.starts_with(':');
  if (sexagesimal && !skip_sexagesimal(text)) return false;
  if (!text.starts_with('.')) return false;
  text.remove_prefix(1);
  skip(text, is_digit);
  return sexagesimal ? text.empty() : ends_with_exponent(text);
}

constexpr std::array<std::string_view, 3> kTrue{"true", "yes", "on"};
constexpr std::array<std::string_view, 3> kFalse{"false", "no", "off"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// word, Word or WORD.
bool regular_case(std::string_view text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::all_of(text.begin() + 1, text.end(), is_lower) ||
         std::all_of(text.begin(), text.end(), is_upper);
}

bool is_boolean(std::string_view text) {
  return text.size() >= 2 && text.size() <= 5 && regular_case(text) && boolean_of(text).has_value();
}

}  // namespace

std::string_view to_string(Kind kind) {
  constexpr std::array<std::string_view, 8> kNames{"null", "boolean",   "integer", "number",
                                                   "text", "timestamp", "list",    "map"};
  return kNames[static_cast<std::size_t>(kind)];
}

Plain resolve_plain(std::string_view text) {
  if (text.empty() || text == "~") return Plain::null;
  const char first = text.front();
  if (is_digit(first) || first == '-' || first == '+' || first == '.') {
    if (is_integer(text)) return Plain::integer;
    if (is_real(text)) return Plain::real;
    return is_digit(first) && is_timestamp(text) ? Plain::timestamp : Plain::text;
  }
  if (text == "<<") return Plain::merge;
  if (text == "=") return Plain::equals;
  if (text == "null" || text == "Null" || text == "NULL") return Plain::null;
  return is_boolean(text) ? Plain::boolean : Plain::text;
}

std::optional<bool> boolean_of(std::string_view text) {
  const std::string word = lower(text);
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  return std::nullopt;
}

}  // namespace gable::rules::yaml

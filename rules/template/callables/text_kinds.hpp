#pragma once
// What text and bytes have in common, so that their methods are written once: text counts code points, bytes
// count octets. And how arguments become text and positions.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "template/callables/callable.hpp"
#include "template/value/unicode.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

// The value printed as str() does; borrowed where it is text already, else kept in `kept`.
std::string_view text_of(const Value& value, std::string& kept);
// The value, which must be text. TypeError "`what` must be str, not int".
std::string_view need_text(const Value& value, std::string_view what);
// A whole number as Python's __index__ gives it; TypeError, or OverflowError beyond 64 bits.
std::int64_t need_index(const Value& value);
// int(value) and float(value): UndefinedError, ValueError for text that is no number, TypeError for all else.
Value need_whole(const Value& value);
double need_real(const Value& value);
// A parameter that may be None or missing, with the position's own way with numbers that are too large.
std::int64_t slice_index(const Bound& arguments, std::size_t i, std::int64_t fallback);
// AttributeError, for what is of another type than a filter's work is written for.
[[noreturn]] void throw_no_attribute(const Value& value, std::string_view name);
// Charges for looking for `needle` octets in `hay` octets: the plain search may look at every octet of one
// for each of the other.
void charge_search(Evaluation& evaluation, std::size_t hay, std::size_t needle);

// Charges for `more` octets behind a text of `size` octets that is growing, and refuses one that grows beyond
// the limit.
void reserve_text(Evaluation& evaluation, std::size_t size, std::size_t more);

struct TextKind {
  static constexpr bool kIsText = true;
  static std::string_view self(const Value& value) { return *value.as_text(); }
  static const std::string* as(const Value& value) { return value.as_text(); }
  static Value value(std::string text) { return text; }
  static Value value(std::string_view text) { return text; }
  static std::size_t count(std::string_view text) { return unicode::count(text); }
  static std::size_t offset(std::string_view text, std::size_t i) { return unicode::offset(text, i); }
  static std::size_t index(std::string_view text, std::size_t octet) { return unicode::index(text, octet); }
  static std::size_t end_of(std::string_view text, std::size_t at) { return unicode::end_of(text, at); }
  static char32_t next(std::string_view text, std::size_t& at) { return unicode::next(text, at); }
  static char32_t previous(std::string_view text, std::size_t& at) { return unicode::previous(text, at); }
  static bool is_space(char32_t c) { return unicode::is_space(c); }
  static bool is_line_end(char32_t c) {
    return (c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
  }
};

struct BytesKind {
  static constexpr bool kIsText = false;
  static std::string_view self(const Value& value) { return *value.as_bytes(); }
  static const std::string* as(const Value& value) { return value.as_bytes(); }
  static Value value(std::string octets) { return Bytes{std::move(octets)}; }
  static Value value(std::string_view octets) { return Bytes{std::string(octets)}; }
  static std::size_t count(std::string_view octets) { return octets.size(); }
  static std::size_t offset(std::string_view octets, std::size_t i) { return std::min(i, octets.size()); }
  static std::size_t index(std::string_view, std::size_t octet) { return octet; }
  static std::size_t end_of(std::string_view, std::size_t at) { return at + 1; }
  static char32_t next(std::string_view octets, std::size_t& at) {
    return static_cast<unsigned char>(octets[at++]);
  }
  static char32_t previous(std::string_view octets, std::size_t& at) {
    return static_cast<unsigned char>(octets[--at]);
  }
  static bool is_space(char32_t c) { return (c >= 9 && c <= 13) || c == ' '; }
  static bool is_line_end(char32_t c) { return c == '\n' || c == '\r'; }
};

[[noreturn]] void throw_wrong_kind(bool text, const Value& value);

// The argument, which must be of the same kind as the object.
template <typename Kind>
std::string_view need(const Value& value) {
  const std::string* const content = Kind::as(value);
  if (content == nullptr) throw_wrong_kind(Kind::kIsText, value);
  return *content;
}

}  // namespace gable::rules::jinja

// Methods of bytes, whose letters are those of ASCII.

#include <algorithm>

#include "template/callables/codec.hpp"
#include "template/callables/text_padding.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/callables/text_search.hpp"

namespace gable::rules::jinja {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_white(char c) { return (c >= 9 && c <= 13) || c == ' '; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char to_other(char c) { return is_upper(c) ? to_lower(c) : to_upper(c); }

const std::string& self_of(Evaluation& evaluation, const Bound& arguments) {
  const std::string& octets = *arguments[0].as_bytes();
  evaluation.budget().work(octets.size());
  return octets;
}

template <char (*Change)(char)>
Value changed(Evaluation& evaluation, const Bound& arguments) {
  std::string octets = self_of(evaluation, arguments);
  std::ranges::transform(octets, octets.begin(), Change);
  return Bytes{std::move(octets)};
}

template <bool (*Property)(char), bool OfEmpty>
Value has_property(Evaluation& evaluation, const Bound& arguments) {
  const std::string& octets = self_of(evaluation, arguments);
  return octets.empty() ? OfEmpty : std::ranges::all_of(octets, Property);
}

// There is a letter, and all letters are `wanted`.
template <bool (*Wanted)(char)>
Value has_case(Evaluation& evaluation, const Bound& arguments) {
  const std::string& octets = self_of(evaluation, arguments);
  return std::ranges::any_of(octets, is_letter) &&
         std::ranges::all_of(octets, [](char c) { return !is_letter(c) || Wanted(c); });
}

Value capitalize(Evaluation& evaluation, const Bound& arguments) {
  std::string octets = self_of(evaluation, arguments);
  std::ranges::transform(octets, octets.begin(), to_lower);
  if (!octets.empty()) octets[0] = to_upper(octets[0]);
  return Bytes{std::move(octets)};
}

Value title(Evaluation& evaluation, const Bound& arguments) {
  std::string octets = self_of(evaluation, arguments);
  bool in_word = false;
  for (char& c : octets) {
    c = in_word ? to_lower(c) : to_upper(c);
    in_word = is_letter(c);
  }
  return Bytes{std::move(octets)};
}

// Words begin with a capital letter and go on in small ones.
Value is_title(Evaluation& evaluation, const Bound& arguments) {
  bool in_word = false;
  bool any = false;
  for (const char c : self_of(evaluation, arguments)) {
    if (is_letter(c) && is_upper(c) == in_word) return false;
    in_word = is_letter(c);
    any = any || in_word;
  }
  return any;
}

Value decode(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view encoding = arguments.has(1) ? need_text(arguments[1], "encoding") : "utf-8";
  const std::string_view errors = arguments.has(2) ? need_text(arguments[2], "errors") : "strict";
  return decoded(evaluation, *arguments[0].as_bytes(), encoding, errors);
}

// hex(sep, bytes_per_sep): groups count from the right, from the left when negative.
Value hex(Evaluation& evaluation, const Bound& arguments) {
  const std::string& octets = *arguments[0].as_bytes();
  const std::string_view separator = arguments.has(1) ? need_text(arguments[1], "sep") : "";
  if (arguments.has(1) && separator.size() != 1) throw_value_error("sep must be length 1.");
  const std::int64_t group = arguments.has(2) ? need_index(arguments[2]) : 1;
  evaluation.budget().text(octets.size() * 3);
  const std::uint64_t size = static_cast<std::uint64_t>(group < 0 ? -group : group);
  std::string out;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const std::size_t from_side = group > 0 ? octets.size() - i : i;
    if (i > 0 && size > 0 && from_side % size == 0) out += separator;
    append_hex(octets[i], out);
  }
  return out;
}

using K = BytesKind;

constexpr Callable kMethods[] = {
    {"capitalize", "self", capitalize},
    {"center", "self, width, fillchar?, /", justify<K, Justify::center>},
    {"count", "self, sub, start?, end?, /", count_sub<K>},
    {"decode", "self, encoding?, errors?", decode},
    {"endswith", "self, suffix, start?, end?, /", has_affix<K, true>},
    {"expandtabs", "self, tabsize?", expandtabs<K>},
    {"find", "self, sub, start?, end?, /", find_sub<K, false>},
    {"hex", "self, sep?, bytes_per_sep?", hex},
    {"index", "self, sub, start?, end?, /", index_sub<K, false>},
    {"isalnum", "self", has_property<is_letter_or_digit, false>},
    {"isalpha", "self", has_property<is_letter, false>},
    {"isascii", "self", has_property<is_ascii, true>},
    {"isdigit", "self", has_property<is_digit, false>},
    {"islower", "self", has_case<is_lower>},
    {"isspace", "self", has_property<is_white, false>},
    {"istitle", "self", is_title},
    {"isupper", "self", has_case<is_upper>},
    {"join", "self, iterable, /", join<K>},
    {"ljust", "self, width, fillchar?, /", justify<K, Justify::left>},
    {"lower", "self", changed<to_lower>},
    {"lstrip", "self, bytes?, /", strip<K, true, false>},
    {"partition", "self, sep, /", partition<K, false>},
    {"removeprefix", "self, prefix, /", remove_affix<K, false>},
    {"removesuffix", "self, suffix, /", remove_affix<K, true>},
    {"replace", "self, old, new, count?, /", replace_sub<K>},
    {"rfind", "self, sub, start?, end?, /", find_sub<K, true>},
    {"rindex", "self, sub, start?, end?, /", index_sub<K, true>},
    {"rjust", "self, width, fillchar?, /", justify<K, Justify::right>},
    {"rpartition", "self, sep, /", partition<K, true>},
    {"rsplit", "self, sep?, maxsplit?", split<K, true>},
    {"rstrip", "self, bytes?, /", strip<K, false, true>},
    {"split", "self, sep?, maxsplit?", split<K, false>},
    {"splitlines", "self, keepends?", splitlines<K>},
    {"startswith", "self, prefix, start?, end?, /", has_affix<K, false>},
    {"strip", "self, bytes?, /", strip<K, true, true>},
    {"swapcase", "self", changed<to_other>},
    {"title", "self", title},
    {"upper", "self", changed<to_upper>},
    {"zfill", "self, width, /", zfill<K>},
};

}  // namespace

CallableTable bytes_methods() { return kMethods; }

}  // namespace gable::rules::jinja

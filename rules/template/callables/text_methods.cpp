// Methods of text (str).

#include "template/callables/codec.hpp"
#include "template/callables/text_padding.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/callables/text_search.hpp"
#include "template/value/dict.hpp"
#include "template/value/format.hpp"

namespace gable::rules::jinja {
namespace {

std::string_view self_of(Evaluation& evaluation, const Bound& arguments) {
  const std::string& text = *arguments[0].as_text();
  evaluation.budget().work(text.size());
  return text;
}

template <std::string (*Change)(std::string_view)>
Value changed(Evaluation& evaluation, const Bound& arguments) {
  return Change(self_of(evaluation, arguments));
}

template <bool (*Property)(std::string_view)>
Value has_property(Evaluation& evaluation, const Bound& arguments) {
  return Property(self_of(evaluation, arguments));
}

bool is_identifier(std::string_view text) {
  bool first = true;
  for (std::size_t at = 0; at < text.size(); first = false) {
    const char32_t c = unicode::next(text, at);
    const bool good = c == '_' || unicode::is_alpha(c) || (!first && unicode::is_decimal(c));
    if (!good) return false;
  }
  return !text.empty();
}

Value encode(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view encoding = arguments.has(1) ? need_text(arguments[1], "encoding") : "utf-8";
  const std::string_view errors = arguments.has(2) ? need_text(arguments[2], "errors") : "strict";
  return Bytes{encoded(evaluation, *arguments[0].as_text(), encoding, errors)};
}

Value format(Evaluation& evaluation, const Bound& arguments) {
  return format_text(evaluation, *arguments[0].as_text(), {arguments.rest(), arguments.keywords()});
}

Value format_with_map(Evaluation& evaluation, const Bound& arguments) {
  return format_map(evaluation, *arguments[0].as_text(), arguments[1]);
}

// What translate() makes of one character: None leaves it out, a number is a code point.
void append_translation(const Value& replacement, std::string& out) {
  if (replacement.is_none()) return;
  if (const std::string* const text = replacement.as_text()) {
    out += *text;
    return;
  }
  constexpr std::int64_t kLast = 0x10FFFF;
  std::int64_t code_point = 0;
  if (!small_integer(replacement, code_point)) {
    throw_type_error("character mapping must return integer, None or str");
  }
  if (code_point < 0 || code_point > kLast) throw_value_error("character mapping must be in range(0x110000)");
  unicode::append(static_cast<char32_t>(code_point), out);
}

Value translate(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = self_of(evaluation, arguments);
  const Dict* const table = arguments[1].as_dict();
  if (table == nullptr) throw_type_error("translate() takes a dict");
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = unicode::next(text, at);
    const Value* const found = table->find(Value(static_cast<std::int64_t>(c)));
    const std::size_t before = out.size();
    if (found != nullptr) {
      append_translation(*found, out);
    } else {
      out.append(text, begin, at - begin);
    }
    reserve_text(evaluation, before, out.size() - before);
  }
  return out;
}

// maketrans({'a': 'b'}) and maketrans('abc', 'xyz', 'left out').
Value maketrans(Evaluation& evaluation, const Bound& arguments) {
  auto table = std::make_shared<Dict>();
  if (!arguments.has(2)) {
    const Dict* const given = arguments[1].as_dict();
    if (given == nullptr) {
      throw_type_error("if you give only one argument to maketrans it must be a dict");
    }
    evaluation.budget().work(given->size());
    for (const Dict::Entry& entry : given->entries()) {
      const std::string* const text = entry.key.as_text();
      if (text == nullptr) {
        table->set(entry.key, entry.value);
        continue;
      }
      if (unicode::count(*text) != 1) throw_value_error("string keys in translate table must be of length 1");
      std::size_t at = 0;
      table->set(static_cast<std::int64_t>(unicode::next(*text, at)), entry.value);
    }
    return DictPtr(std::move(table));
  }
  const std::string_view from = need<TextKind>(arguments[1]);
  const std::string_view to = need<TextKind>(arguments[2]);
  evaluation.budget().work(from.size());
  if (unicode::count(from) != unicode::count(to)) {
    throw_value_error("the first two maketrans arguments must have equal length");
  }
  for (std::size_t at = 0, other = 0; at < from.size();) {
    const char32_t key = unicode::next(from, at);
    table->set(static_cast<std::int64_t>(key), static_cast<std::int64_t>(unicode::next(to, other)));
  }
  const std::string_view left_out = arguments.has(3) ? need<TextKind>(arguments[3]) : "";
  for (std::size_t at = 0; at < left_out.size();) {
    table->set(static_cast<std::int64_t>(unicode::next(left_out, at)), None{});
  }
  return DictPtr(std::move(table));
}

using K = TextKind;

constexpr Callable kMethods[] = {
    {"capitalize", "self", changed<unicode::capitalize>},
    {"casefold", "self", changed<unicode::casefold>},
    {"center", "self, width, fillchar?, /", justify<K, Justify::center>},
    {"count", "self, sub, start?, end?, /", count_sub<K>},
    {"encode", "self, encoding?, errors?", encode},
    {"endswith", "self, suffix, start?, end?, /", has_affix<K, true>},
    {"expandtabs", "self, tabsize?", expandtabs<K>},
    {"find", "self, sub, start?, end?, /", find_sub<K, false>},
    {"format", "self, /, *, **", format},
    {"format_map", "self, mapping, /", format_with_map},
    {"index", "self, sub, start?, end?, /", index_sub<K, false>},
    {"isalnum", "self", has_property<unicode::is_alnum>},
    {"isalpha", "self", has_property<unicode::is_alpha>},
    {"isascii", "self", has_property<unicode::is_ascii>},
    {"isdecimal", "self", has_property<unicode::is_decimal>},
    {"isdigit", "self", has_property<unicode::is_digit>},
    {"isidentifier", "self", has_property<is_identifier>},
    {"islower", "self", has_property<unicode::is_lower>},
    {"isnumeric", "self", has_property<unicode::is_numeric>},
    {"isprintable", "self", has_property<unicode::is_printable>},
    {"isspace", "self", has_property<unicode::is_space>},
    {"istitle", "self", has_property<unicode::is_title>},
    {"isupper", "self", has_property<unicode::is_upper>},
    {"join", "self, iterable, /", join<K>},
    {"ljust", "self, width, fillchar?, /", justify<K, Justify::left>},
    {"lower", "self", changed<unicode::lower>},
    {"lstrip", "self, chars?, /", strip<K, true, false>},
    {"maketrans", "self, x, y?, z?, /", maketrans},
    {"partition", "self, sep, /", partition<K, false>},
    {"removeprefix", "self, prefix, /", remove_affix<K, false>},
    {"removesuffix", "self, suffix, /", remove_affix<K, true>},
    {"replace", "self, old, new, count?, /", replace_sub<K>},
    {"rfind", "self, sub, start?, end?, /", find_sub<K, true>},
    {"rindex", "self, sub, start?, end?, /", index_sub<K, true>},
    {"rjust", "self, width, fillchar?, /", justify<K, Justify::right>},
    {"rpartition", "self, sep, /", partition<K, true>},
    {"rsplit", "self, sep?, maxsplit?", split<K, true>},
    {"rstrip", "self, chars?, /", strip<K, false, true>},
    {"split", "self, sep?, maxsplit?", split<K, false>},
    {"splitlines", "self, keepends?", splitlines<K>},
    {"startswith", "self, prefix, start?, end?, /", has_affix<K, false>},
    {"strip", "self, chars?, /", strip<K, true, true>},
    {"swapcase", "self", changed<unicode::swapcase>},
    {"title", "self", changed<unicode::title>},
    {"translate", "self, table, /", translate},
    {"upper", "self", changed<unicode::upper>},
    {"zfill", "self, width, /", zfill<K>},
};

}  // namespace

CallableTable text_methods() { return kMethods; }

}  // namespace gable::rules::jinja

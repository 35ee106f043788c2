// Filters and functions of text.

#include "template/callables/text_filters.hpp"
#include "template/callables/text_padding.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/callables/text_search.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"
#include "template/value/format.hpp"

namespace gable::rules::jinja {
namespace {

// A text change of the value as str() prints it.
template <std::string (*Change)(std::string_view)>
Value changed(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  evaluation.budget().work(text.size());
  return Change(text);
}

Value string(Evaluation& evaluation, const Bound& arguments) {
  if (arguments[0].as_text() != nullptr) return arguments[0];
  std::string text = str(arguments[0]);
  evaluation.budget().text(text.size());
  return text;
}

// Jinja's own: words begin behind white space, "-" and opening brackets only.
std::string title_of(std::string_view text) {
  const auto separates = [](char32_t c) {
    return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || unicode::is_space(c);
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t first = at;
    if (separates(unicode::next(text, at))) {
      out.append(text, first, at - first);
      continue;
    }
    const std::size_t rest = at;
    std::size_t end = at;
    while (at < text.size() && !separates(unicode::next(text, at))) end = at;
    at = end;
    out += unicode::upper(text.substr(first, rest - first));
    out += unicode::lower(text.substr(rest, end - rest));
  }
  return out;
}

Value trim(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  evaluation.budget().work(text.size());
  if (!arguments.has(1) || arguments[1].is_none()) return unicode::trim(text);
  const std::string_view set = need<TextKind>(arguments[1]);
  charge_search(evaluation, text.size(), set.size());
  return strip_set<TextKind>(text, set, true, true);
}

Value replace(Evaluation& evaluation, const Bound& arguments) {
  std::string kept_text;
  std::string kept_old;
  std::string kept_new;
  const std::int64_t count = arguments.has(3) && !arguments[3].is_none() ? need_index(arguments[3]) : -1;
  return replaced<TextKind>(evaluation, text_of(arguments[0], kept_text), text_of(arguments[1], kept_old),
                            text_of(arguments[2], kept_new), count);
}

Value center(Evaluation& evaluation, const Bound& arguments) {
  constexpr std::int64_t kWidth = 80;
  std::string kept;
  const std::int64_t width = arguments.has(1) ? need_index(arguments[1]) : kWidth;
  return justified<TextKind>(evaluation, text_of(arguments[0], kept), width, " ", Justify::center);
}

Value wordcount(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  evaluation.budget().work(text.size());
  std::size_t words = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next(text, at);
    const bool belongs = c == '_' || unicode::is_alnum(c);
    if (belongs && !in_word) ++words;
    in_word = belongs;
  }
  return Value::size(words);
}

Value format(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  if (arguments.keywords().empty()) {
    return percent_format(evaluation, text,
                          Value::tuple(Values(arguments.rest().begin(), arguments.rest().end())));
  }
  if (!arguments.rest().empty()) {
    throw_error(ErrorClass::filter_argument_error,
                "can't handle positional and keyword arguments at the same time");
  }
  auto named = std::make_shared<Dict>();
  for (const Keyword& keyword : arguments.keywords()) named->set(Value(keyword.name), keyword.value);
  return percent_format(evaluation, text, DictPtr(std::move(named)));
}

Value slugify(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  if (arguments.has(1)) require_defined(arguments[1]);
  const std::string_view separator = arguments.has(1) ? need<TextKind>(arguments[1]) : "_";
  const std::string plain = unicode::to_ascii(text_of(arguments[0], kept));
  charge_search(evaluation, plain.size(), separator.size());
  std::string out;
  bool gap = false;
  for (char c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!good && !gap) {
      reserve_text(evaluation, out.size(), separator.size());
      out += separator;
    }
    if (good) out += c;
    gap = !good;
  }
  return strip_set<TextKind>(out, separator, true, true);
}

// 1st, 2nd, 3rd, 4th … 11th; the remainders as Python has them for negative numbers.
Value ordinal(Evaluation& /*evaluation*/, const Bound& arguments) {
  constexpr std::int64_t kTeens = 10;
  constexpr std::int64_t kTwenty = 20;
  const Value number = need_whole(arguments[0]);
  const auto remainder = [&](int by) {
    std::int64_t rest = 0;
    small_integer(integer_arithmetic(Operator::modulo, number, by), rest);
    return rest;
  };
  std::string_view tail = "th";
  if (const std::int64_t last = remainder(100); last < kTeens || last > kTwenty) {
    switch (remainder(10)) {
      case 1:
        tail = "st";
        break;
      case 2:
        tail = "nd";
        break;
      case 3:
        tail = "rd";
        break;
      default:
        break;
    }
  }
  return str(number).append(tail);
}

Value ord(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (const std::string* const octets = arguments[0].as_bytes(); octets != nullptr && octets->size() == 1) {
    return static_cast<std::int64_t>(static_cast<unsigned char>(octets->front()));
  }
  const std::string* const text = arguments[0].as_text();
  if (text == nullptr) {
    throw_type_error("ord() expected string of length 1, but " + std::string(type_name(arguments[0])) +
                     " found");
  }
  std::size_t at = 0;
  if (const char32_t c = text->empty() ? 0 : unicode::next(*text, at); at > 0 && at == text->size()) {
    return static_cast<std::int64_t>(c);
  }
  throw_type_error("ord() expected a character, but string of length " +
                   std::to_string(unicode::count(*text)) + " found");
}

Value contains_item(Evaluation& evaluation, const Bound& arguments) {
  return contains(evaluation, arguments[0], arguments[1]);
}

constexpr Callable kFilters[] = {
    {"capitalize", "value", changed<unicode::capitalize>},
    {"center", "value, width?", center},
    {"contains", "value, item", contains_item},
    {"e", "value", escape},
    {"escape", "value", escape},
    {"filesizeformat", "value, binary?", filesizeformat},
    {"forceescape", "value", escape},
    {"format", "value, /, *, **", format},
    {"indent", "s, width?, first?, blank?", indent},
    {"lower", "s", changed<unicode::lower>},
    {"ord", "value", ord},
    {"ordinal", "value", ordinal},
    {"pprint", "value", pretty_printed},
    {"replace", "s, old, new, count?", replace},
    {"safe", "value", string},
    {"slugify", "value, separator?", slugify},
    {"string", "value", string},
    {"striptags", "value", striptags},
    {"title", "s", changed<title_of>},
    {"trim", "value, chars?", trim},
    {"truncate", "s, length?, killwords?, end?, leeway?", truncate},
    {"upper", "s", changed<unicode::upper>},
    {"urlencode", "value", urlencode},
    {"urlize", "value, trim_url_limit?, nofollow?, target?, rel?, extra_schemes?", urlize},
    {"wordcount", "s", wordcount},
    {"wordwrap", "s, width?, break_long_words?, wrapstring?, break_on_hyphens?", wordwrap},
    {"xmlattr", "d, autospace?", xmlattr},
};

constexpr Callable kFunctions[] = {
    {"slugify", "value, separator?", slugify},
    {"urlencode", "value", urlencode},
};

}  // namespace

CallableTable text_filters() { return kFilters; }
CallableTable text_functions() { return kFunctions; }

}  // namespace gable::rules::jinja

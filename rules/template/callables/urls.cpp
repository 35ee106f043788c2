// Filters of addresses: urlencode, urlize.

#include <algorithm>
#include <string>
#include <vector>

#include "template/callables/addresses.hpp"
#include "template/callables/text_filters.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/value/dict.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// In a query "/" is quoted too, and a space is "+".
void append_quoted(Evaluation& evaluation, const Value& value, bool query, std::string& out) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string kept;
  const std::string* const octets = value.as_bytes();
  const std::string_view text = octets != nullptr ? *octets : text_of(value, kept);
  reserve_text(evaluation, out.size(), text.size() * 3);
  for (const char c : text) {
    if (is_unreserved(c) || (c == '/' && !query)) {
      out += c;
    } else if (c == ' ' && query) {
      out += '+';
    } else {
      const auto octet = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[octet >> 4U];
      out += kDigits[octet & 0xFU];
    }
  }
}

void append_pair(Evaluation& evaluation, const Value& key, const Value& value, std::string& out) {
  if (!out.empty()) out += '&';
  append_quoted(evaluation, key, true, out);
  out += '=';
  append_quoted(evaluation, value, true, out);
}

// A word's brackets and stops around what may be an address.
struct Word {
  std::string_view head, middle, tail;
};

// Length of the opening mark (not at the end: the closing mark) at the begin or end of `text`.
std::size_t mark_size(std::string_view text, bool opening) {
  if (opening) {
    if (text.starts_with('(') || text.starts_with('<')) return 1;
    return text.starts_with("&lt;") ? 4 : 0;
  }
  if (text.ends_with("&gt;")) return 4;
  constexpr std::string_view kClosing = ")>.,\n";
  return !text.empty() && kClosing.find(text.back()) != std::string_view::npos ? 1 : 0;
}

std::size_t count_of(std::string_view text, std::string_view mark) {
  std::size_t count = 0;
  for (std::size_t at = text.find(mark); at != std::string_view::npos;
       at = text.find(mark, at + mark.size())) {
    ++count;
  }
  return count;
}

Word word_of(std::string_view text) {
  std::size_t begin = 0;
  while (const std::size_t size = mark_size(text.substr(begin), true)) begin += size;
  std::size_t end = text.size();
  while (end > begin) {
    const std::size_t size = mark_size(text.substr(begin, end - begin), false);
    if (size == 0) break;
    end -= size;
  }
  // A bracket that was opened within the address belongs to it.
  struct Pair {
    std::string_view open, close;
  };
  for (const Pair pair : {Pair{"(", ")"}, Pair{"<", ">"}, Pair{"&lt;", "&gt;"}}) {
    const std::string_view middle = text.substr(begin, end - begin);
    const std::size_t opened = count_of(middle, pair.open);
    if (opened <= count_of(middle, pair.close)) continue;
    const std::size_t closing = count_of(text.substr(end), pair.close);
    for (std::size_t i = 0; i < std::min(opened, closing); ++i)
      end = text.find(pair.close, end) + pair.close.size();
  }
  return {text.substr(0, begin), text.substr(begin, end - begin), text.substr(end)};
}

struct Links {
  const Value* limit = nullptr;  // code points of an address that are shown; null: all
  std::string attributes;        // rel and target
  std::vector<std::string_view> schemes;
};

std::string link(std::string_view target, std::string_view shown, std::string_view attributes) {
  std::string out = "<a href=\"";
  return out.append(target).append("\"").append(attributes).append(">").append(shown).append("</a>");
}

std::string shown_address(std::string_view address, const Links& links) {
  if (links.limit == nullptr) return std::string(address);
  require_defined(*links.limit);
  std::int64_t limit = need_index(*links.limit);
  const auto size = static_cast<std::int64_t>(unicode::count(address));
  if (size <= limit) return std::string(address);
  if (limit < 0) limit = std::max<std::int64_t>(limit + size, 0);  // as Python's slices count
  return std::string(unicode::sub(address, 0, static_cast<std::size_t>(limit))) + "...";
}

std::string linked(std::string_view text, const Links& links) {
  constexpr std::string_view kMailScheme = "mailto:";
  if (text.find_first_of(".:@") == std::string_view::npos) return std::string(text);
  if (is_web_address(text)) {
    const bool whole = text.starts_with("https://") || text.starts_with("http://");
    return link((whole ? "" : "https://") + std::string(text), shown_address(text, links), links.attributes);
  }
  if (text.starts_with(kMailScheme) && is_mail_address(text.substr(kMailScheme.size()))) {
    return link(text, text.substr(kMailScheme.size()), "");
  }
  if (text.find('@') != std::string_view::npos && text.find(':') == std::string_view::npos &&
      !text.starts_with("www.") && is_mail_address(text)) {
    return link(std::string(kMailScheme).append(text), text, "");
  }
  for (const std::string_view scheme : links.schemes) {
    if (text != scheme && text.starts_with(scheme)) return link(text, text, links.attributes);
  }
  return std::string(text);
}

// rel="…": what is asked for and "noopener", in order, without doubles.
std::string relations(const Bound& arguments) {
  std::vector<std::string_view> words{"noopener"};
  if (arguments.flag(2, false)) words.emplace_back("nofollow");
  if (arguments.has(4) && truth(arguments[4])) {
    for (const std::string_view word : split_words<TextKind>(need_text(arguments[4], "rel"), -1)) {
      words.push_back(word);
    }
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

}  // namespace

Value urlencode(Evaluation& evaluation, const Bound& arguments) {
  const Value& value = arguments[0];
  std::string out;
  if (const Dict* const dict = value.as_dict()) {
    for (const Dict::Entry& entry : dict->entries()) append_pair(evaluation, entry.key, entry.value, out);
    return out;
  }
  const bool is_plain = value.as_text() != nullptr || value.is_none() || value.is_number() ||
                        (value.as_object() != nullptr && value.as_object()->iterate(evaluation) == nullptr);
  if (is_plain) {
    append_quoted(evaluation, value, false, out);
    return out;
  }
  for (const Value& item : items(evaluation, value)) {
    const Values pair = items(evaluation, item);
    if (pair.size() != 2) throw_value_error("expected pairs of key and value");
    append_pair(evaluation, pair[0], pair[1], out);
  }
  return out;
}

Value urlize(Evaluation& evaluation, const Bound& arguments) {
  Links links;
  if (arguments.has(1) && !arguments[1].is_none()) links.limit = &arguments[1];
  links.attributes = " rel=\"" + escaped(relations(arguments)) + '"';
  if (arguments.has(3) && truth(arguments[3])) {
    links.attributes += " target=\"" + escaped(str(arguments[3])) + '"';
  }
  Values schemes;
  if (arguments.has(5) && !arguments[5].is_none()) schemes = items(evaluation, arguments[5]);
  for (const Value& scheme : schemes) {
    links.schemes.push_back(need_text(scheme, "a scheme"));
    if (!is_scheme(links.schemes.back())) {
      throw_error(ErrorClass::filter_argument_error, repr(scheme) + " is not a valid URI scheme prefix.");
    }
  }
  std::string kept;
  const std::string text = escaped(text_of(arguments[0], kept));
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = std::string_view(text).substr(at);
    const std::size_t end = word_end<TextKind>(rest);
    const std::size_t blanks = rest.size() - trim_left<TextKind>(rest.substr(end)).size() - end;
    const Word word = word_of(rest.substr(0, end));
    const std::string middle = linked(word.middle, links);
    reserve_text(evaluation, out.size(), middle.size() + end + blanks);
    out.append(word.head).append(middle).append(word.tail).append(rest.substr(end, blanks));
    at += end + blanks;
  }
  return out;
}

}  // namespace gable::rules::jinja

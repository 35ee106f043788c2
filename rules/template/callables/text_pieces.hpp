#pragma once
// Methods of text and bytes that cut and join: split, splitlines, partition, join, strip. As templates over
// the kind (text_kinds.hpp).

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "template/callables/text_kinds.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {

using Pieces = std::vector<std::string_view>;

template <typename Kind>
std::string_view trim_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!Kind::is_space(Kind::next(text, at))) return text.substr(begin);
  }
  return {};
}

template <typename Kind>
std::string_view trim_right(std::string_view text) {
  for (std::size_t at = text.size(); at > 0;) {
    const std::size_t end = at;
    if (!Kind::is_space(Kind::previous(text, at))) return text.substr(0, end);
  }
  return {};
}

// Octet at which the word at the begin of `text` ends.
template <typename Kind>
std::size_t word_end(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (Kind::is_space(Kind::next(text, at))) return begin;
  }
  return text.size();
}

// Octet at which the word at the end of `text` begins.
template <typename Kind>
std::size_t word_begin(std::string_view text) {
  for (std::size_t at = text.size(); at > 0;) {
    const std::size_t end = at;
    if (Kind::is_space(Kind::previous(text, at))) return end;
  }
  return 0;
}

// Words between white space; after `most` cuts (< 0: no limit) the rest as it is.
template <typename Kind>
Pieces split_words(std::string_view text, std::int64_t most) {
  Pieces pieces;
  for (text = trim_left<Kind>(text); !text.empty(); text = trim_left<Kind>(text)) {
    if (most-- == 0) {
      pieces.push_back(text);
      break;
    }
    const std::size_t end = word_end<Kind>(text);
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return pieces;
}

template <typename Kind>
Pieces split_words_from_right(std::string_view text, std::int64_t most) {
  Pieces pieces;
  for (text = trim_right<Kind>(text); !text.empty(); text = trim_right<Kind>(text)) {
    if (most-- == 0) {
      pieces.push_back(text);
      break;
    }
    const std::size_t begin = word_begin<Kind>(text);
    pieces.push_back(text.substr(begin));
    text = text.substr(0, begin);
  }
  std::ranges::reverse(pieces);
  return pieces;
}

inline Pieces split_at(std::string_view text, std::string_view separator, std::int64_t most) {
  Pieces pieces;
  while (most-- != 0) {
    const std::size_t found = text.find(separator);
    if (found == std::string_view::npos) break;
    pieces.push_back(text.substr(0, found));
    text.remove_prefix(found + separator.size());
  }
  pieces.push_back(text);
  return pieces;
}

inline Pieces split_at_from_right(std::string_view text, std::string_view separator, std::int64_t most) {
  Pieces pieces;
  while (most-- != 0) {
    const std::size_t found = text.rfind(separator);
    if (found == std::string_view::npos) break;
    pieces.push_back(text.substr(found + separator.size()));
    text = text.substr(0, found);
  }
  pieces.push_back(text);
  std::ranges::reverse(pieces);
  return pieces;
}

// Python's splitlines(): \r\n is one end of a line, a last line without an end counts.
template <typename Kind>
Pieces split_lines(std::string_view text, bool keep_ends) {
  Pieces pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = at;
    const char32_t c = Kind::next(text, at);
    if (!Kind::is_line_end(c)) continue;
    if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
    pieces.push_back(text.substr(begin, (keep_ends ? at : end) - begin));
    begin = at;
  }
  if (begin < text.size()) pieces.push_back(text.substr(begin));
  return pieces;
}

template <typename Kind>
Value list_of(Evaluation& evaluation, const Pieces& pieces) {
  evaluation.budget().work(pieces.size());
  Values items;
  items.reserve(pieces.size());
  for (const std::string_view piece : pieces) items.push_back(Kind::value(piece));
  return Value::list(std::move(items));
}

// Signature: self, sep?, maxsplit?
template <typename Kind, bool FromRight>
Value split(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  const std::int64_t most = arguments.has(2) ? need_index(arguments[2]) : -1;
  if (!arguments.has(1) || arguments[1].is_none()) {
    evaluation.budget().work(text.size());
    return list_of<Kind>(
        evaluation, FromRight ? split_words_from_right<Kind>(text, most) : split_words<Kind>(text, most));
  }
  const std::string_view separator = need<Kind>(arguments[1]);
  if (separator.empty()) throw_value_error("empty separator");
  charge_search(evaluation, text.size(), separator.size());
  return list_of<Kind>(
      evaluation, FromRight ? split_at_from_right(text, separator, most) : split_at(text, separator, most));
}

template <typename Kind>
Value splitlines(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  evaluation.budget().work(text.size());
  return list_of<Kind>(evaluation,
                       split_lines<Kind>(text, arguments.has(1) && need_index(arguments[1]) != 0));
}

template <typename Kind, bool FromRight>
Value partition(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  const std::string_view separator = need<Kind>(arguments[1]);
  if (separator.empty()) throw_value_error("empty separator");
  charge_search(evaluation, text.size(), separator.size());
  const std::size_t found = FromRight ? text.rfind(separator) : text.find(separator);
  const std::string_view none;
  if (found == std::string_view::npos) {
    return Value::tuple(
        {Kind::value(FromRight ? none : text), Kind::value(none), Kind::value(FromRight ? text : none)});
  }
  return Value::tuple({Kind::value(text.substr(0, found)), Kind::value(separator),
                       Kind::value(text.substr(found + separator.size()))});
}

template <typename Kind>
Value join(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view separator = Kind::self(arguments[0]);
  const Values pieces = items(evaluation, arguments[1]);
  std::string out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string* const piece = Kind::as(pieces[i]);
    if (piece == nullptr) {
      throw_type_error("sequence item " + std::to_string(i) + ": expected " +
                       (Kind::kIsText ? "str instance, " : "a bytes-like object, ") +
                       std::string(type_name(pieces[i])) + " found");
    }
    reserve_text(evaluation, out.size(), piece->size() + separator.size());
    if (i > 0) out += separator;
    out += *piece;
  }
  return Kind::value(std::move(out));
}

// Without the characters of `set` at the begin, at the end.
template <typename Kind>
std::string_view strip_set(std::string_view text, std::string_view set, bool left, bool right) {
  const auto in_set = [set](std::string_view character) {
    for (std::size_t at = 0; at < set.size();) {
      const std::size_t end = Kind::end_of(set, at);
      if (set.substr(at, end - at) == character) return true;
      at = end;
    }
    return false;
  };
  while (left && !text.empty()) {
    const std::size_t end = Kind::end_of(text, 0);
    if (!in_set(text.substr(0, end))) break;
    text.remove_prefix(end);
  }
  while (right && !text.empty()) {
    std::size_t begin = text.size();
    static_cast<void>(Kind::previous(text, begin));
    if (!in_set(text.substr(begin))) break;
    text = text.substr(0, begin);
  }
  return text;
}

// Signature: self, chars?
template <typename Kind, bool Left, bool Right>
Value strip(Evaluation& evaluation, const Bound& arguments) {
  std::string_view text = Kind::self(arguments[0]);
  if (arguments.has(1) && !arguments[1].is_none()) {
    const std::string_view set = need<Kind>(arguments[1]);
    charge_search(evaluation, text.size(), set.size());
    return Kind::value(strip_set<Kind>(text, set, Left, Right));
  }
  evaluation.budget().work(text.size());
  if (Left) text = trim_left<Kind>(text);
  if (Right) text = trim_right<Kind>(text);
  return Kind::value(text);
}

}  // namespace gable::rules::jinja

#pragma once
// Methods of text and bytes that fill up with other characters: center, ljust, rjust, zfill, expandtabs. As
// templates over the kind (text_kinds.hpp).

#include <string>
#include <string_view>

#include "template/callables/text_kinds.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

// `text` with `left` and `right` times `fill`, one character.
inline std::string padded(Evaluation& evaluation, std::string_view text, std::string_view fill,
                          std::size_t left, std::size_t right) {
  const std::size_t most = evaluation.budget().limits().output;
  // Each for itself: the sum of the two might be more than the type holds.
  evaluation.budget().text(left > most || right > most ? most + 1
                                                       : text.size() + (left + right) * fill.size());
  std::string out;
  out.reserve(text.size() + (left + right) * fill.size());
  for (std::size_t i = 0; i < left; ++i) out += fill;
  out += text;
  for (std::size_t i = 0; i < right; ++i) out += fill;
  return out;
}

// Characters missing to `width`.
template <typename Kind>
std::size_t missing_to(std::string_view text, std::int64_t width) {
  const std::size_t size = Kind::count(text);
  return width <= 0 || static_cast<std::size_t>(width) <= size ? 0 : static_cast<std::size_t>(width) - size;
}

enum class Justify { left, right, center };

// Python puts the odd character of center() left when the width is odd too.
template <typename Kind>
std::string justified(Evaluation& evaluation, std::string_view text, std::int64_t width,
                      std::string_view fill, Justify side) {
  const std::size_t missing = missing_to<Kind>(text, width);
  if (missing == 0) return std::string(text);
  std::size_t left = 0;
  if (side == Justify::right) left = missing;
  if (side == Justify::center) left = missing / 2 + (missing & static_cast<std::size_t>(width) & 1U);
  return padded(evaluation, text, fill, left, missing - left);
}

// Signature: self, width, fillchar?
template <typename Kind, Justify Side>
Value justify(Evaluation& evaluation, const Bound& arguments) {
  const std::int64_t width = need_index(arguments[1]);
  std::string_view fill = " ";
  if (arguments.has(2)) {
    fill = need<Kind>(arguments[2]);
    if (Kind::count(fill) != 1) throw_type_error("The fill character must be exactly one character long");
  }
  return Kind::value(justified<Kind>(evaluation, Kind::self(arguments[0]), width, fill, Side));
}

template <typename Kind>
Value zfill(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  const std::size_t missing = missing_to<Kind>(text, need_index(arguments[1]));
  if (missing == 0) return arguments[0];
  std::string out = padded(evaluation, text, "0", missing, 0);
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) std::swap(out[0], out[missing]);
  return Kind::value(std::move(out));
}

// Signature: self, tabsize?
template <typename Kind>
Value expandtabs(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  const std::int64_t size = arguments.has(1) ? need_index(arguments[1]) : 8;
  std::string out;
  std::uint64_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = Kind::next(text, at);
    if (c != '\t') {
      out.append(text, begin, at - begin);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    } else if (size > 0) {
      const std::uint64_t fill = static_cast<std::uint64_t>(size) - column % static_cast<std::uint64_t>(size);
      reserve_text(evaluation, out.size(), fill);
      out.append(fill, ' ');
      column += fill;
    }
  }
  evaluation.budget().work(out.size());
  return Kind::value(std::move(out));
}

}  // namespace gable::rules::jinja

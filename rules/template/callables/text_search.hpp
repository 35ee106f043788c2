#pragma once
// Methods of text and bytes that look for something: find, count, startswith, replace … As templates over the
// kind (text_kinds.hpp); only the two tables of methods include this.

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "template/callables/text_kinds.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {

// Octets from `begin` to `end`.
struct OctetRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What the parameters start and end (numbers `i` and `i` + 1) cut out of `text`; nothing when start is behind
// end, where not even the empty text is found.
template <typename Kind>
std::optional<OctetRange> octet_range(std::string_view text, const Bound& arguments, std::size_t i) {
  if (!arguments.has(i) && !arguments.has(i + 1)) return OctetRange{0, text.size()};
  const auto size = static_cast<std::int64_t>(Kind::count(text));
  const auto clamp = [size](std::int64_t position) {
    return position < 0 ? std::max<std::int64_t>(position + size, 0) : position;
  };
  const std::int64_t start = clamp(slice_index(arguments, i, 0));
  const std::int64_t end =
      std::min(clamp(slice_index(arguments, i + 1, std::numeric_limits<std::int64_t>::max())), size);
  if (start > end) return std::nullopt;
  return OctetRange{Kind::offset(text, static_cast<std::size_t>(start)),
                    Kind::offset(text, static_cast<std::size_t>(end))};
}

// What find() and count() look for; bytes may also look for one octet by its number, which goes to `kept`.
template <typename Kind>
std::string_view sought(const Value& value, char& kept) {
  std::int64_t octet = 0;
  if (Kind::kIsText || !small_integer(value, octet)) return need<Kind>(value);
  constexpr std::int64_t kLast = 255;
  if (octet < 0 || octet > kLast) throw_value_error("byte must be in range(0, 256)");
  kept = static_cast<char>(octet);
  return {&kept, 1};
}

// Position of the first (or last) `sub`, or -1. Signature: self, sub, start?, end?
template <typename Kind, bool Last>
std::int64_t position_of(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  char kept = 0;
  const std::string_view sub = sought<Kind>(arguments[1], kept);
  charge_search(evaluation, text.size(), sub.size());
  const std::optional<OctetRange> range = octet_range<Kind>(text, arguments, 2);
  if (!range) return -1;
  const std::string_view part = text.substr(range->begin, range->end - range->begin);
  const std::size_t found = Last ? part.rfind(sub) : part.find(sub);
  if (found == std::string_view::npos) return -1;
  return static_cast<std::int64_t>(Kind::index(text, range->begin + found));
}

template <typename Kind, bool Last>
Value find_sub(Evaluation& evaluation, const Bound& arguments) {
  return position_of<Kind, Last>(evaluation, arguments);
}

template <typename Kind, bool Last>
Value index_sub(Evaluation& evaluation, const Bound& arguments) {
  const std::int64_t found = position_of<Kind, Last>(evaluation, arguments);
  if (found < 0) throw_value_error(Kind::kIsText ? "substring not found" : "subsection not found");
  return found;
}

template <typename Kind>
Value count_sub(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  char kept = 0;
  const std::string_view sub = sought<Kind>(arguments[1], kept);
  charge_search(evaluation, text.size(), sub.size());
  const std::optional<OctetRange> range = octet_range<Kind>(text, arguments, 2);
  if (!range) return 0;
  const std::string_view part = text.substr(range->begin, range->end - range->begin);
  if (sub.empty()) return Value::size(Kind::count(part) + 1);
  std::size_t count = 0;
  for (std::size_t at = part.find(sub); at != std::string_view::npos; at = part.find(sub, at + sub.size())) {
    ++count;
  }
  return Value::size(count);
}

// startswith and endswith: one text or a tuple of them.
template <typename Kind, bool AtEnd>
Value has_affix(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = Kind::self(arguments[0]);
  const std::optional<OctetRange> range = octet_range<Kind>(text, arguments, 2);
  const auto matches = [&](const Value& affix) {
    const std::string_view wanted = need<Kind>(affix);
    if (!range) return false;
    const std::string_view part = text.substr(range->begin, range->end - range->begin);
    return AtEnd ? part.ends_with(wanted) : part.starts_with(wanted);
  };
  if (Kind::as(arguments[1]) != nullptr) return matches(arguments[1]);
  const Values* const several = arguments[1].as_tuple();
  if (several == nullptr) {
    throw_type_error(std::string(AtEnd ? "endswith" : "startswith") + " first arg must be " +
                     (Kind::kIsText ? "str or a tuple of str" : "bytes or a tuple of bytes") + ", not " +
                     std::string(type_name(arguments[1])));
  }
  evaluation.budget().work(several->size());
  return std::ranges::any_of(*several, matches);
}

// `count` < 0: all. An empty `old` is found before each character and at the end.
template <typename Kind>
std::string replaced(Evaluation& evaluation, std::string_view text, std::string_view old,
                     std::string_view replacement, std::int64_t count) {
  charge_search(evaluation, text.size(), old.size());
  std::string out;
  std::size_t at = 0;
  while (count != 0) {
    const std::size_t found = text.find(old, at);
    if (found == std::string_view::npos) break;
    reserve_text(evaluation, out.size(), found - at + replacement.size());
    out.append(text, at, found - at).append(replacement);
    at = found + old.size();
    if (count > 0) --count;
    if (!old.empty()) continue;
    if (at == text.size()) return out;
    const std::size_t end = Kind::end_of(text, at);
    out.append(text, at, end - at);
    at = end;
  }
  out.append(text, at);
  return out;
}

template <typename Kind>
Value replace_sub(Evaluation& evaluation, const Bound& arguments) {
  const std::int64_t count = arguments.has(3) ? need_index(arguments[3]) : -1;
  return Kind::value(replaced<Kind>(evaluation, Kind::self(arguments[0]), need<Kind>(arguments[1]),
                                    need<Kind>(arguments[2]), count));
}

template <typename Kind, bool AtEnd>
Value remove_affix(Evaluation& /*evaluation*/, const Bound& arguments) {
  std::string_view text = Kind::self(arguments[0]);
  const std::string_view affix = need<Kind>(arguments[1]);
  if (AtEnd && text.ends_with(affix)) text.remove_suffix(affix.size());
  if (!AtEnd && text.starts_with(affix)) text.remove_prefix(affix.size());
  return Kind::value(text);
}

}  // namespace gable::rules::jinja

// The filter wordwrap, which wraps as Python's textwrap does: words, em-dashes and hyphenated words are the
// chunks that lines are filled with.

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "template/callables/text_filters.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/text_pieces.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

// White space that textwrap knows; others belong to words.
constexpr bool is_blank(char32_t c) { return (c >= 9 && c <= 13) || c == ' '; }
bool is_word(char32_t c) { return c == '_' || unicode::is_alnum(c); }
bool is_letter(char32_t c) { return is_word(c) && !unicode::is_decimal(c); }
bool may_stand_before_dash(char32_t c) {
  return is_word(c) || c == '!' || c == '"' || c == '\'' || c == '&' || c == '.' || c == ',' || c == '?';
}

// One line, in code points.
struct Line {
  std::u32string points;
  std::vector<std::size_t> octets;  // where each begins, and where the last ends
  std::string_view text;

  explicit Line(std::string_view line) : text(line) {
    for (std::size_t at = 0; at < line.size();) {
      octets.push_back(at);
      points += unicode::next(line, at);
    }
    octets.push_back(line.size());
  }

  [[nodiscard]] bool holds(std::size_t i, bool (*property)(char32_t)) const {
    return i < points.size() && property(points[i]);
  }
  [[nodiscard]] bool is(std::size_t i, char32_t c) const { return i < points.size() && points[i] == c; }
};

// From code point `begin` up to `end`.
struct Chunk {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

// Behind two or more dashes at `i`, if a word goes on there; else `i`.
std::size_t dashes_end(const Line& line, std::size_t i) {
  std::size_t end = i;
  while (line.is(end, '-')) ++end;
  return end - i >= 2 && line.holds(end, is_word) ? end : i;
}

// Is the hyphen at `i` one to break behind: after two letters, before a letter and another?
bool breaks_behind(const Line& line, std::size_t i) {
  if (!line.is(i, '-')) return false;
  const auto letter_before = [&](std::size_t distance) {
    return i >= distance && is_letter(line.points[i - distance]);
  };
  const bool after = (letter_before(1) && letter_before(2)) ||
                     (letter_before(1) && letter_before(3) && line.points[i - 2] == '-');
  if (!after || !line.holds(i + 1, is_letter)) return false;
  return line.holds(i + 2, is_letter) || (line.is(i + 2, '-') && line.holds(i + 3, is_letter));
}

std::size_t blanks_end(const Line& line, std::size_t i) {
  while (line.holds(i, is_blank)) ++i;
  return i;
}

std::size_t word_end(const Line& line, std::size_t begin) {
  std::size_t i = begin;
  while (true) {
    if (i > begin && breaks_behind(line, i)) return i + 1;
    ++i;
    if (i >= line.points.size() || is_blank(line.points[i])) return i;
    if (may_stand_before_dash(line.points[i - 1]) && dashes_end(line, i) != i) return i;
  }
}

std::vector<Chunk> chunks_of(const Line& line, bool at_hyphens) {
  std::vector<Chunk> chunks;
  for (std::size_t i = 0; i < line.points.size();) {
    std::size_t end = blanks_end(line, i);
    if (end == i && !at_hyphens) {
      while (end < line.points.size() && !is_blank(line.points[end])) ++end;
    }
    if (end == i && i > 0 && may_stand_before_dash(line.points[i - 1])) end = dashes_end(line, i);
    if (end == i) end = word_end(line, i);
    chunks.push_back({i, end});
    i = end;
  }
  return chunks;
}

struct Wrapping {
  std::size_t width;
  bool break_long_words;
  bool at_hyphens;
};

bool is_empty(const Line& line, Chunk chunk) {
  for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
    if (!unicode::is_space(line.points[i])) return false;
  }
  return true;
}

// How much of a chunk that is longer than a line still goes on this one.
std::size_t first_part(const Line& line, Chunk chunk, std::size_t room, bool at_hyphens) {
  if (!at_hyphens || chunk.size() <= room) return std::min(room, chunk.size());
  std::size_t hyphen = room;
  while (hyphen > 0 && line.points[chunk.begin + hyphen - 1] != '-') --hyphen;
  if (hyphen <= 1) return room;  // none, or nothing before it
  for (std::size_t i = 0; i + 1 < hyphen; ++i) {
    if (line.points[chunk.begin + i] != '-') return hyphen;
  }
  return room;
}

// Chunks follow one another in the line, so a line of the result is a range too.
std::vector<Chunk> wrapped(const Line& line, std::vector<Chunk> chunks, const Wrapping& how) {
  std::vector<Chunk> lines;
  std::size_t next = 0;
  while (next < chunks.size()) {
    if (!lines.empty() && is_empty(line, chunks[next])) ++next;
    std::vector<Chunk> current;
    std::size_t size = 0;
    while (next < chunks.size() && size + chunks[next].size() <= how.width) {
      size += chunks[next].size();
      current.push_back(chunks[next++]);
    }
    if (next < chunks.size() && chunks[next].size() > how.width) {
      Chunk& long_one = chunks[next];
      if (how.break_long_words) {
        const std::size_t part = first_part(line, long_one, how.width - size, how.at_hyphens);
        current.push_back({long_one.begin, long_one.begin + part});
        long_one.begin += part;
      } else if (current.empty()) {
        current.push_back(long_one);
        ++next;
      }
    }
    if (!current.empty() && is_empty(line, current.back())) current.pop_back();
    if (!current.empty()) lines.push_back({current.front().begin, current.back().end});
  }
  return lines;
}

std::size_t width_of(const Value& value) {
  require_defined(value);
  if (value.is(Value::Kind::big_integer)) return std::numeric_limits<std::int64_t>::max();
  const std::int64_t width = need_index(value);
  if (width <= 0) throw_value_error("invalid width " + std::to_string(width) + " (must be > 0)");
  return static_cast<std::size_t>(width);
}

}  // namespace

Value wordwrap(Evaluation& evaluation, const Bound& arguments) {
  constexpr std::size_t kWidth = 79;
  require_defined(arguments[0]);
  if (arguments[0].as_text() == nullptr) throw_no_attribute(arguments[0], "splitlines");
  const std::string_view text = *arguments[0].as_text();
  const bool given = arguments.has(3) && !arguments[3].is_none();
  const std::string_view separator = given ? need_text(arguments[3], "wrapstring") : "\n";
  evaluation.budget().work(text.size() * 4);
  std::string out;
  bool first_line = true;
  for (const std::string_view paragraph : split_lines<TextKind>(text, false)) {
    const Wrapping how{arguments.has(1) ? width_of(arguments[1]) : kWidth, arguments.flag(2, true),
                       arguments.flag(4, true)};
    const Line line(paragraph);
    if (!first_line) out += separator;
    first_line = false;
    bool first = true;
    for (const Chunk chunk : wrapped(line, chunks_of(line, how.at_hyphens), how)) {
      const std::size_t begin = line.octets[chunk.begin];
      const std::size_t size = line.octets[chunk.end] - begin;
      reserve_text(evaluation, out.size(), size + separator.size());
      if (!first) out += separator;
      first = false;
      out.append(paragraph, begin, size);
    }
  }
  return out;
}

}  // namespace gable::rules::jinja

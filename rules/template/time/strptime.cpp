// Text as a date. Python makes a regular expression of the format; this tries the same alternatives in the
// same order, going back where the rest does not match.

#include "template/time/strptime.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "template/time/civil.hpp"
#include "template/time/date_fields.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"
#include "template/value/unicode.hpp"

namespace gable::rules::jinja {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::ptrdiff_t kMaxPieces = 500;

// A format is a row of these.
struct Piece {
  enum class Kind : std::uint8_t { letter, space, directive } kind = Kind::letter;
  char c = '\0';
};

std::string_view composed_of(char letter) {
  switch (letter) {
    case 'c':
      return "%a %b %d %H:%M:%S %Y";
    case 'x':
      return "%m/%d/%y";
    case 'X':
      return "%H:%M:%S";
    default:
      return {};
  }
}

[[noreturn]] void throw_bad_directive(std::string_view directive, std::string_view format) {
  throw_value_error("'" + std::string(directive) + "' is a bad directive in format '" + std::string(format) +
                    "'");
}

class Format {
 public:
  explicit Format(std::string_view text) : text_(text) { add(text); }

  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }

 private:
  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '%') {
        if (++at == text.size()) throw_value_error("stray % in format '" + std::string(text_) + "'");
        add_directive(text.substr(at));
        ++at;
        continue;
      }
      std::size_t next = at;
      if (unicode::is_space(unicode::next(text, next))) {
        if (pieces_.empty() || pieces_.back().kind != Piece::Kind::space) {
          pieces_.push_back({Piece::Kind::space, ' '});
        }
      } else {
        for (std::size_t i = at; i < next; ++i) pieces_.push_back({Piece::Kind::letter, text[i]});
      }
      at = next;
    }
  }

  void add_directive(std::string_view text) {
    constexpr std::string_view kLetters = "aAbBdfGHIjmMpSuUVwWyYzZ";
    // Python escapes these first, so that it sees a backslash there.
    constexpr std::string_view kEscaped = "\\.^$*+?(){}[]|";
    const char letter = text.front();
    if (letter == '%') {
      pieces_.push_back({Piece::Kind::letter, '%'});
      return;
    }
    if (const std::string_view parts = composed_of(letter); !parts.empty()) return add(parts);
    std::size_t next = 0;
    if (unicode::is_space(unicode::next(text, next)) || kEscaped.find(letter) != std::string_view::npos) {
      throw_bad_directive("%", text_);
    }
    if (kLetters.find(letter) == std::string_view::npos) throw_bad_directive(text.substr(0, next), text_);
    if (std::ranges::any_of(pieces_, [letter](const Piece& piece) {
          return piece.kind == Piece::Kind::directive && piece.c == letter;
        })) {
      // No ValueError in Python either: its regular expression is wrong, and no default is taken.
      throw_error(ErrorClass::index_error, "redefinition of group name '" + std::string(1, letter) + "'");
    }
    pieces_.push_back({Piece::Kind::directive, letter});
  }

  std::string_view text_;
  std::vector<Piece> pieces_;
};

// The lengths that a directive may take of a text, in the order in which they are tried.
class Candidates {
 public:
  [[nodiscard]] const std::size_t* begin() const { return lengths_.data(); }
  [[nodiscard]] const std::size_t* end() const { return lengths_.data() + size_; }
  void add(std::size_t length) {
    if (size_ < lengths_.size()) lengths_[size_++] = length;
  }

 private:
  std::array<std::size_t, 8> lengths_{};
  std::size_t size_ = 0;
};

// Numbers: the widest first. `least` and `most` are the values that it may have.
struct Range {
  int least = 0;
  int most = 0;
  std::size_t digits = 2;
  bool exactly = false;
};

Candidates number_candidates(std::string_view text, const Range& range) {
  Candidates found;
  for (std::size_t length = range.digits; length >= 1; --length) {
    if (length > text.size() ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), is_digit)) {
      if (range.exactly) break;
      continue;
    }
    int number = 0;
    for (const char c : text.substr(0, length)) number = number * 10 + (c - '0');
    if (number >= range.least && number <= range.most) found.add(length);
    if (range.exactly) break;
  }
  return found;
}

Candidates fraction_candidates(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < 6 && is_digit(text[digits])) ++digits;
  Candidates found;
  for (; digits > 0; --digits) found.add(digits);
  return found;
}

// [+-]HH[:]MM[[:]SS[.ffffff]] or Z
Candidates zone_candidates(std::string_view text) {
  Candidates found;
  const auto digit = [text](std::size_t i) { return i < text.size() && is_digit(text[i]); };
  const auto below_sixty = [&](std::size_t i) { return digit(i) && text[i] <= '5' && digit(i + 1); };
  const auto colon = [text](std::size_t i) { return i < text.size() && text[i] == ':' ? i + 1 : i; };
  if (text.starts_with('Z')) found.add(1);
  if (text.empty() || (text[0] != '+' && text[0] != '-') || !digit(1) || !digit(2)) return found;
  const std::size_t minutes = colon(3);
  if (!below_sixty(minutes)) return found;
  const std::size_t seconds = colon(minutes + 2);
  if (below_sixty(seconds)) {
    const std::size_t end = seconds + 2;
    if (end < text.size() && text[end] == '.') {
      std::size_t digits = 0;
      while (digits < 6 && digit(end + 1 + digits)) ++digits;
      for (; digits > 0; --digits) found.add(end + 1 + digits);
    }
    found.add(end);
  }
  found.add(minutes + 2);
  return found;
}

template <typename Names>
Candidates name_candidates(std::string_view text, const Names& names, std::size_t length_of_short) {
  std::size_t longest = 0;
  for (const std::string_view name : names) {
    const std::string_view word = name.substr(0, length_of_short == 0 ? name.size() : length_of_short);
    if (!word.empty() && text.size() >= word.size() && same_letters(text.substr(0, word.size()), word)) {
      longest = std::max(longest, word.size());
    }
  }
  Candidates found;
  if (longest > 0) found.add(longest);
  return found;
}

// "00" is no ISO week, though "0" is taken for one.
Candidates iso_week_candidates(std::string_view text) {
  Candidates found = number_candidates(text, {1, 53});
  if (text.starts_with('0')) found.add(1);
  return found;
}

Candidates day_candidates(std::string_view text) {
  if (text.size() >= 2 && text[0] == ' ' && text[1] >= '1' && text[1] <= '9') {
    Candidates found;
    found.add(2);
    return found;
  }
  return number_candidates(text, {1, 31});
}

class Matcher {
 public:
  Matcher(Budget& budget, const StrptimeInput& input, const std::vector<Piece>& pieces)
      : budget_(budget), input_(input), pieces_(pieces) {}

  // Where the match ends; nothing when there is none.
  std::optional<std::size_t> match() { return match(0, 0); }
  [[nodiscard]] const FieldTexts& fields() const { return fields_; }

 private:
  std::optional<std::size_t> match(std::size_t piece, std::size_t at) {
    budget_.work(1);
    for (; piece < pieces_.size() && pieces_[piece].kind == Piece::Kind::letter; ++piece, ++at) {
      if (at >= input_.text.size() || lower(input_.text[at]) != lower(pieces_[piece].c)) return std::nullopt;
    }
    if (piece == pieces_.size()) return at;
    if (pieces_[piece].kind == Piece::Kind::space) return match_space(piece, at);
    const std::string_view rest = input_.text.substr(at);
    for (const std::size_t length : candidates(pieces_[piece].c, rest)) {
      if (const auto end = match(piece + 1, at + length)) {
        fields_.set(pieces_[piece].c, rest.substr(0, length), piece + 1);
        return end;
      }
    }
    return std::nullopt;
  }

  std::optional<std::size_t> match_space(std::size_t piece, std::size_t at) {
    std::vector<std::size_t> ends;
    for (std::size_t next = at;
         next < input_.text.size() && unicode::is_space(unicode::next(input_.text, next));) {
      ends.push_back(next);
    }
    budget_.work(ends.size());
    for (std::size_t i = ends.size(); i > 0; --i) {
      if (const auto end = match(piece + 1, ends[i - 1])) return end;
    }
    return std::nullopt;
  }

  [[nodiscard]] Candidates candidates(char directive, std::string_view text) const {
    switch (directive) {
      case 'a':
        return name_candidates(text, kWeekdays, 3);
      case 'A':
        return name_candidates(text, kWeekdays, 0);
      case 'b':
        return name_candidates(text, kMonths, 3);
      case 'B':
        return name_candidates(text, kMonths, 0);
      case 'p':
        return name_candidates(text, std::array<std::string_view, 2>{"am", "pm"}, 0);
      case 'Z':
        return zone_name_candidates(text);
      case 'd':
        return day_candidates(text);
      case 'V':
        return iso_week_candidates(text);
      case 'f':
        return fraction_candidates(text);
      case 'z':
        return zone_candidates(text);
      default:
        return number_candidates(text, range_of(directive));
    }
  }

  [[nodiscard]] Candidates zone_name_candidates(std::string_view text) const {
    std::vector<std::string_view> names{"utc", "gmt"};
    names.insert(names.end(), input_.zone_names.begin(), input_.zone_names.end());
    return name_candidates(text, names, 0);
  }

  static Range range_of(char directive) {
    switch (directive) {
      case 'G':
      case 'Y':
        return {0, 9999, 4, true};
      case 'H':
        return {0, 23};
      case 'I':
      case 'm':
        return {1, 12};
      case 'j':
        return {1, 366, 3};
      case 'M':
        return {0, 59};
      case 'S':
        return {0, 61};
      case 'u':
        return {1, 7, 1};
      case 'w':
        return {0, 6, 1};
      case 'y':
        return {0, 99, 2, true};
      default:  // U, W
        return {0, 53};
    }
  }

  Budget& budget_;
  const StrptimeInput& input_;
  const std::vector<Piece>& pieces_;
  FieldTexts fields_;
};

}  // namespace

ParsedMoment strptime(Budget& budget, const StrptimeInput& input) {
  budget.work(input.text.size() + input.format.size());
  const Format format(input.format);
  // Each space and directive is one call within the other.
  if (std::ranges::count_if(format.pieces(), [](const Piece& piece) {
        return piece.kind != Piece::Kind::letter;
      }) > kMaxPieces) {
    throw_error(ErrorClass::budget_exceeded, "the format of a date is too long");
  }
  Matcher matcher(budget, input, format.pieces());
  const std::optional<std::size_t> end = matcher.match();
  if (!end) {
    throw_value_error("time data " + repr(Value(input.text)) + " does not match format " +
                      repr(Value(input.format)));
  }
  if (*end != input.text.size()) {
    throw_value_error("unconverted data remains: " + std::string(input.text.substr(*end)));
  }
  return moment_of(matcher.fields());
}

}  // namespace gable::rules::jinja

// ISO 8601, written and read. What is accepted is what CPython 3.11 accepts, its indulgences included.

#include "template/time/text.hpp"

#include <algorithm>
#include <array>

#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A text being read; at its end it shows NUL, as a C string does.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t left() const { return at_end() ? 0 : text_.size() - at_; }
  void skip() { ++at_; }
  void back() { --at_; }
  bool accept(char c) {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
  }
  // Exactly `count` digits.
  bool digits(std::size_t count, int& out) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(peek())) return false;
      number = number * 10 + (peek() - '0');
      ++at_;
    }
    out = number;
    return true;
  }
  void skip_digits() {
    while (is_digit(peek())) ++at_;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool read_fraction(Reader& reader, int& microsecond) {
  std::size_t count = std::min<std::size_t>(reader.left(), 6);
  if (!reader.digits(count, microsecond)) return false;
  for (; count < 6; ++count) microsecond *= 10;
  reader.skip_digits();
  return true;
}

enum class Read : std::uint8_t { complete, more, malformed };

// HH[:MM[:SS[.ffffff]]], with or without colons. `more`: something is left behind it.
Read read_day_time(std::string_view text, DayTime& time) {
  Reader reader(text);
  const std::array<int*, 3> parts{&time.hour, &time.minute, &time.second};
  bool colons = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!reader.digits(2, *parts[i])) return Read::malformed;
    if (reader.at_end()) return Read::complete;
    const char next = reader.peek();
    reader.skip();
    if (i == 0) colons = next == ':';
    if (reader.at_end()) return Read::more;
    if (colons && next == ':') continue;
    if (next == '.' || next == ',') break;
    if (colons) return Read::malformed;
    reader.back();
  }
  if (!read_fraction(reader, time.microsecond)) return Read::malformed;
  return reader.at_end() ? Read::complete : Read::more;
}

std::optional<ParsedTime> read_iso_time(std::string_view text) {
  ParsedTime parsed;
  const std::size_t zone = text.find_first_of("+-Z");
  const Read read = read_day_time(text.substr(0, zone), parsed.time);
  if (read == Read::malformed) return std::nullopt;
  if (zone == std::string_view::npos) {
    return read == Read::complete ? std::optional(parsed) : std::nullopt;
  }
  if (text[zone] == 'Z') {
    parsed.offset = 0;
    return zone + 1 == text.size() ? std::optional(parsed) : std::nullopt;
  }
  DayTime offset;
  if (read_day_time(text.substr(zone + 1), offset) != Read::complete) return std::nullopt;
  parsed.offset = text[zone] == '-' ? -micros_of(offset) : micros_of(offset);
  return parsed;
}

std::optional<std::int64_t> read_iso_date(std::string_view text) {
  Reader reader(text);
  CivilDate date;
  if (!reader.digits(4, date.year)) return std::nullopt;
  const bool dashes = reader.accept('-');
  if (reader.accept('W')) {
    IsoWeek week{date.year, 1, 1};
    if (!reader.digits(2, week.week)) return std::nullopt;
    if (!reader.at_end()) {
      if (dashes && !reader.accept('-')) return std::nullopt;
      if (!reader.digits(1, week.weekday)) return std::nullopt;
    }
    if (!reader.at_end()) return std::nullopt;
    const bool valid = week.year >= 1 && week.week >= 1 && week.weekday >= 1 && week.weekday <= 7 &&
                       week.week <= iso_week_of(days_of(CivilDate{week.year, 12, 28})).week;
    return valid ? std::optional(days_of(week)) : std::nullopt;
  }
  if (!reader.digits(2, date.month) || (dashes && !reader.accept('-')) || !reader.digits(2, date.day) ||
      !reader.at_end()) {
    return std::nullopt;
  }
  check_date(date.year, date.month, date.day);
  return days_of(date);
}

// Where the date ends and one character stands before the time.
std::size_t find_separator(std::string_view text) {
  const std::size_t size = text.size();
  if (size == 7) return 7;
  if (text[4] == '-') {
    if (text[5] != 'W') return 10;
    if (size <= 8 || text[8] != '-') return 8;
    if (size == 9) return std::string_view::npos;
    return size > 10 && is_digit(text[10]) ? 8 : 10;
  }
  if (text[4] != 'W') return 8;
  std::size_t end = 7;
  while (end < size && is_digit(text[end])) ++end;
  if (end < 9) return end;
  return end % 2 == 0 ? 7 : 8;
}

std::size_t octets_of(char first) {
  const auto octet = static_cast<unsigned char>(first);
  if (octet < 0x80) return 1;
  if (octet >= 0xF0) return 4;
  return octet >= 0xE0 ? 3 : 2;
}

}  // namespace

void append_number(std::int64_t number, int width, std::string& out) {
  const std::string digits = std::to_string(number);
  for (int i = static_cast<int>(digits.size()); i < width; ++i) out += '0';
  out += digits;
}

std::string iso_date(const CivilDate& date) {
  std::string text;
  append_number(date.year, 4, text);
  append_number(date.month, 2, text += '-');
  append_number(date.day, 2, text += '-');
  return text;
}

std::string iso_time(const DayTime& time, std::string_view timespec) {
  constexpr std::array<std::string_view, 5> kSpecs{"hours", "minutes", "seconds", "milliseconds",
                                                   "microseconds"};
  std::size_t spec = time.microsecond == 0 ? 2 : 4;
  if (timespec != "auto") {
    const auto* const found = std::find(kSpecs.begin(), kSpecs.end(), timespec);
    if (found == kSpecs.end()) throw_value_error("Unknown timespec value");
    spec = static_cast<std::size_t>(found - kSpecs.begin());
  }
  std::string text;
  append_number(time.hour, 2, text);
  if (spec >= 1) append_number(time.minute, 2, text += ':');
  if (spec >= 2) append_number(time.second, 2, text += ':');
  if (spec == 3) append_number(time.microsecond / 1000, 3, text += '.');
  if (spec == 4) append_number(time.microsecond, 6, text += '.');
  return text;
}

std::optional<std::int64_t> parse_iso_date(std::string_view text) {
  if (text.size() != 7 && text.size() != 8 && text.size() != 10) return std::nullopt;
  return read_iso_date(text);
}

std::optional<ParsedTime> parse_iso_time(std::string_view text) {
  if (text.starts_with('T')) text.remove_prefix(1);
  return read_iso_time(text);
}

std::optional<ParsedDateTime> parse_iso_datetime(std::string_view text) {
  if (text.size() < 7) return std::nullopt;
  const std::size_t separator = find_separator(text);
  if (separator > text.size()) return std::nullopt;
  const std::optional<std::int64_t> days = read_iso_date(text.substr(0, separator));
  if (!days) return std::nullopt;
  ParsedDateTime parsed{*days, {}};
  if (text.size() > separator) {
    const std::size_t begin = separator + octets_of(text[separator]);
    const std::optional<ParsedTime> time = read_iso_time(text.substr(std::min(begin, text.size())));
    if (!time) return std::nullopt;
    parsed.time = *time;
  }
  return parsed;
}

}  // namespace gable::rules::jinja

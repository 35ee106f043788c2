// Dates as text. The rules for flags and widths are those of glibc 2.36, which Python 3.11 uses.

#include "template/time/strftime.hpp"

#include <algorithm>
#include <cstdint>

#include "template/time/civil.hpp"
#include "template/time/text.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

constexpr std::size_t kMaxText = 1 << 20;  // octets; beyond any use

// One directive: "%-5Ey" has the flag '-', the width 5 and the modifier 'E'.
struct Directive {
  char flag = '\0';  // '-', '_' or '0': how numbers are padded
  bool upper = false;
  bool swap = false;
  std::size_t width = 0;
  char modifier = '\0';
  char letter = '\0';
  std::string_view source;  // all of it
};

Directive read_directive(std::string_view text) {
  Directive directive;
  std::size_t at = 1;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '-' || c == '_' || c == '0') {
      directive.flag = c;
    } else if (c == '^') {
      directive.upper = true;
    } else if (c == '#') {
      directive.swap = true;
    } else {
      break;
    }
  }
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    directive.width =
        std::min<std::size_t>(directive.width * 10 + static_cast<std::size_t>(text[at] - '0'), kMaxText + 1);
  }
  if (at < text.size() && (text[at] == 'E' || text[at] == 'O')) directive.modifier = text[at++];
  if (at < text.size()) directive.letter = text[at++];
  directive.source = text.substr(0, at);
  return directive;
}

void make_upper(std::string& text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

void make_lower(std::string& text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// What a composite directive stands for; empty for others.
std::string_view composed_of(char letter) {
  switch (letter) {
    case 'c':
      return "%a %b %e %H:%M:%S %Y";
    case 'D':
    case 'x':
      return "%m/%d/%y";
    case 'F':
      return "%Y-%m-%d";
    case 'r':
      return "%I:%M:%S %p";
    case 'R':
      return "%H:%M";
    case 'T':
    case 'X':
      return "%H:%M:%S";
    default:
      return {};
  }
}

bool modifier_allowed(const Directive& directive) {
  if (directive.modifier == '\0') return true;
  const std::string_view refused = directive.modifier == 'E' ? "abdeghjklmwABDFGHIMSUVW" : "acxADFXY";
  return refused.find(directive.letter) == std::string_view::npos;
}

class Printer {
 public:
  explicit Printer(const StrftimeInput& input)
      : input_(input),
        days_(floor_divide(input.wall.local, kDay)),
        date_(date_of(days_)),
        time_(day_time_of(input.wall.local - days_ * kDay)) {}

  std::string print(std::string_view format) const {
    std::string out;
    while (!format.empty()) {
      const std::size_t percent = std::min(format.find('%'), format.size());
      out.append(format.substr(0, percent));
      format.remove_prefix(percent);
      if (format.empty()) break;
      const Directive directive = read_directive(format);
      format.remove_prefix(directive.source.size());
      print(directive, out);
      if (out.size() > kMaxText) throw_error(ErrorClass::budget_exceeded, "the text of a date is too long");
    }
    return out;
  }

 private:
  struct Number {
    std::int64_t value = 0;
    int digits = 0;
    bool spaces = false;  // padded with spaces where nothing else is said
  };

  void print(const Directive& directive, std::string& out) const {
    if (!modifier_allowed(directive)) return print_unknown(directive, out);
    if (const std::string_view parts = composed_of(directive.letter); !parts.empty()) {
      std::string text = print(parts);
      if (directive.upper) make_upper(text);
      return pad(directive, text, out);
    }
    Number number;
    if (find_number(directive.letter, number)) return print_number(directive, number, out);
    std::string text;
    if (!find_text(directive, text)) return print_unknown(directive, out);
    print_text(directive, std::move(text), out);
  }

  bool find_number(char letter, Number& number) const {
    return find_date_number(letter, number) || find_time_number(letter, number);
  }

  bool find_date_number(char letter, Number& number) const {
    const int weekday = weekday_of(days_);
    const int yday = day_of_year(days_);
    switch (letter) {
      case 'Y':
        return set(number, date_.year, 1);
      case 'C':
        return set(number, date_.year / 100, 1);
      case 'y':
        return set(number, date_.year % 100, 2);
      case 'G':
        return set(number, iso_week_of(days_).year, 1);
      case 'g':
        return set(number, iso_week_of(days_).year % 100, 2);
      case 'V':
        return set(number, iso_week_of(days_).week, 2);
      case 'U':  // Sunday is the first day
        return set(number, (yday - 1 + 7 - (weekday + 1) % 7) / 7, 2);
      case 'W':
        return set(number, (yday - 1 + 7 - weekday) / 7, 2);
      case 'm':
        return set(number, date_.month, 2);
      case 'd':
        return set(number, date_.day, 2);
      case 'e':
        return set(number, date_.day, 2, true);
      case 'j':
        return set(number, yday, 3);
      case 'u':
        return set(number, weekday + 1, 1);
      case 'w':
        return set(number, (weekday + 1) % 7, 1);
      default:
        return false;
    }
  }

  bool find_time_number(char letter, Number& number) const {
    const int twelve = time_.hour % 12 == 0 ? 12 : time_.hour % 12;
    switch (letter) {
      case 'H':
        return set(number, time_.hour, 2);
      case 'I':
        return set(number, twelve, 2);
      case 'k':
        return set(number, time_.hour, 2, true);
      case 'l':
        return set(number, twelve, 2, true);
      case 'M':
        return set(number, time_.minute, 2);
      case 'S':
        return set(number, time_.second, 2);
      case 's': {
        const std::int64_t utc = input_.wall.local - utc_offset(input_.house, input_.wall).value_or(0);
        return set(number, floor_divide(utc, kSecond), 1);
      }
      default:
        return false;
    }
  }

  static bool set(Number& number, std::int64_t value, int digits, bool spaces = false) {
    number = {value, digits, spaces};
    return true;
  }

  bool find_text(const Directive& directive, std::string& text) const {
    const std::string_view weekday = kWeekdays[static_cast<std::size_t>(weekday_of(days_))];
    const std::string_view month = kMonths[static_cast<std::size_t>(date_.month - 1)];
    switch (directive.letter) {
      case 'a':
        text = weekday.substr(0, 3);
        return true;
      case 'A':
        text = weekday;
        return true;
      case 'b':
      case 'h':
        text = month.substr(0, 3);
        return true;
      case 'B':
        text = month;
        return true;
      case 'p':
      case 'P':
        text = time_.hour < 12 ? "AM" : "PM";
        return true;
      case 'n':
        text = '\n';
        return true;
      case 't':
        text = '\t';
        return true;
      case '%':
        text = '%';
        return true;
      case 'z':  // with flags or a width; else it has been replaced
      case 'Z':
        return true;
      default:
        return false;
    }
  }

  static void print_unknown(const Directive& directive, std::string& out) {
    constexpr std::string_view kNames = "AbBh";
    std::string text(directive.source);
    if (directive.upper || (directive.swap && kNames.find(directive.letter) != std::string_view::npos)) {
      make_upper(text);
    }
    pad(directive, text, out);
  }

  static void print_text(const Directive& directive, std::string text, std::string& out) {
    const bool half_day = directive.letter == 'p' || directive.letter == 'P';
    if (directive.letter == 'P' || (directive.swap && (half_day || directive.letter == 'Z'))) {
      make_lower(text);
    } else if (directive.upper || directive.swap) {
      make_upper(text);
    }
    pad(directive, text, out);
  }

  static void print_number(const Directive& directive, const Number& number, std::string& out) {
    std::string digits = std::to_string(number.value < 0 ? -number.value : number.value);
    if (directive.flag == '-') {
      if (number.value < 0) digits.insert(0, 1, '-');
      return pad(directive, digits, out);
    }
    const char fill = directive.flag == '_' || (number.spaces && directive.flag != '0') ? ' ' : '0';
    const std::size_t width = std::max(static_cast<std::size_t>(number.digits), directive.width);
    const std::size_t size = digits.size() + (number.value < 0 ? 1 : 0);
    const std::size_t missing = width > size ? std::min(width, kMaxText + 1) - size : 0;
    if (fill == ' ') out.append(missing, ' ');
    if (number.value < 0) out += '-';
    if (fill == '0') out.append(missing, '0');
    out += digits;
  }

  static void pad(const Directive& directive, std::string_view text, std::string& out) {
    if (directive.letter == 'z' && text.empty()) return;
    if (directive.width > text.size()) {
      out.append(directive.width - text.size(), directive.flag == '0' ? '0' : ' ');
    }
    out.append(text);
  }

  const StrftimeInput& input_;
  std::int64_t days_;
  CivilDate date_;
  DayTime time_;
};

}  // namespace

namespace {

// Python replaces %z, %Z and %f before the C library sees the format. It looks at pairs of '%' and the next
// character, so that flags keep it from seeing them.
std::string with_zone(std::string_view format, const StrftimeInput& input) {
  std::string out;
  while (!format.empty()) {
    const std::size_t percent = std::min(format.find('%'), format.size());
    out.append(format.substr(0, percent));
    format.remove_prefix(percent);
    const std::string_view pair = format.substr(0, 2);
    if (pair == "%z") {
      if (const auto offset = utc_offset(input.zone, input.wall)) out += offset_text(*offset, "");
    } else if (pair == "%Z") {
      out += zone_name(input.zone, input.wall);
    } else if (pair == "%f") {
      append_number(input.wall.local - floor_divide(input.wall.local, kSecond) * kSecond, 6, out);
    } else {
      out.append(pair);
    }
    format.remove_prefix(pair.size());
  }
  return out;
}

}  // namespace

std::string strftime(std::string_view wanted, const StrftimeInput& input) {
  const std::string format = with_zone(wanted, input);
  std::string text = Printer(input).print(format);
  // Python tries buffers of 1024 octets and ever twice as many, up to 256 times the format's length.
  std::size_t buffer = 1024;
  while (text.size() >= buffer && buffer < 256 * format.size()) buffer *= 2;
  return text.size() < buffer ? text : std::string();
}

}  // namespace gable::rules::jinja

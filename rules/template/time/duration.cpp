// Lengths of time, read and written for people.

#include "template/time/duration.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "template/time/civil.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

using Wide = Timedelta::Wide;

// More digits than these in one part are no length of time that there is.
constexpr std::size_t kMostDigits = 15;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return text_.empty(); }
  bool accept(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  // The digits at the begin, perhaps none.
  std::string_view digits() {
    std::size_t size = 0;
    while (size < text_.size() && text_[size] >= '0' && text_[size] <= '9') ++size;
    const std::string_view found = text_.substr(0, size);
    text_.remove_prefix(size);
    return found;
  }

 private:
  std::string_view text_;
};

std::int64_t number_of(std::string_view digits) {
  if (digits.size() > kMostDigits) {
    throw_error(ErrorClass::overflow_error, "Python int too large to convert to C int");
  }
  std::int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

double real_of(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// Seconds with a fraction, rounded to microseconds as timedelta(seconds=float) does.
Wide micros_of(std::string_view whole, std::string_view fraction) {
  if (fraction.empty()) return Wide{number_of(whole)} * kSecond;
  const std::string text = std::string(whole) + "." + std::string(fraction.substr(0, 20));
  double seconds = 0;
  const double rest = std::modf(real_of(text), &seconds);
  return Wide{number_of(whole)} * kSecond + static_cast<Wide>(std::nearbyint(rest * 1e6));
}

// "3 days" or "1 day,": then more may follow. Nothing when it does not begin like that; `reader` is then
// where it was.
std::optional<std::int64_t> read_days(Reader& reader) {
  Reader ahead = reader;
  const bool negative = ahead.accept("-");
  const std::string_view digits = ahead.digits();
  if (digits.empty() || !ahead.accept(" ")) return std::nullopt;
  if (ahead.accept("day")) {
    ahead.accept("s");
    if (!ahead.accept(", ") && !ahead.accept(" ") && !ahead.at_end()) return std::nullopt;
  } else if (ahead.at_end()) {
    return std::nullopt;  // "7 " says neither days nor seconds
  }
  reader = ahead;
  return negative ? -number_of(digits) : number_of(digits);
}

// [H:][M:]S[.f]
std::optional<Wide> read_clock(Reader& reader) {
  std::array<std::string_view, 3> parts;
  std::size_t count = 0;
  do {
    if (count == parts.size()) return std::nullopt;
    parts[count] = reader.digits();
    if (parts[count++].empty()) return std::nullopt;
  } while (reader.accept(":"));
  std::string_view fraction;
  if (reader.accept(".") || reader.accept(",")) {
    fraction = reader.digits();
    if (fraction.empty()) return std::nullopt;
  }
  if (!reader.at_end()) return std::nullopt;
  Wide micros = micros_of(parts[count - 1], fraction);
  if (count >= 2) micros += Wide{number_of(parts[count - 2])} * kMinute;
  if (count == 3) micros += Wide{number_of(parts[0])} * kHour;
  return micros;
}

std::optional<Wide> parse_plain(std::string_view text) {
  Reader reader(text);
  const std::optional<std::int64_t> days = read_days(reader);
  if (days && reader.at_end()) return Wide{*days} * kDay;
  const bool negative = reader.accept("-");
  if (!negative) reader.accept("+");
  const std::optional<Wide> clock = read_clock(reader);
  if (!clock) return std::nullopt;
  return Wide{days.value_or(0)} * kDay + (negative ? -*clock : *clock);
}

// One "12.5H": the amount in front of the letter. False when the letter does not follow.
bool read_amount(Reader& reader, std::string_view letter, std::int64_t unit, Wide& sum) {
  Reader ahead = reader;
  const std::string_view whole = ahead.digits();
  if (whole.empty()) return true;
  std::string_view fraction;
  if (ahead.accept(".") || ahead.accept(",")) {
    fraction = ahead.digits();
    if (fraction.empty()) return false;
  }
  if (!ahead.accept(letter)) return true;
  reader = ahead;
  sum += Wide{number_of(whole)} * unit;
  if (!fraction.empty()) {
    const std::string text = "0." + std::string(fraction.substr(0, 20));
    sum += static_cast<Wide>(std::nearbyint(real_of(text) * static_cast<double>(unit)));
  }
  return true;
}

std::optional<Wide> parse_iso(std::string_view text) {
  Reader reader(text);
  const bool negative = reader.accept("-");
  if (!negative) reader.accept("+");
  if (!reader.accept("P")) return std::nullopt;
  Wide sum = 0;
  if (!read_amount(reader, "D", kDay, sum)) return std::nullopt;
  if (reader.accept("T")) {
    if (!read_amount(reader, "H", kHour, sum) || !read_amount(reader, "M", kMinute, sum) ||
        !read_amount(reader, "S", kSecond, sum)) {
      return std::nullopt;
    }
  }
  if (!reader.at_end()) return std::nullopt;
  return negative ? -sum : sum;
}

}  // namespace

std::optional<Wide> parse_duration(std::string_view text) {
  const std::optional<Wide> plain = parse_plain(text);
  return plain ? plain : parse_iso(text);
}

std::string duration_text(double seconds, std::int64_t precision) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  // As Home Assistant counts: a month has 30 days, a year 365.
  constexpr std::array kUnits{Unit{"year", 365 * 86'400}, Unit{"month", 30 * 86'400}, Unit{"day", 86'400},
                              Unit{"hour", 3600},         Unit{"minute", 60},         Unit{"second", 1}};
  if (seconds == 0) return "0 seconds";
  std::string text;
  std::int64_t shown = 0;
  for (const Unit& unit : kUnits) {
    const auto size = static_cast<double>(unit.seconds);
    if (seconds < size) continue;
    ++shown;
    const bool last = shown == precision;
    const double count = last ? std::nearbyint(seconds / size) : std::floor(seconds / size);
    if (!text.empty()) text += ' ';
    text += std::to_string(static_cast<std::int64_t>(count)) + ' ';
    text.append(unit.name).append(count == 1 ? "" : "s");
    if (last) break;
    seconds -= count * size;
  }
  return text;
}

}  // namespace gable::rules::jinja

#include "wire/date_text.hpp"
// See the header.

#include <algorithm>
#include <array>
#include <chrono>

#include "wire/time.hpp"

namespace gable::wire {

namespace {

constexpr std::string_view kDigits = "0123456789";

// All of `text` as a number of one to `longest` digits.
std::optional<int> digits(std::string_view text, std::size_t longest) {
  if (text.empty() || text.size() > longest || text.find_first_not_of(kDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

bool two_digits_up_to(std::string_view text, int largest) {
  const auto number = digits(text, 2);
  return number && text.size() == 2 && *number <= largest;
}

bool is_duration_text(std::string_view text) {
  // [H]H…:MM[:SS[.fff]]; the first part may be any size
  const std::size_t dot = text.find('.');
  if (dot != std::string_view::npos) {
    if (!digits(text.substr(dot + 1), 6)) return false;
    text = text.substr(0, dot);
  }
  const auto colons = std::ranges::count(text, ':');
  if (colons < 1 || colons > 2) return false;
  std::size_t end = text.rfind(':');
  if (!two_digits_up_to(text.substr(end + 1), 59)) return false;
  text = text.substr(0, end);
  if (colons == 2) {
    end = text.rfind(':');
    if (!two_digits_up_to(text.substr(end + 1), 59)) return false;
    text = text.substr(0, end);
  }
  return digits(text, 6).has_value();
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = digits(text.substr(0, 4), 4);
  const auto month = digits(text.substr(5, 2), 2);
  const auto day = digits(text.substr(8, 2), 2);
  if (!year || !month || !day) return false;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok();
}

std::optional<std::string> full_time(std::string_view text) {
  const bool seconds = text.size() == 8 && text[5] == ':';
  if (!seconds && text.size() != 5) return std::nullopt;
  if (text[2] != ':' || !two_digits_up_to(text.substr(0, 2), 23) ||
      !two_digits_up_to(text.substr(3, 2), 59)) {
    return std::nullopt;
  }
  if (seconds && !two_digits_up_to(text.substr(6, 2), 59)) return std::nullopt;
  std::string out(text);
  if (!seconds) out += ":00";
  return out;
}

bool is_datetime(std::string_view text) {
  if (parse_time(text)) return true;
  if (text.size() < 16 || (text[10] != ' ' && text[10] != 'T')) return false;
  return is_date(text.substr(0, 10)) && full_time(text.substr(11)).has_value();
}

bool is_duration(const Value& value) {
  constexpr std::array<std::string_view, 5> kParts{"days", "hours", "minutes", "seconds", "milliseconds"};
  if (value.is_number()) return value.number_or(-1) >= 0;
  if (const std::string* text = value.as_string()) return is_duration_text(*text);
  const Object* object = value.as_object();
  if (object == nullptr || object->empty()) return false;
  return std::ranges::all_of(*object, [&](const Member& part) {
    return std::ranges::find(kParts, part.key) != kParts.end() && part.value.number_or(-1) >= 0;
  });
}

}  // namespace gable::wire

#include "gable/local_time.hpp"

#include <array>
#include <chrono>
#include <ctime>

namespace gable::cli {

namespace {

std::tm local(wire::Time time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

std::string format(const std::tm& parts, const char* pattern) {
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), pattern, &parts);
  return {text.data(), length};
}

}  // namespace

std::string clock_text(wire::Time time) {
  const auto fraction = (time - std::chrono::floor<std::chrono::seconds>(time)).count();
  const std::string digits = std::to_string(1000 + fraction);
  return format(local(time), "%H:%M:%S.") + digits.substr(1);
}

std::string moment_text(wire::Time time, wire::Time now) {
  const std::tm then = local(time), today = local(now);
  const bool same_day = then.tm_yday == today.tm_yday && then.tm_year == today.tm_year;
  return format(then, same_day ? "today %H:%M:%S" : "%Y-%m-%d %H:%M:%S");
}

std::string ago(std::string_view time, wire::Time now) {
  const auto then = wire::parse_time(time);
  if (!then) return {};
  const auto passed = now - *then;
  if (passed < std::chrono::seconds(1)) return "now";
  return wire::format_duration(std::chrono::duration_cast<wire::Duration>(passed)) + " ago";
}

std::string moment_of(std::string_view time, wire::Time now) {
  const auto then = wire::parse_time(time);
  return then ? moment_text(*then, now) : std::string(time);
}

wire::Time wall_clock() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace gable::cli

#pragma once
// Berlin's time since 1996, without the time zone database: an hour forward on the last Sunday of March and
// back on that of October, both at 01:00 UTC.

#include <chrono>
#include <string>
#include <string_view>

#include "template/time/clock.hpp"

namespace gable::rules::jinja {

class BerlinZone final : public TimeZone {
 public:
  [[nodiscard]] std::chrono::seconds offset(Instant utc) const override {
    return std::chrono::hours(is_summer(utc) ? 2 : 1);
  }
  [[nodiscard]] std::chrono::seconds saving(Instant utc) const override {
    return std::chrono::hours(is_summer(utc) ? 1 : 0);
  }
  [[nodiscard]] std::string abbreviation(Instant utc) const override {
    return is_summer(utc) ? "CEST" : "CET";
  }
  [[nodiscard]] std::string_view name() const override { return "Europe/Berlin"; }

 private:
  [[nodiscard]] static bool is_summer(Instant utc) {
    const auto day = std::chrono::floor<std::chrono::days>(utc);
    const auto year = std::chrono::year_month_day(day).year();
    const auto change = [year](std::chrono::month month) {
      return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) +
             std::chrono::hours(1);
    };
    return utc >= change(std::chrono::March) && utc < change(std::chrono::October);
  }
};

}  // namespace gable::rules::jinja

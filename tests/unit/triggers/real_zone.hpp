#pragma once
// Time zones of the system's database, for tests of clocks that are changed.

#include <date/tz.h>

#include <string>

#include "template/time/clock.hpp"

namespace gable::rules::test {

class RealZone final : public jinja::TimeZone {
 public:
  explicit RealZone(const std::string& name) : zone_(date::locate_zone(name)) {}
  [[nodiscard]] std::chrono::seconds offset(jinja::Instant utc) const override {
    if (utc < begin_ || utc >= end_) {
      const auto info = zone_->get_info(utc);
      begin_ = info.begin;
      end_ = info.end;
      offset_ = info.offset;
    }
    return offset_;
  }

 private:
  const date::time_zone* zone_;
  // Of the stretch that was asked for last: a year asks half a million times.
  mutable std::chrono::sys_seconds begin_{}, end_{};
  mutable std::chrono::seconds offset_{};
};

// "2026-03-29T01:00:00Z" in parts.
inline jinja::Instant utc(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  return date::sys_days(date::year(year) / static_cast<int>(month) / static_cast<int>(day)) +
         std::chrono::hours(hour) + std::chrono::minutes(minute);
}

}  // namespace gable::rules::test

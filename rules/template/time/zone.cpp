// Time zones and their objects.

#include "template/time/zone.hpp"

#include <array>

#include "template/callables/callable.hpp"
#include "template/time/civil.hpp"
#include "template/time/datetime.hpp"
#include "template/time/text.hpp"
#include "template/time/timedelta.hpp"
#include "template/value/error.hpp"
#include "template/value/object.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

std::int64_t offset_at(const Zone& zone, std::int64_t utc) {
  if (zone.kind == Zone::Kind::fixed) return zone.offset;
  return zone.rules->offset(Instant(std::chrono::microseconds(utc))).count() * kSecond;
}

std::int64_t offset_of_rules(const Zone& zone, const WallTime& wall);

// An instant at which the rules are those by which the clocks show `wall`. In the hour that is skipped that
// is not the instant itself: its rules are still the old ones.
Instant instant_of(const Zone& zone, const WallTime& wall) {
  const std::int64_t offset = offset_of_rules(zone, wall);
  const std::int64_t utc = wall.local - offset;
  for (const std::int64_t candidate : {utc, wall.local - kDay, wall.local + kDay}) {
    if (offset_at(zone, candidate) == offset) return Instant(std::chrono::microseconds(candidate));
  }
  return Instant(std::chrono::microseconds(utc));
}

class ZoneObject final : public Object {
 public:
  explicit ZoneObject(const Zone& zone) : zone_(zone) {}

  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] std::string_view type_name() const override { return fixed() ? "timezone" : "ZoneInfo"; }
  [[nodiscard]] std::string repr() const override { return zone_repr(zone_); }
  [[nodiscard]] std::string str() const override {
    return fixed() ? zone_name(zone_, {}) : std::string(zone_.rules->name());
  }
  std::optional<Value> attribute(Evaluation& evaluation, std::string_view name) override;
  [[nodiscard]] bool equals(const Value& other) const override {
    const auto* const zone = other.as<ZoneObject>();
    return zone != nullptr && zone->zone_ == zone_;
  }
  [[nodiscard]] std::size_t hash() const override {
    return std::hash<std::int64_t>()(zone_.offset) ^ std::hash<const void*>()(zone_.rules);
  }

 private:
  [[nodiscard]] bool fixed() const { return zone_.kind == Zone::Kind::fixed; }

  Zone zone_;
};

// The datetime that a method of a zone is asked about; None means none in particular.
std::optional<WallTime> asked(const Bound& arguments) {
  if (arguments[1].is_none()) return std::nullopt;
  const auto* const when = arguments[1].as<DateTime>();
  if (when == nullptr) throw_type_error("tzinfo argument must be a datetime instance or None");
  return when->wall();
}

Value utcoffset_method(Evaluation&, const Bound& arguments) {
  const Zone& zone = arguments[0].as<ZoneObject>()->zone();
  const std::optional<WallTime> wall = asked(arguments);
  if (!wall && zone.kind == Zone::Kind::rules) return None{};
  return make_timedelta(*utc_offset(zone, wall.value_or(WallTime{})));
}

Value tzname_method(Evaluation&, const Bound& arguments) {
  const Zone& zone = arguments[0].as<ZoneObject>()->zone();
  const std::optional<WallTime> wall = asked(arguments);
  if (!wall && zone.kind == Zone::Kind::rules) return None{};
  return zone_name(zone, wall.value_or(WallTime{}));
}

Value dst_method(Evaluation&, const Bound& arguments) {
  const std::optional<WallTime> wall = asked(arguments);
  if (!wall) return None{};
  const std::optional<std::int64_t> found = saving(arguments[0].as<ZoneObject>()->zone(), *wall);
  return found ? make_timedelta(*found) : Value(None{});
}

constexpr std::array kMethods{
    Callable{"utcoffset", "self, dt, /", utcoffset_method},
    Callable{"tzname", "self, dt, /", tzname_method},
    Callable{"dst", "self, dt, /", dst_method},
};

std::optional<Value> ZoneObject::attribute(Evaluation&, std::string_view name) {
  if (fixed() && name == "utc") return zone_value(Zone::utc());
  if (!fixed() && name == "key") return Value(zone_.rules->name());
  for (const Callable& method : kMethods) {
    if (method.name == name) return bound_method(method, Value(shared_from_this()));
  }
  return std::nullopt;
}

}  // namespace

Zone Zone::fixed(std::int64_t offset) {
  if (offset <= -kDay || offset >= kDay) {
    throw_value_error(
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  }
  return {Kind::fixed, offset, nullptr};
}

Zone Zone::local(const Clock& clock) {
  return clock.zone == nullptr ? utc() : Zone{Kind::rules, 0, clock.zone};
}

std::optional<std::int64_t> utc_offset(const Zone& zone, const WallTime& wall) {
  if (zone.kind == Zone::Kind::none) return std::nullopt;
  return zone.kind == Zone::Kind::fixed ? zone.offset : offset_of_rules(zone, wall);
}

namespace {

std::int64_t offset_of_rules(const Zone& zone, const WallTime& wall) {
  // No zone is further than a day from UTC, nor changes its clocks twice in two days.
  const std::int64_t before = offset_at(zone, wall.local - kDay);
  const std::int64_t after = offset_at(zone, wall.local + kDay);
  if (before == after) return before;
  const bool is_before = offset_at(zone, wall.local - before) == before;
  const bool is_after = offset_at(zone, wall.local - after) == after;
  if (is_before == is_after) return wall.fold ? after : before;  // shown twice, or skipped
  return is_before ? before : after;
}

}  // namespace

WallTime wall_time(const Zone& zone, std::int64_t utc) {
  const std::int64_t offset = offset_at(zone, utc);
  const WallTime first{utc + offset, false};
  return {first.local, utc_offset(zone, first) != offset};
}

std::optional<std::int64_t> saving(const Zone& zone, const WallTime& wall) {
  if (zone.kind != Zone::Kind::rules) return std::nullopt;
  return zone.rules->saving(instant_of(zone, wall)).count() * kSecond;
}

std::string zone_name(const Zone& zone, const WallTime& wall) {
  if (zone.kind == Zone::Kind::none) return {};
  if (zone.kind == Zone::Kind::rules) {
    const Instant when = instant_of(zone, wall);
    std::string name = zone.rules->abbreviation(when);
    return name.empty() ? offset_text(zone.rules->offset(when).count() * kSecond, ":") : name;
  }
  return zone.offset == 0 ? "UTC" : "UTC" + offset_text(zone.offset, ":");
}

std::string offset_text(std::int64_t offset, std::string_view separator) {
  std::string text(1, offset < 0 ? '-' : '+');
  const DayTime parts = day_time_of(offset < 0 ? -offset : offset);
  append_number(parts.hour, 2, text);
  append_number(parts.minute, 2, text.append(separator));
  if (parts.second == 0 && parts.microsecond == 0) return text;
  append_number(parts.second, 2, text.append(separator));
  if (parts.microsecond != 0) append_number(parts.microsecond, 6, text += '.');
  return text;
}

Value zone_value(const Zone& zone) {
  if (!zone.aware()) return None{};
  return ObjectPtr(std::make_shared<ZoneObject>(zone));
}

Zone zone_of(const Value& value) {
  if (value.is_none()) return {};
  if (const auto* const zone = value.as<ZoneObject>()) return zone->zone();
  throw_type_error("tzinfo argument must be None or of a tzinfo subclass, not type '" +
                   std::string(type_name(value)) + "'");
}

std::string zone_repr(const Zone& zone) {
  if (!zone.aware()) return "None";
  if (zone.kind == Zone::Kind::rules) {
    return "zoneinfo.ZoneInfo(key='" + std::string(zone.rules->name()) + "')";
  }
  if (zone.offset == 0) return "datetime.timezone.utc";
  return "datetime.timezone(" + repr(make_timedelta(zone.offset)) + ")";
}

}  // namespace gable::rules::jinja

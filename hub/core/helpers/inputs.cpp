#include "core/helpers/inputs.hpp"

#include <algorithm>
#include <cmath>

#include "wire/date_text.hpp"
#include "wire/domains.hpp"
#include "wire/json.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::Value;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

wire::List text_list(const std::vector<std::string>& texts) {
  wire::List list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

wire::Object attributes_of(const Helper& helper) {
  wire::Object out;
  const auto bounds = [&](double min, double max) {
    out.append("min", min);
    out.append("max", max);
  };
  std::visit(Overloaded{[&](const InputNumber& n) {
                          bounds(n.min, n.max);
                          out.append("step", n.step);
                          out.append("mode", n.box ? "box" : "slider");
                        },
                        [&](const InputSelect& s) { out.append("options", text_list(s.options)); },
                        [&](const InputText& t) {
                          out.append("min", t.min);
                          out.append("max", t.max);
                          if (!t.pattern.empty()) out.append("pattern", t.pattern);
                          out.append("mode", t.password ? "password" : "text");
                        },
                        [&](const InputDatetime& d) {
                          out.append("has_date", d.has_date);
                          out.append("has_time", d.has_time);
                        },
                        [&](const Counter& c) {
                          out.append("initial", c.initial);
                          out.append("step", c.step);
                          if (c.minimum) out.append("minimum", *c.minimum);
                          if (c.maximum) out.append("maximum", *c.maximum);
                        },
                        [](const auto&) {}},
             helper.kind);
  out.append("editable", false);
  return out;
}

Report report_of(const Helper& helper, std::optional<std::string> text) {
  Report report;
  report.text = std::move(text);
  report.attributes = attributes_of(helper);
  report.context.own().by = "hub";
  return report;
}

std::string default_datetime(const InputDatetime& d) {
  if (d.has_date && d.has_time) return "1970-01-01 00:00:00";
  return d.has_date ? "1970-01-01" : "00:00:00";
}

// One of its halves may be empty.
struct DateAndTime {
  std::string date, time;  // "2026-11-22", "07:30:00"
};

constexpr double kLatest = 253'402'300'799;  // the last second of the year 9999

DateAndTime split_local(std::chrono::local_seconds local) {
  const std::string text = wire::format_time(Time(local.time_since_epoch()));
  return {text.substr(0, 10), text.substr(11, 8)};
}

// As this hub has written it.
DateAndTime split_text(const std::string& text) {
  if (text.size() >= 19) return {text.substr(0, 10), text.substr(11, 8)};
  return text.size() == 10 ? DateAndTime{text, {}} : DateAndTime{{}, text};
}

// As people and templates write it: a date, a time of day or both; with an offset it is an instant.
std::optional<DateAndTime> read_datetime(const std::string& text, const ZoneRules& zone) {
  constexpr std::size_t kDate = 10;
  if (wire::is_date(text)) return DateAndTime{text, {}};
  if (auto time = wire::full_time(text)) return DateAndTime{{}, std::move(*time)};
  if (text.size() <= kDate || !wire::is_date(text.substr(0, kDate))) return std::nullopt;
  if (auto time = wire::full_time(text.substr(kDate + 1))) return DateAndTime{text.substr(0, kDate), *time};
  const auto instant = wire::parse_time(text);
  return instant ? std::optional(split_local(to_local(zone, *instant))) : std::nullopt;
}

std::string datetime_text(const InputDatetime& d, const DateAndTime& value) {
  if (!d.has_date) return value.time;
  return d.has_time ? value.date + " " + value.time : value.date;
}

int number_at(std::string_view text, std::size_t at, std::size_t length) {
  int out = 0;
  for (const char c : text.substr(at, length)) out = out * 10 + (c - '0');
  return out;
}

// Its parts as numbers, and `timestamp`: seconds since 1970, or since midnight where it has no date.
void add_parts(wire::Object& out, const InputDatetime& d, const std::string& text, const ZoneRules& zone) {
  const DateAndTime value = split_text(text);
  std::int64_t since_midnight = 0;
  if (d.has_date && wire::is_date(value.date)) {
    out.append("year", number_at(value.date, 0, 4));
    out.append("month", number_at(value.date, 5, 2));
    out.append("day", number_at(value.date, 8, 2));
  }
  if (const auto time = wire::full_time(value.time); d.has_time && time) {
    const int hour = number_at(*time, 0, 2), minute = number_at(*time, 3, 2), second = number_at(*time, 6, 2);
    out.append("hour", hour);
    out.append("minute", minute);
    out.append("second", second);
    since_midnight = hour * 3600 + minute * 60 + second;
  }
  if (!d.has_date) return static_cast<void>(out.append("timestamp", since_midnight));
  const auto midnight = wire::parse_time(value.date + "T00:00:00Z");
  if (!midnight) return;
  const std::chrono::local_seconds local(
      std::chrono::floor<std::chrono::seconds>(midnight->time_since_epoch()) +
      std::chrono::seconds(since_midnight));
  out.append("timestamp", to_utc(zone, local).time_since_epoch().count() / 1000);
}

double number_of(const EntityState& state, double fallback) {
  Value value;
  if (!state.known || !wire::parse_scalar(state.text, value)) return fallback;
  return value.number_or(fallback);
}

Report report_of(const Helper& helper, const std::string& text, const ZoneRules& zone) {
  Report report = report_of(helper, std::optional(text));
  add_parts(report.attributes, std::get<InputDatetime>(helper.kind), text, zone);
  return report;
}

using Outcome = wire::Result<Report>;

Outcome bad_datetime() {
  return Error{ErrorCode::malformed,
               "expected a date (2026-11-22), a time (07:30:00), both, or a timestamp (1767225600)",
               "datetime"};
}

Outcome unknown_service(const wire::Command& command) {
  return Error{ErrorCode::unsupported, "this helper does not do " + std::string(command.service->name), ""};
}

Outcome act_number(const Helper& helper, const InputNumber& n, const EntityState& now,
                   const wire::Command& command) {
  double value = number_of(now, n.min);
  if (command.service->name == "increment")
    value = std::min(value + n.step, n.max);
  else if (command.service->name == "decrement")
    value = std::max(value - n.step, n.min);
  else
    value = command.data.find("value")->number_or(value);
  if (value < n.min || value > n.max) {
    return Error{ErrorCode::out_of_range,
                 "expected " + wire::number_text(n.min) + " to " + wire::number_text(n.max), "value"};
  }
  return report_of(helper, wire::number_text(value));
}

Outcome act_counter(const Helper& helper, const Counter& c, const EntityState& now,
                    const wire::Command& command) {
  auto value = static_cast<std::int64_t>(std::llround(number_of(now, static_cast<double>(c.initial))));
  if (command.service->name == "increment")
    value += c.step;
  else if (command.service->name == "decrement")
    value -= c.step;
  else if (command.service->name == "reset")
    value = c.initial;
  else
    value = static_cast<std::int64_t>(std::llround(command.data.find("value")->number_or(0)));
  if (c.minimum) value = std::max(value, *c.minimum);
  if (c.maximum) value = std::min(value, *c.maximum);
  return report_of(helper, std::to_string(value));
}

Outcome act_select(const Helper& helper, const InputSelect& s, const EntityState& now,
                   const wire::Command& command) {
  const auto size = static_cast<std::ptrdiff_t>(s.options.size());
  const auto at = std::find(s.options.begin(), s.options.end(), now.text) - s.options.begin();
  const bool cycle = [&] {
    const auto* value = command.data.find("cycle");
    return value == nullptr || value->bool_or(true);
  }();
  const auto step = [&](std::ptrdiff_t by) {
    const auto next = at == size ? 0 : at + by;
    const auto wrapped = cycle ? (next + size) % size : std::clamp<std::ptrdiff_t>(next, 0, size - 1);
    return report_of(helper, s.options[static_cast<std::size_t>(wrapped)]);
  };
  const auto name = command.service->name;
  if (name == "select_first") return report_of(helper, s.options.front());
  if (name == "select_last") return report_of(helper, s.options.back());
  if (name == "select_next") return step(1);
  if (name == "select_previous") return step(-1);
  if (name == "select_option")
    return report_of(helper, std::string(command.data.find("option")->string_or("")));
  return Error{ErrorCode::unsupported, "there is no input_select." + std::string(name), ""};
}

Outcome act_datetime(const Helper& helper, const InputDatetime& d, const EntityState& now,
                     const wire::Command& command, const ZoneRules& zone) {
  const auto given = [&](std::string_view key) {
    const auto* value = command.data.find(key);
    return value == nullptr ? std::string() : std::string(value->string_or(""));
  };
  DateAndTime wish{given("date"), given("time")};
  if (const std::string both = given("datetime"); !both.empty()) {
    auto read = read_datetime(both, zone);
    if (!read) return bad_datetime();
    wish = std::move(*read);
  }
  if (const auto* stamp = command.data.find("timestamp")) {
    const double seconds = stamp->number_or(kLatest + 1);
    if (!(seconds >= 0 && seconds <= kLatest)) return bad_datetime();
    wish = split_local(to_local(zone, Time(std::chrono::milliseconds(std::llround(seconds * 1000)))));
  }
  if (wish.date.empty() && wish.time.empty()) return bad_datetime();
  const DateAndTime old = split_text(now.known ? now.text : default_datetime(d));
  if (wish.date.empty()) wish.date = old.date;
  if (wish.time.empty()) wish.time = old.time;
  return report_of(helper, datetime_text(d, wish), zone);
}

}  // namespace

wire::EntityDescription describe_helper(const Helper& helper) {
  wire::EntityDescription out;
  out.domain = wire::find_domain(helper.id.domain());
  out.name = helper.name;
  out.icon = helper.icon;
  std::visit(Overloaded{[&](const InputNumber& n) {
                          out.min = n.min;
                          out.max = n.max;
                          out.step = n.step;
                          out.unit = n.unit;
                        },
                        [&](const InputSelect& s) { out.options = s.options; },
                        [&](const InputText& t) {
                          out.min = t.min;
                          out.max = t.max;
                          out.unit = t.unit;
                        },
                        [](const auto&) {}},
             helper.kind);
  return out;
}

Report first_report(const Helper& helper, const EntityState& stored, const ZoneRules& zone) {
  const auto stored_or = [&](const std::string& fallback) { return stored.known ? stored.text : fallback; };
  return std::visit(
      Overloaded{[&](const InputBoolean& b) {
                   return report_of(helper, b.initial ? (*b.initial ? "on" : "off") : stored_or("off"));
                 },
                 [&](const InputNumber& n) {
                   const std::string text =
                       n.initial ? wire::number_text(*n.initial) : stored_or(wire::number_text(n.min));
                   return report_of(helper, text);
                 },
                 [&](const InputSelect& s) {
                   const std::string text = s.initial.value_or(stored_or(s.options.front()));
                   const bool valid = std::count(s.options.begin(), s.options.end(), text) > 0;
                   return report_of(helper, valid ? text : s.options.front());
                 },
                 [&](const InputText& t) {
                   std::optional<std::string> text = t.initial;
                   if (!text && stored.known) text = stored.text;
                   return report_of(helper, text);
                 },
                 [&](const InputDatetime& d) {
                   return report_of(helper, d.initial.value_or(stored_or(default_datetime(d))), zone);
                 },
                 [&](const Counter& c) {
                   return report_of(
                       helper, c.restore ? stored_or(std::to_string(c.initial)) : std::to_string(c.initial));
                 },
                 [&](const auto&) {
                   return report_of(helper, stored.known ? std::optional(stored.text) : std::nullopt);
                 }},
      helper.kind);
}

Outcome act_on_input(const Helper& helper, const EntityState& now, const wire::Command& command, Time time,
                     const ZoneRules& zone) {
  const auto name = command.service->name;
  return std::visit(
      Overloaded{
          [&](const InputBoolean&) -> Outcome {
            const bool on = name == "turn_on" || (name == "toggle" && now.text != "on");
            return report_of(helper, on ? "on" : "off");
          },
          [&](const InputNumber& n) -> Outcome { return act_number(helper, n, now, command); },
          [&](const InputSelect& s) -> Outcome { return act_select(helper, s, now, command); },
          [&](const InputText&) -> Outcome {
            return report_of(helper, std::string(command.data.find("value")->string_or("")));
          },
          [&](const InputDatetime& d) -> Outcome { return act_datetime(helper, d, now, command, zone); },
          [&](const InputButton&) -> Outcome { return report_of(helper, wire::format_time(time)); },
          [&](const Counter& c) -> Outcome { return act_counter(helper, c, now, command); },
          [&](const auto&) -> Outcome { return unknown_service(command); }},
      helper.kind);
}

}  // namespace gable::hub

#include "core/helpers/inputs.hpp"

#include <algorithm>
#include <cmath>

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

double number_of(const EntityState& state, double fallback) {
  Value value;
  if (!state.known || !wire::parse_scalar(state.text, value)) return fallback;
  return value.number_or(fallback);
}

using Outcome = wire::Result<Report>;

Outcome unknown_service(const wire::Command& command) {
  return Error{ErrorCode::unsupported, "this helper does not do " + std::string(command.service->name), ""};
}

Outcome act_number(const Helper& helper, const InputNumber& n, const EntityState& now,
                   const wire::Command& command) {
  double value = number_of(now, n.min);
  if (command.service->name == "increment")
    value += n.step;
  else if (command.service->name == "decrement")
    value -= n.step;
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
  return Error{ErrorCode::unsupported, "the options come from a file; change them there", ""};
}

Outcome act_datetime(const Helper& helper, const InputDatetime& d, const EntityState& now,
                     const wire::Command& command) {
  const auto given = [&](std::string_view key) {
    const auto* value = command.data.find(key);
    return value == nullptr ? std::string() : std::string(value->string_or(""));
  };
  std::string date = given("date"), time = given("time");
  const std::string both = given("datetime");
  if (both.size() >= 19) {
    date = both.substr(0, 10);
    time = both.substr(11, 8);
  } else if (both.size() == 10) {
    date = both;
  } else if (both.size() == 8 || both.size() == 5) {
    time = both.size() == 5 ? both + ":00" : both;
  }
  if (date.empty() && time.empty()) {
    return Error{ErrorCode::malformed, "expected a date (2026-11-22), a time (07:30:00) or both", "datetime"};
  }
  const std::string old = now.known ? now.text : default_datetime(d);
  if (d.has_date && date.empty()) date = old.substr(0, 10);
  if (d.has_time && time.empty()) time = d.has_date ? old.substr(11) : old;
  if (!d.has_date) return report_of(helper, time);
  return report_of(helper, d.has_time ? date + " " + time : date);
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

Report first_report(const Helper& helper, const EntityState& stored) {
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
                   return report_of(helper, d.initial.value_or(stored_or(default_datetime(d))));
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

Outcome act_on_input(const Helper& helper, const EntityState& now, const wire::Command& command, Time time) {
  const auto name = command.service->name;
  return std::visit(
      Overloaded{[&](const InputBoolean&) -> Outcome {
                   const bool on = name == "turn_on" || (name == "toggle" && now.text != "on");
                   return report_of(helper, on ? "on" : "off");
                 },
                 [&](const InputNumber& n) -> Outcome { return act_number(helper, n, now, command); },
                 [&](const InputSelect& s) -> Outcome { return act_select(helper, s, now, command); },
                 [&](const InputText&) -> Outcome {
                   return report_of(helper, std::string(command.data.find("value")->string_or("")));
                 },
                 [&](const InputDatetime& d) -> Outcome { return act_datetime(helper, d, now, command); },
                 [&](const InputButton&) -> Outcome { return report_of(helper, wire::format_time(time)); },
                 [&](const Counter& c) -> Outcome { return act_counter(helper, c, now, command); },
                 [&](const auto&) -> Outcome { return unknown_service(command); }},
      helper.kind);
}

}  // namespace gable::hub

// Triggers on time: time, time_pattern, sun, calendar.

#include <algorithm>
#include <array>
#include <charconv>

#include "language/trigger_readers.hpp"

namespace gable::rules {

namespace {

constexpr std::array<std::string_view, 2> kTimeEntities{"input_datetime", "sensor"};

bool is_template(std::string_view text) {
  return text.find("{{") != text.npos || text.find("{%") != text.npos;
}

// {entity_id: sensor.x, offset: "-00:15:00"}
TimeAt read_at_offset(Reading& reading, yaml::Node node) {
  TimeAt at;
  Fields fields(reading, node, "a time with an offset");
  if (const auto entity = fields.require("entity_id"))
    at.entity = read_time_entity(reading, *entity, "entity_id", kTimeEntities);
  if (const auto offset = fields.take("offset")) at.offset = read_offset(reading, *offset, "offset");
  fields.finish();
  return at;
}

TimeAt read_at(Reading& reading, yaml::Node node) {
  if (node.is_map()) return read_at_offset(reading, node);
  TimeAt at;
  const std::optional<std::string_view> text = node.as_text();
  if (text && is_template(*text)) {
    at.at_template = templated_text(reading, node, "at");
  } else if (text && text->find('.') != text->npos && text->find(':') == text->npos) {
    at.entity = read_time_entity(reading, node, "at", kTimeEntities);
  } else {
    at.time = read_time_of_day(reading, node, "at");
  }
  return at;
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

void bad_pattern(Reading& reading, yaml::Node node, std::string_view key, int max) {
  const std::string written(node.written());
  // From cron, where it means the same as "/5" here.
  const std::string near = written.starts_with("*/") ? written.substr(1) : std::string();
  reading.error(node, "bad_pattern",
                std::string(key) + ": expected 0 to " + std::to_string(max) +
                    ", \"/n\" for every n-th, or \"*\"; got " + shown(node),
                near);
}

TimePattern read_pattern(Reading& reading, yaml::Node node, std::string_view key, int max) {
  TimePattern pattern;
  std::string text = node.is_list() || node.is_map() ? std::string() : yaml::text_of(node);
  if (text == "*") return pattern;
  const bool step = text.starts_with('/');
  if (step) text.erase(0, 1);
  const std::optional<int> number = node.kind() == yaml::Kind::boolean ? std::nullopt : number_of(text);
  const bool base_60 =
      node.kind() == yaml::Kind::integer && node.written().find(':') != std::string_view::npos;
  if (!number || base_60 || *number < (step ? 1 : 0) || (!step && *number > max)) {
    bad_pattern(reading, node, key, max);
    return pattern;
  }
  if (step && *number > max) {
    reading.warn(node, "long_step",
                 std::string(key) + ": " + shown(node) + " matches 0 only, for there are no more than " +
                     std::to_string(max));
  }
  pattern.kind = step ? TimePattern::Kind::step : TimePattern::Kind::exact;
  pattern.number = *number;
  return pattern;
}

}  // namespace

std::string read_time_entity(Reading& reading, yaml::Node node, std::string_view what,
                             std::span<const std::string_view> domains) {
  EntityIds ids = read_entity_ids(reading, node, what);
  if (ids.empty()) return {};
  const std::string_view domain = std::string_view(ids.front()).substr(0, ids.front().find('.'));
  if (ids.size() == 1 && std::ranges::find(domains, domain) != domains.end()) return std::move(ids.front());
  std::string list;
  for (const std::string_view name : domains) list += (list.empty() ? "" : ", ") + std::string(name);
  reading.error(node, "bad_entity_id",
                std::string(what) + ": expected a time, or one entity of " + list + "; got " + shown(node));
  return {};
}

bool read_sun_event(Reading& reading, yaml::Node node, std::string_view what) {
  return read_lower_choice(reading, node, what, {"sunrise", "sunset"}) == "sunrise";
}

TriggerKind read_time_trigger(Fields& fields) {
  TimeTrigger trigger;
  Reading& reading = fields.reading();
  if (const auto at = fields.require("at")) {
    if (at->is_list()) {
      for (const yaml::Node item : at->items()) trigger.at.push_back(read_at(reading, item));
    } else {
      trigger.at.push_back(read_at(reading, *at));
    }
  }
  if (const auto weekday = fields.take("weekday")) trigger.weekdays = read_weekdays(reading, *weekday);
  return trigger;
}

TriggerKind read_time_pattern_trigger(Fields& fields) {
  constexpr int kLastHour = 23;
  constexpr int kLastMinute = 59;
  Reading& reading = fields.reading();
  const std::optional<yaml::Node> hours = fields.take("hours");
  const std::optional<yaml::Node> minutes = fields.take("minutes");
  const std::optional<yaml::Node> seconds = fields.take("seconds");
  if (!hours && !minutes && !seconds)
    reading.error(fields.node(), "missing_key", fields.what() + " needs hours, minutes or seconds");
  // A larger unit that is given makes a smaller one that is not 0.
  bool larger = false;
  const auto read = [&](const std::optional<yaml::Node>& node, std::string_view key, int max) {
    const bool given = node && !node->is_null();
    const TimePattern pattern =
        given ? read_pattern(reading, *node, key, max)
              : TimePattern{larger ? TimePattern::Kind::exact : TimePattern::Kind::any, 0};
    larger = larger || given;
    return pattern;
  };
  TimePatternTrigger trigger;
  trigger.hours = read(hours, "hours", kLastHour);
  trigger.minutes = read(minutes, "minutes", kLastMinute);
  trigger.seconds = read(seconds, "seconds", kLastMinute);
  return trigger;
}

TriggerKind read_sun_trigger(Fields& fields) {
  SunTrigger trigger;
  if (const auto event = fields.require("event"))
    trigger.rises = read_sun_event(fields.reading(), *event, "event");
  if (const auto offset = fields.take("offset"))
    trigger.offset = read_offset(fields.reading(), *offset, "offset");
  return trigger;
}

TriggerKind read_calendar_trigger(Fields& fields) {
  CalendarTrigger trigger;
  Reading& reading = fields.reading();
  if (const auto entity = fields.require("entity_id")) {
    const EntityIds ids = read_entity_ids(reading, *entity, "entity_id");
    if (ids.size() == 1 && ids.front().starts_with("calendar.")) {
      trigger.entity = ids.front();
    } else if (!ids.empty()) {
      reading.error(*entity, "wrong_domain", "entity_id: expected one calendar, got " + shown(*entity));
    }
  }
  if (const auto event = fields.take("event"))
    trigger.starts = read_choice(reading, *event, "event", {"start", "end"}) == "start";
  if (const auto offset = fields.take("offset")) trigger.offset = read_offset(reading, *offset, "offset");
  return trigger;
}

}  // namespace gable::rules

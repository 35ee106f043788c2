#include "simulation/scenario/read_scenario.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "engine/scope.hpp"
#include "language/values.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::rules::simulation {

namespace {

// Where time stands unless a test says otherwise: a Thursday noon in winter.
constexpr LocalTime kUsualNow{std::chrono::local_days(std::chrono::year(2026) / 1 / 15) +
                              std::chrono::hours(12)};

// "2026-11-22 18:30", "2026-11-22T18:30:00", "2026-11-22"; nothing when it is no such day and time.
std::optional<LocalTime> day_and_time(std::string_view text) {
  int year = 0, month = 0, day = 0, used = 0;
  const std::string whole(text);
  if (std::sscanf(whole.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  std::chrono::seconds time{};
  if (whole.size() > 10) {
    if (whole[10] != ' ' && whole[10] != 'T') return std::nullopt;
    const auto of_day = time_of_day(std::string_view(whole).substr(11));
    if (!of_day) return std::nullopt;
    time = *of_day;
  }
  return LocalTime(std::chrono::local_days(date)) + time;
}

void bad_time(Reading& reading, yaml::Node node, std::string_view what, std::string_view expected) {
  reading.error(node, "bad_time",
                std::string(what) + ": expected " + std::string(expected) + ", got " + shown(node));
}

LocalTime read_now(Reading& reading, yaml::Node node) {
  const auto when = node.is_scalar() ? day_and_time(node.written()) : std::nullopt;
  if (!when) bad_time(reading, node, "now", "a day and a time as 2026-11-22 18:30");
  return when.value_or(kUsualNow);
}

// Unquoted times are taken as they are written, whatever YAML makes of them.
void read_at(Reading& reading, yaml::Node node, Step& step) {
  const std::string_view text = node.is_scalar() ? node.written() : std::string_view{};
  step.at = day_and_time(text);
  if (!step.at) step.next_time = time_of_day(text);
  if (!step.at && !step.next_time)
    bad_time(reading, node, "at", "18:30, or a day and a time as 2026-11-22 18:30");
}

std::optional<Observer> read_location(Reading& reading, yaml::Node node) {
  if (!require_map(reading, node, "location")) return std::nullopt;
  Fields fields(reading, node, "a location");
  Observer place;
  if (const auto value = fields.require("latitude"))
    place.latitude = read_number(reading, *value, "latitude");
  if (const auto value = fields.require("longitude"))
    place.longitude = read_number(reading, *value, "longitude");
  if (const auto value = fields.take("elevation"))
    place.elevation = read_number(reading, *value, "elevation");
  fields.finish();
  return place;
}

ServiceAnswer read_answer(Reading& reading, yaml::Node node) {
  ServiceAnswer answer;
  if (node.is_null() || !require_map(reading, node, "a service's answer")) return answer;
  Fields fields(reading, node, "a service's answer");
  if (const auto response = fields.take("response")) answer.response = plain_value(reading, *response);
  if (const auto error = fields.take("error")) answer.error = read_text(reading, *error, "error");
  fields.finish();
  return answer;
}

// [a.b, c.d], or {a.b: {response: …}}
void read_services(Reading& reading, yaml::Node node, Scenario& out) {
  if (!node.is_map()) {
    for (std::string& name : read_texts(reading, node, "services"))
      out.services.emplace_back(std::move(name), ServiceAnswer{});
    return;
  }
  for (const yaml::Entry& entry : node.entries()) {
    out.services.emplace_back(yaml::text_of(entry.key), read_answer(reading, entry.value));
  }
}

// What tests may have in common.
void read_common(Fields& fields, Scenario& out) {
  Reading& reading = fields.reading();
  if (const auto now = fields.take("now")) out.now = read_now(reading, *now);
  if (const auto zone = fields.take("time_zone")) out.time_zone = read_text(reading, *zone, "time_zone");
  if (const auto place = fields.take("location")) out.location = read_location(reading, *place);
  if (const auto rules = fields.take("rules")) out.rules = read_texts(reading, *rules, "rules");
  if (const auto services = fields.take("services")) read_services(reading, *services, out);
  const auto given = fields.take("given");
  if (!given) return;
  for (GivenEntity& entity : read_given(reading, *given)) {
    const auto same = [&entity](const GivenEntity& known) { return known.id == entity.id; };
    std::erase_if(out.given, same);
    out.given.push_back(std::move(entity));
  }
}

void read_step_fields(Fields& fields, Step& step) {
  Reading& reading = fields.reading();
  const auto after = fields.take("after");
  const auto at = fields.take("at");
  if (after) step.after = read_duration(reading, *after, "after");
  if (at) read_at(reading, *at, step);
  if (after && at) reading.error(*at, "both_times", "a step has `after` or `at`, not both");
  read_deeds(fields, step.deeds);
  if (const auto expect = fields.take("expect")) step.expect = read_expectations(reading, *expect);
}

Step read_step(Reading& reading, yaml::Node node) {
  Step step;
  step.place = reading.place(node);
  if (!require_map(reading, node, "a step")) return step;
  Fields fields(reading, node, "a step");
  read_step_fields(fields, step);
  fields.finish();
  return step;
}

Scenario read_one(Reading& reading, yaml::Node node, const Scenario& common) {
  Scenario out = common;
  out.place = reading.place(node);
  if (!require_map(reading, node, "a test")) return out;
  Fields fields(reading, node, "a test");
  if (const auto name = fields.require("name")) out.name = read_text(reading, *name, "name");
  read_common(fields, out);
  const auto steps = fields.take("steps");
  if (steps) {
    if (!steps->is_list()) {
      reading.error(*steps, "wrong_type", "steps: expected a list of steps, got " + shown(*steps));
    }
    for (const yaml::Node step : steps->items()) out.steps.push_back(read_step(reading, step));
  }
  // A test of one step needs no list of them; with one, `expect` is looked at in the end.
  Step whole;
  whole.place = out.place;
  if (steps) {
    if (const auto expect = fields.take("expect")) whole.expect = read_expectations(reading, *expect);
  } else {
    read_step_fields(fields, whole);
  }
  if (!steps || whole.expect) out.steps.push_back(std::move(whole));
  fields.finish();
  return out;
}

}  // namespace

std::string node_text(yaml::Node node) {
  constexpr std::size_t kLongest = 200;
  return wire::shortened(wire::to_json(yaml::to_value(node)), kLongest);
}

std::vector<yaml::Node> one_or_all(yaml::Node node) {
  if (!node.is_list()) return {node};
  std::vector<yaml::Node> out;
  for (const yaml::Node item : node.items()) out.push_back(item);
  return out;
}

bool require_map(Reading& reading, yaml::Node node, std::string_view what) {
  if (node.is_map()) return true;
  reading.error(node, "wrong_type", std::string(what) + ": expected a map, got " + shown(node));
  return false;
}

microseconds read_duration(Reading& reading, yaml::Node node, std::string_view what) {
  const Period period = read_period(reading, node, what);
  if (!period.is_literal()) {
    reading.error(node, "bad_period",
                  std::string(what) + ": a test knows its periods; expected one without a template");
    return {};
  }
  return period_of(period.literal()).value_or(microseconds{});
}

std::string state_text(Reading& reading, yaml::Node node) {
  if (const auto truth = node.as_boolean()) return *truth ? "on" : "off";
  if (node.is_null()) return "unknown";
  return read_text(reading, node, "a state");
}

ScenarioFile read_scenarios(Reading& reading, const yaml::Document& document) {
  ScenarioFile out;
  const auto tests = document.root().find("tests");
  if (!tests || tests->is_null()) return out;
  Scenario common;
  common.now = kUsualNow;
  yaml::Node cases = *tests;
  if (tests->is_map()) {
    Fields fields(reading, *tests, "tests");
    read_common(fields, common);
    if (const auto files = fields.take("files")) out.files = read_texts(reading, *files, "files");
    const auto listed = fields.require("cases");
    fields.finish();
    if (!listed) return out;
    cases = *listed;
  }
  if (!cases.is_list()) {
    reading.error(cases, "wrong_type", "tests: expected a list of tests, got " + shown(cases));
    return out;
  }
  for (const yaml::Node node : cases.items()) out.scenarios.push_back(read_one(reading, node, common));
  return out;
}

}  // namespace gable::rules::simulation

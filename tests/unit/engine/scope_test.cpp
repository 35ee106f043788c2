// Variables and their scopes, periods in every spelling, and values that come back from the store as they
// were.
#include "engine/scope.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "fake_surroundings.hpp"
#include "template/json_values.hpp"
#include "template/native.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules::test {
namespace {

using jinja::Value;
using std::chrono::microseconds;

Templated compiled(const std::string& text) {
  return Templated(std::make_shared<const jinja::Template>(std::move(*jinja::Template::compile(text))));
}

TEST(Scopes, AnAssignmentGoesToTheNearestScopeThatHasTheNameElseToTheOutermost) {
  Scope run;
  run.define("a", 1);
  Scope loop(&run);
  loop.define("repeat", 1);
  loop.assign("a", 2);
  loop.assign("b", 3);
  loop.assign("repeat", 4);
  EXPECT_EQ(jinja::repr(*run.find("a")), "2");
  EXPECT_EQ(jinja::repr(*run.find("b")), "3");
  EXPECT_EQ(run.find("repeat"), nullptr);
  EXPECT_EQ(jinja::repr(*loop.find("repeat")), "4");
}

TEST(Scopes, AScopeThatIsOnlyLookedIntoStaysAsItIs) {
  Scope run;
  run.define("a", 1);
  Scope over(static_cast<const Scope*>(&run));
  over.assign("a", 2);
  EXPECT_EQ(jinja::repr(*run.find("a")), "1");
  EXPECT_EQ(jinja::repr(*over.find("a")), "2");
}

TEST(Rendering, TextBecomesANativeValueOnlyWhereThatIsAskedFor) {
  FakeSurroundings house;
  house.set("sensor.warm", "21.50");
  const Renderer renderer(house, kNoon);
  Scope scope;
  scope.define("x", 2);
  EXPECT_EQ(jinja::repr(renderer.native(compiled("{{ x + 1 }}"), scope).value), "3");
  EXPECT_EQ(jinja::repr(renderer.text(compiled("{{ x + 1 }}"), scope).value), "'3'");
  jinja::Reads reads;
  EXPECT_EQ(jinja::repr(renderer.native(compiled("{{ states('sensor.warm') }}"), scope, &reads).value),
            "21.5");
  EXPECT_TRUE(reads.touches("sensor.warm"));
}

TEST(Rendering, TemplatesWithinListsAndMaps) {
  FakeSurroundings house;
  const Renderer renderer(house, kNoon);
  const Scope scope;
  std::vector<Templated> items;
  items.push_back(compiled("{{ 1 + 1 }}"));
  items.push_back(Templated(Value("plain")));
  std::vector<std::pair<Templated, Templated>> entries;
  entries.emplace_back(Templated(Value("list")), Templated(std::move(items)));
  EXPECT_EQ(jinja::repr(renderer.native(Templated(std::move(entries)), scope).value),
            "{'list': [2, 'plain']}");
}

TEST(Rendering, AnErrorSaysWhere) {
  FakeSurroundings house;
  Templated bad = compiled("{{ 1 / 0 }}");
  bad.place = {0, 12, 5};
  const Rendered rendered = Renderer(house, kNoon).native(bad, Scope());
  EXPECT_FALSE(rendered.ok());
  EXPECT_EQ(rendered.error, "ZeroDivisionError: division by zero (line 12, template 1:6)");
}

std::int64_t micros(const Value& value) {
  const auto period = period_of(value);
  return period ? period->count() : -1;
}

TEST(Periods, EverySpelling) {
  EXPECT_EQ(micros(5), 5'000'000);
  EXPECT_EQ(micros(0.5), 500'000);
  EXPECT_EQ(micros("90"), 90'000'000);
  EXPECT_EQ(micros("00:01:30"), 90'000'000);
  EXPECT_EQ(micros("00:01:30.25"), 90'250'000);
  EXPECT_EQ(micros("01:30"), 5'400'000'000);
  EXPECT_EQ(micros("48:00:00"), 172'800'000'000);
  EXPECT_EQ(micros(*jinja::read_json(R"({"hours": 1, "minutes": "2", "milliseconds": 3})")), 3'720'003'000);
}

TEST(Periods, WhatIsNone) {
  for (const char* text : {"", "soon", "1:2:3:4", "00:61:00", "00:00:61", "-5", "nan", "1e300"}) {
    EXPECT_EQ(micros(text), -1) << text;
  }
  EXPECT_EQ(micros(true), -1);
  EXPECT_EQ(micros(Value()), -1);
  EXPECT_EQ(micros(*jinja::read_json(R"({"fortnights": 1})")), -1);
  EXPECT_EQ(micros(*jinja::read_json("{}")), -1);
}

Value there_and_back(const Value& value) {
  const std::string json = wire::to_json(to_row(value));
  return from_row(*wire::parse_json(json));
}

TEST(Rows, ValuesComeBackAsTheyWere) {
  for (const char* text :
       {"None", "True", "21", "21.5", "'on'", "[1, (2, 3), {'a': [None]}]", "(1,)", "{1, 2}",
        "{1: 'a', (2, 3): 'b'}", "{'$x': 1}", "123456789012345678901234567890", "[1e5]"}) {
    const Value value = jinja::native(text);
    EXPECT_EQ(jinja::repr(there_and_back(value)), jinja::repr(value)) << text;
  }
  EXPECT_EQ(jinja::repr(there_and_back(Value(HUGE_VAL))), "inf");
}

TEST(Rows, AStateOfThePastComesBack) {
  StateSnapshot snapshot;
  snapshot.state = "on";
  snapshot.attributes = std::make_shared<const wire::Object>(wire::Object{{"brightness", 180}});
  snapshot.last_changed = kNoon;
  snapshot.context = {"c-1", "c-0", "anna"};
  const Value value = state_object("light.kitchen", snapshot);
  FakeSurroundings house;
  Scope scope;
  scope.define("to_state", there_and_back(value));
  const auto text = [&](const std::string& source) {
    return jinja::str(Renderer(house, kNoon).text(compiled(source), scope).value);
  };
  EXPECT_EQ(text("{{ to_state.state }} {{ to_state.attributes.brightness }} {{ to_state.entity_id }}"),
            "on 180 light.kitchen");
  EXPECT_EQ(text("{{ to_state.last_changed.isoformat() }} {{ to_state.context.parent_id }}"),
            "2026-01-15T12:00:00+00:00 c-0");
}

}  // namespace
}  // namespace gable::rules::test

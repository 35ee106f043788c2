// Helpers with Home Assistant's options and defaults.

#include <gtest/gtest.h>

#include "app/configuration.hpp"
#include "memory_files.hpp"
#include "wire/json.hpp"

namespace gable::hub::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Helper helper(const std::string& domain, const std::string& body) {
  node::test::MemoryFiles files;
  files.add("house.yaml", domain + ":\n  my_thing: " + body + "\n");
  return read_configuration(files, "house.yaml").house.helpers.at(0);
}

template <class Kind>
Kind kind(const std::string& domain, const std::string& body) {
  return std::get<Kind>(helper(domain, body).kind);
}

TEST(Helpers, NameAndIcon) {
  const Helper bare = helper("input_button", "");
  EXPECT_EQ(bare.id.text(), "input_button.my_thing");
  EXPECT_EQ(bare.name, "My thing");
  const Helper named = helper("input_button", "{name: Press me, icon: mdi:bell}");
  EXPECT_EQ(named.name, "Press me");
  EXPECT_EQ(named.icon, "mdi:bell");
}

TEST(Helpers, InputBoolean) {
  EXPECT_FALSE(kind<InputBoolean>("input_boolean", "").initial);
  EXPECT_EQ(kind<InputBoolean>("input_boolean", "{initial: on}").initial, true);
  EXPECT_EQ(kind<InputBoolean>("input_boolean", "{initial: no}").initial, false);
}

TEST(Helpers, InputNumber) {
  const auto plain = kind<InputNumber>("input_number", "{min: -5, max: 10.5}");
  EXPECT_EQ(plain.min, -5);
  EXPECT_EQ(plain.max, 10.5);
  EXPECT_EQ(plain.step, 1);
  EXPECT_FALSE(plain.box);
  EXPECT_FALSE(plain.initial);
  const auto full = kind<InputNumber>(
      "input_number", "{min: 0, max: 1, initial: 0.5, step: 0.001, mode: box, unit_of_measurement: '%'}");
  EXPECT_EQ(full.initial, 0.5);
  EXPECT_EQ(full.step, 0.001);
  EXPECT_TRUE(full.box);
  EXPECT_EQ(full.unit, "%");
}

TEST(Helpers, InputSelect) {
  const auto select = kind<InputSelect>("input_select", "{options: [Home, 5, on], initial: 'on'}");
  EXPECT_EQ(select.options, (std::vector<std::string>{"Home", "5", "on"}));
  EXPECT_EQ(select.initial, "on");
}

TEST(Helpers, InputText) {
  const auto plain = kind<InputText>("input_text", "");
  EXPECT_EQ(plain.min, 0);
  EXPECT_EQ(plain.max, 100);
  EXPECT_FALSE(plain.initial);
  const auto full =
      kind<InputText>("input_text", "{min: 2, max: 3, initial: äöü, pattern: '[a-z]+', mode: password}");
  EXPECT_EQ(full.initial, "äöü");
  EXPECT_EQ(full.pattern, "[a-z]+");
  EXPECT_TRUE(full.password);
}

TEST(Helpers, InputDatetime) {
  EXPECT_EQ(kind<InputDatetime>("input_datetime", "{has_time: true, initial: 7:05}").initial, "07:05:00");
  EXPECT_EQ(kind<InputDatetime>("input_datetime", "{has_date: true, initial: 2024-02-29}").initial,
            "2024-02-29");
  EXPECT_EQ(
      kind<InputDatetime>("input_datetime", "{has_date: true, has_time: yes, initial: 2026-11-22T07:30}")
          .initial,
      "2026-11-22 07:30:00");
}

TEST(Helpers, CounterAndTimer) {
  const auto counter =
      kind<Counter>("counter", "{initial: 3, step: 2, minimum: 0, maximum: 9, restore: false}");
  EXPECT_EQ(counter.initial, 3);
  EXPECT_EQ(counter.step, 2);
  EXPECT_EQ(counter.maximum, 9);
  EXPECT_FALSE(counter.restore);
  EXPECT_TRUE(kind<Counter>("counter", "").restore);
  EXPECT_EQ(kind<Timer>("timer", "").duration, wire::Duration(0));
  EXPECT_EQ(kind<Timer>("timer", "{duration: '01:10:00', restore: true}").duration, minutes(70));
}

TEST(Helpers, Schedule) {
  const auto schedule = kind<Schedule>(
      "schedule",
      "\n    monday: [{from: '17:00', to: '24:00:00'}, {from: 07:30:00, to: 08:00:00, data: {level: 5, on: "
      "yes}}]\n"
      "    sunday:\n      - {from: '08:00', to: '09:00'}\n      - {from: '09:00', to: '10:00'}");
  ASSERT_EQ(schedule.days[0].size(), 2U);
  EXPECT_EQ(schedule.days[0][0].from, minutes(7 * 60 + 30));  // sorted
  EXPECT_EQ(wire::to_json(schedule.days[0][0].data), R"({"level":5,"on":true})");
  EXPECT_EQ(schedule.days[0][1].to, hours(24));
  EXPECT_TRUE(schedule.days[1].empty());
  EXPECT_EQ(schedule.days[6].size(), 2U);
}

TEST(Helpers, Group) {
  const auto full = kind<Group>("group", "{entities: [light.a, switch.b], all: true}");
  ASSERT_EQ(full.entities.size(), 2U);
  EXPECT_EQ(full.entities[1].text(), "switch.b");
  EXPECT_TRUE(full.all);
  EXPECT_EQ(kind<Group>("group", "'light.a, light.b'").entities.size(), 2U);
  EXPECT_EQ(kind<Group>("group", "[light.a]").entities.size(), 1U);
  EXPECT_TRUE(kind<Group>("group", "").entities.empty());
}

}  // namespace
}  // namespace gable::hub::test

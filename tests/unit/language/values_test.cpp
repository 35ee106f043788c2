// Single values of rule files: what is taken, what it becomes, and what is said of the rest.

#include <gtest/gtest.h>

#include "read_text.hpp"

namespace gable::rules {
namespace {

using std::chrono::seconds;
using test::show;
using test::Source;

std::string period(std::string_view text) {
  Source source(text);
  const Period period = read_period(source.reading, source.root(), "for");
  const std::string found = source.found();
  return found.empty() ? show(period) : found;
}

TEST(Periods, AreSecondsWhateverTheirSpelling) {
  EXPECT_EQ(period("5"), "5");
  EXPECT_EQ(period("'5'"), "5");
  EXPECT_EQ(period("0.5"), "0.5");
  EXPECT_EQ(period("'00:05'"), "300");
  EXPECT_EQ(period("00:05:00"), "300");
  EXPECT_EQ(period("'00:00:01.5'"), "1.5");
  EXPECT_EQ(period("'00:90:00'"), "5400");
  EXPECT_EQ(period("{days: 1, hours: 1, minutes: '2', seconds: 3, milliseconds: 500}"), "90123.5");
}

TEST(Periods, KeepTheirTemplates) {
  EXPECT_EQ(period("'{{ x }}'"), "⟨{{ x }}⟩");
  EXPECT_EQ(period("{minutes: '{{ x }}', seconds: 5}"), "{'minutes': ⟨{{ x }}⟩, 'seconds': 5}");
  EXPECT_EQ(period("{minutes: '{{ x }}', seconds: five}"), "1:31 error bad_period");
}

TEST(Periods, ThatAreNoneAreNamed) {
  EXPECT_EQ(period("5 minutes"), "1:1 error bad_period");
  EXPECT_EQ(period("'1:2:3:4'"), "1:1 error bad_period");
  EXPECT_EQ(period("'5:'"), "1:1 error bad_period");
  EXPECT_EQ(period("-5"), "1:1 error bad_period");
  EXPECT_EQ(period("'-00:00:05'"), "1:1 error bad_period");
  EXPECT_EQ(period("true"), "1:1 error bad_period");
  EXPECT_EQ(period("[5]"), "1:1 error bad_period");
  EXPECT_EQ(period("{}"), "1:1 error bad_period");
  EXPECT_EQ(period("{minute: 5}"), "1:2 error unknown_key -> minutes");
  EXPECT_EQ(period("{minutes: five}"), "1:11 error bad_period");
  EXPECT_EQ(period("{minutes: }"), "1:11 error bad_period");
  EXPECT_EQ(period("1e12"), "1:1 error bad_period");
}

// PyYAML reads 10:00 as the number 600.
TEST(Periods, InBaseSixtyAreWarnedOf) {
  EXPECT_EQ(period("10:00"), "1:1 warning quote_time -> \"10:00\"");
  EXPECT_EQ(period("10:00:00"), "36000");
}

TEST(Offsets, MayBeNegative) {
  const auto offset = [](std::string_view text) {
    Source source(text);
    const seconds result = read_offset(source.reading, source.root(), "offset");
    EXPECT_EQ(source.found(), "") << text;
    return result.count();
  };
  EXPECT_EQ(offset("-00:30:00"), -1800);
  EXPECT_EQ(offset("'+00:30'"), 1800);
  EXPECT_EQ(offset("-90"), -90);
  EXPECT_EQ(offset("{minutes: -30}"), -1800);
  EXPECT_EQ(offset("0"), 0);
  Source source("'{{ x }}'");
  read_offset(source.reading, source.root(), "offset");
  EXPECT_EQ(source.found(), "1:1 error bad_period");
}

TEST(TimesOfDay, AreReadAsHomeAssistantDoes) {
  const auto time = [](std::string_view text) {
    Source source(text);
    const auto result = read_time_of_day(source.reading, source.root(), "at");
    const std::string found = source.found();
    return found.empty() ? std::to_string(result.value_or(seconds(-1)).count()) : found;
  };
  EXPECT_EQ(time("'07:30'"), "27000");
  EXPECT_EQ(time("'7:30'"), "27000");
  EXPECT_EQ(time("07:30:15"), "27015");
  EXPECT_EQ(time("'24:00'"), "1:1 error bad_time");
  EXPECT_EQ(time("'12:60'"), "1:1 error bad_time");
  EXPECT_EQ(time("'12:'"), "1:1 error bad_time");
  EXPECT_EQ(time("noon"), "1:1 error bad_time");
  EXPECT_EQ(time("12:30:00"), "1:1 error quote_time -> \"12:30:00\"");
}

TEST(Weekdays, AreNamedByThreeLetters) {
  Source source("[mon, sun]");
  EXPECT_EQ(read_weekdays(source.reading, source.root()), 0x41);
  EXPECT_EQ(source.found(), "");
  Source wrong("[mon, Tue]");
  read_weekdays(wrong.reading, wrong.root());
  EXPECT_EQ(wrong.found(), "1:7 error bad_choice -> tue");
}

TEST(EntityIds, AreOneOrSeveralInLowerCase) {
  Source one("Light.Kitchen, light.hall");
  EXPECT_EQ(read_entity_ids(one.reading, one.root(), "entity_id"),
            (EntityIds{"light.kitchen", "light.hall"}));
  Source list("[light.kitchen, 0123456789abcdef0123456789abcdef]");
  EXPECT_EQ(read_entity_ids(list.reading, list.root(), "entity_id"),
            (EntityIds{"light.kitchen", "0123456789abcdef0123456789abcdef"}));
  EXPECT_EQ(one.found() + list.found(), "");
}

TEST(EntityIds, ThatAreNoneAreNamedAtTheirPlace) {
  Source source("- light.kitchen\n- kitchen\n- light.living-room\n- '{{ x }}'\n- {a: 1}\n- light._x\n");
  read_entity_ids(source.reading, source.root(), "entity_id");
  EXPECT_EQ(source.found(),
            "2:3 error bad_entity_id\n3:3 error bad_entity_id -> light.living_room\n"
            "4:3 error bad_entity_id\n5:3 error wrong_type\n6:3 error bad_entity_id");
}

TEST(TemplatedValues, KeepTheirTypesAndCompileOnlyTemplates) {
  Source source("a: [1, 1.5, yes, ~, x, '{{ 1 }}']\nb: {c: 2026-01-02}\n'{{ k }}': 123456789012345678901\n");
  EXPECT_EQ(show(templated_value(source.reading, source.root())),
            "{'a': [1, 1.5, True, None, 'x', ⟨{{ 1 }}⟩], 'b': {'c': '2026-01-02'}, "
            "⟨{{ k }}⟩: 123456789012345678901}");
  EXPECT_EQ(source.found(), "");
}

TEST(TemplatedValues, NameBadTemplatesAndTags) {
  Source source("a: '{{ 1 +'\nb: !input x\nc: '{{ 1 +'\n");
  templated_value(source.reading, source.root());
  EXPECT_EQ(source.found(), "1:4 error bad_template\n2:4 error unresolved_tag\n3:4 error bad_template");
}

TEST(Templates, WithoutBracesAreWarnedOf) {
  Source source("a == b");
  template_only(source.reading, source.root(), "value_template");
  EXPECT_EQ(source.found(), "1:1 warning no_template -> {{ a == b }}");
  Source literal("'true'");
  EXPECT_EQ(show(template_only(literal.reading, literal.root(), "value_template")), "'true'");
  EXPECT_EQ(literal.found(), "");
}

TEST(Booleans, AreWhatHomeAssistantTakesForThem) {
  const auto boolean = [](std::string_view text) {
    Source source(text);
    const bool result = read_boolean(source.reading, source.root(), "x");
    const std::string found = source.found();
    return found.empty() ? std::string(result ? "true" : "false") : found;
  };
  EXPECT_EQ(boolean("on"), "true");
  EXPECT_EQ(boolean("'Yes'"), "true");
  EXPECT_EQ(boolean("enable"), "true");
  EXPECT_EQ(boolean("1"), "true");
  EXPECT_EQ(boolean("'0'"), "false");
  EXPECT_EQ(boolean("disable"), "false");
  EXPECT_EQ(boolean("maybe"), "1:1 error wrong_type");
  EXPECT_EQ(boolean("~"), "1:1 error wrong_type");
}

TEST(Numbers, AreCheckedForTheirRange) {
  Source source("[3, '1', 1.5, x, true, 1.0]");
  std::string read;
  for (const yaml::Node item : source.root().items())
    read += std::to_string(read_integer(source.reading, item, "qos", 0, 2));
  EXPECT_EQ(read, "010001");
  EXPECT_EQ(source.found(),
            "1:2 error out_of_range\n1:10 error wrong_type\n1:15 error wrong_type\n1:18 error wrong_type");
}

TEST(Enabled, IsNothingWhenItIsTrue) {
  Source source("[true, 'on', false, '{{ x }}', y]");
  std::string read;
  for (const yaml::Node item : source.root().items()) {
    const auto enabled = read_enabled(source.reading, item);
    read += enabled ? show(*enabled) + " " : "- ";
  }
  EXPECT_EQ(read, "- - False ⟨{{ x }}⟩ False ");
  EXPECT_EQ(source.found(), "1:32 error wrong_type");
}

TEST(Fields, NameUnknownKeysWithTheNearest) {
  Source source("entity_id: a\nentitiy: b\ntrigger: c\nplatform: d\non: e\n");
  Fields fields(source.reading, source.root(), "a state trigger");
  fields.take("entity_id");
  fields.take("trigger", "platform");
  fields.require("to");
  fields.finish();
  EXPECT_EQ(source.found(),
            "4:11 error both_spellings -> trigger\n1:1 error missing_key\n2:1 error unknown_key\n"
            "5:1 error unknown_key");
  EXPECT_EQ(source.last[2].message, "a state trigger has no key 'entitiy'");
}

TEST(Findings, DoNotShowSecretsAndCutLongTexts) {
  Source source("[" + std::string(100, 'x') + ", on, [], {}, ~]");
  std::string texts;
  for (const yaml::Node item : source.root().items()) texts += shown(item) + "; ";
  EXPECT_EQ(texts, "'" + std::string(60, 'x') + "…'; the boolean 'on'; a list; a map; nothing; ");
}

}  // namespace
}  // namespace gable::rules

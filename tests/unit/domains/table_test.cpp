// The generated table itself: every domain × service × parameter hangs together, and the look-ups.

#include <cmath>
#include <set>

#include "fixture.hpp"
#include "wire/command_parts.hpp"

namespace gable::wire {
namespace {

// The list of the design; a domain that is lost or misspelt shows here.
constexpr std::string_view kAll[] = {"alarm_control_panel",
                                     "automation",
                                     "binary_sensor",
                                     "button",
                                     "calendar",
                                     "camera",
                                     "climate",
                                     "counter",
                                     "cover",
                                     "date",
                                     "datetime",
                                     "device_tracker",
                                     "event",
                                     "fan",
                                     "group",
                                     "humidifier",
                                     "image",
                                     "infrared",
                                     "input_boolean",
                                     "input_button",
                                     "input_datetime",
                                     "input_number",
                                     "input_select",
                                     "input_text",
                                     "lawn_mower",
                                     "light",
                                     "lock",
                                     "media_player",
                                     "notify",
                                     "number",
                                     "person",
                                     "remote",
                                     "scene",
                                     "schedule",
                                     "script",
                                     "select",
                                     "sensor",
                                     "siren",
                                     "sun",
                                     "switch",
                                     "tag",
                                     "text",
                                     "time",
                                     "timer",
                                     "update",
                                     "vacuum",
                                     "valve",
                                     "water_heater",
                                     "weather",
                                     "zone"};

void check_field(const DomainSpec& domain, const FieldSpec& field) {
  const std::string where = std::string(domain.name) + "." + std::string(field.name);
  EXPECT_FALSE(field.name.empty()) << where;
  EXPECT_FALSE(field.min > field.max) << where;
  for (const std::string_view feature : field.features) {
    EXPECT_NE(find_feature(domain, feature), nullptr) << where << " needs " << feature;
  }
  if (!field.range_from.empty() && field.range_from != "state") {
    const std::string low = "min_" + std::string(field.range_from);
    EXPECT_NE(find_attribute(domain, low), nullptr) << where << ": " << low;
    EXPECT_NE(find_attribute(domain, "max_" + std::string(field.range_from)), nullptr) << where;
  }
  if (!field.options_from.empty() && field.options_from != "options") {
    EXPECT_NE(find_attribute(domain, field.options_from), nullptr) << where << ": " << field.options_from;
  }
}

void check_service(const DomainSpec& domain, const ServiceSpec& service) {
  const std::string where = std::string(domain.name) + "." + std::string(service.name);
  EXPECT_GT(service.timeout_seconds, 0) << where;
  EXPECT_LE(service.timeout_seconds, 600) << where;
  for (const std::string_view feature : service.features) {
    EXPECT_NE(find_feature(domain, feature), nullptr) << where;
  }
  std::set<std::string_view> names;
  for (const FieldSpec& param : service.params) {
    check_field(domain, param);
    EXPECT_TRUE(names.insert(param.name).second) << where << " has " << param.name << " twice";
    if (!param.converts_to.empty()) {
      EXPECT_NE(find_param(service, param.converts_to), nullptr) << where;
      EXPECT_NE(param.conversion, Conversion::none) << where;
    }
    if (!param.zero_service.empty()) {
      EXPECT_NE(find_service(domain, param.zero_service), nullptr) << where;
    }
    EXPECT_NE(param.name, "service") << where << ": the canonical form could not say it";
    EXPECT_FALSE(param.name.starts_with('_')) << where;
  }
  for (const Expectation& expectation : service.expects) {
    const bool known =
        expectation.attribute == "state" || find_attribute(domain, expectation.attribute) != nullptr;
    EXPECT_TRUE(known) << where << " expects " << expectation.attribute;
    EXPECT_NE(expectation.param.empty(), expectation.values.empty()) << where;
    if (!expectation.param.empty()) {
      EXPECT_NE(find_param(service, expectation.param), nullptr) << where;
    }
  }
  if (!service.timeout_param.empty()) {
    EXPECT_NE(find_param(service, service.timeout_param), nullptr) << where;
  }
  if (!service.toggles.empty()) {
    EXPECT_FALSE(service.repeatable) << where;
  }
}

TEST(Table, has_every_domain_sorted) {
  ASSERT_EQ(domains().size(), std::size(kAll));
  for (std::size_t i = 0; i < std::size(kAll); ++i) EXPECT_EQ(domains()[i].name, kAll[i]);
}

TEST(Table, hangs_together) {
  for (const DomainSpec& domain : domains()) {
    EXPECT_EQ(find_domain(domain.name), &domain);
    EXPECT_FALSE(domain.title.empty()) << domain.name;
    EXPECT_EQ(domain.state_kind == StateKind::choice, !domain.states.empty()) << domain.name;
    for (const FieldSpec& attribute : domain.attributes) check_field(domain, attribute);
    for (const ServiceSpec& service : domain.services) check_service(domain, service);
  }
}

TEST(Table, attributes_name_a_service_that_sets_them) {
  int settable = 0;
  for (const DomainSpec& domain : domains()) {
    for (const FieldSpec& attribute : domain.attributes) {
      if (attribute.service.empty()) continue;
      ++settable;
      const ServiceSpec* service = find_service(domain, attribute.service);
      ASSERT_NE(service, nullptr) << domain.name << "." << attribute.name;
      const FieldSpec* param = find_param(*service, attribute.param);
      ASSERT_NE(param, nullptr) << domain.name << "." << attribute.name;
      EXPECT_EQ(attribute_of(*service, param->name), attribute.name) << domain.name;
      EXPECT_EQ(param_for(*service, attribute.name), param) << domain.name;
      EXPECT_EQ(param->type, attribute.type) << domain.name << "." << attribute.name;
    }
  }
  EXPECT_GT(settable, 30);
}

TEST(Table, words_mean_one_service_and_no_option) {
  for (const DomainSpec& domain : domains()) {
    std::set<std::string_view> words;
    for (const ServiceSpec& service : domain.services) {
      for (const std::string_view word : service.words) {
        EXPECT_TRUE(words.insert(word).second) << domain.name << ": " << word;
      }
    }
    if (domain.value_service.empty()) continue;
    const ServiceSpec* service = find_service(domain, domain.value_service);
    ASSERT_NE(service, nullptr) << domain.name;
    const FieldSpec* param = find_param(*service, domain.value_param);
    ASSERT_NE(param, nullptr) << domain.name;
    // A free text must never be mistaken for a word.
    const bool free_text =
        param->type == ValueType::string && param->options.empty() && param->options_from.empty();
    if (free_text) {
      EXPECT_TRUE(words.empty()) << domain.name;
    }
  }
}

TEST(Table, features_have_home_assistants_bits) {
  struct Bit {
    std::string_view domain, feature;
    std::uint32_t bit;
  };
  constexpr Bit kBits[] = {{"light", "effect", 4},
                           {"light", "flash", 8},
                           {"light", "transition", 32},
                           {"light", "brightness", 0},
                           {"cover", "set_position", 4},
                           {"cover", "set_tilt_position", 128},
                           {"climate", "turn_on", 256},
                           {"fan", "turn_on", 32},
                           {"lock", "open", 1},
                           {"media_player", "repeat_set", 262144},
                           {"vacuum", "start", 8192},
                           {"update", "install", 1},
                           {"alarm_control_panel", "arm_vacation", 32},
                           {"siren", "duration", 16}};
  for (const Bit& bit : kBits) {
    const DomainSpec* domain = find_domain(bit.domain);
    ASSERT_NE(domain, nullptr);
    const FeatureSpec* feature = find_feature(*domain, bit.feature);
    ASSERT_NE(feature, nullptr) << bit.domain << " " << bit.feature;
    EXPECT_EQ(feature->bit, bit.bit) << bit.domain << " " << bit.feature;
  }
}

TEST(Table, what_must_not_be_sent_twice) {
  constexpr std::pair<std::string_view, std::string_view> kOnce[] = {
      {"light", "toggle"},           {"button", "press"},           {"media_player", "media_next_track"},
      {"media_player", "volume_up"}, {"notify", "send_message"},    {"remote", "send_command"},
      {"counter", "increment"},      {"input_number", "decrement"}, {"fan", "increase_speed"},
      {"script", "turn_on"},         {"update", "install"}};
  for (const auto& [domain, service] : kOnce) {
    EXPECT_FALSE(find_service(*find_domain(domain), service)->repeatable) << domain << "." << service;
  }
  EXPECT_TRUE(find_service(*find_domain("light"), "turn_on")->repeatable);
  EXPECT_TRUE(find_service(*find_domain("cover"), "set_cover_position")->repeatable);
}

TEST(Table, look_ups_of_nothing) {
  EXPECT_EQ(find_domain(""), nullptr);
  EXPECT_EQ(find_domain("lights"), nullptr);
  EXPECT_EQ(find_domain("zzz"), nullptr);
  const DomainSpec& light = *find_domain("light");
  EXPECT_EQ(find_attribute(light, "hue"), nullptr);
  EXPECT_EQ(find_service(light, "press"), nullptr);
  EXPECT_EQ(find_feature(light, ""), nullptr);
}

TEST(Nearest, is_near_or_nothing) {
  constexpr std::string_view kNames[] = {"brightness", "color_temp_kelvin", "effect", "on", "off"};
  EXPECT_EQ(nearest("brigthness", kNames), "brightness");
  EXPECT_EQ(nearest("brightnes", kNames), "brightness");
  EXPECT_EQ(nearest("color_temp", kNames), "");
  EXPECT_EQ(nearest("efect", kNames), "effect");
  EXPECT_EQ(nearest("onn", kNames), "on");
  EXPECT_EQ(nearest("zzz", kNames), "");
  EXPECT_EQ(nearest("", kNames), "");
  EXPECT_EQ(nearest(std::string(10'000, 'b'), kNames), "");
  EXPECT_EQ(did_you_mean("of", kNames), "; did you mean on?");
  EXPECT_EQ(did_you_mean("water", kNames), "");
}

}  // namespace
}  // namespace gable::wire

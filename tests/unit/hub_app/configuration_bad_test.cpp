// What is wrong in a configuration file is said with its place, and nothing is guessed.

#include <gtest/gtest.h>

#include "app/configuration.hpp"
#include "memory_files.hpp"
#include "node/config_tree.hpp"

namespace gable::hub::test {
namespace {

struct Bad {
  std::string text, message;
};

std::string error_of(const std::string& text, const ConfigOverrides& overrides = {}) {
  node::test::MemoryFiles files;
  files.add("h.yaml", text);
  try {
    (void)read_configuration(files, "h.yaml", overrides);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return "no error";
}

class BadConfiguration : public testing::TestWithParam<Bad> {};

TEST_P(BadConfiguration, SaysWhere) { EXPECT_EQ(error_of(GetParam().text), "h.yaml:" + GetParam().message); }

INSTANTIATE_TEST_SUITE_P(
    Top, BadConfiguration,
    testing::Values(
        Bad{"brokr: {}\n", "1:1: unknown key 'brokr' (did you mean 'broker'?)"},
        Bad{"- a\n", "1:1: expected keys with values, found a list (lines of the form 'key: value')"},
        Bad{"root: a/b\n",
            "1:7: 'a/b' cannot be the root of the topics (one level of letters, digits, _ and -, at most "
            "64)"},
        Bad{"rules: none\n", "1:8: cannot read 'none': No such file or directory"},
        Bad{"broker: {url: mqtt://a, ca_file: h.yaml}\n",
            "1:34: 'ca_file' needs a url that begins with mqtts://"},
        Bad{"broker: {url: mqtts://a, ca_file: no.crt}\n",
            "1:35: cannot read 'no.crt': No such file or directory"},
        Bad{"broker: {url: mqtts://a, key_file: h.yaml}\n",
            "1:9: certificate_file and key_file come together or not at all"},
        Bad{"broker: {password_file: none}\n", "1:25: cannot read 'none': No such file or directory"},
        Bad{"broker: {ulr: x}\n", "1:10: unknown key 'ulr' (did you mean 'url'?)"},
        Bad{"journal: {days: 0}\n", "1:17: expected at least 1, found '0'"},
        Bad{"limits: {queue: many}\n", "1:17: expected a whole number, found 'many'"}));

INSTANTIATE_TEST_SUITE_P(
    House, BadConfiguration,
    testing::Values(
        Bad{"house: {latitude: 91, longitude: 0}\n", "1:19: expected at most 90, found '91'"},
        Bad{"house: {latitude: 5}\n", "1:8: the key 'longitude' is missing"},
        Bad{"house: {lattitude: 5}\n", "1:9: unknown key 'lattitude' (did you mean 'latitude'?)"},
        Bad{"homeassistant: {lattitude: 5}\n", "1:17: unknown key 'lattitude' (did you mean 'latitude'?)"},
        Bad{"house: {time_zone: Europe/Atlantis}\n",
            "1:20: unknown time zone 'Europe/Atlantis' (a name such as Europe/Amsterdam)"},
        Bad{"house: {unit_system: si}\n", "1:22: expected metric or us_customary, found 'si'"},
        Bad{"house: {country: nl}\n",
            "1:18: expected a country code of two capital letters, found 'nl' (such as NL)"},
        Bad{"areas: {Kitchen: }\n",
            "1:9: 'Kitchen' cannot be an id (small letters, digits and _: 'kitchen')"},
        Bad{"areas: [Kitchen, kitchen]\n", "1:18: the area 'kitchen' is given twice"},
        Bad{"floors: {ground: }\nareas: {a: {floor: groud}}\n",
            "2:20: unknown floor 'groud' (did you mean 'ground'?)"},
        Bad{"areas: {a: {floor: x}}\n", "1:20: unknown floor 'x' (none is listed)"},
        Bad{"zones: {work: }\n", "1:9: the zone 'work' needs latitude and longitude"},
        Bad{"zones: {home: {latitude: 1, longitude: 1}}\n",
            "1:9: zone.home comes from the house's own place (house: latitude, longitude, radius)"},
        Bad{"person: [{name: A, device_trackers: light.a}]\n",
            "1:37: expected a device tracker's id, found 'light.a' (such as device_tracker.phone)"},
        Bad{"entities: {lamp: {}}\n", "1:12: 'lamp' is no entity id (such as light.kitchen)"},
        Bad{"areas: [Kitchen]\nentities: {light.a: {area: kitchn}}\n",
            "2:28: unknown area 'kitchn' (did you mean 'kitchen'?)"},
        Bad{"entities: {light.a: {labels: [x]}}\n", "1:31: unknown label 'x' (none is listed)"},
        Bad{"plain: [light.*.b]\n",
            "1:9: expected an entity id, or the beginning of one and *, found 'light.*.b' (such as "
            "sensor.outside or light.*)"}));

INSTANTIATE_TEST_SUITE_P(
    Helpers, BadConfiguration,
    testing::Values(
        Bad{"input_boolean: {Guests: }\n",
            "1:17: 'Guests' cannot be an id (small letters, digits and _: 'guests')"},
        Bad{"input_boolean: {a: {inital: on}}\n", "1:21: unknown key 'inital' (did you mean 'initial'?)"},
        Bad{"input_number: {a: }\n", "1:16: the key 'min' is missing"},
        Bad{"input_number: {a: {min: 5, max: 5}}\n", "1:33: max must be greater than min"},
        Bad{"input_number: {a: {min: 0, max: 5, initial: 6}}\n", "1:45: expected at most 5, found '6'"},
        Bad{"input_number: {a: {min: 0, max: 5, step: 0}}\n", "1:42: expected at least 0.001, found '0'"},
        Bad{"input_number: {a: {min: 0, max: 5, mode: knob}}\n",
            "1:42: expected box or slider, found 'knob'"},
        Bad{"input_select: {a: {options: []}}\n", "1:29: at least one option is needed"},
        Bad{"input_select: {a: {options: [x, x]}}\n", "1:33: the option stands here twice"},
        Bad{"input_select: {a: {options: [x], initial: y}}\n",
            "1:43: expected one of the options, found 'y'"},
        Bad{"input_text: {a: {min: 3, initial: ab}}\n", "1:35: expected 3 to 100 characters, found 'ab'"},
        Bad{"input_text: {a: {max: 256}}\n", "1:23: expected at most 255, found '256'"},
        Bad{"input_datetime: {a: {}}\n", "1:21: has_date, has_time or both must be true"},
        Bad{"input_datetime: {a: {has_date: on, initial: 2025-02-29}}\n",
            "1:45: expected a date, found '2025-02-29' (such as 2026-11-22)"},
        Bad{"input_datetime: {a: {has_time: on, initial: '25:00'}}\n",
            "1:45: expected a time, found '25:00' (such as 07:30:00)"},
        Bad{"input_datetime: {a: {has_time: on, has_date: on, initial: '25:00'}}\n",
            "1:59: expected a date and time, found '25:00' (such as 2026-11-22 07:30:00)"},
        Bad{"counter: {a: {step: 0}}\n", "1:21: expected at least 1, found '0'"},
        Bad{"counter: {a: {minimum: 2, maximum: 1}}\n", "1:24: minimum must not be greater than maximum"},
        Bad{"timer: {a: {duration: soon}}\n",
            "1:23: expected a duration, found 'soon' (such as 5s, 10min, 00:05:00 or a number of seconds)"},
        Bad{"schedule: {a: {monday: [{from: '9:00', to: '8:00'}]}}\n",
            "1:44: 'to' must be later than 'from'"},
        Bad{"schedule: {a: {monday: [{from: '7:00', to: '9:00'}, {from: '8:00', to: '10:00'}]}}\n",
            "1:24: two times overlap at 08:00:00"},
        Bad{"schedule: {a: {monday: [{from: x, to: '9:00'}]}}\n",
            "1:32: expected a time, found 'x' (such as 07:30:00)"},
        Bad{"group: {a: {entities: [lamp]}}\n", "1:24: 'lamp' is no entity id (such as light.kitchen)"},
        Bad{"input_boolean: {a: }\nhomeassistant: {packages: {p: {input_boolean: {a: }}}}\n",
            "2:48: 'input_boolean.a' is given twice"}));

TEST(BadConfiguration, CommandLine) {
  EXPECT_EQ(error_of("", {.root = "a/b"}),
            "'a/b' cannot be the root of the topics (one level of letters, digits, _ and -, at most 64)");
  EXPECT_EQ(error_of("", {.rules = "none"}),
            "the folder of rules: cannot read 'none': No such file or directory");
  EXPECT_TRUE(error_of("", {.broker = "http://x"}).starts_with("--broker: "));
  EXPECT_TRUE(error_of("broker: {url: 'http://x'}\n").starts_with("h.yaml:1:15: "));
}

}  // namespace
}  // namespace gable::hub::test

// update, device_tracker, date, time, datetime, siren and remote.

#include "../template/berlin_zone.hpp"
#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Update, versions_in_one_document) {
  PlatformBench bench(
      "update", R"({"name":null,"state_topic":"t","command_topic":"c","payload_install":"{\"id\": \"a\"}",
    "device_class":"firmware","entity_picture":"https://example.com/logo.png",
    "value_template":"{\"latest_version\":\"{{ value_json['update']['latest_version'] }}\",\"installed_version\":\"{{ value_json['update']['installed_version'] }}\",\"update_percentage\":{{ value_json['update'].get('progress', 'null') }},\"in_progress\":{{ (value_json['update']['state'] == 'updating')|lower }}}"})");
  EXPECT_EQ(bench.described(),
            R"({"domain":"update","device_class":"firmware","features":["install","progress"],)"
            R"("capabilities":{"entity_picture":"https://example.com/logo.png"}})");
  EXPECT_EQ(
      bench.values("t", R"({"update":{"state":"available","latest_version":12,"installed_version":9}})"),
      R"({"installed_version":"9","latest_version":"12","in_progress":false,"update_percentage":null,"state":"on"})");
  EXPECT_EQ(
      bench.values(
          "t",
          R"({"update":{"state":"updating","progress":12.5,"latest_version":12,"installed_version":9}})"),
      R"({"installed_version":"9","latest_version":"12","in_progress":true,"update_percentage":12.5,"state":"on"})");
  EXPECT_EQ(bench.values("t", R"({"linkquality":80})"), "-");
  EXPECT_EQ(bench.sent("install"), R"(c {"id": "a"})");
}

TEST(Update, texts_and_two_topics) {
  PlatformBench bench("update", R"({"state_topic":"i","latest_version_topic":"l","display_precision":1})");
  EXPECT_EQ(bench.values("i", "1.0.9"), R"({"installed_version":"1.0.9","state":null})");
  const Present installed(R"({"installed_version":"1.0.9"})");
  EXPECT_EQ(bench.values("l", "1.0.10", installed), R"({"latest_version":"1.0.10","state":"on"})");
  EXPECT_EQ(bench.values("l", "1.0.8", installed), R"({"latest_version":"1.0.8","state":"off"})");
  EXPECT_EQ(bench.values("l", "1.0.9", installed), R"({"latest_version":"1.0.9","state":"off"})");
  // What are no versions can only be told apart.
  EXPECT_EQ(bench.values("l", "red", Present(R"({"installed_version":"blue"})")),
            R"({"latest_version":"red","state":"on"})");
  EXPECT_EQ(bench.values("l", "1.1", Present(R"({"installed_version":"1.0","skipped_version":"1.1"})")),
            R"({"latest_version":"1.1","state":"off"})");
  for (const char* nothing : {"", "{}"}) EXPECT_EQ(bench.values("i", nothing), "-");
  EXPECT_TRUE(bench.sent("install").starts_with("refused:"));
  EXPECT_TRUE(bench.sent("skip").starts_with("error: its announcement has no way to say skip"));
}

TEST(Update, wrong_types_leave_the_message_alone) {
  PlatformBench bench("update", R"({"state_topic":"t"})");
  EXPECT_EQ(bench.values("t", R"({"installed_version":null,"latest_version":"1"})"),
            "fault: installed_version is of the wrong type");
  EXPECT_EQ(bench.values("t", R"({"update_percentage":101})"),
            "fault: update_percentage is of the wrong type");
  EXPECT_EQ(
      bench.values("t",
                   R"({"installed_version":1,"latest_version":"1","title":"T","release_url":"https://x.y"})"),
      R"({"installed_version":"1","latest_version":"1","title":"T","release_url":"https://x.y","state":"off"})");
  EXPECT_EQ(
      bench.values("t", R"({"installed_version":"1","latest_version":"2","update_percentage":40})"),
      R"({"installed_version":"1","latest_version":"2","in_progress":true,"update_percentage":40,"state":"on"})");
}

TEST(DeviceTracker, words_places_and_reset) {
  PlatformBench bench("device_tracker",
                      R"({"name":"P","state_topic":"s","payload_home":"in","source_type":"bluetooth_le"})");
  EXPECT_EQ(bench.described(),
            R"({"domain":"device_tracker","name":"P","capabilities":{"source_type":"bluetooth_le"}})");
  EXPECT_EQ(bench.values("s", "in"), R"({"state":"home"})");
  EXPECT_EQ(bench.values("s", "not_home"), R"({"state":"not_home"})");
  EXPECT_EQ(bench.values("s", "Work"), R"({"state":"Work"})");
  EXPECT_EQ(bench.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", ""), "-");
}

TEST(DeviceTracker, coordinates_come_as_attributes) {
  PlatformBench bench("device_tracker", R"({"json_attributes_topic":"a"})");
  ASSERT_TRUE(bench.bound()) << bench.refusal;
  EXPECT_EQ(
      bench.values("a", R"({"latitude":32.87,"longitude":-117.2,"gps_accuracy":1.2,"battery_level":80})"),
      R"({"latitude":32.87,"longitude":-117.2,"gps_accuracy":1.2,"battery_level":80})");
  EXPECT_EQ(bench.values("a", R"({"latitude":32.87,"longitude":-117.2})"),
            R"({"latitude":32.87,"longitude":-117.2,"gps_accuracy":0})");
  EXPECT_EQ(
      bench.values("a", R"({"latitude":"north"})"),
      R"({"latitude":null,"longitude":null,"gps_accuracy":0} fault: latitude and longitude: expected two numbers)");
  EXPECT_EQ(bench.values("a", R"({"in_zones":["home"]})"), R"({"in_zones":["home"]})");
  EXPECT_EQ(PlatformBench("device_tracker", "{}").refusal, "required key is missing (at state_topic)");
}

TEST(Date, iso_both_ways) {
  PlatformBench bench("date", R"({"name":"D","state_topic":"s","command_topic":"c"})");
  EXPECT_EQ(bench.values("s", "2026-11-22"), R"({"state":"2026-11-22","year":2026,"month":11,"day":22})");
  EXPECT_EQ(bench.values("s", "2026-02-29"), R"(fault: expected a date in ISO form, found "2026-02-29")");
  EXPECT_EQ(bench.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(bench.sent("set_value", R"({"date":"2026-12-24"})"), "c 2026-12-24");
}

TEST(Time, iso_both_ways) {
  PlatformBench bench(
      "time", R"({"name":"T","command_topic":"c","state_topic":"s","command_template":"at {{ value }}"})");
  EXPECT_EQ(bench.values("s", "7:30"), R"({"state":"07:30:00"})");
  EXPECT_EQ(bench.values("s", "07:30:15.5"), R"({"state":"07:30:15"})");
  EXPECT_EQ(bench.values("s", "2026-11-22 07:30:00"), R"({"state":"07:30:00"})");
  EXPECT_EQ(bench.values("s", "25:00"), R"(fault: expected a time in ISO form, found "25:00")");
  EXPECT_EQ(bench.values("s", ""), "-");
  EXPECT_EQ(bench.sent("set_value", R"({"time":"06:15"})"), "c at 06:15:00");
}

TEST(DateTime, states_and_commands_are_in_utc) {
  const rules::jinja::BerlinZone berlin;
  PlatformBench bench("datetime", R"({"name":"DT","command_topic":"c","state_topic":"s"})", &berlin);
  EXPECT_EQ(bench.values("s", "2026-11-22T07:30:00+01:00"), R"({"state":"2026-11-22T06:30:00+00:00"})");
  EXPECT_EQ(bench.values("s", "2026-11-22T07:30:00"),
            R"(fault: expected a datetime in ISO form, found "2026-11-22T07:30:00")");
  EXPECT_EQ(bench.sent("set_value", R"({"datetime":"2026-11-22T07:30:00Z"})"), "c 2026-11-22T07:30:00+00:00");
  // Without an offset it is the house's time.
  EXPECT_EQ(bench.sent("set_value", R"({"datetime":"2026-07-22 07:30:00"})"), "c 2026-07-22T05:30:00+00:00");
}

TEST(DateTime, a_zone_of_its_own) {
  PlatformBench utc("datetime", R"({"command_topic":"c","state_topic":"s","timezone":"UTC"})");
  EXPECT_EQ(utc.values("s", "2026-11-22 07:30"), R"({"state":"2026-11-22T07:30:00+00:00"})");
  PlatformBench other("datetime", R"({"command_topic":"c","state_topic":"s","timezone":"Europe/Paris"})");
  EXPECT_EQ(other.binding().faults.size(), 1U);
}

TEST(Siren, json_unless_a_template_says_otherwise) {
  PlatformBench bench(
      "siren", R"({"name":"S","state_topic":"s","command_topic":"c","available_tones":["bell","fire"]})");
  EXPECT_EQ(
      bench.described(),
      R"({"domain":"siren","name":"S","features":["turn_on","turn_off","tones","volume_set","duration"],)"
      R"("capabilities":{"available_tones":["bell","fire"]}})");
  EXPECT_EQ(bench.sent("turn_on", R"({"volume_level":0.5,"tone":"bell","duration":10})"),
            R"(c {"state":"ON","tone":"bell","duration":10,"volume_level":0.5})");
  EXPECT_EQ(bench.sent("turn_off"), R"(c {"state":"OFF"})");
  EXPECT_EQ(bench.sent("toggle", "{}", Present(R"({"state":"on"})")), R"(c {"state":"OFF"})");
}

TEST(Siren, states_plain_and_json) {
  PlatformBench bench(
      "siren",
      R"({"state_topic":"s","command_topic":"c","support_volume_set":false,"state_on":"1","state_off":"0"})");
  EXPECT_EQ(bench.values("s", "1"), R"({"state":"on"})");
  EXPECT_EQ(bench.values("s", "None"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", "null"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", R"({"state":"0","duration":5,"volume_level":0.5})"),
            R"({"state":"off","duration":5})");
  EXPECT_EQ(bench.values("s", R"({"state":null})"), R"({"state":null})");
  EXPECT_EQ(bench.values("s", R"({"duration":"long"})"), "fault: duration: expected a number");
  EXPECT_EQ(bench.values("s", "maybe"), R"(fault: expected "1" or "0", found "maybe")");
  EXPECT_EQ(bench.values("s", "{}"), "-");
}

TEST(Siren, templates_for_on_and_off) {
  PlatformBench bench("siren", R"({"command_topic":"c","optimistic":true,"available_tones":["burglar"],
    "command_template":"{\"warning\": {\"mode\": \"{{ tone | default('emergency') }}\", \"duration\": {{ duration | default(10) }}}}",
    "command_off_template":"{\"warning\": {\"mode\": \"stop\"}}"})");
  EXPECT_TRUE(bench.description().assumed_state);
  EXPECT_EQ(bench.sent("turn_on"), R"(c {"warning": {"mode": "emergency", "duration": 10}})");
  EXPECT_EQ(bench.sent("turn_on", R"({"tone":"burglar","duration":3})"),
            R"(c {"warning": {"mode": "burglar", "duration": 3}})");
  EXPECT_EQ(bench.sent("turn_off"), R"(c {"warning": {"mode": "stop"}})");
  PlatformBench plain("siren", R"({"command_topic":"c","command_template":"{{ value }}"})");
  EXPECT_EQ(plain.sent("turn_off"), "c OFF");
  PlatformBench quiet("siren",
                      R"({"command_topic":"c","command_template":"{{ '' if value == 'OFF' else value }}"})");
  EXPECT_EQ(quiet.sent("turn_off"), "");
}

TEST(Remote, named_commands_and_others) {
  PlatformBench bench(
      "remote", R"({"command_topic":"c","state_topic":"s","commands":{"vol_up":{"command":"volume_up"}}})");
  EXPECT_EQ(bench.values("s", "ON"), R"({"state":"on"})");
  EXPECT_EQ(bench.sent("turn_on"), "c ON");
  EXPECT_EQ(bench.sent("send_command", R"({"command":["vol_up","mute"],"num_repeats":2})"),
            "c volume_up | c mute | c volume_up | c mute");
  PlatformBench templated(
      "remote", R"({"command_topic":"c","command_template":"{{ device | default('tv') }}:{{ value }}"})");
  EXPECT_EQ(templated.sent("send_command", R"({"command":["mute"],"device":"amp"})"), "c amp:mute");
  EXPECT_EQ(templated.sent("turn_off"), "c tv:OFF");
}

}  // namespace
}  // namespace gable::discovery

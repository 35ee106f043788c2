// sensor and binary_sensor: states as Home Assistant has them.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Sensor, a_number_keeps_the_text_it_came_as) {
  PlatformBench sensor("sensor", R"({"name":"Power","state_topic":"t","unit_of_measurement":"W",
    "device_class":"power","state_class":"measurement"})");
  EXPECT_EQ(
      sensor.described(),
      R"({"domain":"sensor","name":"Power","device_class":"power","unit":"W","state_class":"measurement"})");
  EXPECT_EQ(sensor.values("t", "21.50"), R"({"state":"21.50"})");
  EXPECT_EQ(sensor.values("t", "-5"), R"({"state":"-5"})");
  EXPECT_EQ(sensor.values("t", " 7 "), R"({"state":"7"})");
  EXPECT_EQ(sensor.values("t", "+1_000"), R"({"state":"1000"})");
  EXPECT_EQ(sensor.values("t", ".5"), R"({"state":"0.5"})");
  EXPECT_EQ(sensor.values("t", "1e3"), R"({"state":"1e3"})");
}

TEST(Sensor, a_number_from_a_template_is_what_python_prints) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","unit_of_measurement":"lqi",
    "value_template":"{{ value_json[\"q\"] }}"})");
  EXPECT_EQ(sensor.values("t", R"({"q":21.50})"), R"({"state":"21.5"})");
  EXPECT_EQ(sensor.values("t", R"({"q":21.0})"), R"({"state":"21.0"})");
  EXPECT_EQ(sensor.values("t", R"({"q":null})"), R"({"state":null})");
  EXPECT_EQ(sensor.values("t", R"({"other":1})"), "-");
}

TEST(Sensor, what_is_no_number_is_ignored_with_a_fault) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","unit_of_measurement":"W"})");
  EXPECT_EQ(sensor.values("t", "OFF"), R"(fault: expected a number, found "OFF")");
  EXPECT_EQ(sensor.values("t", "inf"), R"(fault: expected a number, found "inf")");
  EXPECT_EQ(sensor.values("t", ""), "-");
  EXPECT_EQ(sensor.values("t", "nan"), R"({"state":null})");
  EXPECT_EQ(sensor.values("t", "None"), R"({"state":null})");
  // A whole document of a shared topic is not for this entity.
  EXPECT_EQ(sensor.values("t", R"({"a":1})"), "-");
}

TEST(Sensor, a_failing_template_keeps_the_value) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","value_template":"{{ value_json.X | is_defined }}"})");
  EXPECT_EQ(sensor.values("t", R"({"Y":1})"), "-");
  EXPECT_EQ(sensor.values("t", R"({"X":"on"})"), R"({"state":"on"})");
}

TEST(Sensor, texts_and_options) {
  PlatformBench text("sensor", R"({"state_topic":"t"})");
  EXPECT_EQ(text.values("t", ""), R"({"state":""})");
  EXPECT_EQ(text.values("t", "21.5"), R"({"state":"21.5"})");
  EXPECT_EQ(text.values("t", std::string(256, 'x')), "fault: a state has at most 255 bytes");

  PlatformBench options("sensor", R"({"state_topic":"t","device_class":"enum","options":["a","b"]})");
  EXPECT_EQ(options.description().options.size(), 2U);
  EXPECT_EQ(options.values("t", "b"), R"({"state":"b"})");
  EXPECT_EQ(options.values("t", "c"), R"(fault: expected one of its options, found "c")");
}

TEST(Sensor, dates_and_times_as_home_assistant_has_them) {
  PlatformBench date("sensor", R"({"state_topic":"t","device_class":"date"})");
  EXPECT_EQ(date.values("t", "2026-11-22"), R"({"state":"2026-11-22"})");
  EXPECT_EQ(date.values("t", "2026-11-22T07:30:00Z"), R"({"state":"2026-11-22"})");
  EXPECT_EQ(date.values("t", "soon"), R"({"state":null} fault: expected a date, found "soon")");

  PlatformBench time("sensor", R"({"state_topic":"t","device_class":"timestamp"})");
  EXPECT_EQ(time.values("t", "2026-11-22T07:30:00+01:00"), R"({"state":"2026-11-22T06:30:00+00:00"})");
  EXPECT_EQ(time.values("t", "2026-11-22 07:30:00.250Z"), R"({"state":"2026-11-22T07:30:00+00:00"})");
  EXPECT_EQ(time.values("t", "2026-11-22T07:30:00-0330"), R"({"state":"2026-11-22T11:00:00+00:00"})");
  EXPECT_EQ(time.values("t", "2026-11-22T07:30:00"),
            R"(fault: expected a time with its offset from UTC, found "2026-11-22T07:30:00")");
  EXPECT_EQ(time.values("t", "2026-02-30T07:30:00Z"),
            R"({"state":null} fault: expected a time, found "2026-02-30T07:30:00Z")");
}

TEST(Sensor, last_reset_comes_with_the_state) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","unit_of_measurement":"kWh","state_class":"total",
    "value_template":"{{ value_json.e }}","last_reset_value_template":"{{ value_json.since }}"})");
  EXPECT_EQ(sensor.values("t", R"({"e":4.2,"since":"2026-11-01T00:00:00+00:00"})"),
            R"({"state":"4.2","last_reset":"2026-11-01T00:00:00+00:00"})");
  EXPECT_EQ(sensor.values("t", R"({"e":4.3})"), R"({"state":"4.3"})");
}

TEST(Sensor, json_attributes_leave_alone_what_the_sensor_says_itself) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","json_attributes_topic":"a"})");
  EXPECT_EQ(sensor.values("a", R"({"rssi":-60,"last_reset":"x","state_class":"y","icon":"z"})"),
            R"({"rssi":-60})");
  EXPECT_EQ(sensor.values("a", "[1]"), "fault: json_attributes: expected a JSON object");
}

TEST(Sensor, unknown_classes_cost_only_themselves) {
  PlatformBench sensor("sensor",
                       R"({"name":"S","state_topic":"t","device_class":"mood","state_class":"rising",
    "unit_of_measurement":"raw unit","optimistic":true})");
  EXPECT_EQ(sensor.described(), R"({"domain":"sensor","name":"S","unit":"raw unit"})");
}

TEST(Sensor, without_a_topic_it_is_refused) {
  EXPECT_EQ(PlatformBench("sensor", R"({"name":"S"})").refusal, "required key is missing (at state_topic)");
  EXPECT_EQ(PlatformBench("sensr", "{}").refusal,
            "no platform of MQTT discovery is called sensr; did you mean sensor? (at platform)");
}

TEST(Sensor, a_broken_template_costs_the_state_but_not_the_entity) {
  PlatformBench sensor("sensor", R"({"state_topic":"t","value_template":"{{ x || 0 }}"})");
  ASSERT_TRUE(sensor.bound());
  EXPECT_EQ(sensor.binding().faults.size(), 1U);
  EXPECT_TRUE(sensor.binding().inlets.empty());
}

TEST(BinarySensor, payloads_are_compared_as_python_prints_them) {
  PlatformBench sensor("binary_sensor",
                       R"({"name":"Door","state_topic":"t","device_class":"door","payload_on":false,
    "payload_off":true,"value_template":"{{ value_json[\"contact\"] }}"})");
  EXPECT_EQ(sensor.described(), R"({"domain":"binary_sensor","name":"Door","device_class":"door"})");
  EXPECT_EQ(sensor.values("t", R"({"contact":false})"), R"({"state":"on"})");
  EXPECT_EQ(sensor.values("t", R"({"contact":true})"), R"({"state":"off"})");
  EXPECT_EQ(sensor.values("t", R"({"contact":null})"), R"({"state":null})");
  EXPECT_EQ(sensor.values("t", R"({"other":1})"), "-");
}

TEST(BinarySensor, defaults_delay_and_what_fits_nothing) {
  PlatformBench sensor("binary_sensor", R"({"state_topic":"t","off_delay":30,"expire_after":60})");
  EXPECT_EQ(sensor.binding().off_delay, wire::Duration(30'000));
  EXPECT_EQ(sensor.binding().expire_after, wire::Duration(60'000));
  EXPECT_EQ(sensor.values("t", "ON"), R"({"state":"on"})");
  EXPECT_EQ(sensor.values("t", "OFF"), R"({"state":"off"})");
  EXPECT_EQ(sensor.values("t", "on"), R"(fault: expected "ON" or "OFF", found "on")");
  EXPECT_EQ(sensor.values("t", "  "), "-");
}

}  // namespace
}  // namespace gable::discovery

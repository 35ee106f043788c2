// event, device_automation, tag, infrared receivers, image and camera: what happens.

#include "platform_bench.hpp"

namespace gable::discovery {
namespace {

TEST(Event, a_type_and_its_attributes) {
  PlatformBench bench(
      "event",
      R"({"name":"Bell","state_topic":"t","event_types":["press","hold"],"device_class":"doorbell"})");
  EXPECT_EQ(bench.described(),
            R"({"domain":"event","name":"Bell","device_class":"doorbell","event_types":["press","hold"]})");
  EXPECT_EQ(bench.events("t", R"({"event_type":"press","clicks":2})"),
            R"({"event_type":"press","clicks":2})");
  EXPECT_EQ(bench.events("t", R"({"event_type":"double"})"),
            R"(fault: expected one of its event_types, found "double")");
  EXPECT_EQ(bench.events("t", "press"), "fault: expected a JSON object with event_type");
  EXPECT_EQ(bench.events("t", R"({"clicks":2})"), "fault: expected a JSON object with event_type");
  for (const char* nothing : {"", "None", "{}"}) EXPECT_EQ(bench.events("t", nothing), "-");
}

TEST(Event, several_may_come_in_one_message) {
  PlatformBench bench("event", R"({"state_topic":"t","event_types":["press","hold"]})");
  EXPECT_EQ(bench.events("t", R"([{"event_type":"press"},{"event_type":"hold"}])"),
            R"({"event_type":"press"}{"event_type":"hold"})");
  EXPECT_EQ(bench.events("t", "[]"), "-");
}

TEST(Event, one_that_is_said_again_counts_once_per_member) {
  PlatformBench bench("event", R"({"state_topic":"t","event_types":["press"],"once_per":"n"})");
  const Present stored(R"({"n":4})");  // of the last event before this start
  EXPECT_EQ(bench.events("t", R"({"event_type":"press","n":4})", false, stored), "-");
  EXPECT_EQ(bench.events("t", R"({"event_type":"press","n":5})"), R"({"event_type":"press","n":5})");
  EXPECT_EQ(bench.events("t", R"({"n":0})"), "-");
  EXPECT_EQ(bench.events("t", R"({"event_type":"press","n":5})"), R"({"event_type":"press","n":5})");
}

TEST(Event, what_the_broker_kept_is_not_taken) {
  PlatformBench bench("event", R"({"state_topic":"t","event_types":["press"]})");
  EXPECT_EQ(bench.events("t", R"({"event_type":"press"})", true), "-");
  EXPECT_EQ(PlatformBench("event", R"({"state_topic":"t"})").refusal,
            "required key is missing (at event_types)");
}

TEST(Event, a_template_makes_the_document) {
  PlatformBench bench("event", R"({"state_topic":"t","event_types":["on","off"],
    "value_template":"{\"event_type\":\"{{ value_json.action }}\"}"})");
  EXPECT_EQ(bench.events("t", R"({"action":"on"})"), R"({"event_type":"on"})");
}

TEST(DeviceAutomation, a_trigger_is_an_event_without_entity) {
  PlatformBench bench("device_automation",
                      R"({"automation_type":"trigger","type":"action","subtype":"brightness_move_up",
    "payload":"brightness_move_up","topic":"t"})");
  EXPECT_EQ(bench.description().domain, nullptr);
  EXPECT_EQ(bench.events("t", "brightness_move_up"),
            R"({"event_type":"action","subtype":"brightness_move_up"})");
  EXPECT_EQ(bench.events("t", "off"), "-");
  EXPECT_EQ(bench.events("t", "brightness_move_up", true), "-");
}

TEST(DeviceAutomation, numbers_templates_and_any_payload) {
  PlatformBench number("device_automation",
                       R"({"platform":"mqtt","automation_type":"trigger","type":"button_short_press",
    "subtype":"button_1","payload":1,"topic":"t"})");
  EXPECT_EQ(number.events("t", "1"), R"({"event_type":"button_short_press","subtype":"button_1"})");
  PlatformBench templated("device_automation",
                          R"({"automation_type":"trigger","type":"a","subtype":"b","payload":"SINGLE",
    "topic":"t","value_template":"{{ value_json.Button1.Action }}"})");
  EXPECT_EQ(templated.events("t", R"({"Button1":{"Action":"SINGLE"}})"),
            R"({"event_type":"a","subtype":"b"})");
  EXPECT_EQ(templated.events("t", R"({"Button2":{"Action":"SINGLE"}})"), "-");
  PlatformBench any("device_automation",
                    R"({"automation_type":"trigger","type":"a","subtype":"b","topic":"t"})");
  EXPECT_EQ(any.events("t", "whatever"), R"({"event_type":"a","subtype":"b"})");
  EXPECT_EQ(PlatformBench("device_automation",
                          R"({"automation_type":"action","type":"a","subtype":"b","topic":"t"})")
                .refusal,
            "expected \"trigger\" (at automation_type)");
}

TEST(Tag, the_id_out_of_the_message) {
  PlatformBench bench("tag", R"({"topic":"t","value_template":"{{ value_json.PN532.UID }}"})");
  EXPECT_EQ(bench.description().domain, nullptr);
  EXPECT_EQ(bench.events("t", R"({"PN532":{"UID":"E9F35959"}})"),
            R"({"event_type":"tag_scanned","tag_id":"E9F35959"})");
  EXPECT_EQ(bench.events("t", R"({"Other":1})"), "-");
  EXPECT_EQ(PlatformBench("tag", R"({"topic":"t"})").events("t", " E9 \n"),
            R"({"event_type":"tag_scanned","tag_id":"E9"})");
  EXPECT_EQ(PlatformBench("tag", R"({"topic":"t"})").events("t", ""), "-");
}

TEST(Infrared, a_receiver_reports_signals) {
  PlatformBench bench("infrared", R"({"schema":"receiver","state_topic":"t",
    "value_template":"{{ value_json.learned_ir_timings | tojson }}"})");
  EXPECT_EQ(bench.events("t", R"({"learned_ir_timings":{"timings":[9000,-4500],"modulation":38000,"x":1}})"),
            R"({"event_type":"signal_received","timings":[9000,-4500],"modulation":38000})");
  EXPECT_EQ(bench.events("t", R"({"learned_ir_timings":null})"), "-");
  EXPECT_EQ(bench.events("t", R"({"linkquality":80})"), "-");
  EXPECT_EQ(bench.events("t", R"({"learned_ir_timings":{"timings":[1.5]}})"),
            "fault: expected a JSON object with timings, a list of integers");
  EXPECT_EQ(bench.sent("send_command", R"({"timings":[1]})"),
            "error: this is a receiver of infrared signals; it cannot send");
}

TEST(Infrared, an_emitter_is_sent_timings) {
  PlatformBench bench("infrared", R"({"schema":"emitter","command_topic":"c"})");
  EXPECT_EQ(bench.sent("send_command", R"({"timings":[9000,-4500,560]})"),
            R"(c {"timings":[9000,-4500,560],"modulation":38000,"repeat_count":0})");
  EXPECT_EQ(bench.sent("send_command", R"({"protocol":"nec","address":1,"command":2})"),
            "error: this transmitter takes timings only, no protocol");
  PlatformBench templated("infrared", R"({"schema":"emitter","command_topic":"c",
    "command_template":"{{ timings | map('abs') | join(',') }}@{{ modulation }}x{{ repeat_count }}"})");
  EXPECT_EQ(templated.sent("send_command", R"({"timings":[900,-450],"modulation":40000,"repeat_count":2})"),
            "c 900,450@40000x2");
  EXPECT_EQ(PlatformBench("infrared", R"({"command_topic":"c"})").refusal,
            "expected emitter or receiver (at schema)");
}

TEST(Image, by_address_or_by_topic) {
  PlatformBench address("image", R"({"name":"I","url_topic":"u","url_template":"{{ value_json.url }}"})");
  EXPECT_EQ(address.values("u", R"({"url":"https://example.com/a.jpg"})"),
            R"({"url":"https://example.com/a.jpg"})");
  EXPECT_EQ(address.values("u", R"({"url":"file:///etc/passwd"})"),
            "fault: expected the address of a picture (http or https)");

  PlatformBench topic("image",
                      R"({"name":"I","image_topic":"i","image_encoding":"b64","content_type":"image/png"})");
  EXPECT_EQ(topic.described(), R"({"domain":"image","name":"I","capabilities":)"
                               R"({"image_topic":"i","image_encoding":"b64","content_type":"image/png"}})");
  // A new picture, of which the hub keeps only the time.
  EXPECT_EQ(topic.values("i", "\x89PNG\r\n"), "{}");
  EXPECT_TRUE(topic.binding().inlets.front().bytes);
  EXPECT_TRUE(topic.binding().force_update);
  EXPECT_EQ(PlatformBench("image", "{}").refusal, "required key is missing (at image_topic)");
}

TEST(Camera, a_picture_is_there) {
  PlatformBench bench("camera", R"({"name":"C","topic":"t"})");
  EXPECT_EQ(bench.described(), R"({"domain":"camera","name":"C","capabilities":{"image_topic":"t"}})");
  EXPECT_EQ(bench.values("t", "\xff\xd8\xff"), R"({"state":"idle"})");
  EXPECT_TRUE(bench.binding().inlets.front().bytes);
}

}  // namespace
}  // namespace gable::discovery

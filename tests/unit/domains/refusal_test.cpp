// Commands that are refused: with which code, and with words that help.

#include "fixture.hpp"

namespace gable::wire {
namespace {

struct Case {
  std::string_view entity;
  std::string_view payload;
  ErrorCode code;
  std::string_view says;  // part of the text
  std::string_view now = "";
  std::string_view attribute = "";
};

void check(const Case& c) {
  const EntityDescription e = entity(c.entity);
  const Now now(c.now);
  const Result<Command> command = c.attribute.empty()
                                      ? parse_command(e, c.payload, now)
                                      : parse_attribute_command(e, c.attribute, c.payload, now);
  const std::string what = std::string(e.domain->name) + " " + std::string(c.attribute) + " ← " +
                           std::string(c.payload.substr(0, 80));
  ASSERT_FALSE(command) << what << " → " << to_json(encode(*command));
  EXPECT_EQ(to_string(command.error().code), to_string(c.code)) << what << ": " << command.error().message();
  EXPECT_NE(command.error().text.find(c.says), std::string::npos)
      << what << ": " << command.error().message();
  EXPECT_TRUE(valid_utf8(command.error().text)) << what;
  EXPECT_LT(command.error().text.size(), 600U) << what;
}

constexpr std::string_view kDimmer = R"({"domain":"light","features":["brightness"]})";
constexpr std::string_view kSwitch = R"({"domain":"switch"})";

TEST(Refusal, words_and_forms) {
  using enum ErrorCode;
  const std::string deep = "{\"effect\":" + std::string(100, '[') + std::string(100, ']') + "}";
  const std::string huge = "{\"effect\":\"" + std::string(100'000, 'x') + "\"}";
  const Case cases[] = {
      {kSwitch, "", malformed, "empty"},
      {kSwitch, " \n", malformed, "empty"},
      {kSwitch, "onn", malformed, "did you mean on?"},
      {kSwitch, "tooggle", malformed, "did you mean toggle?"},
      {kSwitch, "true", malformed, "no command for a switch"},
      {kSwitch, "1", malformed, "no command for a switch"},
      {kSwitch, "null", malformed, "no command for a switch"},
      {kSwitch, "[\"on\"]", malformed, "no command for a switch"},
      {kSwitch, "{\"state\":true}", malformed, "no command for a switch"},
      {kSwitch, "{\"state\":null}", malformed, "no command for a switch"},
      {kSwitch, "{", malformed, ""},
      {kSwitch, "{}", malformed, "empty"},
      {kSwitch, "{\"_id\":\"a\"}", malformed, "empty"},
      {kSwitch, "{\"state\":\"on\",\"state\":\"off\"}", malformed, ""},
      {kSwitch, "\xff\xfe", malformed, "UTF-8"},
      {kSwitch, "{\"state\":\"\xff\"}", malformed, ""},
      {kSwitch, deep, too_large, ""},
      {kSwitch, huge, too_large, ""},
      {kSwitch, "{\"service\":7}", wrong_type, "service must be a string"},
      {kSwitch, "{\"service\":\"turn_onn\"}", unknown_service, "did you mean turn_on?"},
      {kSwitch, "{\"service\":\"turn_on\",\"state\":\"on\"}", unknown_attribute, "state"},
      {kSwitch, "{\"state\":\"on\",\"_id\":5}", wrong_type, "_id"},
      {kLight, "40%", malformed, "no command for a light"},
      {kLight, "120", malformed, "no command for a light"},
      {R"({"domain":"binary_sensor"})", "on", malformed, "takes none"},
      {R"({"domain":"sensor","unit":"W"})", "4", malformed, "takes none"},
      {R"({"domain":"event"})", "press", malformed, "takes none"},
      {R"({"domain":"sun"})", R"({"elevation":3})", unsupported, "cannot be set"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Refusal, attributes) {
  using enum ErrorCode;
  const Case cases[] = {
      {kLight, R"({"brigthness":120})", unknown_attribute, "did you mean brightness?"},
      {kLight, R"({"state":"on","hue":3})", unknown_attribute, "'hue'"},
      {kLight, R"({"service":"turn_on","brigtness":1})", unknown_attribute, "did you mean brightness?"},
      {kLight, R"({"color_mode":"hs"})", unsupported, "cannot be set"},
      {kLight, R"({"transition":2})", malformed, "alone does not say"},
      {kLight, R"({"state":"off","brightness":3})", malformed, "no one service"},
      {kLight, R"({"brightness":3,"brightness_pct":40})", malformed, "twice"},
      {kClimate, R"({"fan_mode":"low","preset_mode":"eco"})", malformed, "no one service"},
      {kClimate, R"({"current_temperature":3})", unsupported, "cannot be set"},
      {R"({"domain":"lock"})", R"({"code":"1234"})", malformed, "alone does not say"},
      {R"({"domain":"alarm_control_panel"})", R"({"code":"1234"})", malformed, "alone does not say"},
      {kLight, "5", unknown_attribute, "did you mean brightness?", "", "brightnes"},
      {kLight, "5", unknown_attribute, "by itself", "", "transition"},
      {kLight, "5", unsupported, "cannot be set", "", "color_mode"},
      {kLight, "5", unknown_attribute, "", "", "_at"},
      {kLight, "", malformed, "empty", "", "brightness"},
      {kLight, "\xff", malformed, "UTF-8", "", "effect"},
      {R"({"domain":"lock"})", "1", unknown_attribute, "", "", "code"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Refusal, features) {
  using enum ErrorCode;
  const Case cases[] = {
      {R"({"domain":"light"})", R"({"brightness":120})", unsupported, "this light has none"},
      {kDimmer, R"({"color_temp_kelvin":2700})", unsupported,
       "needs the feature color_temp; this light has brightness"},
      {kDimmer, R"({"state":"on","transition":1})", unsupported, "needs the feature transition"},
      {kDimmer, "2700", unsupported, "color_temp", "", "color_temp_kelvin"},
      {kDimmer, "+10%", unsupported, "hs", "", "hs_color"},
      {R"({"domain":"cover","features":["open","close"]})", "stop", unsupported, "needs the feature stop"},
      {R"({"domain":"cover","features":["open","close"]})", "50", unsupported, "set_position"},
      {R"({"domain":"cover","features":["open","close","stop"]})", "opne", malformed, "did you mean open?"},
      {R"({"domain":"cover","features":["close","stop"]})", R"({"state":"open"})", unsupported, "open"},
      {R"({"domain":"lock"})", "open", unsupported, "open"},
      {R"({"domain":"fan"})", "on", unsupported, "turn_on"},
      {R"({"domain":"fan","features":["turn_on"]})", R"({"oscillating":true})", unsupported, "oscillate"},
      {R"({"domain":"media_player"})", "play", unsupported, "play"},
      {R"({"domain":"update"})", "install", unsupported, "install"},
      {R"({"domain":"vacuum"})", "start", unsupported, "start"},
      {R"({"domain":"siren","features":["turn_on"]})", R"({"state":"on","tone":"x"})", unsupported, "tones"},
      {R"({"domain":"climate"})", R"({"temperature":21})", unsupported, "target_temperature"},
      {R"({"domain":"notify"})", R"({"message":"a","title":"b"})", unsupported, "title"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Refusal, types) {
  using enum ErrorCode;
  const Case cases[] = {
      {kLight, R"({"brightness":"120"})", wrong_type, "must be an integer"},
      {kLight, R"({"brightness":true})", wrong_type, "boolean"},
      {kLight, R"({"brightness":null})", wrong_type, "null"},
      {kLight, R"({"brightness":120.5})", wrong_type, "whole number from 0 to 255"},
      {kLight, R"({"brightness":[1]})", wrong_type, "list"},
      {kLight, R"({"effect":5})", wrong_type, "must be a string"},
      {kLight, R"({"rgb_color":[1,2]})", wrong_type, "3 values"},
      {kLight, R"({"rgb_color":[1,2,"3"]})", wrong_type, "integer"},
      {kLight, R"({"rgb_color":"red"})", wrong_type, "list"},
      {kLight, "fast", wrong_type, "whole number from 0 to 255", "", "brightness"},
      {kLight, "1e999", wrong_type, "", "", "brightness"},
      {kLight, "+", wrong_type, "", "", "brightness"},
      {kLight, "%", wrong_type, "", "", "brightness"},
      {kLight, "++5", wrong_type, "", R"({"state":"on","brightness":3})", "brightness"},
      {kLight, "0x10", wrong_type, "", "", "brightness"},
      {kFan, R"({"oscillating":1})", wrong_type, "must be a boolean"},
      {kFan, "maybe", wrong_type, "must be a boolean", "", "oscillating"},
      {R"({"domain":"number"})", R"({"value":"5"})", wrong_type, "must be a number"},
      {R"({"domain":"number"})", R"({"state":false})", wrong_type, "must be a number"},
      {R"({"domain":"number"})", "on", wrong_type, "must be a number, not 'on'"},
      {R"({"domain":"number"})", "40%", wrong_type, "no range"},
      {R"({"domain":"date"})", "2026-02-29", wrong_type, "must be a date"},
      {R"({"domain":"time"})", "25:00", wrong_type, "must be a time"},
      {R"({"domain":"datetime"})", "tomorrow", wrong_type, "must be a datetime"},
      {R"({"domain":"timer"})", R"({"service":"start","duration":"5 min"})", wrong_type, "duration"},
      {R"({"domain":"timer"})", R"({"service":"start","duration":-5})", wrong_type, "duration"},
      {R"({"domain":"timer"})", R"({"service":"start","duration":{"minute":5}})", wrong_type, "duration"},
      {R"({"domain":"remote"})", R"({"service":"send_command","command":[1]})", wrong_type, "list of string"},
      {kClimate, R"({"service":"set_temperature","hvac_mode":true,"temperature":20})", wrong_type, "string"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Refusal, ranges_and_options) {
  using enum ErrorCode;
  const Case cases[] = {
      {kLight, R"({"brightness":256})", out_of_range, "from 0 to 255, not 256"},
      {kLight, R"({"brightness":-1})", out_of_range, "not -1"},
      {kLight, R"({"brightness":1e300})", out_of_range, ""},
      {kLight, R"({"brightness_pct":101})", out_of_range, "from 0 to 100"},
      {kLight, "120%", out_of_range, "percentage", "", "brightness"},
      {kLight, "-5", out_of_range, "from 0 to 255", "", "brightness"},
      {kLight, R"({"color_temp_kelvin":2000})", out_of_range, "from 2200 to 6500 K"},
      {kLight, R"({"hs_color":[361,0]})", out_of_range, "from 0 to 360"},
      {kLight, R"({"hs_color":[0,101]})", out_of_range, "from 0 to 100"},
      {kLight, R"({"rgb_color":[0,0,256]})", out_of_range, "from 0 to 255"},
      {kLight, R"({"effect":"rainbwo"})", out_of_range, "rainbow, fire; did you mean rainbow?"},
      {kLight, R"({"state":"on","flash":"medium"})", out_of_range, "short, long"},
      {kLight, R"({"service":"turn_on","transition":-1})", out_of_range, "transition"},
      {kClimate, R"({"temperature":6.9})", out_of_range, "from 7 to 35, not 6.9"},
      {kClimate, "heatt", out_of_range, "did you mean heat?"},
      {kClimate, "dry", out_of_range, "off, heat, cool, heat_cool"},
      {kClimate, R"({"state":"dry"})", out_of_range, "hvac_mode"},
      {kClimate, "20", out_of_range, "from 30 to 70", "", "humidity"},
      {kCover, "101", out_of_range, "from 0 to 100"},
      {kMediaPlayer, "2", out_of_range, "from 0 to 1", "", "volume_level"},
      {kMediaPlayer, R"({"source":"cd"})", out_of_range, "radio, tv"},
      {R"({"domain":"number","min":0,"max":10})", "11", out_of_range, "from 0 to 10"},
      {R"({"domain":"number","min":0})", "-1", out_of_range, "not below 0"},
      {R"({"domain":"select","options":["a","b"]})", "c", out_of_range, "a, b"},
      {R"({"domain":"text","max":3})", "four", out_of_range, "4 characters"},
      {R"({"domain":"siren","features":["turn_on","tones"],"capabilities":{"available_tones":["a"]}})",
       R"({"state":"on","tone":"b"})", out_of_range, "available_tones"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Refusal, missing_parameters_and_unknown_values) {
  using enum ErrorCode;
  const Case cases[] = {
      {kCover, R"({"service":"set_cover_position"})", malformed, "needs position"},
      {kClimate, R"({"service":"set_temperature"})", malformed, "at least one of temperature"},
      {kMediaPlayer, R"({"service":"play_media"})", malformed, "at least one of"},
      {R"({"domain":"notify","features":["title"]})", R"({"service":"send_message","title":"x"})", malformed,
       "needs message"},
      {kLight, "+10%", unavailable, "not known", "", "brightness"},
      {kLight, "+10%", unavailable, "not known", R"({"state":"on","brightness":null})", "brightness"},
      {kLight, R"({"brightness_step":5})", unavailable, "not known"},
      {kClimate, "+1", unavailable, "not known", "", "temperature"},
      {kCover, "+10%", unavailable, "not known"},
  };
  for (const Case& c : cases) check(c);
}

}  // namespace
}  // namespace gable::wire

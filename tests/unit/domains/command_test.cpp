// Commands that are obeyed: payload → canonical call, for every domain that takes commands.

#include "fixture.hpp"

namespace gable::wire {
namespace {

struct Case {
  std::string_view entity;
  std::string_view payload;
  std::string_view canonical;
  std::string_view now = "";
  std::string_view attribute = "";  // set/…/<attribute>; empty: set/…
};

void check(const Case& c) {
  const EntityDescription e = entity(c.entity);
  const Now now(c.now);
  const Result<Command> command = c.attribute.empty()
                                      ? parse_command(e, c.payload, now)
                                      : parse_attribute_command(e, c.attribute, c.payload, now);
  const std::string what =
      std::string(e.domain->name) + " " + std::string(c.attribute) + " ← " + std::string(c.payload);
  ASSERT_TRUE(command) << what << ": " << command.error().message();
  EXPECT_EQ(encode(*command), object(c.canonical)) << what << " → " << to_json(encode(*command));
  // The canonical form is a fixed point: a bridge reads what the hub sends.
  const Result<Command> again = parse_command(e, to_json(encode(*command)), now);
  ASSERT_TRUE(again) << what << ": " << again.error().message();
  EXPECT_EQ(encode(*again), encode(*command)) << what;
}

TEST(Command, lights) {
  const Case cases[] = {
      {kLight, "on", R"({"service":"turn_on"})"},
      {kLight, " ON\r\n", R"({"service":"turn_on"})"},
      {kLight, "off", R"({"service":"turn_off"})"},
      {kLight, "toggle", R"({"service":"toggle"})"},
      {kLight, R"({"state":"on"})", R"({"service":"turn_on"})"},
      {kLight, R"({"state":"ON","brightness":120})", R"({"service":"turn_on","brightness":120})"},
      {kLight, R"({"state":"on","brightness":120,"transition":2})",
       R"({"service":"turn_on","brightness":120,"transition":2})"},
      {kLight, R"({"brightness":120})", R"({"service":"turn_on","brightness":120})"},
      {kLight, R"({"brightness":120.0})", R"({"service":"turn_on","brightness":120})"},
      {kLight, R"({"brightness":"40%"})", R"({"service":"turn_on","brightness":102})"},
      {kLight, R"({"state":"off","transition":3.5})", R"({"service":"turn_off","transition":3.5})"},
      {kLight, R"({"service":"turn_on","brightness":120,"_id":"c-20"})",
       R"({"service":"turn_on","brightness":120,"_id":"c-20"})"},
      {kLight, R"({"state":"on","_id":"a","_note":7})", R"({"service":"turn_on","_id":"a"})"},
      {kLight, R"({"brightness_pct":40})", R"({"service":"turn_on","brightness":102})"},
      {kLight, R"({"service":"turn_on","brightness_pct":10})", R"({"service":"turn_on","brightness":26})"},
      {kLight, R"({"service":"turn_on","brightness_pct":30})", R"({"service":"turn_on","brightness":76})"},
      {kLight, R"({"service":"turn_on","brightness_pct":100})", R"({"service":"turn_on","brightness":255})"},
      {kLight, R"({"service":"turn_on","brightness_step":-20})", R"({"service":"turn_on","brightness":80})",
       R"({"state":"on","brightness":100})"},
      {kLight, R"({"service":"turn_on","brightness_step_pct":10})",
       R"({"service":"turn_on","brightness":26})", R"({"state":"off"})"},
      {kLight, R"({"service":"turn_on","brightness_step_pct":50})",
       R"({"service":"turn_on","brightness":255})", R"({"state":"on","brightness":200})"},
      {kLight, R"({"service":"turn_on","brightness":0,"transition":1})",
       R"({"service":"turn_off","transition":1})"},
      {kLight, R"({"color_temp_kelvin":2700})", R"({"service":"turn_on","color_temp_kelvin":2700})"},
      {kLight, R"({"color_temp":370})", R"({"service":"turn_on","color_temp_kelvin":2702})"},
      {kLight, R"({"color_temp":500})", R"({"service":"turn_on","color_temp_kelvin":2200})"},
      {kLight, R"({"kelvin":3000})", R"({"service":"turn_on","color_temp_kelvin":3000})"},
      {kLight, R"({"hs_color":[300,70.5]})", R"({"service":"turn_on","hs_color":[300,70.5]})"},
      {kLight, R"({"rgb_color":[255,0,10.0]})", R"({"service":"turn_on","rgb_color":[255,0,10]})"},
      {kLight, R"({"effect":"fire"})", R"({"service":"turn_on","effect":"fire"})"},
      {kLight, R"({"service":"turn_on","flash":"short"})", R"({"service":"turn_on","flash":"short"})"},
      {kLight, "120", R"({"service":"turn_on","brightness":120})", "", "brightness"},
      {kLight, "40%", R"({"service":"turn_on","brightness":102})", "", "brightness"},
      {kLight, " 40 % ", R"({"service":"turn_on","brightness":102})", "", "brightness"},
      {kLight, "30%", R"({"service":"turn_on","brightness":77})", "", "brightness"},
      {kLight, "0%", R"({"service":"turn_off"})", "", "brightness"},
      {kLight, "+10%", R"({"service":"turn_on","brightness":128})", R"({"state":"on","brightness":102})",
       "brightness"},
      {kLight, "-10%", R"({"service":"turn_on","brightness":77})", R"({"state":"on","brightness":102})",
       "brightness"},
      {kLight, "+5", R"({"service":"turn_on","brightness":107})", R"({"state":"on","brightness":102})",
       "brightness"},
      {kLight, "+-5", R"({"service":"turn_on","brightness":97})", R"({"state":"on","brightness":102})",
       "brightness"},
      {kLight, "+10%", R"({"service":"turn_on","brightness":255})", R"({"state":"on","brightness":250})",
       "brightness"},
      {kLight, "-10%", R"({"service":"turn_off"})", R"({"state":"on","brightness":20})", "brightness"},
      {kLight, "+10%", R"({"service":"turn_on","brightness":26})", R"({"state":"off","brightness":200})",
       "brightness"},
      {kLight, "50%", R"({"service":"turn_on","color_temp_kelvin":4350})", "", "color_temp_kelvin"},
      {kLight, "50", R"({"service":"turn_on","brightness":128})", "", "brightness_pct"},
      {kLight, "rainbow", R"({"service":"turn_on","effect":"rainbow"})", "", "effect"},
      {kLight, R"("rainbow")", R"({"service":"turn_on","effect":"rainbow"})", "", "effect"},
      {kLight, "[1,2,3]", R"({"service":"turn_on","rgb_color":[1,2,3]})", "", "rgb_color"},
      {kLight, "off", R"({"service":"turn_off"})", "", "state"},
      {R"({"domain":"light","features":["white","brightness"]})", R"({"white":200})",
       R"({"service":"turn_on","white":200})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, openings_and_locks) {
  constexpr std::string_view kLock = R"({"domain":"lock","features":["open"]})";
  constexpr std::string_view kValve =
      R"({"domain":"valve","features":["open","close","set_position","stop"]})";
  const Case cases[] = {
      {kCover, "open", R"({"service":"open_cover"})"},
      {kCover, "close", R"({"service":"close_cover"})"},
      {kCover, R"({"state":"closed"})", R"({"service":"close_cover"})"},
      {kCover, "stop", R"({"service":"stop_cover"})"},
      {kCover, "toggle", R"({"service":"toggle"})"},
      {kCover, "30", R"({"service":"set_cover_position","position":30})"},
      {kCover, "30%", R"({"service":"set_cover_position","position":30})"},
      {kCover, "+20%", R"({"service":"set_cover_position","position":100})", R"({"current_position":90})"},
      {kCover, R"({"position":30})", R"({"service":"set_cover_position","position":30})"},
      {kCover, R"({"current_position":30})", R"({"service":"set_cover_position","position":30})"},
      {kCover, R"({"tilt_position":30})", R"({"service":"set_cover_tilt_position","tilt_position":30})"},
      {kCover, "30", R"({"service":"set_cover_position","position":30})", "", "current_position"},
      {kCover, "30", R"({"service":"set_cover_position","position":30})", "", "position"},
      {kCover, "-10%", R"({"service":"set_cover_tilt_position","tilt_position":40})",
       R"({"current_tilt_position":50})", "current_tilt_position"},
      {kCover, "open_tilt", R"({"service":"open_cover_tilt"})"},
      {kValve, "open", R"({"service":"open_valve"})"},
      {kValve, "closed", R"({"service":"close_valve"})"},
      {kValve, "12", R"({"service":"set_valve_position","position":12})"},
      {kLock, "lock", R"({"service":"lock"})"},
      {kLock, "unlock", R"({"service":"unlock"})"},
      {kLock, "open", R"({"service":"open"})"},
      {kLock, R"({"state":"unlocked","code":"0042"})", R"({"service":"unlock","code":"0042"})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, climate_and_comfort) {
  constexpr std::string_view kNoTurnOff =
      R"({"domain":"climate","features":["target_temperature"],"capabilities":{"hvac_modes":["off","heat"]}})";
  constexpr std::string_view kHumidifier =
      R"({"domain":"humidifier","features":["modes"],
          "capabilities":{"available_modes":["eco","boost"],"min_humidity":20,"max_humidity":80}})";
  constexpr std::string_view kHeater =
      R"({"domain":"water_heater","features":["target_temperature","operation_mode","away_mode","on_off"],
          "capabilities":{"operation_list":["eco","off"],"min_temp":30,"max_temp":60}})";
  const Case cases[] = {
      {kClimate, "heat", R"({"service":"set_hvac_mode","hvac_mode":"heat"})"},
      {kClimate, "off", R"({"service":"turn_off"})"},
      {kClimate, "on", R"({"service":"turn_on"})"},
      {kNoTurnOff, "off", R"({"service":"set_hvac_mode","hvac_mode":"off"})"},
      {kClimate, R"({"state":"heat"})", R"({"service":"set_hvac_mode","hvac_mode":"heat"})"},
      {kClimate, R"({"temperature":21.5})", R"({"service":"set_temperature","temperature":21.5})"},
      {kClimate, R"({"state":"heat","temperature":21})",
       R"({"service":"set_temperature","hvac_mode":"heat","temperature":21})"},
      {kClimate, R"({"target_temp_low":19,"target_temp_high":23})",
       R"({"service":"set_temperature","target_temp_low":19,"target_temp_high":23})"},
      {kClimate, R"({"service":"set_temperature","temperature":20,"hvac_mode":"cool"})",
       R"({"service":"set_temperature","temperature":20,"hvac_mode":"cool"})"},
      {kClimate, "21", R"({"service":"set_temperature","temperature":21})", "", "temperature"},
      {kClimate, "+0.5", R"({"service":"set_temperature","temperature":21.5})", R"({"temperature":21})",
       "temperature"},
      {kClimate, "+0.2", R"({"service":"set_temperature","temperature":20.3})", R"({"temperature":20.1})",
       "temperature"},
      {kClimate, "50%", R"({"service":"set_temperature","temperature":21})", "", "temperature"},
      {kClimate, "50%", R"({"service":"set_humidity","humidity":50})", "", "humidity"},
      {kClimate, "eco", R"({"service":"set_preset_mode","preset_mode":"eco"})", "", "preset_mode"},
      {kClimate, R"({"swing_mode":"on"})", R"({"service":"set_swing_mode","swing_mode":"on"})"},
      {kClimate, R"({"fan_mode":"low"})", R"({"service":"set_fan_mode","fan_mode":"low"})"},
      {kFan, "on", R"({"service":"turn_on"})"},
      {kFan, "50", R"({"service":"set_percentage","percentage":50})"},
      {kFan, "50%", R"({"service":"set_percentage","percentage":50})"},
      {kFan, "0", R"({"service":"turn_off"})"},
      {kFan, "faster", R"({"service":"increase_speed"})"},
      {kFan, R"({"state":"on","percentage":30})", R"({"service":"turn_on","percentage":30})"},
      {kFan, R"({"percentage":30})", R"({"service":"set_percentage","percentage":30})"},
      {kFan, R"({"preset_mode":"sleep"})", R"({"service":"set_preset_mode","preset_mode":"sleep"})"},
      {kFan, R"({"preset_mode":"sleep","percentage":30})",
       R"({"service":"turn_on","preset_mode":"sleep","percentage":30})"},
      {kFan, "on", R"({"service":"oscillate","oscillating":true})", "", "oscillating"},
      {kFan, "false", R"({"service":"oscillate","oscillating":false})", "", "oscillating"},
      {kFan, R"({"oscillating":"on"})", R"({"service":"oscillate","oscillating":true})"},
      {kFan, "reverse", R"({"service":"set_direction","direction":"reverse"})", "", "direction"},
      {kHumidifier, "45", R"({"service":"set_humidity","humidity":45})"},
      {kHumidifier, "50%", R"({"service":"set_humidity","humidity":50})"},
      {kHumidifier, R"({"mode":"eco"})", R"({"service":"set_mode","mode":"eco"})"},
      {kHeater, "eco", R"({"service":"set_operation_mode","operation_mode":"eco"})"},
      {kHeater, "off", R"({"service":"turn_off"})"},
      {kHeater, R"({"temperature":45,"operation_mode":"eco"})",
       R"({"service":"set_temperature","temperature":45,"operation_mode":"eco"})"},
      {kHeater, R"({"service":"set_away_mode","away_mode":"on"})",
       R"({"service":"set_away_mode","away_mode":true})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, media_players) {
  const Case cases[] = {
      {kMediaPlayer, "on", R"({"service":"turn_on"})"},
      {kMediaPlayer, "play", R"({"service":"media_play"})"},
      {kMediaPlayer, R"({"state":"paused"})", R"({"service":"media_pause"})"},
      {kMediaPlayer, "stop", R"({"service":"media_stop"})"},
      {kMediaPlayer, "next", R"({"service":"media_next_track"})"},
      {kMediaPlayer, "previous", R"({"service":"media_previous_track"})"},
      {kMediaPlayer, "volume_up", R"({"service":"volume_up"})"},
      {kMediaPlayer, "40%", R"({"service":"volume_set","volume_level":0.4})", "", "volume_level"},
      {kMediaPlayer, "+10%", R"({"service":"volume_set","volume_level":0.3})", R"({"volume_level":0.2})",
       "volume_level"},
      {kMediaPlayer, "on", R"({"service":"volume_mute","is_volume_muted":true})", "", "is_volume_muted"},
      {kMediaPlayer, R"({"source":"tv"})", R"({"service":"select_source","source":"tv"})"},
      {kMediaPlayer, R"({"repeat":"one"})", R"({"service":"repeat_set","repeat":"one"})"},
      {kMediaPlayer, "12.5", R"({"service":"media_seek","seek_position":12.5})", "", "media_position"},
      {kMediaPlayer, R"({"service":"play_media","media_content_id":"x","media_content_type":"music"})",
       R"({"service":"play_media","media_content_id":"x","media_content_type":"music"})"},
      {kMediaPlayer, R"({"service":"join","group_members":"media_player.b"})",
       R"({"service":"join","group_members":["media_player.b"]})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, inputs) {
  constexpr std::string_view kNumber = R"({"domain":"number","min":-20,"max":20,"step":0.5})";
  constexpr std::string_view kSelect = R"({"domain":"select","options":["eco","Auto","3"]})";
  constexpr std::string_view kText = R"({"domain":"text","max":10})";
  const Case cases[] = {
      {kNumber, "4.2", R"({"service":"set_value","value":4.2})"},
      {kNumber, "-5", R"({"service":"set_value","value":-5})"},
      {kNumber, "+5", R"({"service":"set_value","value":6})", R"({"state":1})"},
      {kNumber, "51%", R"({"service":"set_value","value":0.5})"},
      {kNumber, R"({"state":4})", R"({"service":"set_value","value":4})"},
      {kNumber, R"({"value":4})", R"({"service":"set_value","value":4})"},
      {R"({"domain":"input_number","min":0,"max":10})", "3", R"({"service":"set_value","value":3})"},
      {R"({"domain":"input_number","min":0,"max":10})", "increment", R"({"service":"increment"})"},
      {R"({"domain":"counter"})", "7", R"({"service":"set_value","value":7})"},
      {R"({"domain":"counter"})", "reset", R"({"service":"reset"})"},
      {kSelect, "eco", R"({"service":"select_option","option":"eco"})"},
      {kSelect, "3", R"({"service":"select_option","option":"3"})"},
      {kSelect, R"({"state":"Auto"})", R"({"service":"select_option","option":"Auto"})"},
      {kSelect, R"({"service":"select_next","cycle":true})", R"({"service":"select_next","cycle":true})"},
      {R"({"domain":"input_select","options":["a","b"]})", "b",
       R"({"service":"select_option","option":"b"})"},
      {kText, "42", R"({"service":"set_value","value":"42"})"},
      {kText, "on", R"({"service":"set_value","value":"on"})"},
      {kText, R"("quoted")", R"({"service":"set_value","value":"quoted"})"},
      {kText, "zehn Ümläu", R"({"service":"set_value","value":"zehn Ümläu"})"},
      {R"({"domain":"input_text"})", "hello", R"({"service":"set_value","value":"hello"})"},
      {R"({"domain":"date"})", "2028-02-29", R"({"service":"set_value","date":"2028-02-29"})"},
      {R"({"domain":"time"})", "07:30", R"({"service":"set_value","time":"07:30:00"})"},
      {R"({"domain":"datetime"})", "2026-11-22T07:30:00Z",
       R"({"service":"set_value","datetime":"2026-11-22T07:30:00Z"})"},
      {R"({"domain":"datetime"})", "2026-11-22 07:30:00",
       R"({"service":"set_value","datetime":"2026-11-22 07:30:00"})"},
      {R"({"domain":"input_datetime"})", R"({"service":"set_datetime","time":"07:30:00"})",
       R"({"service":"set_datetime","time":"07:30:00"})"},
      {R"({"domain":"button"})", "press", R"({"service":"press"})"},
      {R"({"domain":"input_button"})", "press", R"({"service":"press"})"},
      {R"({"domain":"input_boolean"})", "on", R"({"service":"turn_on"})"},
      {R"({"domain":"timer"})", R"({"service":"start","duration":"0:05:00"})",
       R"({"service":"start","duration":300})"},
      {R"({"domain":"timer"})", R"({"service":"start","duration":{"minutes":5}})",
       R"({"service":"start","duration":300})"},
      {R"({"domain":"timer"})", "cancel", R"({"service":"cancel"})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, all_others) {
  constexpr std::string_view kSiren =
      R"({"domain":"siren","features":["turn_on","turn_off","tones","volume_set","duration"],
          "capabilities":{"available_tones":{"1":"fire","2":"ding"}}})";
  constexpr std::string_view kVacuum =
      R"({"domain":"vacuum","features":["start","stop","pause","return_home","locate","clean_spot","fan_speed",
          "send_command"],"capabilities":{"fan_speed_list":["low","max"]}})";
  constexpr std::string_view kAlarm =
      R"({"domain":"alarm_control_panel","features":["arm_home","arm_away"]})";
  constexpr std::string_view kUpdate = R"({"domain":"update","features":["install","specific_version"]})";
  const Case cases[] = {
      {R"({"domain":"switch"})", "on", R"({"service":"turn_on"})"},
      {R"({"domain":"switch"})", "toggle", R"({"service":"toggle"})"},
      {R"({"domain":"scene"})", "on", R"({"service":"turn_on"})"},
      {R"({"domain":"scene"})", R"({"state":"on","transition":2})",
       R"({"service":"turn_on","transition":2})"},
      {R"({"domain":"script"})", "on", R"({"service":"turn_on"})"},
      {R"({"domain":"automation"})", "trigger", R"({"service":"trigger"})"},
      {R"({"domain":"automation"})", R"({"state":"off","stop_actions":false})",
       R"({"service":"turn_off","stop_actions":false})"},
      {R"({"domain":"group"})", "off", R"({"service":"turn_off"})"},
      {kSiren, R"({"state":"on","tone":"fire","duration":5})",
       R"({"service":"turn_on","tone":"fire","duration":5})"},
      {kSiren, R"({"state":"on","tone":2})", R"({"service":"turn_on","tone":2})"},
      {kVacuum, "start", R"({"service":"start"})"},
      {kVacuum, "pause", R"({"service":"pause"})"},
      {kVacuum, "return_to_base", R"({"service":"return_to_base"})"},
      {kVacuum, "locate", R"({"service":"locate"})"},
      {kVacuum, "max", R"({"service":"set_fan_speed","fan_speed":"max"})", "", "fan_speed"},
      {R"({"domain":"lawn_mower","features":["start_mowing","dock"]})", "dock", R"({"service":"dock"})"},
      {kAlarm, R"({"state":"armed_away","code":"1234"})", R"({"service":"alarm_arm_away","code":"1234"})"},
      {kAlarm, "disarm", R"({"service":"alarm_disarm"})"},
      {kUpdate, "install", R"({"service":"install"})"},
      {kUpdate, R"({"service":"install","version":"1.2"})", R"({"service":"install","version":"1.2"})"},
      {R"({"domain":"remote"})", R"({"service":"send_command","command":"mute"})",
       R"({"service":"send_command","command":["mute"]})"},
      {R"({"domain":"infrared"})", R"({"service":"send_command","timings":[9000,-4500]})",
       R"({"service":"send_command","timings":[9000,-4500]})"},
      {R"({"domain":"notify"})", "the door is open",
       R"({"service":"send_message","message":"the door is open"})"},
      {R"({"domain":"notify","features":["title"]})", R"({"message":"a","title":"b"})",
       R"({"service":"send_message","message":"a","title":"b"})"},
      {R"({"domain":"camera","features":["on_off"]})", "off", R"({"service":"turn_off"})"},
      {R"({"domain":"image"})", R"({"service":"snapshot","filename":"x.jpg"})",
       R"({"service":"snapshot","filename":"x.jpg"})"},
      {R"({"domain":"weather"})", R"({"service":"get_forecasts","type":"daily"})",
       R"({"service":"get_forecasts","type":"daily"})"},
      {R"({"domain":"calendar","features":["create_event"]})",
       R"({"service":"create_event","summary":"x","start_date":"2026-11-22","end_date":"2026-11-23"})",
       R"({"service":"create_event","summary":"x","start_date":"2026-11-22","end_date":"2026-11-23"})"},
  };
  for (const Case& c : cases) check(c);
}

TEST(Command, id_is_kept_whatever_the_form) {
  const EntityDescription e = entity(kLight);
  const Result<Command> command = parse_command(e, R"({"brightness":1,"_id":"x-1"})", Now());
  ASSERT_TRUE(command);
  EXPECT_EQ(command->id, "x-1");
  EXPECT_FALSE(command->data.contains("_id"));
}

}  // namespace
}  // namespace gable::wire

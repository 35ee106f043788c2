#pragma once
// What the tests of this folder share: entities from their JSON, and present values from JSON.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "wire/command.hpp"
#include "wire/json.hpp"

namespace gable::wire {

inline Object object(std::string_view json) {
  Result<Object> parsed = parse_object(json, kDocumentLimits);
  if (!parsed) {
    ADD_FAILURE() << "bad JSON in a test: " << json;
    return {};
  }
  return *parsed;
}

inline EntityDescription entity(std::string_view json) {
  Result<EntityDescription> decoded = decode_entity(object(json));
  if (decoded) return *decoded;
  ADD_FAILURE() << json << ": " << decoded.error().message();
  EntityDescription fallback;
  fallback.domain = find_domain("switch");
  return fallback;
}

// Present values: an object of state and attributes.
class Now final : public CurrentValues {
 public:
  Now() = default;
  explicit Now(std::string_view json) : values_(json.empty() ? Object{} : object(json)) {}
  [[nodiscard]] const Value* current(std::string_view name) const override { return values_.find(name); }

 private:
  Object values_;
};

// A light with everything, used in many cases.
inline constexpr std::string_view kLight =
    R"({"domain":"light","features":["brightness","color_temp","hs","rgb","xy","effect","flash","transition"],
        "capabilities":{"effect_list":["rainbow","fire"],"min_color_temp_kelvin":2200,"max_color_temp_kelvin":6500}})";
inline constexpr std::string_view kClimate =
    R"({"domain":"climate","features":["target_temperature","target_temperature_range","target_humidity","fan_mode",
        "preset_mode","swing_mode","turn_on","turn_off"],
        "capabilities":{"hvac_modes":["off","heat","cool","heat_cool"],"fan_modes":["low","high"],
        "preset_modes":["eco","away"],"swing_modes":["on","off"],"min_temp":7,"max_temp":35,
        "min_humidity":30,"max_humidity":70}})";
inline constexpr std::string_view kCover =
    R"({"domain":"cover","features":["open","close","stop","set_position","open_tilt","close_tilt","stop_tilt",
        "set_tilt_position"]})";
inline constexpr std::string_view kMediaPlayer =
    R"({"domain":"media_player","features":["pause","seek","volume_set","volume_mute","previous_track","next_track",
        "turn_on","turn_off","play_media","volume_step","select_source","stop","clear_playlist","play","shuffle_set",
        "select_sound_mode","repeat_set","grouping","media_announce","media_enqueue"],
        "capabilities":{"source_list":["radio","tv"],"sound_mode_list":["night"]}})";
inline constexpr std::string_view kFan =
    R"({"domain":"fan","features":["set_speed","oscillate","direction","preset_mode","turn_on","turn_off"],
        "capabilities":{"preset_modes":["auto","sleep"]}})";

}  // namespace gable::wire

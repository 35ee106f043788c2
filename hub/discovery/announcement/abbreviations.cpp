// Most short names are one of some stems with one of seven endings (bri + cmd_t); written so, the retired
// ones and those of tomorrow are read too. The rest is a list.

#include "discovery/announcement/abbreviations.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace gable::discovery {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Longest first, so that `_cmd_t` is not taken for `_t`.
constexpr Pair kEndings[] = {{"stat_tpl", "state_template"},
                             {"state_tpl", "state_template"},
                             {"cmd_tpl", "command_template"},
                             {"val_tpl", "value_template"},
                             {"cmd_t", "command_topic"},
                             {"stat_t", "state_topic"},
                             {"tpl", "template"},
                             {"t", "topic"}};

constexpr Pair kStems[] = {
    {"act", "action"},
    {"aux", "aux"},
    {"avty", "availability"},
    {"away_mode", "away_mode"},
    {"b", "blue"},
    {"bat_lev", "battery_level"},
    {"bri", "brightness"},
    {"chrg", "charging"},
    {"cln", "cleaning"},
    {"clr_temp", "color_temp"},
    {"clrm", "color_mode"},
    {"cmd", "command"},
    {"cmd_off", "command_off"},
    {"cmd_on", "command_on"},
    {"curr_hum", "current_humidity"},
    {"curr_temp", "current_temperature"},
    {"dir", "direction"},
    {"dock", "dock"},
    {"err", "error"},
    {"fan_mode", "fan_mode"},
    {"fanspd", "fan_speed"},
    {"fx", "effect"},
    {"g", "green"},
    {"hold", "hold"},
    {"hs", "hs"},
    {"hum", "target_humidity"},
    {"img", "image"},
    {"json_attr", "json_attributes"},
    {"l_ver", "latest_version"},
    {"lrst", "last_reset"},
    {"mode", "mode"},
    {"osc", "oscillation"},
    {"pause", "pause"},
    {"pct", "percentage"},
    {"pos", "position"},
    {"pow", "power"},
    {"pr_mode", "preset_mode"},
    {"r", "red"},
    {"rgb", "rgb"},
    {"rgbw", "rgbw"},
    {"rgbww", "rgbww"},
    {"send", "send"},
    {"set_fan_spd", "set_fan_speed"},
    {"set_pos", "set_position"},
    {"spd", "speed"},
    {"stat", "state"},
    {"strt_mw", "start_mowing"},
    {"swing_h_mode", "swing_horizontal_mode"},
    {"swing_mode", "swing_mode"},
    {"temp", "temperature"},
    {"temp_hi", "temperature_high"},
    {"temp_lo", "temperature_low"},
    {"tilt", "tilt"},
    {"tilt_status", "tilt_status"},
    {"url", "url"},
    {"val", "value"},
    {"whit", "white"},
    {"whit_val", "white_value"},
    {"xy", "xy"},
};

// pl_… → payload_…
constexpr Pair kPayloads[] = {
    {"arm_away", "arm_away"},
    {"arm_custom_b", "arm_custom_bypass"},
    {"arm_home", "arm_home"},
    {"arm_nite", "arm_night"},
    {"arm_vacation", "arm_vacation"},
    {"avail", "available"},
    {"cln_sp", "clean_spot"},
    {"cls", "close"},
    {"dir_fwd", "direction_forward"},
    {"dir_rev", "direction_reverse"},
    {"disarm", "disarm"},
    {"hi_spd", "high_speed"},
    {"home", "home"},
    {"inst", "install"},
    {"lo_spd", "low_speed"},
    {"loc", "locate"},
    {"lock", "lock"},
    {"med_spd", "medium_speed"},
    {"not_avail", "not_available"},
    {"not_home", "not_home"},
    {"off", "off"},
    {"off_spd", "off_speed"},
    {"on", "on"},
    {"open", "open"},
    {"osc_off", "oscillation_off"},
    {"osc_on", "oscillation_on"},
    {"paus", "pause"},
    {"prs", "press"},
    {"ret", "return_to_base"},
    {"rst", "reset"},
    {"rst_hum", "reset_humidity"},
    {"rst_mode", "reset_mode"},
    {"rst_pct", "reset_percentage"},
    {"rst_pr_mode", "reset_preset_mode"},
    {"stop", "stop"},
    {"stop_tilt", "stop_tilt"},
    {"stpa", "start_pause"},
    {"strt", "start"},
    {"toff", "turn_off"},
    {"ton", "turn_on"},
    {"trig", "trigger"},
    {"unlk", "unlock"},
};

constexpr Pair kWhole[] = {
    {"act_stat_t", "activity_state_topic"},
    {"act_val_tpl", "activity_value_template"},
    {"atype", "automation_type"},
    {"av_tones", "available_tones"},
    {"avty", "availability"},
    {"avty_mode", "availability_mode"},
    {"bri_scl", "brightness_scale"},
    {"clr_temp_k", "color_temp_kelvin"},
    {"clrm", "color_mode"},
    {"cmps", "components"},
    {"cod_arm_req", "code_arm_required"},
    {"cod_dis_req", "code_disarm_required"},
    {"cod_form", "code_format"},
    {"cod_trig_req", "code_trigger_required"},
    {"cont_type", "content_type"},
    {"def_ent_id", "default_entity_id"},
    {"dev", "device"},
    {"dev_cla", "device_class"},
    {"dock_t", "docked_topic"},
    {"dock_tpl", "docked_template"},
    {"dsp_prc", "display_precision"},
    {"e", "encoding"},
    {"en", "enabled_by_default"},
    {"ent_cat", "entity_category"},
    {"ent_pic", "entity_picture"},
    {"evt_typ", "event_types"},
    {"exp_aft", "expire_after"},
    {"fanspd_lst", "fan_speed_list"},
    {"flsh", "flash"},
    {"flsh_tlng", "flash_time_long"},
    {"flsh_tsht", "flash_time_short"},
    {"frc_upd", "force_update"},
    {"fx_list", "effect_list"},
    {"ic", "icon"},
    {"img_e", "image_encoding"},
    {"init", "initial"},
    {"json_attr", "json_attributes"},
    {"max_hum", "max_humidity"},
    {"max_k", "max_kelvin"},
    {"max_mirs", "max_mireds"},
    {"migr_discvry", "migrate_discovery"},
    {"min_hum", "min_humidity"},
    {"min_k", "min_kelvin"},
    {"min_mirs", "min_mireds"},
    {"o", "origin"},
    {"obj_id", "object_id"},
    {"off_dly", "off_delay"},
    {"on_cmd_type", "on_command_type"},
    {"ops", "options"},
    {"opt", "optimistic"},
    {"p", "platform"},
    {"pause_mw_cmd_tpl", "pause_command_template"},
    {"pl", "payload"},
    {"pos", "reports_position"},
    {"pos_clsd", "position_closed"},
    {"pos_open", "position_open"},
    {"pr_modes", "preset_modes"},
    {"ptrn", "pattern"},
    {"rel_s", "release_summary"},
    {"rel_u", "release_url"},
    {"ret", "retain"},
    {"spd_rng_max", "speed_range_max"},
    {"spd_rng_min", "speed_range_min"},
    {"spds", "speeds"},
    {"src_type", "source_type"},
    {"stat_cla", "state_class"},
    {"stat_closing", "state_closing"},
    {"stat_clsd", "state_closed"},
    {"stat_jam", "state_jammed"},
    {"stat_locked", "state_locked"},
    {"stat_locking", "state_locking"},
    {"stat_off", "state_off"},
    {"stat_on", "state_on"},
    {"stat_open", "state_open"},
    {"stat_opening", "state_opening"},
    {"stat_stopped", "state_stopped"},
    {"stat_unlocked", "state_unlocked"},
    {"stat_unlocking", "state_unlocking"},
    {"stype", "subtype"},
    {"sug_dsp_prc", "suggested_display_precision"},
    {"sup_clrm", "supported_color_modes"},
    {"sup_dur", "support_duration"},
    {"sup_feat", "supported_features"},
    {"sup_vol", "support_volume_set"},
    {"swing_h_modes", "swing_horizontal_modes"},
    {"t", "topic"},
    {"temp_unit", "temperature_unit"},
    {"tilt_clsd_val", "tilt_closed_value"},
    {"tilt_inv_stat", "tilt_invert_state"},
    {"tilt_opnd_val", "tilt_opened_value"},
    {"tilt_opt", "tilt_optimistic"},
    {"tit", "title"},
    {"trns", "transition"},
    {"uniq_id", "unique_id"},
    {"unit_of_meas", "unit_of_measurement"},
    {"whit_scl", "white_scale"},
    {"whit_val_scl", "white_value_scale"},
};

constexpr Pair kDevice[] = {
    {"cns", "connections"},  {"cu", "configuration_url"}, {"hw", "hw_version"},     {"ids", "identifiers"},
    {"mdl", "model"},        {"mdl_id", "model_id"},      {"mf", "manufacturer"},   {"sa", "suggested_area"},
    {"sn", "serial_number"}, {"sw", "sw_version"},        {"via_dev", "via_device"}};
constexpr Pair kOrigin[] = {{"sw", "sw_version"}, {"url", "support_url"}};

static_assert(std::is_sorted(std::begin(kStems), std::end(kStems)));
static_assert(std::is_sorted(std::begin(kPayloads), std::end(kPayloads)));
static_assert(std::is_sorted(std::begin(kWhole), std::end(kWhole)));

// Empty when it is not there.
std::string_view look_up(std::span<const Pair> sorted, std::string_view key) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), key,
                                      [](const Pair& p, std::string_view k) { return p.first < k; });
  return found == sorted.end() || found->first != key ? std::string_view() : found->second;
}

}  // namespace

std::string long_key(std::string_view key) {
  if (const auto whole = look_up(kWhole, key); !whole.empty()) return std::string(whole);
  if (key.starts_with("pl_")) {
    const auto payload = look_up(kPayloads, key.substr(3));
    return payload.empty() ? std::string(key) : "payload_" + std::string(payload);
  }
  for (const auto& [ending, words] : kEndings) {
    if (key.size() <= ending.size() + 1 || !key.ends_with(ending) ||
        key[key.size() - ending.size() - 1] != '_')
      continue;
    const auto stem = look_up(kStems, key.substr(0, key.size() - ending.size() - 1));
    if (!stem.empty()) return std::string(stem).append("_").append(words);
  }
  return std::string(key);
}

std::string_view long_device_key(std::string_view key) {
  const auto found = look_up(kDevice, key);
  return found.empty() ? key : found;
}

std::string_view long_origin_key(std::string_view key) {
  const auto found = look_up(kOrigin, key);
  return found.empty() ? key : found;
}

}  // namespace gable::discovery

// Which controls each domain has. What an entity does not support is left out when they are drawn.
import * as i from '@mdi/js';
import type { Domain } from '../domain/spec';
import type { AnyPanel, Panel } from './kinds';

type Panels = { [D in Domain]?: Panel<D> };

const kCoverButtons = [
  { service: 'open_cover', icon: i.mdiArrowUp, active: ['opening'] },
  { service: 'stop_cover', icon: i.mdiStop },
  { service: 'close_cover', icon: i.mdiArrowDown, active: ['closing'] },
] as const;

const kPanels: Panels = {
  light: {
    quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' },
    controls: [
      { kind: 'slider', service: 'turn_on', param: 'brightness', attribute: 'brightness', icon: i.mdiBrightness6, look: 'brightness', tile: true },
      { kind: 'slider', service: 'turn_on', param: 'color_temp_kelvin', attribute: 'color_temp_kelvin', icon: i.mdiThermometer, look: 'kelvin' },
      { kind: 'colour', service: 'turn_on' },
      { kind: 'choice', service: 'turn_on', param: 'effect', attribute: 'effect' },
    ],
  },
  switch: { quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' }, controls: [] },
  input_boolean: { quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' }, controls: [] },
  group: { quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' }, controls: [] },
  automation: { quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' }, controls: [{ kind: 'buttons', buttons: [{ service: 'trigger', icon: i.mdiPlay }] }] },
  script: { quick: { kind: 'press', service: 'turn_on', icon: i.mdiPlay }, controls: [{ kind: 'buttons', buttons: [{ service: 'turn_off', icon: i.mdiStop }] }] },
  scene: { quick: { kind: 'press', service: 'turn_on', icon: i.mdiPlay }, controls: [] },
  button: { quick: { kind: 'press', service: 'press', icon: i.mdiGestureTap }, controls: [] },
  input_button: { quick: { kind: 'press', service: 'press', icon: i.mdiGestureTap }, controls: [] },
  lock: {
    quick: { kind: 'lock' },
    controls: [{ kind: 'buttons', buttons: [
      { service: 'lock', icon: i.mdiLock, active: ['locked', 'locking'], sure: true },
      { service: 'unlock', icon: i.mdiLockOpenVariant, active: ['unlocked', 'unlocking'], sure: true },
      { service: 'open', icon: i.mdiDoorOpen, active: ['open', 'opening'], sure: true }] }],
  },
  cover: {
    controls: [
      { kind: 'buttons', buttons: kCoverButtons, tile: true },
      { kind: 'slider', service: 'set_cover_position', param: 'position', attribute: 'current_position', icon: i.mdiArrowUpDown, look: 'share' },
      { kind: 'slider', service: 'set_cover_tilt_position', param: 'tilt_position', attribute: 'current_tilt_position', icon: i.mdiAngleAcute, look: 'share' },
      { kind: 'buttons', buttons: [{ service: 'open_cover_tilt', icon: i.mdiArrowTopRight }, { service: 'stop_cover_tilt', icon: i.mdiStop }, { service: 'close_cover_tilt', icon: i.mdiArrowBottomLeft }] },
    ],
  },
  valve: {
    controls: [
      { kind: 'buttons', buttons: [{ service: 'open_valve', icon: i.mdiValveOpen, active: ['opening'] }, { service: 'stop_valve', icon: i.mdiStop }, { service: 'close_valve', icon: i.mdiValveClosed, active: ['closing'] }], tile: true },
      { kind: 'slider', service: 'set_valve_position', param: 'position', attribute: 'current_position', icon: i.mdiArrowUpDown, look: 'share' },
    ],
  },
  climate: {
    controls: [
      { kind: 'stepper', service: 'set_temperature', param: 'temperature', attribute: 'temperature', tile: true },
      { kind: 'stepper', service: 'set_temperature', param: 'target_temp_low', attribute: 'target_temp_low' },
      { kind: 'stepper', service: 'set_temperature', param: 'target_temp_high', attribute: 'target_temp_high' },
      { kind: 'choice', service: 'set_hvac_mode', param: 'hvac_mode', attribute: 'state' },
      { kind: 'choice', service: 'set_preset_mode', param: 'preset_mode', attribute: 'preset_mode' },
      { kind: 'choice', service: 'set_fan_mode', param: 'fan_mode', attribute: 'fan_mode' },
      { kind: 'choice', service: 'set_swing_mode', param: 'swing_mode', attribute: 'swing_mode' },
      { kind: 'choice', service: 'set_swing_horizontal_mode', param: 'swing_horizontal_mode', attribute: 'swing_horizontal_mode' },
      { kind: 'slider', service: 'set_humidity', param: 'humidity', attribute: 'humidity', icon: i.mdiWaterPercent, look: 'plain' },
    ],
  },
  water_heater: {
    controls: [
      { kind: 'stepper', service: 'set_temperature', param: 'temperature', attribute: 'temperature', tile: true },
      { kind: 'choice', service: 'set_operation_mode', param: 'operation_mode', attribute: 'state' },
      { kind: 'flag', service: 'set_away_mode', param: 'away_mode', attribute: 'away_mode' },
    ],
  },
  humidifier: {
    quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' },
    controls: [
      { kind: 'slider', service: 'set_humidity', param: 'humidity', attribute: 'humidity', icon: i.mdiWaterPercent, look: 'plain', tile: true },
      { kind: 'choice', service: 'set_mode', param: 'mode', attribute: 'mode' },
    ],
  },
  fan: {
    quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' },
    controls: [
      { kind: 'slider', service: 'set_percentage', param: 'percentage', attribute: 'percentage', icon: i.mdiFan, look: 'share', tile: true },
      { kind: 'choice', service: 'set_preset_mode', param: 'preset_mode', attribute: 'preset_mode' },
      { kind: 'choice', service: 'set_direction', param: 'direction', attribute: 'direction' },
      { kind: 'flag', service: 'oscillate', param: 'oscillating', attribute: 'oscillating' },
    ],
  },
  media_player: {
    controls: [
      { kind: 'toggle', on: 'turn_on', off: 'turn_off' },
      { kind: 'buttons', buttons: [
        { service: 'media_previous_track', icon: i.mdiSkipPrevious }, { service: 'media_play_pause', icon: i.mdiPlayPause, active: ['playing'] },
        { service: 'media_next_track', icon: i.mdiSkipNext }], tile: true },
      { kind: 'slider', service: 'volume_set', param: 'volume_level', attribute: 'volume_level', icon: i.mdiVolumeHigh, look: 'plain' },
      { kind: 'flag', service: 'volume_mute', param: 'is_volume_muted', attribute: 'is_volume_muted' },
      { kind: 'choice', service: 'select_source', param: 'source', attribute: 'source' },
      { kind: 'choice', service: 'select_sound_mode', param: 'sound_mode', attribute: 'sound_mode' },
      { kind: 'flag', service: 'shuffle_set', param: 'shuffle', attribute: 'shuffle' },
      { kind: 'choice', service: 'repeat_set', param: 'repeat', attribute: 'repeat' },
      { kind: 'buttons', buttons: [{ service: 'media_stop', icon: i.mdiStop }, { service: 'clear_playlist', icon: i.mdiPlaylistRemove }] },
    ],
  },
  siren: { quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' }, controls: [{ kind: 'choice', service: 'turn_on', param: 'tone', attribute: 'available_tones' }] },
  remote: {
    quick: { kind: 'toggle', on: 'turn_on', off: 'turn_off' },
    controls: [{ kind: 'choice', service: 'turn_on', param: 'activity', attribute: 'current_activity' }],
  },
  vacuum: {
    controls: [
      { kind: 'buttons', buttons: [{ service: 'start', icon: i.mdiPlay, active: ['cleaning'] }, { service: 'pause', icon: i.mdiPause, active: ['paused'] }, { service: 'stop', icon: i.mdiStop }, { service: 'return_to_base', icon: i.mdiHomeImportOutline, active: ['returning', 'docked'] }], tile: true },
      { kind: 'choice', service: 'set_fan_speed', param: 'fan_speed', attribute: 'fan_speed' },
      { kind: 'buttons', buttons: [{ service: 'clean_spot', icon: i.mdiTarget }, { service: 'locate', icon: i.mdiMapMarker }] },
    ],
  },
  lawn_mower: { controls: [{ kind: 'buttons', buttons: [{ service: 'start_mowing', icon: i.mdiPlay, active: ['mowing'] }, { service: 'pause', icon: i.mdiPause, active: ['paused'] }, { service: 'dock', icon: i.mdiHomeImportOutline, active: ['returning', 'docked'] }], tile: true }] },
  alarm_control_panel: {
    controls: [{ kind: 'buttons', tile: true, buttons: [
      { service: 'alarm_disarm', icon: i.mdiShieldOffOutline, active: ['disarmed'], sure: true },
      { service: 'alarm_arm_home', icon: i.mdiShieldHome, active: ['armed_home'], sure: true },
      { service: 'alarm_arm_away', icon: i.mdiShieldLock, active: ['armed_away'], sure: true },
      { service: 'alarm_arm_night', icon: i.mdiShieldMoon, active: ['armed_night'], sure: true },
      { service: 'alarm_arm_vacation', icon: i.mdiShieldAirplane, active: ['armed_vacation'], sure: true },
      { service: 'alarm_arm_custom_bypass', icon: i.mdiShieldEdit, active: ['armed_custom_bypass'], sure: true }] },
    { kind: 'buttons', buttons: [{ service: 'alarm_trigger', icon: i.mdiBellRing, active: ['triggered'], sure: true }] }],
  },
  update: { controls: [{ kind: 'buttons', buttons: [{ service: 'install', icon: i.mdiDownload }, { service: 'skip', icon: i.mdiDebugStepOver }, { service: 'clear_skipped', icon: i.mdiRestore }] }] },
  number: { controls: [{ kind: 'slider', service: 'set_value', param: 'value', attribute: 'state', icon: i.mdiTuneVertical, look: 'plain', tile: true }, { kind: 'entry', service: 'set_value', param: 'value', attribute: 'state', input: 'number' }] },
  input_number: { controls: [{ kind: 'slider', service: 'set_value', param: 'value', attribute: 'state', icon: i.mdiTuneVertical, look: 'plain', tile: true }, { kind: 'entry', service: 'set_value', param: 'value', attribute: 'state', input: 'number' }] },
  select: { controls: [{ kind: 'choice', service: 'select_option', param: 'option', attribute: 'state', tile: true }] },
  input_select: { controls: [{ kind: 'choice', service: 'select_option', param: 'option', attribute: 'state', tile: true }] },
  text: { controls: [{ kind: 'entry', service: 'set_value', param: 'value', attribute: 'state', input: 'text' }] },
  input_text: { controls: [{ kind: 'entry', service: 'set_value', param: 'value', attribute: 'state', input: 'text' }] },
  date: { controls: [{ kind: 'entry', service: 'set_value', param: 'date', attribute: 'state', input: 'date' }] },
  time: { controls: [{ kind: 'entry', service: 'set_value', param: 'time', attribute: 'state', input: 'time' }] },
  datetime: { controls: [{ kind: 'entry', service: 'set_value', param: 'datetime', attribute: 'state', input: 'datetime-local' }] },
  input_datetime: {
    controls: [
      { kind: 'entry', service: 'set_datetime', param: 'date', input: 'date', when: 'has_date' },
      { kind: 'entry', service: 'set_datetime', param: 'time', input: 'time', when: 'has_time' },
    ],
  },
  counter: { controls: [{ kind: 'buttons', buttons: [{ service: 'decrement', icon: i.mdiMinus }, { service: 'reset', icon: i.mdiRestore }, { service: 'increment', icon: i.mdiPlus }], tile: true }] },
  timer: { controls: [{ kind: 'buttons', buttons: [{ service: 'start', icon: i.mdiPlay, active: ['active'] }, { service: 'pause', icon: i.mdiPause, active: ['paused'] }, { service: 'cancel', icon: i.mdiClose }, { service: 'finish', icon: i.mdiFlagCheckered }], tile: true }] },
  // `idle` says of no camera whether it is on.
  camera: { controls: [{ kind: 'buttons', buttons: [{ service: 'turn_on', icon: i.mdiPower, active: ['recording', 'streaming'] }, { service: 'turn_off', icon: i.mdiPowerOff }] }, { kind: 'buttons', buttons: [{ service: 'enable_motion_detection', icon: i.mdiMotionSensor }, { service: 'disable_motion_detection', icon: i.mdiMotionSensorOff }] }] },
  notify: { controls: [{ kind: 'entry', service: 'send_message', param: 'message', input: 'text' }] },
};

const kNone: AnyPanel = { controls: [] };

export function panel_of(domain: string): AnyPanel {
  return Object.hasOwn(kPanels, domain) ? (kPanels as Record<string, AnyPanel>)[domain]! : kNone;
}

// Which icon and which colour an entity has, by domain, device class and state. Paths of Material Design icons.
import * as i from '@mdi/js';
import { text_at } from '../store/documents';
import type { Entity } from '../store/house';

export type Tint = 'none' | 'light' | 'accent' | 'blue' | 'heat' | 'cool' | 'media' | 'good' | 'bad' | 'warn';

const kDomains: Record<string, string> = {
  light: i.mdiLightbulb, switch: i.mdiToggleSwitchOutline, binary_sensor: i.mdiCheckboxBlankCircleOutline, sensor: i.mdiGauge, cover: i.mdiBlinds, climate: i.mdiThermostat, fan: i.mdiFan, lock: i.mdiLock,
  media_player: i.mdiSpeaker, button: i.mdiGestureTapButton, event: i.mdiGestureTap, number: i.mdiTuneVertical, select: i.mdiFormatListBulleted, text: i.mdiFormTextbox, scene: i.mdiPalette, script: i.mdiScriptTextPlay, siren: i.mdiBullhorn,
  valve: i.mdiPipeValve, vacuum: i.mdiRobotVacuum, humidifier: i.mdiAirHumidifier, water_heater: i.mdiWaterBoiler, lawn_mower: i.mdiRobotMower, alarm_control_panel: i.mdiShieldHome, update: i.mdiPackageUp, device_tracker: i.mdiCrosshairsGps,
  person: i.mdiAccount, weather: i.mdiWeatherPartlyCloudy, camera: i.mdiCctv, image: i.mdiImage, remote: i.mdiRemote, infrared: i.mdiRemote, date: i.mdiCalendar, time: i.mdiClockOutline, datetime: i.mdiCalendarClock, calendar: i.mdiCalendar, notify: i.mdiMessageText,
  automation: i.mdiRobot, tag: i.mdiTag, input_boolean: i.mdiToggleSwitchOutline, input_number: i.mdiTuneVertical, input_select: i.mdiFormatListBulleted, input_text: i.mdiFormTextbox, input_datetime: i.mdiClockOutline, input_button: i.mdiGestureTapButton,
  counter: i.mdiCounter, timer: i.mdiTimerOutline, schedule: i.mdiCalendarClock, group: i.mdiGoogleCirclesCommunities, zone: i.mdiMapMarkerRadius, sun: i.mdiWeatherSunny,
};

const kSensors: Record<string, string> = {
  temperature: i.mdiThermometer, humidity: i.mdiWaterPercent, moisture: i.mdiWaterPercent, battery: i.mdiBattery, power: i.mdiFlash, energy: i.mdiLightningBolt, current: i.mdiCurrentAc, voltage: i.mdiSineWave, illuminance: i.mdiBrightness5, atmospheric_pressure: i.mdiGauge, pressure: i.mdiGauge,
  carbon_dioxide: i.mdiMoleculeCo2, carbon_monoxide: i.mdiMoleculeCo, pm25: i.mdiAirFilter, pm10: i.mdiAirFilter, aqi: i.mdiAirFilter, volatile_organic_compounds: i.mdiAirFilter, wind_speed: i.mdiWeatherWindy, wind_direction: i.mdiCompassOutline, precipitation: i.mdiWeatherRainy, precipitation_intensity: i.mdiWeatherRainy,
  timestamp: i.mdiClockOutline, duration: i.mdiTimerSand, data_size: i.mdiDatabase, data_rate: i.mdiTransmissionTower, signal_strength: i.mdiWifi, gas: i.mdiMeterGas, water: i.mdiWater, weight: i.mdiWeight, distance: i.mdiArrowLeftRight, speed: i.mdiSpeedometer, monetary: i.mdiCash, uptime: i.mdiTimerSand, sound_pressure: i.mdiEarHearing, irradiance: i.mdiSunWireless,
};

// [on, off]
const kBinary: Record<string, [string, string]> = {
  door: [i.mdiDoorOpen, i.mdiDoorClosed], window: [i.mdiWindowOpenVariant, i.mdiWindowClosedVariant], garage_door: [i.mdiGarageOpen, i.mdiGarage], opening: [i.mdiSquareOutline, i.mdiSquare], motion: [i.mdiMotionSensor, i.mdiMotionSensorOff], moving: [i.mdiMotionSensor, i.mdiMotionSensorOff], occupancy: [i.mdiHomeAccount, i.mdiHomeOutline], presence: [i.mdiHomeAccount, i.mdiHomeOutline],
  smoke: [i.mdiSmokeDetectorAlert, i.mdiSmokeDetector], moisture: [i.mdiWaterAlert, i.mdiWaterOff], gas: [i.mdiAlertCircle, i.mdiGasCylinder], carbon_monoxide: [i.mdiSmokeDetectorAlert, i.mdiSmokeDetector], problem: [i.mdiAlertCircle, i.mdiCheckCircleOutline], safety: [i.mdiAlertCircle, i.mdiCheckCircleOutline], connectivity: [i.mdiLanConnect, i.mdiLanDisconnect], battery: [i.mdiBatteryAlert, i.mdiBattery], battery_charging: [i.mdiBatteryCharging, i.mdiBattery],
  running: [i.mdiPlayCircle, i.mdiStopCircleOutline], plug: [i.mdiPowerPlug, i.mdiPowerPlugOff], power: [i.mdiFlash, i.mdiFlashOff], light: [i.mdiBrightness7, i.mdiBrightness5], lock: [i.mdiLockOpenVariant, i.mdiLock], sound: [i.mdiVolumeHigh, i.mdiVolumeOff], vibration: [i.mdiVibrate, i.mdiVibrateOff], update: [i.mdiPackageUp, i.mdiPackage], tamper: [i.mdiAlertCircle, i.mdiCheckCircleOutline], cold: [i.mdiSnowflake, i.mdiThermometer], heat: [i.mdiFire, i.mdiThermometer],
};

// [open, closed]
const kCovers: Record<string, [string, string]> = {
  garage: [i.mdiGarageOpen, i.mdiGarage], gate: [i.mdiGateOpen, i.mdiGate], door: [i.mdiDoorOpen, i.mdiDoorClosed], shutter: [i.mdiWindowShutterOpen, i.mdiWindowShutter], curtain: [i.mdiCurtains, i.mdiCurtainsClosed], awning: [i.mdiStorefrontOutline, i.mdiStorefront], window: [i.mdiWindowOpenVariant, i.mdiWindowClosedVariant], damper: [i.mdiValveOpen, i.mdiValveClosed], shade: [i.mdiRollerShade, i.mdiRollerShadeClosed],
};

const kMedia: Record<string, string> = { tv: i.mdiTelevision, receiver: i.mdiAudioVideo, projector: i.mdiProjector, speaker: i.mdiSpeaker };
const kWeather: Record<string, string> = { 'clear-night': i.mdiWeatherNight, cloudy: i.mdiWeatherCloudy, fog: i.mdiWeatherFog, hail: i.mdiWeatherHail, lightning: i.mdiWeatherLightning, 'lightning-rainy': i.mdiWeatherLightningRainy, partlycloudy: i.mdiWeatherPartlyCloudy, pouring: i.mdiWeatherPouring, rainy: i.mdiWeatherRainy, snowy: i.mdiWeatherSnowy, 'snowy-rainy': i.mdiWeatherSnowyRainy, sunny: i.mdiWeatherSunny, windy: i.mdiWeatherWindy, 'windy-variant': i.mdiWeatherWindyVariant };

const own = <T>(table: Record<string, T>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

// `state` is what is shown, which may be what was asked for.
export function icon_of(entity: Entity, state: unknown): string {
  const kind = text_at(entity.meta, 'device_class');
  const is_open = state === 'open' || state === 'opening';
  switch (entity.domain) {
    case 'light': return state === 'on' ? i.mdiLightbulbOn : i.mdiLightbulbOutline;
    case 'switch': return kind === 'outlet' ? i.mdiPowerSocketDe : /_(plug|outlet|socket)$/.test(entity.object) ? i.mdiPowerPlug : i.mdiPower;
    case 'binary_sensor': return own(kBinary, kind)?.[state === 'on' ? 0 : 1] ?? (state === 'on' ? i.mdiCheckCircle : i.mdiCheckboxBlankCircleOutline);
    case 'sensor': return own(kSensors, kind) ?? kDomains['sensor']!;
    case 'cover': return own(kCovers, kind)?.[is_open ? 0 : 1] ?? (is_open ? i.mdiBlindsOpen : i.mdiBlinds);
    case 'lock': return state === 'locked' ? i.mdiLock : state === 'jammed' ? i.mdiLockAlert : i.mdiLockOpenVariant;
    case 'valve': return is_open ? i.mdiValveOpen : i.mdiValveClosed;
    case 'media_player': return own(kMedia, kind) ?? i.mdiSpeaker;
    case 'weather': return own(kWeather, String(state)) ?? i.mdiWeatherPartlyCloudy;
    case 'sun': return state === 'below_horizon' ? i.mdiWeatherNight : i.mdiWeatherSunny;
    case 'person': return state === 'not_home' ? i.mdiAccountOutline : i.mdiAccount;
    case 'event': return kind === 'doorbell' ? i.mdiDoorbell : i.mdiGestureTap;
    case 'alarm_control_panel': return state === 'disarmed' ? i.mdiShieldOffOutline : state === 'triggered' ? i.mdiBellRing : i.mdiShieldHome;
    case 'climate': return state === 'cool' ? i.mdiSnowflake : state === 'off' ? i.mdiThermostat : state === 'dry' ? i.mdiWaterPercent : state === 'fan_only' ? i.mdiFan : i.mdiThermostat;
    default: return own(kDomains, entity.domain) ?? i.mdiHelpCircleOutline;
  }
}

const kQuiet = new Set(['off', 'closed', 'locked', 'idle', 'standby', 'docked', 'disarmed', 'unknown', 'not_home', 'paused', 'below_horizon']);
// Covers that are open most of the time.
const kCalm = new Set(['', 'awning', 'blind', 'curtain', 'shade', 'shutter']);
const kAlarming = new Set(['smoke', 'gas', 'carbon_monoxide', 'moisture', 'problem', 'safety', 'tamper']);

// The colour of what is going on; `none` at rest.
export function tint_of(entity: Entity, state: unknown): Tint {
  if (typeof state !== 'string' || kQuiet.has(state)) return 'none';
  switch (entity.domain) {
    case 'light': return 'light';
    case 'climate':
    case 'water_heater': {
      const action = text_at(entity.state, 'hvac_action');
      if (action === 'idle') return 'none';
      return state === 'cool' || action === 'cooling' ? 'cool' : 'heat';
    }
    case 'cover': return state === 'open' && kCalm.has(text_at(entity.meta, 'device_class')) ? 'none' : 'blue';
    case 'valve': return state === 'open' ? 'none' : 'blue';
    case 'lock': return state === 'jammed' ? 'bad' : 'warn';
    case 'media_player': return 'media';
    case 'binary_sensor': return kAlarming.has(text_at(entity.meta, 'device_class')) ? 'bad' : text_at(entity.meta, 'device_class') === 'battery' ? 'warn' : 'blue';
    case 'alarm_control_panel': return state === 'triggered' ? 'bad' : 'good';
    case 'vacuum':
    case 'lawn_mower': return state === 'error' ? 'bad' : 'accent';
    case 'person':
    case 'device_tracker': return 'good';
    case 'fan':
    case 'humidifier': return 'cool';
    case 'switch': case 'input_boolean': case 'siren': case 'remote': case 'automation': case 'script': case 'timer': case 'schedule': case 'group': case 'update': return 'accent';
    default: return 'none';
  }
}

// Icons that people chose: mdi:lamp. Read from beside the page, once for each pair of letters.
const shards = new Map<string, Promise<Record<string, unknown>>>();
export async function named_icon(name: string): Promise<string | undefined> {
  const match = /^mdi:([a-z0-9-]{2,60})$/.exec(name);
  if (!match) return undefined;
  const key = match[1]!, shard = key.slice(0, 2);
  let read = shards.get(shard);
  if (!read) {
    read = fetch(`icons/${shard}.json`).then((answer) => (answer.ok ? answer.json() : {}) as Promise<Record<string, unknown>>).catch(() => ({}));
    shards.set(shard, read);
  }
  const paths = await read;
  const path = Object.hasOwn(paths, key) ? paths[key] : undefined;
  return typeof path === 'string' ? path : undefined;
}

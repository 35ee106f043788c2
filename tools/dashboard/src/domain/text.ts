// An entity in words: its name, its state with unit, why it cannot be reached.
import { clean, number_at, shown, text_at } from '../store/documents';
import { clock, date_time, moment, number, t, word, ago } from '../i18n';
import type { Commands } from '../store/commands';
import type { Entity, House } from '../store/house';
import type { Json, JsonObject } from '../store/documents';
import { spec_of } from './spec';

// Names are looked at far more often than they change: kept for as long as their document is.
const names = new WeakMap<JsonObject, string>();
export function name_of(entity: Entity): string {
  if (!entity.meta) return entity.id;
  let name = names.get(entity.meta);
  if (name === undefined) names.set(entity.meta, (name = clean(text_at(entity.meta, 'name'), 80) || entity.id));
  return name;
}

const collator = new Intl.Collator();
export function by_name(a: Entity, b: Entity): number {
  return collator.compare(name_of(a), name_of(b));
}

// Within its room a name need not repeat the room: "Kitchen ceiling" is "Ceiling" in the kitchen.
export function short_name(entity: Entity, area_name: string): string {
  const name = name_of(entity);
  const rest = name.slice(area_name.length).trim();
  if (!area_name || rest === '' || !name.toLowerCase().startsWith(`${area_name.toLowerCase()} `)) return name;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

export type Availability = 'online' | 'stale' | 'offline' | 'unknown';

export function availability_of(entity: Entity): Availability {
  const status = text_at(entity.availability, 'status');
  return status === 'stale' || status === 'offline' || status === 'unknown' ? status : 'online';
}

export function reachable(entity: Entity): boolean {
  const status = availability_of(entity);
  return status !== 'offline' && status !== 'unknown';
}

// Why it is not quite there; empty when it is.
export function availability_text(entity: Entity): string {
  const status = availability_of(entity);
  if (status === 'online') return '';
  const reason = clean(text_at(entity.availability, 'reason'), 160);
  const head = t(status === 'stale' ? 'entity.stale' : status === 'offline' ? 'entity.unavailable' : 'entity.unknown');
  return reason ? `${head}: ${reason}` : head;
}

const kAsDoor = new Set(['door', 'window', 'garage_door', 'opening']);
const kAsMotion = new Set(['motion', 'moving']);
const kAsProblem = new Set(['problem', 'safety', 'carbon_monoxide']);
const kAsOccupied = new Set(['occupancy', 'presence']);

function binary_word(device_class: string, state: string): string | undefined {
  const kind = kAsDoor.has(device_class) ? 'door' : kAsMotion.has(device_class) ? 'motion'
    : kAsProblem.has(device_class) ? 'problem' : kAsOccupied.has(device_class) ? 'occupancy' : device_class;
  return word(`binary.${kind}.${state}`);
}

export function unit_of(entity: Entity): string {
  return clean(text_at(entity.meta, 'unit'), 16);
}

// A state of this entity, now or in its history.
export function state_text(entity: Entity, state: Json | undefined): string {
  // A button that nobody has pressed yet is no riddle.
  if (state === null || state === undefined) return spec_of(entity.domain)?.states === 'time' ? '–' : t('entity.unknown');
  if (typeof state === 'number') {
    const unit = unit_of(entity);
    const text = number(state);
    return unit ? `${text}${unit === '%' || unit === '°' ? '' : ' '}${unit}` : text;
  }
  if (typeof state !== 'string') return shown(state);
  if (entity.domain === 'binary_sensor') {
    const special = binary_word(text_at(entity.meta, 'device_class'), state);
    if (special) return special;
  }
  const spec = spec_of(entity.domain);
  const is_time = spec?.states === 'time' || text_at(entity.meta, 'device_class') === 'timestamp';
  const time = is_time ? moment(state) : undefined;
  if (time) return entity.domain === 'datetime' ? date_time(time) : ago(time);
  const known = Array.isArray(spec?.states) || ['person', 'device_tracker', 'group'].includes(entity.domain);
  return (known ? word(state) : undefined) ?? clean(state, 80);
}

// What stands under the name on a tile: the state, and what matters beside it.
export function summary(entity: Entity, commands: Commands): string {
  if (entity.meta?.['disabled'] === true) return t('entity.disabled');
  if (!reachable(entity)) return availability_text(entity);
  if (entity.state === undefined) return '…';  // on its way
  const state = commands.value(entity, 'state');
  const text = state_text(entity, state);
  const parts = text === '–' ? [] : [text];
  const extra = details(entity, commands);
  if (extra) parts.push(extra);
  return parts.join(' · ');
}

function details(entity: Entity, commands: Commands): string {
  const value = (key: string): number | undefined => {
    const found = commands.value(entity, key);
    return typeof found === 'number' ? found : undefined;
  };
  const state = commands.value(entity, 'state');
  switch (entity.domain) {
    case 'light': {
      const brightness = value('brightness');
      return state === 'on' && brightness !== undefined ? `${Math.max(1, Math.round(brightness / 2.55))}%` : '';
    }
    case 'cover':
    case 'valve': {
      const position = value('current_position');
      return position !== undefined && position > 0 && position < 100 ? `${Math.round(position)}%` : '';
    }
    case 'fan': {
      const percentage = value('percentage');
      return state === 'on' && percentage !== undefined ? `${Math.round(percentage)}%` : '';
    }
    case 'climate':
    case 'water_heater': {
      const now = value('current_temperature');
      return now !== undefined ? `${number(now, 1)}°` : '';
    }
    case 'humidifier': {
      const now = value('current_humidity');
      return now !== undefined ? `${Math.round(now)}%` : '';
    }
    case 'media_player': {
      const title = shown(entity.state?.['media_title'], 60);
      return title === '–' || state === 'off' ? '' : title;
    }
    case 'timer': {
      const until = moment(text_at(entity.state, 'finishes_at'));
      return state === 'active' && until ? clock(until) : '';
    }
    case 'event':
      return clean(text_at(entity.state, 'event_type'), 40);
    case 'vacuum': {
      const battery = number_at(entity.state, 'battery_level');
      return battery !== undefined ? `${Math.round(battery)}%` : '';
    }
    default:
      return '';
  }
}

export function when_text(entity: Entity): string {
  const since = moment(text_at(entity.state, '_since'));
  return since ? t('entity.since', { time: ago(since) }) : '';
}

export function exact_time(text: string): string {
  const date = moment(text);
  return date ? date_time(date) : '–';
}

// Who did it, for people: a rule or a device by its name.
export function actor(by: string, house: House): string {
  if (!by) return '';
  if (by.startsWith('device:')) return clean(by.slice(7), 60);
  if (by.startsWith('client:page-')) return t('why.page');
  if (by.startsWith('client:')) return clean(by.slice(7), 60);
  const entity = house.entities.get(by);
  if (entity) return name_of(entity);
  return by === 'mqtt' ? 'MQTT' : clean(by, 60);
}

// An attribute with its unit.
export function attribute_text(entity: Entity, key: string, value: Json | undefined): string {
  if (typeof value === 'number') {
    const shape = spec_of(entity.domain)?.attributes[key];
    const unit = shape?.unit ? ` ${shape.unit}` : '';
    return `${number(value, 3)}${unit}`;
  }
  const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? moment(value) : undefined;
  return time ? date_time(time) : shown(value, 400);
}

// What belongs where: the rooms of the house with what people want to see first, made from the registry alone.
import { text_at } from '../store/documents';
import type { Area, Entity, House } from '../store/house';
import { by_name } from './text';

// Order in a room; what is not here is at the end.
const kOrder = ['light', 'group', 'climate', 'water_heater', 'cover', 'media_player', 'fan', 'humidifier', 'lock', 'alarm_control_panel', 'switch', 'input_boolean', 'valve', 'vacuum', 'lawn_mower', 'siren',
  'number', 'input_number', 'select', 'input_select', 'timer', 'counter', 'remote', 'camera', 'button', 'input_button', 'scene', 'script', 'text', 'input_text', 'date', 'time', 'datetime', 'input_datetime', 'update', 'binary_sensor', 'weather', 'sensor', 'event'];
const kRank = new Map(kOrder.map((domain, index) => [domain, index]));
const kTells = new Set(['sensor', 'binary_sensor', 'event', 'device_tracker', 'weather', 'sun', 'zone', 'tag', 'image', 'calendar', 'schedule', 'person']);
const kNowhere = new Set(['automation', 'zone', 'sun', 'person', 'tag', 'notify', 'infrared', 'device_tracker', 'script', 'scene']);

export interface Room { area: Area; controls: Entity[]; sensors: Entity[] }
export interface Storey { name: string; rooms: Room[] }

function before(a: Entity, b: Entity): number {
  const by_domain = (kRank.get(a.domain) ?? 99) - (kRank.get(b.domain) ?? 99);
  return by_domain || by_name(a, b);
}

export function only_tells(entity: Entity): boolean {
  return kTells.has(entity.domain);
}

// Diagnoses and settings of devices are on their device's page.
export function on_home(house: House, entity: Entity): boolean {
  if (entity.domain === 'event' && entity.state?.['state'] === null) return false;  // nothing to tell yet
  return house.visible(entity) && text_at(entity.meta, 'entity_category') === '';
}

export function room_of(house: House, id: string, entities: Iterable<Entity> = house.entities.values()): Room {
  const area = house.areas.get(id) ?? { id, name: house.area_name(id), floor: '', icon: '' };
  const all = [...entities].filter((entity) => house.area_of(entity) === id && on_home(house, entity)).sort(before);
  return { area, controls: all.filter((entity) => !only_tells(entity)), sensors: all.filter(only_tells) };
}

// Storeys from the lowest to the highest, then rooms without one; rooms in the order of the house's file.
export function storeys_of(house: House, elsewhere: string): Storey[] {
  const by_area = new Map<string, Entity[]>();
  for (const entity of house.entities.values()) {
    const area = house.area_of(entity);
    if (!area || !on_home(house, entity)) continue;
    const list = by_area.get(area);
    if (list) list.push(entity);
    else by_area.set(area, [entity]);
  }
  const order = [...house.areas.keys(), ...[...by_area.keys()].filter((id) => !house.areas.has(id)).sort()];
  const rooms = order.filter((id) => by_area.has(id)).map((id) => room_of(house, id, by_area.get(id)!));
  const floors = [...house.floors.values()].sort((a, b) => a.level - b.level);
  const storeys = floors.map((floor) => ({ name: floor.name, rooms: rooms.filter((room) => room.area.floor === floor.id) }));
  storeys.push({ name: floors.length > 0 ? elsewhere : '', rooms: rooms.filter((room) => !house.floors.has(room.area.floor)) });
  return storeys.filter((storey) => storey.rooms.length > 0);
}

// Helpers and other things that stand in no room.
export function roomless(house: House): Entity[] {
  return [...house.entities.values()].filter((entity) => house.area_of(entity) === '' && on_home(house, entity) && !kNowhere.has(entity.domain)).sort(before);
}

export function of_domain(house: House, ...domains: string[]): Entity[] {
  return [...house.entities.values()].filter((entity) => domains.includes(entity.domain) && house.visible(entity)).sort(before);
}

// Devices as the entities name them: no document of its own is needed to list them.
import { clean, object_at, text_at } from './documents';
import type { Entity, House } from './house';
import { by_name } from '../domain/text';

export interface Device {
  id: string;      // bridge/device
  bridge: string;
  name: string;
  model: string;
  version: string;
  via: string;
  entities: Entity[];
}

export function devices_of(house: House): Map<string, Device> {
  const out = new Map<string, Device>();
  for (const entity of house.entities.values()) {
    const part = object_at(entity.meta, 'device'), id = text_at(part, 'id');
    if (!id) continue;
    let device = out.get(id);
    if (!device) {
      const model = clean(`${text_at(part, 'manufacturer')} ${text_at(part, 'model')}`, 100);
      device = { id, bridge: id.split('/')[0] ?? '', name: clean(text_at(part, 'name')) || clean(id), model, version: clean(text_at(part, 'sw_version'), 60), via: clean(text_at(part, 'via')), entities: [] };
      out.set(id, device);
    }
    device.entities.push(entity);
  }
  for (const device of out.values()) device.entities.sort(by_name);
  return out;
}

// Those that nobody has given a room, though they are no part of a machine.
export function without_room(devices: Iterable<Device>): Device[] {
  return [...devices].filter((device) => device.entities.every((entity) => text_at(entity.meta, 'area') === '' && text_at(entity.meta, 'entity_category') === ''));
}

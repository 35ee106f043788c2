// What is seen first, in an answer of the hub, drawn while thousands of retained documents are still on their way.
// What is made here is replaced by the documents themselves as they come.
import type { Asks } from '../mqtt/asks';
import { type JsonObject, is_object, object_at, objects_at, text_at } from './documents';

export interface Draft { domain: string; object: string; meta: JsonObject; state: JsonObject; availability: JsonObject }

const kNumbers = new Set(['number', 'input_number', 'counter', 'sensor']);

function draft_of(row: JsonObject): Draft | undefined {
  const [domain = '', object = ''] = text_at(row, 'entity_id').split('.');
  if (!domain || !object) return undefined;
  const device = text_at(row, 'device'), text = text_at(row, 'state'), known = text !== 'unknown' && text !== 'unavailable';
  const number = kNumbers.has(domain) && text !== '' ? Number(text) : NaN;
  const meta: JsonObject = { ...object_at(row, 'description'), schema: 'entity/1', name: row['name'] ?? '', source: row['source'] ?? '', origin: row['origin'] ?? '' };
  if (text_at(row, 'area')) meta['area'] = text_at(row, 'area');
  if (device) meta['device'] = { id: device, name: device };
  for (const key of ['hidden', 'disabled', 'labels']) if (row[key] !== undefined) meta[key] = row[key];
  return {
    domain, object, meta,
    state: { ...object_at(row, 'attributes'), state: known ? (Number.isNaN(number) ? text : number) : null, _since: row['last_changed'] ?? null, _at: row['last_reported'] ?? null, _by: row['by'] ?? null },
    availability: { status: row['availability'] ?? 'online', reason: row['reason'] ?? '' },
  };
}

// The rooms that are seen first, and no more: mosquitto 2.0 sends a large message over a WebSocket at 40 kB/s.
// Without a hub that answers there is no prelude, and nobody misses it.
export async function prelude(asks: Asks, areas: string[], take: (drafts: Draft[]) => void): Promise<void> {
  await Promise.all(areas.map(async (area) => {
    const answer = await asks.request('entities', { area, describe: true }).catch(() => null);
    if (is_object(answer)) take(objects_at(answer, 'entities').map(draft_of).filter((draft): draft is Draft => draft !== undefined));
  }));
}

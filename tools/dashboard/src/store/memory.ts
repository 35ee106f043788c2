// The house as it was seen last, kept in this browser and shown until the broker has spoken. Whoever wants a password
// each time gets nothing of it.
import type { House } from './house';
import type { Settings } from './settings';
import { type Json, type JsonObject, is_object, objects_at, text_at } from './documents';

const kKey = 'gable.house';
const kLargest = 2_000_000;  // characters; browsers keep about five million for a page
const kVersion = 1;

function whose(settings: Settings): string {
  return `${settings.url} ${settings.root} ${settings.user}`;
}

function wanted(settings: Settings): boolean {
  return settings.user === '' || settings.keep;
}

export function forget_house(): void {
  try {
    localStorage.removeItem(kKey);
  } catch {
    // Nothing is kept at all.
  }
}

export function keep_house(house: House, settings: Settings): void {
  if (!house.loaded || !wanted(settings)) return;
  const entities = [...house.entities.values()].map(({ id, meta, state, availability }) => ({ id, meta, state, availability }));
  const text = JSON.stringify({ version: kVersion, whose: whose(settings), house: house.plan, entities });
  try {
    if (text.length <= kLargest) localStorage.setItem(kKey, text);
    else localStorage.removeItem(kKey);
  } catch {
    forget_house();
  }
}

// True if there was something to show.
export function recall_house(house: House, settings: Settings): boolean {
  let kept: Json;
  try {
    kept = JSON.parse((wanted(settings) && localStorage.getItem(kKey)) || 'null') as Json;
  } catch {
    return false;
  }
  if (!is_object(kept) || kept['version'] !== kVersion || text_at(kept, 'whose') !== whose(settings)) return false;
  house.recall((is_object(kept['house']) ? kept['house'] : {}) as JsonObject, objects_at(kept, 'entities'));
  return house.entities.size > 0;
}

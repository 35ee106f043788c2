// What comes in over MQTT is somebody else's: read with limits, and looked at with these only.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const kBytes = 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

// Undefined for what is no JSON, too long or broken.
export function parse(payload: Uint8Array): Json | undefined {
  if (payload.length > kBytes) return undefined;
  try {
    return JSON.parse(decoder.decode(payload)) as Json;
  } catch {
    return undefined;
  }
}

export function is_object(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Own keys only: a document may have a key "constructor", and may lack one.
export function at(object: JsonObject | undefined, key: string): Json | undefined {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}

export function text_at(object: JsonObject | undefined, key: string): string {
  const value = at(object, key);
  return typeof value === 'string' ? value : '';
}

export function number_at(object: JsonObject | undefined, key: string): number | undefined {
  const value = at(object, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function object_at(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = at(object, key);
  return is_object(value) ? value : undefined;
}

export function list_at(object: JsonObject | undefined, key: string): Json[] {
  const value = at(object, key);
  return Array.isArray(value) ? value : [];
}

export function objects_at(object: JsonObject | undefined, key: string): JsonObject[] {
  return list_at(object, key).filter(is_object);
}

export function texts_at(object: JsonObject | undefined, key: string): string[] {
  return list_at(object, key).filter((one): one is string => typeof one === 'string');
}

// Controls and marks that turn the direction of writing have no business in a name: they would change the text around
// it. Cut to a length that still can be shown.
const kUnwanted = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
export function clean(text: string, length = 120): string {
  const cut = text.length > 4 * length ? text.slice(0, 4 * length) : text;
  const letters = [...cut.replace(kUnwanted, ' ').replace(/\s+/g, ' ').trim()];
  return letters.length > length || cut.length < text.length ? `${letters.slice(0, length).join('')}…` : letters.join('');
}

// Any value as one line for people.
export function shown(value: Json | undefined, length = 120): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'string') return clean(value, length);
  if (Array.isArray(value)) return clean(value.slice(0, 50).map((one) => shown(one, 60)).join(', '), length);
  if (typeof value === 'object') return clean(JSON.stringify(value), length);
  return String(value);
}

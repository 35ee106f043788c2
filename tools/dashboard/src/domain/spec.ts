// The table of domains with types for looking things up by words that came over the network.
import { kDomains } from '../generated/domains';
import type { Entity } from '../store/house';
import { type Json, type JsonObject, at, number_at, object_at, texts_at } from '../store/documents';

export type Domain = keyof typeof kDomains;
export type ServiceOf<D extends Domain> = keyof (typeof kDomains)[D]['services'] & string;
export type AttributeOf<D extends Domain> = keyof (typeof kDomains)[D]['attributes'] & string;

export interface Shape {
  type?: string;
  unit?: string;
  min?: number;
  max?: number;
  options?: readonly string[];
  needs?: readonly string[];
  range_from?: string;
  options_from?: string;
  sets?: string;
  required?: boolean;
}
export interface Service {
  needs?: readonly string[];
  expects?: Record<string, unknown>;
  toggles?: Record<string, string>;
  params: Record<string, Shape>;
}
export interface DomainSpec {
  title: string;
  states: string | readonly string[];
  features: readonly string[];
  attributes: Record<string, Shape>;
  services: Record<string, Service>;
}

const kTable = kDomains as unknown as Record<string, DomainSpec>;

export function spec_of(domain: string): DomainSpec | undefined {
  return Object.hasOwn(kTable, domain) ? kTable[domain] : undefined;
}

export function service_of(entity: Entity, name: string): Service | undefined {
  const services = spec_of(entity.domain)?.services;
  return services && Object.hasOwn(services, name) ? services[name] : undefined;
}

export function capabilities(entity: Entity): JsonObject | undefined {
  return object_at(entity.meta, 'capabilities');
}

function has_any(entity: Entity, needs: readonly string[] | undefined): boolean {
  if (!needs || needs.length === 0) return true;
  const features = texts_at(entity.meta, 'features');
  return needs.some((feature) => features.includes(feature));
}

// Whether the entity takes this service, and this parameter of it: any of the features that it needs.
export function supports(entity: Entity, service: string, param?: string): boolean {
  const found = service_of(entity, service);
  if (!found || !has_any(entity, found.needs)) return false;
  if (param === undefined) return true;
  const shape = Object.hasOwn(found.params, param) ? found.params[param] : undefined;
  return shape !== undefined && has_any(entity, shape.needs);
}

export interface Range { min: number; max: number; step: number }

const kSteps: Record<string, number> = { temp: 0.5, humidity: 1 };

// The range of a parameter, as the entity narrows it.
export function range_of(entity: Entity, service: string, param: string): Range {
  const shape = service_of(entity, service)?.params[param] ?? {};
  const from = shape.range_from;
  let min = shape.min ?? 0, max = shape.max ?? 100;
  let step = shape.type === 'integer' ? 1 : (max - min) / 100;
  if (from === 'state') {
    min = number_at(entity.meta, 'min') ?? number_at(entity.state, 'min') ?? number_at(entity.state, 'minimum') ?? min;
    max = number_at(entity.meta, 'max') ?? number_at(entity.state, 'max') ?? number_at(entity.state, 'maximum') ?? max;
    step = number_at(entity.meta, 'step') ?? number_at(entity.state, 'step') ?? 1;
  } else if (from) {
    min = number_at(capabilities(entity), `min_${from}`) ?? min;
    max = number_at(capabilities(entity), `max_${from}`) ?? max;
    step = number_at(capabilities(entity), `target_${from}_step`) ?? kSteps[from] ?? step;
    if (min < -100) [min, max] = [7, 35];  // the entity says nothing: what rooms have
  }
  return { min, max: Math.max(max, min + step), step };
}

// What may be chosen: the entity's own list, else the domain's.
export function options_of(entity: Entity, service: string, param: string): string[] {
  const shape = service_of(entity, service)?.params[param] ?? {};
  if (shape.options_from) {
    const own = shape.options_from === 'options' ? texts_at(entity.meta, 'options') : texts_at(capabilities(entity), shape.options_from);
    const told = own.length > 0 ? own : texts_at(entity.state, shape.options_from);
    if (told.length > 0) return told;
    if (object_at(entity.state, shape.options_from)) return Object.keys(object_at(entity.state, shape.options_from)!);
  }
  return [...(shape.options ?? [])];
}

// What the entity should report once the service has been carried out: shown until it does.
export function expected(entity: Entity, name: string, args: JsonObject): JsonObject {
  const service = service_of(entity, name);
  if (!service) return {};
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(service.expects ?? {})) {
    if (!Array.isArray(value)) out[key] = value as Json;
  }
  const now = at(entity.state, 'state');
  const turned = typeof now === 'string' ? service.toggles?.[now] : undefined;
  if (turned !== undefined) out['state'] = turned;
  for (const [key, value] of Object.entries(args)) {
    const sets = Object.hasOwn(service.params, key) ? service.params[key]!.sets : undefined;
    if (sets) out[sets] = value;
  }
  return out;
}

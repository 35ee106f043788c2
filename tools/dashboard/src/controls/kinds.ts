// What a control is. Services, parameters and attributes are those of schemas/domains.yaml, or it does not compile.
import type { kDomains } from '../generated/domains';
import type { AttributeOf, Domain, ServiceOf } from '../domain/spec';

type Services<D extends Domain> = (typeof kDomains)[D]['services'];
export type ParamOf<D extends Domain, S extends ServiceOf<D>> =
  Services<D>[S] extends { params: infer P } ? keyof P & string : never;

// One service with one of its parameters.
type Setting<D extends Domain> = { [S in ServiceOf<D>]: { service: S; param: ParamOf<D, S> } }[ServiceOf<D>];
type Shown<D extends Domain> = { attribute: AttributeOf<D> | 'state' };

export interface Button<D extends Domain = Domain> {
  service: ServiceOf<D>;
  icon: string;
  args?: Record<string, string | number | boolean>;
  active?: readonly string[];  // states in which it is what goes on
  sure?: boolean;              // asks for a code where the entity wants one
}

export type Control<D extends Domain = Domain> =
  | { kind: 'toggle'; on: ServiceOf<D>; off: ServiceOf<D> }
  | (Setting<D> & Shown<D> & { kind: 'slider'; icon: string; look: 'plain' | 'brightness' | 'kelvin' | 'share'; tile?: boolean })
  | (Setting<D> & Shown<D> & { kind: 'stepper'; tile?: boolean })
  | (Setting<D> & Shown<D> & { kind: 'choice'; tile?: boolean })
  | (Setting<D> & Shown<D> & { kind: 'flag' })
  | (Setting<D> & { kind: 'entry'; input: 'text' | 'date' | 'time' | 'datetime-local' | 'number'; attribute?: AttributeOf<D> | 'state'; when?: string })
  | { kind: 'colour'; service: ServiceOf<D> }
  | { kind: 'buttons'; buttons: readonly Button<D>[]; tile?: boolean };

// What a tile has at its right end.
export type Quick<D extends Domain = Domain> =
  | { kind: 'toggle'; on: ServiceOf<D>; off: ServiceOf<D> }
  | { kind: 'press'; service: ServiceOf<D>; icon: string }
  | { kind: 'lock' };

export interface Panel<D extends Domain = Domain> {
  quick?: Quick<D>;
  controls: readonly Control<D>[];
}

// For looking at controls whose domain is only known at run time.
export type AnyControl =
  | { kind: 'toggle'; on: string; off: string }
  | { kind: 'slider'; service: string; param: string; attribute: string; icon: string; look: 'plain' | 'brightness' | 'kelvin' | 'share'; tile?: boolean }
  | { kind: 'stepper'; service: string; param: string; attribute: string; tile?: boolean }
  | { kind: 'choice'; service: string; param: string; attribute: string; tile?: boolean }
  | { kind: 'flag'; service: string; param: string; attribute: string }
  | { kind: 'entry'; service: string; param: string; input: string; attribute?: string; when?: string }
  | { kind: 'colour'; service: string }
  | { kind: 'buttons'; buttons: readonly AnyButton[]; tile?: boolean };
export type AnyButton = { service: string; icon: string; args?: Record<string, string | number | boolean>; active?: readonly string[]; sure?: boolean };
export type AnyQuick = { kind: 'toggle'; on: string; off: string } | { kind: 'press'; service: string; icon: string } | { kind: 'lock' };
export interface AnyPanel { quick?: AnyQuick; controls: readonly AnyControl[] }

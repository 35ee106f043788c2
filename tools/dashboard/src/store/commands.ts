// What has been asked for and is not there yet: shown as pending, and taken back with the reason when it fails.
import { AskError, type Asks } from '../mqtt/asks';
import { expected } from '../domain/spec';
import type { Entity, House } from './house';
import { type Json, type JsonObject, at } from './documents';

export interface Pending {
  number: number;
  wanted: JsonObject;
}
export interface Failure {
  code: string;    // a word of the hub, or not_allowed, timeout, offline
  reason: string;  // the hub's sentence; may be empty
}

const kShown = 12_000;      // ms that a failure stays on its tile
const kPatience = 130_000;  // ms; the hub ends every command itself, the longest after two minutes

export class Commands {
  on_failure: (entity: Entity, failure: Failure) => void = () => {};
  private count_ = 0;
  private readonly pending_ = new Map<string, Pending>();
  private readonly failures_ = new Map<string, Failure>();

  constructor(private readonly asks_: Asks, private readonly house_: House) {}

  pending(id: string): Pending | undefined {
    return this.pending_.get(id);
  }

  failure(id: string): Failure | undefined {
    return this.failures_.get(id);
  }

  // What to show for an attribute (or `state`): what was asked for, as long as that is open.
  value(entity: Entity, key: string): Json | undefined {
    return at(this.pending_.get(entity.id)?.wanted, key) ?? at(entity.state, key);
  }

  async call(entity: Entity, service: string, args: JsonObject = {}): Promise<boolean> {
    const number = ++this.count_;
    this.pending_.set(entity.id, { number, wanted: expected(entity, service, args) });
    this.failures_.delete(entity.id);
    this.house_.touch(entity.id);
    let failure: Failure | undefined;
    try {
      await this.asks_.command(`set/${entity.domain}/${entity.object}`, JSON.stringify({ service, ...args }), kPatience);
    } catch (error) {
      failure = error instanceof AskError ? { code: error.code, reason: error.message } : { code: 'failed', reason: '' };
    }
    this.ended(entity, number, failure);
    return failure === undefined;
  }

  // All of a domain in an area at once: `word` as in `off`.
  async area(area: string, domain: string, word: string): Promise<Failure | undefined> {
    try {
      await this.asks_.command(`set/area/${area}/${domain}`, word, kPatience);
      return undefined;
    } catch (error) {
      return error instanceof AskError ? { code: error.code, reason: error.message } : { code: 'failed', reason: '' };
    }
  }

  private ended(entity: Entity, number: number, failure: Failure | undefined): void {
    if (this.pending_.get(entity.id)?.number !== number) return;  // a later one is shown
    this.pending_.delete(entity.id);
    if (failure && failure.code !== 'superseded') {
      this.failures_.set(entity.id, failure);
      this.on_failure(entity, failure);
      setTimeout(() => {
        if (this.failures_.get(entity.id) !== failure) return;
        this.failures_.delete(entity.id);
        this.house_.touch(entity.id);
      }, kShown);
    }
    this.house_.touch(entity.id);
  }
}

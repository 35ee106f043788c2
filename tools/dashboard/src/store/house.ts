// The house as the broker holds it: every retained document that the page shows, and who wants to hear of which change.
import type { Link, Message } from '../mqtt/link';
import type { Asks } from '../mqtt/asks';
import { type Json, type JsonObject, is_object, object_at, objects_at, parse, text_at } from './documents';

export interface Entity {
  readonly id: string;
  readonly domain: string;
  readonly object: string;
  meta?: JsonObject | undefined;
  state?: JsonObject | undefined;
  availability?: JsonObject | undefined;
  desired?: JsonObject | undefined;
  generation: number;  // of the connection that last spoke of it
}

export interface Floor { id: string; name: string; level: number }
export interface Area { id: string; name: string; floor: string; icon: string }
export interface Bridge {
  id: string;
  status?: JsonObject | undefined;
  info?: JsonObject | undefined;
  health?: JsonObject | undefined;
  generation: number;
}
export interface Problem { id: string; document: JsonObject; generation: number }

// What listeners can ask for beside single entities.
export type Subject = 'structure' | 'problems' | 'bridges' | 'hub' | 'link' | 'areas' | 'states';

const kName = /^[a-z0-9_]{1,128}$/;
const kEntityPlanes = new Set(['meta', 'state', 'availability', 'desired']);
const kInSnapshot = ['meta/+/+', 'state/+/+', 'availability/+/+'];
const kOthers = ['desired/+/+', 'problem/+', 'hub/status', 'hub/info', 'hub/health', 'bridge/+/status', 'bridge/+/info', 'bridge/+/health'];
const kSlow = 200;     // ms
const kFirst = 150;    // ms; what has come so far is drawn after twice, four times, eight times that
const kQuiet = 1_500;  // ms without an echo after which the house counts as read

export class House {
  readonly entities = new Map<string, Entity>();
  readonly bridges = new Map<string, Bridge>();
  readonly problems = new Map<string, Problem>();
  readonly hub: { status?: JsonObject; info?: JsonObject; health?: JsonObject } = {};
  areas = new Map<string, Area>();
  floors = new Map<string, Floor>();
  name = '';
  plan: JsonObject = {};   // the hub's own words for areas and floors
  loaded = false;          // everything retained has come once
  denied: string[] = [];   // filters that the broker refuses
  structure = 0;           // grows when entities come, go or are described anew

  private generation_ = 0;
  private readonly listeners_ = new Map<string, Set<() => void>>();
  private readonly dirty_ = new Set<string>();
  private scheduled_ = false;
  private echoed_: () => void = () => {};
  private readonly later_ = new Set<string>();
  private patience_ = kFirst;

  constructor(private readonly link_: Link, private readonly asks_: Asks) {}

  listen(subject: string, listener: () => void): () => void {
    let set = this.listeners_.get(subject);
    if (!set) this.listeners_.set(subject, (set = new Set()));
    set.add(listener);
    return () => set.delete(listener);
  }

  // Listeners are told before the next frame is drawn, each subject once.
  touch(subject: string): void {
    if (subject === 'structure') ++this.structure;
    // What concerns all entities at once would be drawn anew with every message.
    if (subject === 'states' || (subject === 'structure' && !this.loaded)) return this.touch_later(subject);
    this.dirty_.add(subject);
    this.schedule();
  }

  private touch_later(subject: string): void {
    if (this.later_.has(subject)) return;
    this.later_.add(subject);
    setTimeout(() => {
      this.later_.delete(subject);
      this.dirty_.add(subject);
      this.schedule();
    }, this.loaded ? kSlow : (this.patience_ *= 2));
  }

  private schedule(): void {
    if (this.scheduled_) return;
    this.scheduled_ = true;
    // A hidden page draws no frames, but must not let the changes pile up.
    if (document.hidden) setTimeout(() => this.tell(), 250);
    else requestAnimationFrame(() => this.tell());
  }

  private tell(): void {
    this.scheduled_ = false;
    const dirty = [...this.dirty_];
    this.dirty_.clear();
    for (const subject of dirty) for (const listener of [...(this.listeners_.get(subject) ?? [])]) listener();
  }

  // After every connection: reads what there is, and forgets what is not there any more. The hub tells the whole house in
  // a few messages; without it, the broker tells what it holds, one message for each document.
  async read(): Promise<void> {
    const generation = ++this.generation_;
    const entities = this.filters(kInSnapshot), others = this.filters(kOthers);
    this.patience_ = kFirst;
    void this.read_areas();
    const at_once = this.read_at_once();
    const denied = await Promise.all([this.link_.subscribe([this.asks_.topic], 0, true), this.link_.subscribe(others, 1, true), this.link_.subscribe(entities, 1, false)]);
    this.denied = denied.flat().map((topic) => topic.slice(this.asks_.root.length + 1));
    await this.echo();
    if (!(await Promise.race([at_once, ...(this.hub_online ? [] : [false])]))) await this.read_retained(entities);
    if (generation !== this.generation_) return;
    this.sweep(generation);
    this.loaded = true;
    for (const subject of ['structure', 'problems', 'bridges', 'hub', 'states'] as Subject[]) this.touch(subject);
  }

  private filters(planes: string[]): string[] {
    return planes.map((plane) => `${this.asks_.root}/${plane}`);
  }

  // False if the hub does not answer.
  private async read_at_once(): Promise<boolean> {
    const take = (data: Json): void => { if (is_object(data)) this.take_rows(objects_at(data, 'entities')); };
    return this.asks_.stream('snapshot', take).then(() => true, () => false);
  }

  private take_rows(rows: JsonObject[]): void {
    for (const row of rows) {
      const [domain = '', object = ''] = text_at(row, 'id').split('.');
      for (const plane of ['meta', 'state', 'availability']) this.take_entity(plane, domain, object, object_at(row, plane) ?? null);
    }
  }

  // What was seen last: shown until the broker says otherwise, and swept if it does not say it again.
  recall(plan: JsonObject, rows: JsonObject[]): void {
    this.take_plan(plan);
    this.take_rows(rows);
  }

  // At QoS 0 first: a broker with a small queue would drop the end of a burst at QoS 1.
  private async read_retained(filters: string[]): Promise<void> {
    await this.link_.subscribe(filters, 0, true);
    await this.echo();
    await this.link_.subscribe(filters, 1, false);
  }

  // Our own question comes back after everything that was on its way.
  private async echo(): Promise<void> {
    const echoed = new Promise<void>((done) => { this.echoed_ = done; });
    this.link_.publish(this.asks_.topic, 'null', { correlation: 'echo' }).catch(() => {});
    await Promise.race([echoed, new Promise((done) => setTimeout(done, kQuiet))]);
  }

  private sweep(generation: number): void {
    for (const [id, entity] of this.entities) if (entity.generation < generation) this.entities.delete(id);
    for (const [id, bridge] of this.bridges) if (bridge.generation < generation) this.bridges.delete(id);
    for (const [id, problem] of this.problems) if (problem.generation < generation) this.problems.delete(id);
  }

  // Names of areas and floors come from the hub; without it, ids have to do.
  async read_areas(): Promise<void> {
    const answer = await this.asks_.request('house').catch(() => null);
    if (is_object(answer)) this.take_plan(answer);
  }

  private take_plan(answer: JsonObject): void {
    this.plan = answer;
    this.name = text_at(answer, 'name');
    this.floors = new Map(objects_at(answer, 'floors').map((floor, index) => {
      const level = floor['level'];
      const id = text_at(floor, 'id');
      return [id, { id, name: text_at(floor, 'name') || id, level: typeof level === 'number' ? level : index }];
    }));
    this.areas = new Map(objects_at(answer, 'areas').map((area) => {
      const id = text_at(area, 'id');
      return [id, { id, name: text_at(area, 'name') || id, floor: text_at(area, 'floor'), icon: text_at(area, 'icon') }];
    }));
    this.touch('areas');
    this.touch('structure');
  }

  take(message: Message): void {
    if (message.topic === this.asks_.topic) {
      if (message.correlation === 'echo') this.echoed_();
      return;
    }
    const levels = message.topic.slice(this.asks_.root.length + 1).split('/');
    const [plane = '', first = '', second = ''] = levels;
    const document = message.payload.length === 0 ? null : parse(message.payload);
    if (document !== null && !is_object(document)) return;  // not ours to judge: the hub names it
    if (kEntityPlanes.has(plane)) return this.take_entity(plane, first, second, document);
    if (plane === 'problem') return this.take_problem(levels.slice(1).join('/'), document);
    if (plane === 'bridge') return this.take_bridge(first, second, document);
    if (plane === 'hub') {
      const was = text_at(this.hub.status, 'session');
      if (first === 'status' || first === 'info' || first === 'health') this.hub[first] = document ?? {};
      if (this.loaded && first === 'status' && text_at(this.hub.status, 'session') !== was) void this.read_areas();
      this.touch('hub');
    }
  }

  private take_entity(plane: string, domain: string, object: string, document: JsonObject | null): void {
    if (!kName.test(domain) || !kName.test(object)) return;
    const id = `${domain}.${object}`;
    let entity = this.entities.get(id);
    if (!document && !entity) return;
    if (!entity) {
      entity = { id, domain, object, generation: this.generation_ };
      this.entities.set(id, entity);
      this.touch('structure');
    }
    entity.generation = this.generation_;
    const first_event = plane === 'state' && domain === 'event' && typeof entity.state?.['state'] !== 'string';
    entity[plane as 'meta'] = document ?? undefined;
    if (plane === 'meta' || first_event) this.touch('structure');
    if (!entity.meta && !entity.state && !entity.availability) {
      this.entities.delete(id);
      this.touch('structure');
    }
    this.touch(id);
    this.touch('states');
  }

  private take_problem(id: string, document: JsonObject | null): void {
    if (document) this.problems.set(id, { id, document, generation: this.generation_ });
    else this.problems.delete(id);
    this.touch('problems');
  }

  private take_bridge(id: string, part: string, document: JsonObject | null): void {
    if (part !== 'status' && part !== 'info' && part !== 'health') return;
    const bridge = this.bridges.get(id) ?? { id, generation: this.generation_ };
    bridge.generation = this.generation_;
    bridge[part] = document ?? undefined;
    if (bridge.status || bridge.info) this.bridges.set(id, bridge);
    else this.bridges.delete(id);
    this.touch('bridges');
  }

  // ── what pages ask ──

  get hub_online(): boolean {
    return text_at(this.hub.status, 'status') === 'online';
  }

  area_of(entity: Entity): string {
    return text_at(entity.meta, 'area');
  }

  area_name(id: string): string {
    return this.areas.get(id)?.name ?? id.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase());
  }

  device_of(entity: Entity): string {
    return text_at(object_at(entity.meta, 'device'), 'id');
  }

  visible(entity: Entity): boolean {
    return entity.meta !== undefined && entity.meta['hidden'] !== true && entity.meta['disabled'] !== true;
  }

  value(id: string, key: string): Json | undefined {
    return this.entities.get(id)?.state?.[key];
  }
}

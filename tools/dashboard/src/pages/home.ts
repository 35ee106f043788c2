// The house at a glance: what is going on, then room by room what can be done.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiDoorOpen, mdiFlash, mdiHomeOutline, mdiLanDisconnect, mdiLightbulbOff, mdiLightbulbOn, mdiLockOpenVariant, mdiThermometer, mdiWaterPercent, mdiAccount, mdiAccountOutline, mdiChevronRight } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { tiles } from '../ui/lazy';
import { failure_text } from '../ui/failures';
import { availability_of, name_of, reachable, state_text } from '../domain/text';
import { of_domain, on_home, type Room, roomless, room_of, type Storey, storeys_of } from '../domain/rooms';
import { number_at, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { href } from '../page';
import { count, day, number, t } from '../i18n';
import '../ui/tile';

const kPeople = 12;
const kOpening = new Set(['door', 'window', 'garage_door', 'opening']);

@customElement('g-home')
export class Home extends GableElement {
  static override styles = [shared, layout, css`
    .hello { display: grid; gap: 14px; }
    .chips { display: flex; flex-wrap: wrap; gap: 8px; --icon: 18px; }
    .chips a, .chips span.chip { min-height: 38px; padding: 6px 15px; background: var(--surface); border: 1px solid var(--line); font-size: 0.88rem; }
    .chips .lit { color: color-mix(in srgb, var(--t-light) 48%, var(--text)); } .chips .bad { color: var(--bad); background: var(--bad-soft); border-color: transparent; } .chips .warn { color: var(--warn); background: var(--warn-soft); border-color: transparent; }
    .floor { display: grid; gap: 26px; }
    .floor + .floor { margin-top: 8px; }
    .floor > h3 { text-transform: none; font-size: 0.9rem; display: flex; align-items: center; gap: 14px; }
    .floor > h3::after { content: ''; flex: 1; height: 1px; background: var(--line); }
    .room { display: grid; gap: 10px; }
    .room > header { display: flex; align-items: center; gap: 14px; min-height: 44px; --icon: 18px; }
    .room > header a { display: flex; align-items: center; gap: 4px; }
    .room > header .measures { display: flex; gap: 14px; color: var(--muted); font-size: 0.88rem; font-variant-numeric: tabular-nums; flex: 1; min-width: 0; }
    .measures span { display: inline-flex; gap: 3px; align-items: center; --icon: 16px; }
    .lights { min-height: 36px; padding: 4px 14px; font-size: 0.86rem; --icon: 18px; }
  `];
  @property() area = '';  // one room only
  private sorted_: { structure: number; storeys: Storey[]; others: Entity[] } | null = null;

  protected override subjects(): string[] {
    return ['structure', 'areas', 'states', 'problems', 'hub'];
  }

  private greeting(): string {
    const hour = new Date().getHours();
    return t(hour < 5 ? 'home.night' : hour < 11 ? 'home.morning' : hour < 18 ? 'home.day' : hour < 23 ? 'home.evening' : 'home.night');
  }

  private chips(): TemplateResult {
    const { house, kiosk } = this.page;
    const all = [...house.entities.values()].filter((entity) => on_home(house, entity));
    const are = (test: (entity: Entity, state: unknown) => boolean): number => all.filter((entity) => reachable(entity) && test(entity, entity.state?.['state'])).length;
    const lights = are((entity, state) => entity.domain === 'light' && state === 'on');
    const open = are((entity, state) => entity.domain === 'binary_sensor' && state === 'on' && kOpening.has(text_at(entity.meta, 'device_class')));
    const unlocked = are((entity, state) => entity.domain === 'lock' && state !== 'locked' && typeof state === 'string');
    const away = all.filter((entity) => availability_of(entity) === 'offline').length;
    const power = all.filter((entity) => text_at(entity.meta, 'device_class') === 'power' && text_at(entity.meta, 'unit') === 'W').reduce((sum, entity) => sum + (number_at(entity.state, 'state') ?? 0), 0);
    const problems = house.problems.size;
    const link = (target: string, css_class: string, icon: string, text: string): TemplateResult => kiosk.on ? html`<span class="chip ${css_class}"><g-icon path=${icon}></g-icon>${text}</span>` : html`<a class="chip ${css_class}" href=${target}><g-icon path=${icon}></g-icon>${text}</a>`;
    return html`<div class="chips">
      ${this.people()}
      ${lights ? link(href('all', 'light on'), 'lit', mdiLightbulbOn, count('home.lights_on', lights)) : nothing}
      ${open ? link(href('all', 'open'), '', mdiDoorOpen, count('home.open', open)) : nothing}
      ${unlocked ? link(href('all', 'lock'), 'warn', mdiLockOpenVariant, count('home.unlocked', unlocked)) : nothing}
      ${power >= 1 ? html`<span class="chip"><g-icon path=${mdiFlash}></g-icon>${number(power, 0)} W</span>` : nothing}
      ${away ? link(href('all', 'offline'), 'warn', mdiLanDisconnect, count('home.offline', away)) : nothing}
      ${problems ? link(href('problems'), 'bad', mdiAlertCircleOutline, count('home.problems', problems)) : nothing}</div>`;
  }

  private people(): TemplateResult[] {
    return of_domain(this.page.house, 'person').filter((person) => typeof person.state?.['state'] === 'string').slice(0, kPeople)
      .map((person) => html`<a class="chip" href=${href('entity', person.id)}><g-icon path=${person.state?.['state'] === 'home' ? mdiAccount : mdiAccountOutline}></g-icon><bdi>${name_of(person)}</bdi> <span class="muted">${state_text(person, person.state?.['state'])}</span></a>`);
  }

  private measures(room: Room): TemplateResult {
    const find = (kind: string): Entity | undefined => room.sensors.find((entity) => entity.domain === 'sensor' && text_at(entity.meta, 'device_class') === kind && reachable(entity) && number_at(entity.state, 'state') !== undefined);
    const thermostat = room.controls.find((entity) => entity.domain === 'climate' && reachable(entity));
    const temperature = number_at(find('temperature')?.state, 'state') ?? number_at(thermostat?.state, 'current_temperature');
    const humidity = number_at(find('humidity')?.state, 'state');
    return html`<div class="measures">${temperature !== undefined ? html`<span><g-icon path=${mdiThermometer}></g-icon>${number(temperature, 1)}°</span>` : nothing}
      ${humidity !== undefined ? html`<span><g-icon path=${mdiWaterPercent}></g-icon>${number(humidity, 0)}%</span>` : nothing}</div>`;
  }

  private async lights_off(room: Room): Promise<void> {
    const failure = await this.page.commands.area(room.area.id, 'light', 'off');
    if (failure) this.page.toast({ kind: 'bad', text: failure_text(failure) });
  }

  private room(room: Room): TemplateResult {
    const { kiosk } = this.page;
    const lights = room.controls.filter((entity) => entity.domain === 'light' && entity.state?.['state'] === 'on').length;
    const shown = this.area ? room.sensors : room.sensors.slice(0, 12);
    return html`<section class="room" data-area=${room.area.id} aria-label=${room.area.name}><header>
      ${this.area || kiosk.on ? html`<h2><bdi>${this.area ? nothing : room.area.name}</bdi></h2>` : html`<a href=${href('area', room.area.id)}><h2><bdi>${room.area.name}</bdi></h2><g-icon class="muted" path=${mdiChevronRight}></g-icon></a>`}
      ${this.measures(room)}
      ${lights ? html`<button class="button lights" aria-label=${t('home.lights_off', { area: room.area.name })} @click=${() => this.lights_off(room)}><g-icon path=${mdiLightbulbOff}></g-icon>${t('home.all_off')}</button>` : nothing}</header>
      ${tiles(this.page, room.controls, room.area.name)}
      ${shown.length ? html`<g-pill-block .page=${this.page} .entities=${shown} .area=${room.area.name} .more=${href('area', room.area.id)} .rest=${room.sensors.length - shown.length}></g-pill-block>` : nothing}</section>`;
  }

  // Sorting thousands takes a while; it is done again only when something came, went or was described anew.
  private rooms(): { storeys: Storey[]; others: Entity[] } {
    const { house } = this.page;
    if (this.sorted_?.structure !== house.structure) {
      this.sorted_ = { structure: house.structure, storeys: storeys_of(house, t('home.other_areas')), others: [...of_domain(house, 'scene', 'script'), ...roomless(house)] };
    }
    return this.sorted_;
  }

  private whole(): TemplateResult {
    const { storeys, others } = this.rooms();
    return html`${storeys.map((storey) => html`<section class="floor">${storey.name ? html`<h3><bdi>${storey.name}</bdi></h3>` : nothing}${storey.rooms.map((room) => this.room(room))}</section>`)}
      ${others.length ? html`<section class="floor"><h3>${t('home.house')}</h3><section class="room">${tiles(this.page, others)}</section></section>` : nothing}`;
  }

  override render(): TemplateResult {
    const { house, settings } = this.page;
    if (house.entities.size === 0) return html`<div class="page">${empty(mdiHomeOutline, t('link.nothing'), t('link.nothing_help', { root: settings.root }))}</div>`;
    if (this.area) {
      const room = room_of(house, this.area);
      return html`<div class="page"><header class="top"><h1><bdi>${room.area.name}</bdi></h1></header>${this.room(room)}</div>`;
    }
    return html`<div class="page ${this.page.kiosk.on ? 'wall' : ''}"><div class="hello"><header class="top"><h1>${this.greeting()}</h1><span class="muted">${day(new Date())}</span></header>${this.chips()}</div>${this.whole()}</div>`;
  }
}

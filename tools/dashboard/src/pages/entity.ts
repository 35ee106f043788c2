// Everything about one entity: its state and controls, how it was, what happened, and why.
import { html, css, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { mdiHelpCircleOutline, mdiRename, mdiDeleteOutline, mdiEyeOffOutline, mdiEyeOutline, mdiPencilOutline, mdiPower } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { error_text, failure_text } from '../ui/failures';
import { line_styles, lines } from '../ui/lines';
import { ask } from '../ui/dialog';
import { ask_about_entity, customize } from '../ui/customize';
import { panel_of } from '../controls/table';
import { has_control } from '../controls/control';
import type { AnyControl } from '../controls/kinds';
import { icon_of, tint_of } from '../domain/icons';
import { actor, attribute_text, availability_of, availability_text, exact_time, name_of, reachable, state_text, summary } from '../domain/text';
import { type Json, type JsonObject, clean, is_object, object_at, objects_at, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { href } from '../page';
import { type Key, ago, count, moment, t, word } from '../i18n';
import { picture_topic } from '../ui/picture';
import '../ui/chart';
import '../ui/tile';
import '../ui/icon';

const kLog = 20;
const kHidden = new Set(['state', 'editable', 'assumed_state']);

@customElement('g-entity')
export class EntityPage extends GableElement {
  static override styles = [shared, layout, line_styles, css`
    .columns { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 18px; align-items: start; }
    .column { display: grid; gap: 18px; min-width: 0; }
    @media (max-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr); } }
    .hero { display: flex; gap: 18px; align-items: center; }
    .hero .icon { width: 68px; height: 68px; border-radius: 24px; display: grid; place-items: center; background: var(--surface); border: 1px solid var(--line); color: var(--muted); --icon: 36px; flex: none; }
    .hero .lit { background: color-mix(in srgb, var(--tint) 18%, var(--surface)); color: color-mix(in srgb, var(--tint) 88%, var(--text)); border-color: transparent; }
    .now { font-size: 1.15rem; font-weight: 560; }
    .controls { display: grid; gap: 18px; --slider: 52px; }
    .panel { display: grid; gap: 16px; }
    h2 { display: flex; justify-content: space-between; align-items: center; min-height: 28px; }
    table { width: 100%; border-collapse: collapse; font-size: 0.92rem; } td { padding: 7px 0; border-top: 1px solid var(--line); vertical-align: top; } tr:first-child td { border-top: 0; } td:first-child { color: var(--muted); padding-right: 18px; width: 40%; } td:last-child { text-align: right; }
    summary { cursor: pointer; min-height: 44px; display: flex; align-items: center; font-weight: 560; }
    .tint-light { --tint: var(--t-light); } .tint-blue { --tint: var(--t-blue); } .tint-heat { --tint: var(--t-heat); } .tint-cool { --tint: var(--t-cool); } .tint-media { --tint: var(--t-media); } .tint-accent { --tint: var(--accent); } .tint-good { --tint: var(--good); } .tint-bad { --tint: var(--bad); } .tint-warn { --tint: var(--warn); }
  `];
  @property() entity_id = '';
  @state() private why_: JsonObject[] | null = null;
  @state() private log_: JsonObject[] | null = null;
  @state() private more_ = false;
  @state() private errors_: { why?: string; log?: string } = {};
  private asked_ = '';

  protected override subjects(): string[] {
    return [this.entity_id, 'link', 'areas', 'structure'];
  }

  private get entity(): Entity | undefined {
    return this.page.house.entities.get(this.entity_id);
  }

  // Asked again whenever the entity has changed.
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const entity = this.entity;
    if (!entity || this.page.kiosk.on) return;
    const key = `${entity.id}/${String(entity.state?.['_seq'])}/${text_at(entity.availability, 'status')}`;
    if (this.asked_ === key) return;
    const other = !this.asked_.startsWith(`${entity.id}/`);
    this.asked_ = key;
    if (other) [this.why_, this.log_, this.errors_] = [null, null, {}];
    void this.ask_why(key);
    void this.ask_log(key);
  }

  private async ask_why(key: string): Promise<void> {
    try {
      const answer = await this.page.asks.request('why', { entity: this.entity_id });
      if (this.asked_ === key) this.why_ = is_object(answer) ? objects_at(answer, 'chain') : [];
    } catch (error) {
      if (this.asked_ === key) this.errors_ = { ...this.errors_, why: error_text(error) };
    }
  }

  private async ask_log(key: string): Promise<void> {
    try {
      const answer = await this.page.asks.request('logbook', { entity: this.entity_id, limit: kLog });
      if (this.asked_ !== key) return;
      this.log_ = is_object(answer) ? objects_at(answer, 'lines') : [];
      this.more_ = is_object(answer) && answer['more'] === true;
    } catch (error) {
      if (this.asked_ === key) this.errors_ = { ...this.errors_, log: error_text(error) };
    }
  }

  private hero(entity: Entity): TemplateResult {
    const { commands, house } = this.page;
    const value = commands.value(entity, 'state'), tint = reachable(entity) ? tint_of(entity, value) : 'none';
    const pending = commands.pending(entity.id) !== undefined || entity.desired !== undefined;
    const since = moment(text_at(entity.state, '_since')), area = house.area_of(entity), by = actor(text_at(entity.state, '_by'), house);
    return html`<header class="hero tint-${tint}"><span class="icon ${tint === 'none' ? '' : 'lit'}"><g-icon path=${icon_of(entity, value)} name=${text_at(entity.meta, 'icon')}></g-icon></span>
      <div class="grow"><h1><bdi>${name_of(entity)}</bdi></h1><div class="now"><bdi>${reachable(entity) ? summary(entity, commands) : state_text(entity, value)}</bdi></div>
        <div class="muted small">${area ? html`<a href=${href('area', area)}><bdi>${house.area_name(area)}</bdi></a> · ` : nothing}${since ? t('entity.since', { time: ago(since) }) : nothing}${by && since ? html` · <bdi>${t('entity.by', { who: by })}</bdi>` : nothing}
        ${entity.state?.['assumed_state'] === true ? html` · ${t('entity.assumed')}` : nothing}</div></div>
      ${pending ? html`<span class="chip accent" role="status">${t('entity.pending')}</span>` : nothing}</header>`;
  }

  private notes(entity: Entity): TemplateResult {
    const failure = this.page.commands.failure(entity.id), status = availability_of(entity);
    return html`${status === 'online' ? nothing : html`<div class="note ${status === 'offline' ? 'bad' : 'warn'}"><bdi>${availability_text(entity)}</bdi></div>`}
      ${failure ? html`<div class="note bad" role="alert"><bdi>${failure_text(failure)}</bdi></div>` : nothing}`;
  }

  private controls(entity: Entity): TemplateResult | typeof nothing {
    const panel = panel_of(entity.domain);
    const quick: AnyControl[] = panel.quick?.kind === 'toggle' ? [{ kind: 'toggle', on: panel.quick.on, off: panel.quick.off }]
      : panel.quick?.kind === 'press' ? [{ kind: 'buttons', buttons: [{ service: panel.quick.service, icon: panel.quick.icon }] }] : [];
    const controls = [...quick, ...panel.controls].filter((control) => has_control(entity, control));
    if (controls.length === 0) return nothing;
    return html`<section class="card pad controls tint-${tint_of(entity, this.page.commands.value(entity, 'state'))}" aria-label=${t('entity.controls')}>
      ${controls.map((control) => html`<g-control .page=${this.page} .entity=${entity} .control=${control}></g-control>`)}</section>`;
  }

  private values(entity: Entity): TemplateResult | typeof nothing {
    const rows = Object.entries(entity.state ?? {}).filter(([key]) => !key.startsWith('_') && !kHidden.has(key)).slice(0, 200);
    if (rows.length === 0) return nothing;
    return html`<section class="card pad panel"><h2>${t('entity.attributes')}</h2><table><tbody>${rows.map(([key, value]: [string, Json]) => html`<tr><td><bdi>${word(key) ?? clean(key.replaceAll('_', ' '), 80)}</bdi></td><td><bdi>${attribute_text(entity, key, value)}</bdi></td></tr>`)}</tbody></table></section>`;
  }

  private why(): TemplateResult {
    const chain = this.why_;
    return html`<section class="card pad panel" data-part="why"><h2>${t('entity.why')}</h2>
      ${this.errors_.why ? html`<p class="muted">${this.errors_.why}</p>` : chain === null ? html`<p class="muted">…</p>` : chain.length === 0 ? html`<p class="muted">${t('why.nothing')}</p>`
        : html`${lines(chain, this.page.house)}<p class="muted small">${this.why_end(chain)}</p>`}</section>`;
  }

  private why_end(chain: JsonObject[]): string {
    const last = chain.at(-1), by = text_at(last, 'by');
    if (chain.length === 1 && by.startsWith('device:')) return t('why.device');
    return by === 'mqtt' || by === '' || by.startsWith('client:') ? t('why.manual') : by.startsWith('device:') ? t('why.device') : t('why.end');
  }

  private log(): TemplateResult {
    const rows = this.log_;
    return html`<section class="card pad panel" data-part="logbook"><h2>${t('entity.logbook')}</h2>
      ${this.errors_.log ? html`<p class="muted">${this.errors_.log}</p>` : rows === null ? html`<p class="muted">…</p>` : rows.length === 0 ? html`<p class="muted">${t('entity.no_history')}</p>` : lines(rows, this.page.house, false)}
      ${this.more_ ? html`<p class="muted small">${t('entity.more')}</p>` : nothing}</section>`;
  }

  private async rename(entity: Entity): Promise<void> {
    const to = (await ask({ heading: t('entity.rename'), help: t('entity.rename_help'), action: t('entity.rename'), fields: [{ key: 'id', label: t('entity.new_id'), value: entity.id }] }))?.['id'];
    if (!to || to === entity.id) return;
    try {
      const answer = await this.page.asks.request('rename', { entity: entity.id, to });
      const rules = is_object(answer) && Array.isArray(answer['rules']) ? answer['rules'].map((rule) => clean(String(rule))).join(', ') : '';
      const id = is_object(answer) ? clean(text_at(answer, 'entity')) : to;
      this.page.toast(rules ? { kind: 'bad', text: t('entity.renamed_rules', { id, rules }) } : { kind: 'info', text: t('entity.renamed', { id }) });
      location.hash = href('entity', to);
    } catch (error) {
      this.page.toast({ kind: 'bad', text: error_text(error) });
    }
  }

  private async forget(entity: Entity): Promise<void> {
    if (await ask({ heading: t('entity.forget'), help: t('devices.forget_sure', { name: name_of(entity) }), action: t('entity.forget'), danger: true }) === null) return;
    try {
      await this.page.asks.request('forget', { entity: entity.id });
      this.page.toast({ kind: 'info', text: count('entity.forgotten', 1) });
      location.hash = '#/';
    } catch (error) {
      this.page.toast({ kind: 'bad', text: error_text(error) });
    }
  }

  private flag(entity: Entity, key: 'hidden' | 'disabled', text: Key, icon: string): TemplateResult {
    const on = entity.meta?.[key] === true;
    return html`<button class="button" data-flag=${key} @click=${() => customize(this.page, { entity: entity.id, [key]: on ? null : true })}><g-icon path=${icon}></g-icon>${t(text)}</button>`;
  }

  private details(entity: Entity): TemplateResult {
    const device = object_at(entity.meta, 'device'), root = this.page.asks.root;
    const topics = ['state', 'meta', 'availability', 'desired', 'set'].map((plane) => `${root}/${plane}/${entity.domain}/${entity.object}`);
    const hidden = entity.meta?.['hidden'] === true, disabled = entity.meta?.['disabled'] === true;
    const documents = { state: entity.state, meta: entity.meta, availability: entity.availability, desired: entity.desired };
    return html`<section class="card pad panel"><h2>${t('entity.details')}</h2><dl><dt>Id</dt><dd><code><bdi>${entity.id}</bdi></code></dd>
      ${device ? html`<dt>${t('entity.device')}</dt><dd><a href=${href('device', text_at(device, 'id'))}><bdi>${clean(text_at(device, 'name'))}</bdi></a> <span class="muted"><bdi>${clean(`${text_at(device, 'manufacturer')} ${text_at(device, 'model')}`)}</bdi></span></dd>` : nothing}
      <dt>${t('entity.source')}</dt><dd><bdi>${clean(text_at(entity.meta, 'source'), 200)}</bdi></dd>
      <dt>${t('entity.last_changed')}</dt><dd>${exact_time(text_at(entity.state, '_since'))}</dd><dt>${t('entity.last_reported')}</dt><dd>${exact_time(text_at(entity.state, '_at'))}</dd></dl>
      <details><summary>${t('entity.topics')}</summary><pre>${topics.join('\n')}</pre><br><pre>${JSON.stringify(documents, null, 2).slice(0, 70_000)}</pre></details>
      <div class="row wrap"><button class="button" @click=${() => ask_about_entity(this.page, entity)}><g-icon path=${mdiPencilOutline}></g-icon>${t('customize.title')}</button>${this.flag(entity, 'hidden', hidden ? 'entity.show' : 'entity.hide', hidden ? mdiEyeOutline : mdiEyeOffOutline)}${this.flag(entity, 'disabled', disabled ? 'entity.enable' : 'entity.disable', mdiPower)}
        <button class="button" @click=${() => this.rename(entity)}><g-icon path=${mdiRename}></g-icon>${t('entity.rename')}</button><button class="button bad" @click=${() => this.forget(entity)}><g-icon path=${mdiDeleteOutline}></g-icon>${t('entity.forget')}</button></div></section>`;
  }

  override render(): TemplateResult {
    const entity = this.entity;
    if (!entity && !this.page.house.loaded) return html`<div class="page"><p class="muted">${t('app.loading')}</p></div>`;
    if (!entity) return html`<div class="page">${empty(mdiHelpCircleOutline, t('entity.gone', { id: clean(this.entity_id) }), t('entity.gone_help'))}</div>`;
    const picture = picture_topic(entity) ? html`<section class="card pad" data-part="picture"><g-picture .page=${this.page} .entity=${entity}></g-picture></section>` : nothing;
    const chart = html`<section class="card pad panel" data-part="history"><h2>${t('entity.history')}</h2><g-chart .page=${this.page} .entity=${entity}></g-chart></section>`;
    if (this.page.kiosk.on) return html`<div class="page narrow">${this.hero(entity)}${this.notes(entity)}${picture}${this.controls(entity)}${chart}</div>`;
    return html`<div class="page">${this.hero(entity)}${this.notes(entity)}<div class="columns"><div class="column">${picture}${this.controls(entity)}${chart}${this.values(entity)}</div><div class="column">${this.why()}${this.log()}${this.details(entity)}</div></div></div>`;
  }
}

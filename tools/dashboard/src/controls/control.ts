// One control of one entity, drawn from its description in the table: whole on the entity's page, small on a tile.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mdiMinus, mdiPlus } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { ask } from '../ui/dialog';
import { options_of, range_of, supports } from '../domain/spec';
import { name_of, reachable, unit_of } from '../domain/text';
import type { AnyButton, AnyControl } from './kinds';
import { type JsonObject, clean, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { moment, number, t, word } from '../i18n';
import '../ui/slider';
import '../ui/switch';
import '../ui/choice';
import '../ui/icon';
import './colour';

type Of<K extends AnyControl['kind']> = Extract<AnyControl, { kind: K }>;

// Whether this entity has it at all.
export function has_control(entity: Entity, control: AnyControl): boolean {
  switch (control.kind) {
    case 'toggle': return supports(entity, control.on) && supports(entity, control.off);
    case 'buttons': return control.buttons.some((button) => supports(entity, button.service));
    case 'colour': return ['hs_color', 'rgb_color', 'xy_color', 'rgbw_color', 'rgbww_color'].some((param) => supports(entity, control.service, param));
    case 'choice': return supports(entity, control.service, control.param) && options_of(entity, control.service, control.param).length > 0;
    case 'entry': return supports(entity, control.service, control.param) && (!control.when || entity.state?.[control.when] === true);
    default: return supports(entity, control.service, control.param);
  }
}

export function service_word(service: string): string {
  return word(service) ?? clean(service.replaceAll('_', ' '), 40);
}

// As the browser's field wants it: the time here, without a zone.
function local_time(value: unknown): string {
  const date = typeof value === 'string' ? moment(value) : undefined;
  return date ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19) : '';
}

@customElement('g-control')
export class ControlElement extends GableElement {
  static override styles = [shared, css`
    .buttons { display: flex; gap: 6px; }
    .buttons button { flex: 1; border: 0; border-radius: 12px; background: var(--surface-2); min-height: var(--slider, 40px); min-width: 40px; display: inline-flex; align-items: center; justify-content: center; gap: 8px; padding: 4px 8px; font-size: 0.9rem; font-weight: 560; }
    .buttons button:hover:not(:disabled) { background: var(--surface-3); }
    .buttons button.active { background: var(--tint, var(--accent)); color: var(--on-tint, #fff); }
    .buttons.many { flex-wrap: wrap; }
    .buttons.full button { min-height: 48px; flex: 1 1 110px; }
    .stepper { display: flex; align-items: center; gap: 4px; background: var(--surface-2); border-radius: 12px; }
    .stepper button { border: 0; background: transparent; width: 44px; height: var(--slider, 40px); border-radius: 12px; display: grid; place-items: center; --icon: 20px; }
    .stepper button:hover:not(:disabled) { background: var(--surface-3); }
    .stepper b { flex: 1; text-align: center; font-variant-numeric: tabular-nums; font-weight: 600; }
    .full .stepper { --slider: 56px; } .full .stepper b { font-size: 1.5rem; }
    .busy { opacity: 0.6; }
    label, .label { display: block; font-size: 0.83rem; color: var(--muted); margin-bottom: 6px; }
    form { display: flex; gap: 8px; align-items: center; }
    form input { flex: 1; }
  `];
  @property({ attribute: false }) entity!: Entity;
  @property({ attribute: false }) control!: AnyControl;
  @property({ type: Boolean }) compact = false;

  private get disabled(): boolean {
    return !reachable(this.entity) || this.page.link.status !== 'online';
  }

  private value(key: string): unknown {
    return this.page.commands.value(this.entity, key);
  }

  private busy(key?: string): boolean {
    const pending = this.page.commands.pending(this.entity.id);
    return pending !== undefined && (key === undefined || Object.hasOwn(pending.wanted, key));
  }

  private call(service: string, args: JsonObject = {}): void {
    void this.page.commands.call(this.entity, service, args);
  }

  protected override subjects(): string[] {
    return [this.entity.id];
  }

  private label(control: { service: string; param?: string }): string {
    const own = control.param && ['turn_on', 'set_temperature'].includes(control.service) ? word(control.param) : undefined;
    return own ?? (control.param === 'temperature' ? word('set_temperature')! : service_word(control.service));
  }

  private slider(control: Of<'slider'>): TemplateResult {
    const { min, max, step } = range_of(this.entity, control.service, control.param);
    const found = this.value(control.attribute);
    const value = typeof found === 'number' ? found : min;
    const low = control.look === 'brightness' ? Math.max(1, min) : min;
    const unit = unit_of(this.entity);
    const text = (n: number): string => control.look === 'brightness' ? `${Math.round((100 * n) / max)}%` : control.look === 'kelvin' ? `${number(n, 0)} K`
      : control.look === 'share' ? `${Math.round(n)}%` : max === 1 ? `${Math.round(n * 100)}%` : `${number(n)}${unit ? ` ${unit}` : ''}`;
    const state = this.value('state');
    const off = state === 'off' || (typeof found !== 'number' && control.attribute !== 'state');
    return html`<g-slider .value=${value} .min=${low} .max=${max} .step=${control.look === 'kelvin' ? 50 : step} .icon=${control.icon} .look=${control.look} .text=${text}
      .label=${`${name_of(this.entity)}: ${this.label(control)}`.slice(this.compact ? 0 : name_of(this.entity).length + 2)} ?titled=${!this.compact} ?off=${off} ?unset=${typeof found !== 'number'}
      ?busy=${this.busy(control.attribute)} ?disabled=${this.disabled} @change=${(event: CustomEvent<number>) => this.call(control.service, { [control.param]: event.detail })}></g-slider>`;
  }

  private stepper(control: Of<'stepper'>): TemplateResult {
    const { min, max, step } = range_of(this.entity, control.service, control.param);
    const found = this.value(control.attribute);
    const value = typeof found === 'number' ? found : undefined;
    const move = (by: number): void => {
      const from = value ?? (min + max) / 2;
      const to = Math.min(max, Math.max(min, Math.round((from + by) / step) * step));
      this.call(control.service, { [control.param]: Number(to.toFixed(3)) });
    };
    const label = this.label(control);
    return html`${this.compact ? nothing : html`<span class="label">${label}</span>`}
      <div class="stepper ${this.busy(control.attribute) ? 'busy' : ''}" role="group" aria-label=${`${name_of(this.entity)}: ${label}`}>
        <button aria-label="−" ?disabled=${this.disabled || (value !== undefined && value <= min)} @click=${() => move(-step)}><g-icon path=${mdiMinus}></g-icon></button>
        <b aria-live="polite">${value === undefined ? '–' : `${number(value, 1)}°`}</b>
        <button aria-label="+" ?disabled=${this.disabled || (value !== undefined && value >= max)} @click=${() => move(step)}><g-icon path=${mdiPlus}></g-icon></button>
      </div>`;
  }

  private choice(control: Of<'choice'>): TemplateResult {
    const value = this.value(control.attribute);
    const translated = control.attribute !== 'state' || this.entity.domain === 'climate' || this.entity.domain === 'water_heater';
    const options = options_of(this.entity, control.service, control.param).map((option) => ({ value: option, text: (translated ? word(option) : undefined) ?? option }));
    const label = this.label(control);
    return html`${this.compact ? nothing : html`<span class="label">${label}</span>`}
      <g-choice .options=${options} .value=${typeof value === 'string' ? value : ''} .label=${label} ?list=${this.compact} ?busy=${this.busy(control.attribute)} ?disabled=${this.disabled}
        @change=${(event: CustomEvent<string>) => this.call(control.service, { [control.param]: event.detail })}></g-choice>`;
  }

  private flag(control: Of<'flag'>): TemplateResult {
    const value = this.value(control.attribute);
    const label = this.label(control);
    return html`<div class="row"><span class="grow">${label}</span><g-switch .on=${value === true || value === 'on'} .label=${label} ?busy=${this.busy(control.attribute)} ?disabled=${this.disabled}
      @change=${(event: CustomEvent<boolean>) => this.call(control.service, { [control.param]: event.detail })}></g-switch></div>`;
  }

  private toggle(control: Of<'toggle'>): TemplateResult {
    const on = this.value('state') !== 'off';
    return html`<div class="row"><span class="grow">${word(on ? 'on' : 'off')}</span><g-switch .on=${on} .label=${name_of(this.entity)} ?busy=${this.busy('state')} ?disabled=${this.disabled}
      @change=${(event: CustomEvent<boolean>) => this.call(event.detail ? control.on : control.off)}></g-switch></div>`;
  }

  private async press(button: AnyButton): Promise<void> {
    const args: JsonObject = { ...button.args };
    const format = text_at(this.entity.state, 'code_format');
    if (button.sure && format) {
      const code = (await ask({ heading: t('entity.code'), action: service_word(button.service), fields: [{ key: 'code', label: t('entity.code'), type: 'password' }] }))?.['code'] ?? null;
      if (code === null) return;
      args['code'] = code;
    }
    this.call(button.service, args);
  }

  private buttons(control: Of<'buttons'>): TemplateResult {
    const state = this.value('state');
    const shown = control.buttons.filter((button) => supports(this.entity, button.service)).slice(0, this.compact ? 4 : 12);
    return html`<div class="buttons ${this.compact ? '' : 'many full'}">${shown.map((button) => html`<button aria-label=${`${name_of(this.entity)}: ${service_word(button.service)}`} title=${service_word(button.service)}
      class=${typeof state === 'string' && button.active?.includes(state) ? 'active' : ''} ?disabled=${this.disabled} @click=${() => this.press(button)}>
      <g-icon path=${button.icon}></g-icon>${this.compact ? nothing : html`<span>${service_word(button.service)}</span>`}</button>`)}</div>`;
  }

  private entry(control: Of<'entry'>): TemplateResult {
    const state = control.input === 'datetime-local' ? local_time(this.value('state')) : control.attribute ? this.value(control.attribute)
      : control.input === 'time' ? String(this.value('state')).slice(-8) : control.input === 'date' ? String(this.value('state')).slice(0, 10) : '';
    const send = (event: Event): void => {
      event.preventDefault();
      const field = (event.target as HTMLFormElement).querySelector('input')!;
      const text = field.value;
      if (text === '' && control.input !== 'text') return;
      if (control.input === 'number') return this.call(control.service, { [control.param]: Number(text) });
      const value = control.input === 'time' && text.length === 5 ? `${text}:00` : control.input === 'datetime-local' ? new Date(text).toISOString() : text;
      this.call(control.service, { [control.param]: value });
    };
    const label = control.service === 'send_message' ? t('entity.message') : t('entity.value');
    const hidden = text_at(this.entity.meta, 'mode') === 'password' || text_at(this.entity.state, 'mode') === 'password';
    return html`<form @submit=${send}><input type=${hidden ? 'password' : control.input} step=${control.input === 'number' ? 'any' : '1'} aria-label=${label} placeholder=${label} .value=${state === null || state === undefined ? '' : String(state)} ?disabled=${this.disabled}>
      <button class="button" ?disabled=${this.disabled}>${t('entity.send')}</button></form>`;
  }

  private body(control: AnyControl): TemplateResult {
    switch (control.kind) {
      case 'slider': return this.slider(control);
      case 'buttons': return this.buttons(control);
      case 'toggle': return this.toggle(control);
      case 'entry': return this.entry(control);
      case 'stepper': return this.stepper(control);
      case 'choice': return this.choice(control);
      case 'flag': return this.flag(control);
      case 'colour': return html`<g-colour .page=${this.page} .entity=${this.entity} .service=${control.service} ?disabled=${this.disabled}></g-colour>`;
    }
  }

  override render(): TemplateResult {
    const control = this.control;
    const body = this.body(control);
    return html`<div class=${this.compact ? '' : 'full'}>${body}</div>`;
  }
}

// One entity in a grid: icon, name, state, and what can be done with one finger.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiLockOpenVariant, mdiLock } from '@mdi/js';
import { GableElement, shared } from './base';
import { icon_of, tint_of } from '../domain/icons';
import { availability_of, name_of, reachable, short_name, summary } from '../domain/text';
import { supports } from '../domain/spec';
import { panel_of } from '../controls/table';
import { has_control, service_word } from '../controls/control';
import { failure_text } from './failures';
import { clean, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { href } from '../page';
import { t } from '../i18n';
import './icon';
import './switch';

// Whether it takes two rows of the grid: a control below its name.
export function tile_control(entity: Entity): ReturnType<typeof panel_of>['controls'][number] | undefined {
  return panel_of(entity.domain).controls.find((control) => 'tile' in control && control.tile && has_control(entity, control));
}

@customElement('g-tile')
export class Tile extends GableElement {
  static override styles = [shared, css`
    :host { display: block; min-width: 0; contain: layout style; --slider: 40px; }
    .tile { height: 100%; border-radius: var(--radius); background: var(--surface); border: 1px solid var(--line); box-shadow: var(--shadow); padding: 10px; display: flex; flex-direction: column; gap: 8px; transition: background 0.2s, border-color 0.2s; }
    .tile.lit { background: color-mix(in srgb, var(--tint) 9%, var(--surface)); border-color: color-mix(in srgb, var(--tint) 24%, var(--line)); }
    .head { display: flex; align-items: center; gap: 6px; min-height: 46px; }
    a { display: flex; align-items: center; gap: 11px; flex: 1; min-width: 0; border-radius: 14px; }
    .icon { width: 42px; height: 42px; border-radius: 14px; display: grid; place-items: center; background: var(--surface-2); color: var(--muted); flex: none; --icon: 23px; transition: background 0.2s, color 0.2s; }
    .lit .icon { background: color-mix(in srgb, var(--tint) 20%, var(--surface)); color: color-mix(in srgb, var(--tint) 88%, var(--text)); }
    .name { font-weight: 580; font-size: 0.94rem; line-height: 1.25; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
    .state { font-size: 0.82rem; color: var(--muted); display: block; }
    .failed .state { color: var(--bad); white-space: normal; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }
    .away { background: repeating-linear-gradient(135deg, transparent 0 10px, color-mix(in srgb, var(--muted) 5%, transparent) 10px 20px), var(--surface); }
    .away .icon, .away .name { opacity: 0.55; }
    .act { border: 0; border-radius: 13px; background: var(--surface-2); width: 44px; height: 44px; display: grid; place-items: center; flex: none; }
    .act:hover:not(:disabled) { background: var(--surface-3); }
    .pending .icon { animation: breathe 1s ease-in-out infinite alternate; }
    @keyframes breathe { to { opacity: 0.45; } }
    .tint-light { --tint: var(--t-light); } .tint-blue { --tint: var(--t-blue); } .tint-heat { --tint: var(--t-heat); } .tint-cool { --tint: var(--t-cool); } .tint-media { --tint: var(--t-media); }
    .tint-accent { --tint: var(--accent); } .tint-good { --tint: var(--good); } .tint-bad { --tint: var(--bad); } .tint-warn { --tint: var(--warn); }
  `];
  @property({ attribute: false }) entity!: Entity;
  @property() area = '';  // the room that is already said around it
  @property() label = '';

  protected override subjects(): string[] {
    return [this.entity.id, 'link'];
  }

  private quick(state: unknown): TemplateResult | typeof nothing {
    const entity = this.entity, quick = panel_of(entity.domain).quick;
    if (!quick || text_at(entity.meta, 'schema') === '') return nothing;
    const disabled = !reachable(entity) || this.page.link.status !== 'online';
    const call = (service: string): void => void this.page.commands.call(entity, service);
    const name = name_of(entity);
    if (quick.kind === 'toggle') {
      if (!supports(entity, quick.on) || !supports(entity, quick.off)) return nothing;
      return html`<g-switch .on=${state === 'on' || state === 'home' || state === 'open'} .label=${name} ?busy=${this.page.commands.pending(entity.id) !== undefined} ?disabled=${disabled}
        @change=${(event: CustomEvent<boolean>) => call(event.detail ? quick.on : quick.off)}></g-switch>`;
    }
    if (quick.kind === 'press') {
      return html`<button class="act" aria-label=${`${name}: ${service_word(quick.service)}`} ?disabled=${disabled} @click=${() => call(quick.service)}><g-icon path=${quick.icon}></g-icon></button>`;
    }
    if (text_at(entity.state, 'code_format')) return nothing;
    const locked = state === 'locked' || state === 'locking';
    const service = locked ? 'unlock' : 'lock';
    return html`<button class="act" aria-label=${`${name}: ${service_word(service)}`} title=${service_word(service)} ?disabled=${disabled} @click=${() => call(service)}><g-icon path=${locked ? mdiLockOpenVariant : mdiLock}></g-icon></button>`;
  }

  override render(): TemplateResult {
    const entity = this.entity, commands = this.page.commands;
    const state = commands.value(entity, 'state'), failure = commands.failure(entity.id);
    const there = reachable(entity);
    const tint = there ? tint_of(entity, state) : 'none';
    const pending = commands.pending(entity.id) !== undefined || entity.desired !== undefined;
    const control = tile_control(entity);
    const name = this.label ? clean(this.label) : this.area ? short_name(entity, this.area) : name_of(entity);
    const text = failure ? failure_text(failure) : summary(entity, commands);
    return html`<div class="tile tint-${tint} ${tint === 'none' ? '' : 'lit'} ${there ? '' : 'away'} ${pending ? 'pending' : ''} ${failure ? 'failed' : ''}">
      <div class="head"><a href=${href('entity', entity.id)} data-entity=${entity.id}>
        <span class="icon"><g-icon path=${failure ? mdiAlertCircleOutline : icon_of(entity, state)} name=${failure ? '' : text_at(entity.meta, 'icon')}></g-icon></span>
        <span class="grow"><bdi class="name">${name}</bdi><bdi class="state cut" role=${failure ? 'alert' : nothing} title=${availability_of(entity) === 'online' ? nothing : text}>${text}</bdi></span>
        ${pending ? html`<span class="sr" role="status">${t('entity.pending')}</span>` : nothing}</a>
        ${this.quick(state)}</div>
      ${control ? html`<g-control compact .page=${this.page} .entity=${entity} .control=${control}></g-control>` : nothing}</div>`;
  }
}

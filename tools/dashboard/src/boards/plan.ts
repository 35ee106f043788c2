// A floor plan: a picture of the user's own, with entities where they are.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GableElement, shared, vars } from '../ui/base';
import { read_picture, type Place } from './files';
import { icon_of, tint_of } from '../domain/icons';
import { name_of, reachable, state_text } from '../domain/text';
import { panel_of } from '../controls/table';
import { clean, number_at, text_at } from '../store/documents';
import { href } from '../page';
import { number, t } from '../i18n';
import '../ui/icon';

@customElement('g-plan')
export class Plan extends GableElement {
  static override styles = [shared, css`
    :host { overflow-x: auto; }
    .plan { min-width: 620px; position: relative; container-type: inline-size; overflow: hidden; border-radius: 16px; }
    img { width: 100%; display: block; filter: var(--plan-filter); }
    .place { position: absolute; left: var(--x); top: var(--y); transform: translate(-50%, -50%); display: grid; justify-items: center; gap: 2px; border: 0; background: none; padding: 0; min-width: 44px; }
    .dot { width: clamp(34px, 5.2cqw, 54px); aspect-ratio: 1; border-radius: 50%; background: var(--surface); border: 1px solid var(--line); color: var(--muted); display: grid; place-items: center; box-shadow: 0 2px 8px rgb(0 0 0 / 0.16); --icon: clamp(18px, 2.8cqw, 28px); transition: background 0.2s, box-shadow 0.3s; }
    .lit .dot { background: var(--tint); color: var(--on-tint); border-color: transparent; box-shadow: 0 0 0 clamp(4px, 1cqw, 12px) color-mix(in srgb, var(--tint) 25%, transparent); }
    .away .dot { opacity: 0.4; } .pending .dot { opacity: 0.6; }
    .text { font-size: clamp(0.68rem, 1.3cqw, 0.9rem); font-weight: 580; background: color-mix(in srgb, var(--surface) 86%, transparent); border-radius: 8px; padding: 1px 7px; white-space: nowrap; }
    .tint-light { --tint: var(--t-light); } .tint-blue { --tint: var(--t-blue); } .tint-heat { --tint: var(--t-heat); } .tint-cool { --tint: var(--t-cool); } .tint-media { --tint: var(--t-media); } .tint-accent { --tint: var(--accent); } .tint-good { --tint: var(--good); } .tint-bad { --tint: var(--bad); } .tint-warn { --tint: var(--warn); }
  `];
  @property() image = '';
  @property({ attribute: false }) places: Place[] = [];
  @state() private url_ = '';
  @state() private error_ = '';

  protected override subjects(): string[] {
    return [...new Set(this.places.map((place) => place.entity))];
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('image')) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.url_);
  }

  private async load(): Promise<void> {
    try {
      const url = await read_picture(this.image);
      URL.revokeObjectURL(this.url_);
      [this.url_, this.error_] = [url, ''];
    } catch (error) {
      this.error_ = (error as Error).message;
    }
  }

  private place(place: Place): TemplateResult | typeof nothing {
    const { house, commands } = this.page;
    const entity = house.entities.get(place.entity);
    if (!entity) return html`<span class="place away" ${vars({ '--x': `${place.x}%`, '--y': `${place.y}%` })}><span class="text">${t('boards.unknown_entity', { id: clean(place.entity) })}</span></span>`;
    const value = commands.value(entity, 'state'), there = reachable(entity), tint = there ? tint_of(entity, value) : 'none';
    const quick = panel_of(entity.domain).quick, toggles = quick?.kind === 'toggle';
    const now = number_at(entity.state, 'current_temperature');
    const told = entity.domain === 'sensor' ? state_text(entity, value) : now !== undefined ? `${number(now, 1)}°` : '';
    const classes = `place tint-${tint} ${tint === 'none' ? '' : 'lit'} ${there ? '' : 'away'} ${commands.pending(entity.id) ? 'pending' : ''}`;
    const inner = html`<span class="dot"><g-icon path=${icon_of(entity, value)} name=${text_at(entity.meta, 'icon')}></g-icon></span>${place.label || told ? html`<bdi class="text">${clean(place.label, 40)} ${told}</bdi>` : nothing}`;
    const where = vars({ '--x': `${place.x}%`, '--y': `${place.y}%` });
    if (!toggles) return html`<a class=${classes} ${where} href=${href('entity', entity.id)} aria-label=${`${name_of(entity)}: ${state_text(entity, value)}`} data-entity=${entity.id}>${inner}</a>`;
    const on = value === 'on';
    return html`<button class=${classes} ${where} role="switch" aria-checked=${on ? 'true' : 'false'} aria-label=${name_of(entity)} data-entity=${entity.id} ?disabled=${!there} @click=${() => void commands.call(entity, on ? quick.off : quick.on)}>${inner}</button>`;
  }

  override render(): TemplateResult {
    if (this.error_) return html`<p class="muted">${clean(this.error_, 200)}</p>`;
    return html`<div class="plan">${this.url_ ? html`<img src=${this.url_} alt=${t('boards.plan')}>` : nothing}${this.places.map((place) => this.place(place))}</div>`;
  }
}

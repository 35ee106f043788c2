// A wide slider that fills as it is moved. Underneath is the browser's own, for keys and screen readers. Fires `change`
// with the value when it is let go.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GableElement, shared, vars } from './base';
import './icon';

@customElement('g-slider')
export class Slider extends GableElement {
  static override styles = [shared, css`
    :host { display: block; min-width: 0; }
    .track { position: relative; height: var(--slider, 40px); border-radius: 12px; overflow: hidden; background: var(--surface-2); touch-action: pan-y; }
    .fill { position: absolute; inset: 0; background: var(--tint, var(--accent)); opacity: 0.9; transform-origin: left; clip-path: inset(0 calc(100% - var(--fill)) 0 0); }
    .track.off .fill { background: var(--muted); opacity: 0.25; }
    .track.kelvin { background: linear-gradient(90deg, #ffb45a, #fff1dd 55%, #cfe2ff); }
    .track.kelvin .fill { display: none; }
    .handle { position: absolute; top: 8px; bottom: 8px; width: 4px; border-radius: 4px; background: #fff; box-shadow: 0 0 2px rgb(0 0 0 / 0.45); left: calc(6px + (100% - 16px) * var(--part)); pointer-events: none; }
    .head { display: flex; gap: 8px; align-items: center; margin-bottom: 6px; --icon: 18px; }
    input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; touch-action: pan-y; }
    .track:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
    .busy .fill { animation: pulse 1.2s ease-in-out infinite alternate; }
    @keyframes pulse { to { opacity: 0.5; } }
  `];
  @property({ type: Number }) value = 0;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 100;
  @property({ type: Number }) step = 1;
  @property() label = '';
  @property() icon = '';
  @property() look = '';
  @property({ type: Boolean }) off = false;      // shown, but nothing is on
  @property({ type: Boolean }) unset = false;    // there is no value
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) disabled = false;
  @property({ type: Boolean }) titled = false;
  @property({ attribute: false }) text: (value: number) => string = String;
  @state() private dragged_: number | null = null;

  private moved(event: Event): void {
    this.dragged_ = Number((event.target as HTMLInputElement).value);
  }

  private let_go(event: Event): void {
    this.dragged_ = null;
    const value = Number((event.target as HTMLInputElement).value);
    this.dispatchEvent(new CustomEvent<number>('change', { detail: value }));
  }

  override render(): TemplateResult {
    const value = this.dragged_ ?? this.value;
    const part = Math.min(1, Math.max(0, (value - this.min) / (this.max - this.min || 1)));
    const unset = this.unset && this.dragged_ === null;
    const text = unset ? '–' : this.text(value);
    const classes = `track ${this.look} ${this.off && this.dragged_ === null ? 'off' : ''} ${this.busy ? 'busy' : ''}`;
    return html`${this.titled ? html`<div class="head small"><g-icon path=${this.icon}></g-icon><span class="grow">${this.label}</span><b>${text}</b></div>` : nothing}
      <div class=${classes} ${vars({ '--part': part, '--fill': `calc(14px + (100% - 14px) * ${part})` })}>
        <div class="fill"></div>${unset && this.look === 'kelvin' ? nothing : html`<div class="handle"></div>`}
        <input type="range" min=${this.min} max=${this.max} step=${this.step} .value=${String(value)} ?disabled=${this.disabled}
          aria-label=${this.label} aria-valuetext=${text} @input=${this.moved} @change=${this.let_go}>
      </div>`;
  }
}

// One of a few: side by side while they fit, else the browser's own list. Fires `change` with the option.
import { html, css, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { clean } from '../store/documents';

@customElement('g-choice')
export class Choice extends GableElement {
  static override styles = [shared, css`
    .options { display: flex; flex-wrap: wrap; gap: 4px; background: var(--surface-2); border-radius: 14px; padding: 4px; }
    .options button { flex: 1 1 auto; border: 0; background: transparent; border-radius: 11px; min-height: 38px; padding: 4px 14px; font-weight: 560; font-size: 0.9rem; color: var(--muted); }
    .options button:hover { color: var(--text); }
    .options button[aria-checked='true'] { background: var(--raised); color: var(--text); box-shadow: 0 1px 3px rgb(0 0 0 / 0.14); }
    .busy button[aria-checked='true'] { opacity: 0.6; }
    select { appearance: none; background-image: linear-gradient(45deg, transparent 50%, var(--muted) 50%), linear-gradient(-45deg, transparent 50%, var(--muted) 50%); background-position: right 20px center, right 15px center; background-size: 5px 5px; background-repeat: no-repeat; padding-right: 36px; min-height: var(--slider, 40px); padding-block: 4px; }
  `];
  @property({ attribute: false }) options: readonly { value: string; text: string }[] = [];
  @property() value = '';
  @property() label = '';
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) disabled = false;
  @property({ type: Boolean }) list = false;  // always the list

  private choose(value: string): void {
    this.dispatchEvent(new CustomEvent<string>('change', { detail: value }));
  }

  // The arrow keys go round, as in every radio group.
  private keyed(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }

  override render(): TemplateResult {
    const options = this.options.slice(0, 500);
    const letters = options.reduce((sum, option) => sum + option.text.length, 0);
    if (this.list || options.length > 6 || letters > 52) {
      const known = options.some((option) => option.value === this.value);
      return html`<select aria-label=${this.label} ?disabled=${this.disabled} @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
        ${known ? '' : html`<option value="" selected disabled>–</option>`}
        ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === this.value}>${clean(option.text, 60)}</option>`)}
      </select>`;
    }
    return html`<div class="options ${this.busy ? 'busy' : ''}" role="radiogroup" aria-label=${this.label} @keydown=${this.keyed}>
      ${options.map((option, index) => html`<button role="radio" aria-checked=${option.value === this.value ? 'true' : 'false'} ?disabled=${this.disabled}
        tabindex=${option.value === this.value || (index === 0 && !options.some((one) => one.value === this.value)) ? 0 : -1}
        @click=${() => this.choose(option.value)}>${clean(option.text, 40)}</button>`)}</div>`;
  }
}

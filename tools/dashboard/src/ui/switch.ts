// On or off: a switch with the role of one. Fires `change` with the state that is wanted.
import { html, css, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { GableElement, shared } from './base';

@customElement('g-switch')
export class Switch extends GableElement {
  static override styles = [shared, css`
    :host { display: inline-block; flex: none; }
    button { border: 0; padding: 0; width: 52px; height: 44px; background: transparent; display: grid; place-items: center; border-radius: 14px; }
    span { width: 48px; height: 28px; border-radius: 999px; background: var(--surface-3); position: relative; transition: background 0.18s; }
    span::after { content: ''; position: absolute; left: 3px; top: 3px; width: 22px; height: 22px; border-radius: 50%; background: #fff; box-shadow: 0 1px 3px rgb(0 0 0 / 0.25); transition: transform 0.18s; }
    button[aria-checked='true'] span { background: var(--tint, var(--accent)); }
    button[aria-checked='true'] span::after { transform: translateX(20px); }
    button[aria-busy='true'] span { opacity: 0.6; }
  `];
  @property({ type: Boolean }) on = false;
  @property({ type: Boolean }) busy = false;
  @property({ type: Boolean }) disabled = false;
  @property() label = '';

  private pressed(): void {
    this.dispatchEvent(new CustomEvent<boolean>('change', { detail: !this.on }));
  }

  override render(): TemplateResult {
    return html`<button role="switch" aria-checked=${this.on ? 'true' : 'false'} aria-busy=${this.busy ? 'true' : 'false'}
      aria-label=${this.label} ?disabled=${this.disabled} @click=${this.pressed}><span></span></button>`;
  }
}

// Lines at the bottom that go by themselves: what did not work, and small confirmations.
import { html, css, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiCheck, mdiClose } from '@mdi/js';
import { GableElement, shared } from './base';
import type { Toast } from '../page';
import { t } from '../i18n';
import './icon';

const kShown = 6_000;  // ms
const kMany = 3;

@customElement('g-toasts')
export class Toasts extends GableElement {
  static override styles = [shared, css`
    :host { position: fixed; z-index: 30; left: 0; right: 0; bottom: calc(var(--nav, 0px) + 14px + env(safe-area-inset-bottom)); display: grid; justify-items: center; gap: 8px; pointer-events: none; }
    .toast { pointer-events: auto; background: var(--text); color: var(--bg); border-radius: 16px; padding: 6px 6px 6px 16px; display: flex; gap: 12px; align-items: center; max-width: min(560px, calc(100vw - 28px)); box-shadow: 0 10px 30px rgb(0 0 0 / 0.25); animation: rise 0.2s ease-out; --icon: 20px; }
    .icon-button { width: 36px; height: 36px; } .icon-button:hover { background: rgb(128 128 128 / 0.3); }
    @keyframes rise { from { transform: translateY(12px); opacity: 0; } }
  `];
  @state() private toasts_: Toast[] = [];

  show(toast: Toast): void {
    this.toasts_ = [...this.toasts_.slice(1 - kMany), toast];
    setTimeout(() => this.remove_one(toast), kShown);
  }

  private remove_one(toast: Toast): void {
    this.toasts_ = this.toasts_.filter((one) => one !== toast);
  }

  override render(): TemplateResult {
    return html`<div role="status" aria-live="polite">${this.toasts_.map((toast) => html`<div class="toast"><g-icon path=${toast.kind === 'bad' ? mdiAlertCircleOutline : mdiCheck}></g-icon>
      <bdi class="grow">${toast.text}</bdi><button class="icon-button" aria-label=${t('app.close')} @click=${() => this.remove_one(toast)}><g-icon path=${mdiClose}></g-icon></button></div>`)}</div>`;
  }
}

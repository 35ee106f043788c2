// Who is there, and where is the broker: only when the broker asks, or when somebody wants another one.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GableElement, shared } from '../ui/base';
import { logo } from '../ui/logo';
import { is_address, save_settings } from '../store/settings';
import { t } from '../i18n';

@customElement('g-login')
export class Login extends GableElement {
  static override styles = [shared, css`
    :host { min-height: 100vh; min-height: 100dvh; display: grid; place-items: center; padding: 24px; }
    form { width: min(400px, 100%); display: grid; gap: 14px; padding: 34px 30px; }
    .logo { width: 56px; height: 56px; margin-bottom: 4px; }
    label { display: grid; gap: 6px; font-size: 0.86rem; font-weight: 560; }
    label.check { display: flex; align-items: center; gap: 10px; font-weight: 450; }
    label.check input { width: 20px; height: 20px; accent-color: var(--accent); }
    .error { color: var(--bad); font-size: 0.9rem; }
    summary { cursor: pointer; color: var(--muted); font-size: 0.86rem; padding: 6px 0; }
    details { display: grid; gap: 14px; } details label { margin-top: 10px; }
    .button { min-height: 48px; margin-top: 6px; }
  `];
  @property() problem = '';
  @state() private wrong_address_ = false;

  private submit(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    this.wrong_address_ = !is_address(text('url'));
    if (this.wrong_address_) return;
    const settings = this.page.settings;
    const other = text('url') !== settings.url;
    Object.assign(settings, { url: text('url'), root: text('root') || 'gable', user: text('user'), password: String(data.get('password') ?? ''), keep: data.get('keep') !== null });
    save_settings(settings);
    // Once narrowed to one broker, the page's policy stays so until it is loaded again.
    if (other && document.documentElement.dataset['locked']) return location.reload();
    this.dispatchEvent(new CustomEvent('login', { bubbles: true, composed: true }));
  }

  override render(): TemplateResult {
    const { user, url, root, keep } = this.page.settings;
    return html`<form class="card" @submit=${this.submit}>
      ${logo()}<h1>${t('login.title')}</h1><p class="muted small">${t('login.help')}</p>
      <label>${t('login.user')}<input type="text" name="user" .value=${user} autocomplete="username" autocapitalize="none" spellcheck="false"></label>
      <label>${t('login.password')}<input type="password" name="password" autocomplete="current-password"></label>
      <label class="check"><input type="checkbox" name="keep" .checked=${keep}>${t('login.keep')}</label>
      <details ?open=${this.wrong_address_}><summary>${t('login.more')}</summary>
        <label>${t('login.broker')}<input type="url" name="url" .value=${url} spellcheck="false"></label>
        <label>${t('login.root')}<input type="text" name="root" .value=${root} autocapitalize="none" spellcheck="false"></label></details>
      ${this.wrong_address_ ? html`<p class="error" role="alert">${t('login.bad_address')}</p>` : this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
      <button class="button primary">${t('login.in')}</button></form>`;
  }
}

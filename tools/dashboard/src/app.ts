// The frame: connection, login, navigation, and the page that the address names (#/entity/light.kitchen).
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiCogOutline, mdiDevices, mdiFormatListBulleted, mdiHomeVariantOutline, mdiHomeVariant, mdiLanDisconnect, mdiRobotOutline, mdiRobot, mdiViewDashboardOutline, mdiArrowLeft } from '@mdi/js';
import { Page } from './page';
import { GableElement, shared } from './ui/base';
import { logo } from './ui/logo';
import type { Toasts } from './ui/toasts';
import { failure_text } from './ui/failures';
import { lock_to } from './policy';
import { name_of } from './domain/text';
import { save_settings } from './store/settings';
import { text_at } from './store/documents';
import { type Key, set_language, t } from './i18n';
import { view } from './routes';
import './ui/toasts';
import './ui/icon';
import './ui/kiosk';
import './pages/login';

const kPlaces: [string, Key, string, string][] = [
  ['', 'app.home', mdiHomeVariantOutline, mdiHomeVariant],
  ['boards', 'app.boards', mdiViewDashboardOutline, mdiViewDashboardOutline],
  ['rules', 'app.rules', mdiRobotOutline, mdiRobot],
  ['devices', 'app.devices', mdiDevices, mdiDevices],
  ['all', 'app.all', mdiFormatListBulleted, mdiFormatListBulleted],
  ['settings', 'app.settings', mdiCogOutline, mdiCogOutline],
];
// Where a page without a place of its own belongs.
const kParents: Record<string, string> = { rule: 'rules', device: 'devices', area: '', entity: '', problems: 'devices', board: 'boards' };
const kInKiosk = new Set(['', 'area', 'entity', 'boards', 'board']);

function route(): string[] {
  try {
    return location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  } catch {
    return [''];
  }
}

@customElement('gable-app')
export class App extends GableElement {
  static override styles = [shared, css`
    :host { display: block; --nav: 0px; }
    .frame { display: grid; grid-template-columns: 232px minmax(0, 1fr); min-height: calc(100vh / var(--zoom)); }
    nav { position: sticky; top: 0; height: calc(100vh / var(--zoom)); padding: 22px 14px; display: flex; flex-direction: column; gap: 4px; overflow: auto; }
    .brand { display: flex; align-items: center; gap: 12px; padding: 4px 10px 20px; font-weight: 650; font-size: 1.06rem; letter-spacing: -0.01em; min-width: 0; }
    .brand .logo { width: 34px; height: 34px; flex: none; }
    nav a.place { display: flex; align-items: center; gap: 14px; min-height: 48px; padding: 0 14px; border-radius: 16px; color: var(--muted); font-weight: 560; }
    nav a.place:hover { background: var(--surface-2); }
    nav a.place[aria-current] { background: var(--accent-soft); color: var(--accent); }
    .status { margin-top: auto; display: flex; gap: 10px; align-items: center; padding: 10px 14px; font-size: 0.8rem; color: var(--muted); }
    .dot { width: 9px; height: 9px; border-radius: 50%; background: var(--good); flex: none; } .dot.bad { background: var(--bad); } .dot.warn { background: var(--t-light); }
    main, main:focus-visible { min-width: 0; outline: none; }
    .banner { display: flex; gap: 12px; align-items: center; padding: 10px 22px; background: var(--warn-soft); color: var(--warn); font-size: 0.9rem; position: sticky; top: 0; z-index: 5; --icon: 20px; }
    .banner .button { flex: none; min-height: 34px; background: transparent; border: 1px solid currentColor; }
    .loading { min-height: 70vh; display: grid; place-content: center; justify-items: center; gap: 18px; color: var(--muted); }
    .loading .logo { width: 72px; animation: breathe 1.4s ease-in-out infinite alternate; }
    @keyframes breathe { to { opacity: 0.35; } }
    .skip { position: absolute; left: -999px; top: 8px; z-index: 40; } .skip:focus { left: 8px; background: var(--surface); padding: 12px 16px; border-radius: 12px; }
    .kiosk .frame { grid-template-columns: minmax(0, 1fr); }
    .back { position: fixed; z-index: 6; left: 14px; bottom: 14px; width: 60px; height: 60px; border-radius: 22px; background: var(--accent); color: var(--on-accent); display: grid; place-items: center; box-shadow: 0 8px 24px rgb(0 0 0 / 0.25); }
    @media (max-width: 1100px) {
      .frame { grid-template-columns: 84px minmax(0, 1fr); }
      nav { padding: 16px 10px; align-items: stretch; } .brand { justify-content: center; padding: 4px 0 16px; } .brand span, .status span.text { display: none; } .status { justify-content: center; }
      nav a.place { flex-direction: column; gap: 3px; font-size: 0.69rem; padding: 9px 2px; min-height: 60px; justify-content: center; text-align: center; }
    }
    @media (max-width: 720px) {
      :host { --nav: 66px; }
      .frame { display: block; padding-bottom: calc(var(--nav) + env(safe-area-inset-bottom)); }
      nav { position: fixed; z-index: 10; inset: auto 0 0 0; top: auto; height: auto; flex-direction: row; gap: 0; padding: 4px 6px calc(4px + env(safe-area-inset-bottom)); background: color-mix(in srgb, var(--surface) 94%, transparent); backdrop-filter: blur(14px); border-top: 1px solid var(--line); }
      .brand, .status { display: none; }
      nav a.place { flex: 1; min-width: 0; min-height: 56px; padding: 4px 0; border-radius: 14px; font-size: 0.64rem; letter-spacing: -0.015em; }
      nav a.place span { max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } nav a.place[aria-current] { background: transparent; }
    }
  `];
  @state() private route_ = route();
  @state() private entered_ = false;  // has been connected once
  @query('g-toasts') private toasts_!: Toasts;
  @query('main') private main_!: HTMLElement;

  constructor() {
    super();
    this.page = new Page();
    set_language(this.page.settings.language);
    this.page.toast = (toast) => this.toasts_?.show(toast);
    this.page.commands.on_failure = (entity, failure) => this.page.toast({ kind: 'bad', text: t('failure.of', { name: name_of(entity), reason: failure_text(failure) }) });
    this.dress();
  }

  protected override subjects(): string[] {
    return ['link', 'hub', 'structure', 'areas', 'problems'];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', () => this.moved());
    addEventListener('visibilitychange', () => document.hidden || this.page.link.hurry());
    addEventListener('online', () => this.page.link.hurry());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.dress());
    this.addEventListener('login', () => this.enter());
    this.addEventListener('logout', () => this.leave());
    this.addEventListener('dress', () => this.dress());
    this.enter();
  }

  private dress(): void {
    const { theme } = this.page.settings;
    const dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    document.documentElement.toggleAttribute('data-kiosk', this.page.kiosk.on);
  }

  private enter(): void {
    lock_to(this.page.settings.url);
    this.page.open();
  }

  private leave(): void {
    this.page.forget();
    save_settings(this.page.settings);
    location.hash = '';
    location.reload();
  }

  private moved(): void {
    this.route_ = route();
    scrollTo(0, 0);
    this.main_?.focus({ preventScroll: true });
  }

  private banner(): TemplateResult | typeof nothing {
    const { link, house } = this.page;
    const text = link.status !== 'online' ? t(house.loaded || link.reason === 'unreachable' ? 'link.lost' : 'link.connecting') : house.loaded && !house.hub_online && house.hub.status ? t('link.hub_offline') : house.denied.length ? t('link.denied', { what: house.denied.join(', ') }) : '';
    if (!text) return nothing;
    return html`<div class="banner" role="status"><g-icon path=${mdiLanDisconnect}></g-icon><span class="grow">${text}</span>
      ${link.status === 'online' ? nothing : html`<button class="button" @click=${() => link.hurry()}>${t('app.try_again')}</button>`}</div>`;
  }

  private nav(): TemplateResult {
    const { house, link } = this.page;
    const first = this.route_[0] ?? '', place = kParents[first] ?? first;
    const dot = link.status !== 'online' ? 'bad' : house.hub_online ? (house.problems.size ? 'warn' : '') : 'bad';
    return html`<nav aria-label=${t('app.main_navigation')}><div class="brand">${logo()}<span class="cut"><bdi>${house.name || 'Gable'}</bdi></span></div>
      ${kPlaces.map(([to, key, icon, active]) => html`<a class="place" href=${`#/${to}`} aria-current=${place === to ? 'page' : nothing}><g-icon path=${place === to ? active : icon}></g-icon><span>${t(key)}</span></a>`)}
      <a class="status" href="#/problems"><span class="dot ${dot}"></span><span class="text">${link.status === 'online' ? t('devices.hub') : ''} ${text_at(house.hub.info, 'version')}</span>${house.problems.size ? html`<g-icon path=${mdiAlertCircleOutline}></g-icon>` : nothing}</a></nav>`;
  }

  private waiting(): TemplateResult {
    const { link, settings } = this.page;
    const text = link.reason === 'unreachable' ? t('link.unreachable', { url: settings.url }) : link.status === 'online' ? t('app.loading') : t('link.connecting');
    return html`<div class="loading" role="status">${logo()}<span>${text}</span>${link.reason === 'unreachable' ? html`<button class="button" @click=${() => this.page.link.close()}>${t('login.more')}</button>` : nothing}</div>`;
  }

  override render(): TemplateResult {
    const { link, house, kiosk, settings } = this.page;
    this.entered_ ||= house.loaded || house.entities.size > 0;
    if (link.status === 'refused' || link.status === 'idle') {
      const problem = link.status === 'idle' ? '' : link.reason === 'not_authorized' ? t(settings.user ? 'login.wrong' : 'login.needed') : link.reason;
      return html`<g-login .page=${this.page} .problem=${problem}></g-login>`;
    }
    if (!this.entered_) return this.waiting();
    const path = kiosk.on && !kInKiosk.has(this.route_[0] ?? '') ? [''] : this.route_;
    return html`<div class=${kiosk.on ? 'kiosk' : ''}><a class="skip" href="#main" @click=${(event: Event) => { event.preventDefault(); this.main_.focus(); }}>${t('app.skip')}</a>
      <div class="frame">${kiosk.on ? nothing : this.nav()}<main id="main" tabindex="-1">${this.banner()}${view(this.page, path)}</main></div>
      ${kiosk.on && path[0] ? html`<a class="back" href="#/" aria-label=${t('app.back')}><g-icon path=${mdiArrowLeft}></g-icon></a>` : nothing}
      ${kiosk.on ? html`<g-kiosk .page=${this.page}></g-kiosk>` : nothing}</div><g-toasts .page=${this.page}></g-toasts>`;
  }
}

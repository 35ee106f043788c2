// How the page looks, who is logged in, and the address for a tablet on the wall.
import { html, css, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { mdiLogout } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { layout } from '../ui/layout';
import { type Theme, save_settings } from '../store/settings';
import { clean, text_at } from '../store/documents';
import { kLanguages, t } from '../i18n';
import '../ui/choice';
import '../ui/icon';

@customElement('g-settings')
export class SettingsPage extends GableElement {
  static override styles = [shared, layout, css`.field { display: grid; gap: 8px; } .field span { font-size: 0.86rem; color: var(--muted); } g-choice { max-width: 480px; }`];

  protected override subjects(): string[] {
    return ['hub', 'link'];
  }

  private set_theme(theme: Theme): void {
    this.page.settings.theme = theme;
    save_settings(this.page.settings);
    this.dispatchEvent(new CustomEvent('dress', { bubbles: true, composed: true }));
    this.requestUpdate();
  }

  private set_language(language: string): void {
    this.page.settings.language = language;
    save_settings(this.page.settings);
    location.reload();
  }

  override render(): TemplateResult {
    const { settings, house } = this.page;
    const themes = (['auto', 'light', 'dark'] as const).map((value) => ({ value, text: t(`settings.${value}`) }));
    const languages = [{ value: '', text: t('settings.browser') }, ...kLanguages.map(([value, text]) => ({ value: value as string, text: text as string }))];
    const kiosk = `${location.origin}${location.pathname}?kiosk&wake=binary_sensor.hall_motion&dim=22:30-06:30&idle=120`;
    return html`<div class="page narrow"><header class="top"><h1>${t('app.settings')}</h1></header>
      <section class="card pad stack"><h2>${t('settings.look')}</h2>
        <div class="field"><span>${t('settings.theme')}</span><g-choice .options=${themes} .value=${settings.theme} .label=${t('settings.theme')} @change=${(event: CustomEvent<Theme>) => this.set_theme(event.detail)}></g-choice></div>
        <div class="field"><span>${t('settings.language')}</span><g-choice .options=${languages} .value=${settings.language} .label=${t('settings.language')} @change=${(event: CustomEvent<string>) => this.set_language(event.detail)}></g-choice></div></section>
      <section class="card pad stack"><h2>${t('settings.account')}</h2><dl><dt>${t('login.broker')}</dt><dd><bdi>${settings.url}</bdi></dd><dt>${t('login.user')}</dt><dd><bdi>${settings.user || t('settings.nobody')}</bdi></dd><dt>${t('login.root')}</dt><dd><bdi>${settings.root}</bdi></dd></dl>
        <div><button class="button" @click=${() => this.dispatchEvent(new CustomEvent('logout', { bubbles: true, composed: true }))}><g-icon path=${mdiLogout}></g-icon>${t('login.out')}</button></div></section>
      <section class="card pad stack"><h2>${t('settings.kiosk')}</h2><p class="muted small">${t('settings.kiosk_help')}</p><pre>${kiosk}</pre></section>
      <section class="card pad stack"><h2>${t('settings.about')}</h2><dl><dt>${t('devices.hub')}</dt><dd><bdi>${clean(`${text_at(house.hub.info, 'program')} ${text_at(house.hub.info, 'version')}`)}</bdi></dd></dl></section></div>`;
  }
}

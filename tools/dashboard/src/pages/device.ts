// One device: what it is, and all of its entities, also those that no room shows.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mdiDeleteOutline, mdiDevices, mdiPencilOutline } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { tiles } from '../ui/lazy';
import { ask_about_device } from '../ui/customize';
import { ask } from '../ui/dialog';
import { error_text } from '../ui/failures';
import { type Device, devices_of } from '../store/devices';
import { clean, is_object, number_at } from '../store/documents';
import { count, t } from '../i18n';

@customElement('g-device')
export class DevicePage extends GableElement {
  static override styles = [shared, layout, css`.blocks { display: grid; gap: 10px; }`];
  @property() device = '';

  protected override subjects(): string[] {
    return ['structure'];
  }

  private async forget(device: Device): Promise<void> {
    if (await ask({ heading: t('devices.forget'), help: t('devices.forget_sure', { name: device.name }), action: t('entity.forget'), danger: true }) === null) return;
    try {
      const answer = await this.page.asks.request('forget', { device: device.id });
      this.page.toast({ kind: 'info', text: count('entity.forgotten', (is_object(answer) ? number_at(answer, 'forgotten') : undefined) ?? 1) });
      location.hash = '#/devices';
    } catch (error) {
      this.page.toast({ kind: 'bad', text: error_text(error) });
    }
  }

  override render(): TemplateResult {
    const device = devices_of(this.page.house).get(this.device);
    if (!device && !this.page.house.loaded) return html`<div class="page"><p class="muted">${t('app.loading')}</p></div>`;
    if (!device) return html`<div class="page">${empty(mdiDevices, t('devices.gone', { id: clean(this.device) }))}</div>`;
    return html`<div class="page narrow"><header class="top"><h1><bdi>${device.name}</bdi></h1></header>
      <section class="card pad"><dl><dt>Id</dt><dd><code><bdi>${clean(device.id, 200)}</bdi></code></dd><dt>${t('devices.model')}</dt><dd><bdi>${device.model || '–'}</bdi></dd>
        ${device.version ? html`<dt>${t('devices.version')}</dt><dd><bdi>${device.version}</bdi></dd>` : nothing}${device.via ? html`<dt></dt><dd><bdi>${t('devices.via', { name: device.via })}</bdi></dd>` : nothing}</dl></section>
      <div><button class="button primary" @click=${() => ask_about_device(this.page, device)}><g-icon path=${mdiPencilOutline}></g-icon>${t('customize.title')}</button></div>
      <div class="blocks">${tiles(this.page, device.entities)}</div>
      <div><button class="button bad" @click=${() => this.forget(device)}><g-icon path=${mdiDeleteOutline}></g-icon>${t('devices.forget')}</button></div></div>`;
  }
}

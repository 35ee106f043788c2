// The machinery: hub, bridges and devices, how they are, and what is wrong with them.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { mdiBridge, mdiDevices, mdiRefresh, mdiPlusCircleOutline } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { ask_about_device } from '../ui/customize';
import { error_text } from '../ui/failures';
import { problem_rows } from './problems';
import { type Device, devices_of, without_room } from '../store/devices';
import { type JsonObject, clean, number_at, text_at } from '../store/documents';
import type { Bridge } from '../store/house';
import { icon_of } from '../domain/icons';
import { reachable } from '../domain/text';
import { href } from '../page';
import { count, number, span, t, word } from '../i18n';
import '../ui/icon';

const kShown = 400;
const kFresh = 20;

@customElement('g-devices')
export class Devices extends GableElement {
  static override styles = [shared, layout, css`
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); gap: 14px; }
    .bridge { display: grid; gap: 12px; align-content: start; }
    .figures { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.85rem; color: var(--muted); font-variant-numeric: tabular-nums; }
    .problem { align-items: flex-start !important; }
    .devices { grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); display: grid; gap: 10px; }
    .devices a { padding: 12px 14px; display: flex; gap: 12px; align-items: center; content-visibility: auto; contain-intrinsic-size: auto 66px; } .devices a:hover { border-color: var(--accent); }
  `];

  protected override subjects(): string[] {
    return ['bridges', 'hub', 'structure', 'problems', 'link'];
  }

  private figures(health: JsonObject | undefined): TemplateResult | typeof nothing {
    if (!health) return nothing;
    const uptime = number_at(health, 'uptime'), messages = number_at(health, 'messages_in'), errors = number_at(health, 'errors'), memory = number_at(health, 'resident_kib');
    return html`<div class="figures">${uptime !== undefined ? html`<span>${t('devices.uptime', { time: span(uptime) })}</span>` : nothing}${messages !== undefined ? html`<span>${t('devices.messages', { n: number(messages) })}</span>` : nothing}
      ${errors ? html`<span>${t('devices.errors', { n: number(errors) })}</span>` : nothing}${memory !== undefined ? html`<span>${t('devices.memory', { n: number(memory / 1024, 1) })}</span>` : nothing}</div>`;
  }

  private head(icon: string, name: string, status: string, info: JsonObject | undefined): TemplateResult {
    const style = status === 'online' ? 'good' : status === 'degraded' ? 'warn' : 'bad';
    return html`<div class="row"><span class="badge ${style}"><g-icon path=${icon}></g-icon></span><div class="grow"><bdi class="title">${clean(name, 60)}</bdi><span class="muted small"><bdi>${clean(`${text_at(info, 'program')} ${text_at(info, 'version')}`, 80)}</bdi></span></div><span class="chip ${style}">${word(status || 'unknown') ?? clean(status, 20)}</span></div>`;
  }

  private bridge(bridge: Bridge, devices: number): TemplateResult {
    const reason = clean(text_at(bridge.status, 'reason'), 200), summary = clean(text_at(bridge.info, 'summary'), 200);
    return html`<section class="card pad bridge" data-bridge=${bridge.id}>${this.head(mdiBridge, bridge.id, text_at(bridge.status, 'status'), bridge.info)}
      ${reason ? html`<div class="note bad small"><bdi>${reason}</bdi></div>` : nothing}${summary ? html`<p class="small muted"><bdi>${summary}</bdi></p>` : nothing}
      <div class="figures"><span>${t('devices.of_bridge', { n: devices })}</span></div>${this.figures(bridge.health)}
      <div><button class="button" @click=${() => this.refresh(bridge.id)}><g-icon path=${mdiRefresh}></g-icon>${t('devices.refresh')}</button></div></section>`;
  }

  private async refresh(bridge: string): Promise<void> {
    try {
      await this.page.asks.request('refresh', { bridge });
      this.page.toast({ kind: 'info', text: t('devices.refreshed') });
    } catch (error) {
      this.page.toast({ kind: 'bad', text: error_text(error) });
    }
  }

  private device(device: Device): TemplateResult {
    const away = device.entities.some((entity) => !reachable(entity));
    return html`<a class="card" href=${href('device', device.id)}><span class="badge ${away ? 'bad' : ''}"><g-icon path=${icon_of(device.entities[0]!, device.entities[0]!.state?.['state'])}></g-icon></span><span class="grow"><bdi class="title cut">${device.name}</bdi><bdi class="muted small cut">${device.model || device.bridge} · ${count('devices.entities', device.entities.length)}</bdi></span></a>`;
  }

  private fresh(devices: Device[]): TemplateResult | typeof nothing {
    if (devices.length === 0) return nothing;
    return html`<section class="stack"><h2>${t('devices.new')}</h2><p class="muted small">${t('devices.new_help')}</p><div class="card list">${devices.slice(0, kFresh).map((device) => html`<div data-new=${device.id}><span class="badge accent"><g-icon path=${mdiPlusCircleOutline}></g-icon></span><a class="grow" href=${href('device', device.id)}><bdi class="title">${device.name}</bdi><span class="muted small"><bdi>${device.model || device.bridge}</bdi></span></a><button class="button" @click=${() => ask_about_device(this.page, device)}>${t('customize.title')}</button></div>`)}</div>${devices.length > kFresh ? html`<p class="muted">+ ${devices.length - kFresh}</p>` : nothing}</section>`;
  }

  override render(): TemplateResult {
    const { house } = this.page;
    const devices = [...devices_of(house).values()].sort((a, b) => a.name.localeCompare(b.name)), problems = [...house.problems.values()];
    return html`<div class="page"><header class="top"><h1>${t('app.devices')}</h1></header>
      ${problems.length ? html`<section class="stack"><h2>${t('app.problems')}</h2><div class="card list">${problem_rows(problems)}</div></section>` : nothing}
      ${this.fresh(without_room(devices))}
      <section class="stack"><h2>${t('devices.bridges')}</h2><div class="cards"><section class="card pad bridge">${this.head(mdiDevices, t('devices.hub'), text_at(house.hub.status, 'status'), house.hub.info)}${this.figures(house.hub.health)}</section>${[...house.bridges.values()].sort((a, b) => a.id.localeCompare(b.id)).map((bridge) => this.bridge(bridge, devices.filter((device) => device.bridge === bridge.id).length))}</div></section>
      <section class="stack"><h2>${t('devices.devices')}</h2>${devices.length ? html`<div class="devices">${devices.slice(0, kShown).map((device) => this.device(device))}</div>${devices.length > kShown ? html`<p class="muted">+ ${devices.length - kShown}</p>` : nothing}` : empty(mdiDevices, t('devices.none'))}</section></div>`;
  }
}

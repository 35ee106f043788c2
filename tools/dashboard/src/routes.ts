// Addresses to pages.
import { html, type TemplateResult } from 'lit';
import type { Page } from './page';
import './pages/home';
import './pages/entity';
import './pages/rules';
import './pages/rule';
import './pages/devices';
import './pages/device';
import './pages/problems';
import './pages/all';
import './pages/settings';
import './boards/board';

export function view(page: Page, [first = '', second = '']: string[]): TemplateResult {
  switch (first) {
    case 'area': return html`<g-home .page=${page} .area=${second}></g-home>`;
    case 'entity': return html`<g-entity .page=${page} .entity_id=${second}></g-entity>`;
    case 'rules': return html`<g-rules .page=${page}></g-rules>`;
    case 'rule': return html`<g-rule .page=${page} .rule=${second}></g-rule>`;
    case 'devices': return html`<g-devices .page=${page}></g-devices>`;
    case 'device': return html`<g-device .page=${page} .device=${second}></g-device>`;
    case 'problems': return html`<g-problems .page=${page}></g-problems>`;
    case 'all': return html`<g-all .page=${page} .filter=${second}></g-all>`;
    case 'settings': return html`<g-settings .page=${page}></g-settings>`;
    case 'boards':
    case 'board': return html`<g-boards .page=${page} .name=${second}></g-boards>`;
    default: return html`<g-home .page=${page}></g-home>`;
  }
}

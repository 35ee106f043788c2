// What stands where nothing is: said kindly, with what to do.
import { html, type TemplateResult } from 'lit';
import './icon';

export function empty(path: string, title: string, help = '', action: TemplateResult | string = ''): TemplateResult {
  return html`<section class="empty"><g-icon path=${path}></g-icon><h2>${title}</h2>${help ? html`<p class="muted">${help}</p>` : ''}${action}</section>`;
}

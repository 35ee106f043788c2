// The gable, drawn in the page: a broker's http_dir does not say that a picture is one.
import { svg, html, type TemplateResult } from 'lit';

export function logo(): TemplateResult {
  return html`<svg class="logo" viewBox="0 0 96 96" aria-hidden="true">${svg`<rect width="96" height="96" rx="22" fill="#2c6e63"></rect>
    <path d="M18 49 48 22l30 27" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"></path>
    <path d="M28 50v20a4 4 0 0 0 4 4h32a4 4 0 0 0 4-4V50" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" stroke-linejoin="round" opacity=".55"></path>
    <circle cx="48" cy="57" r="7" fill="#f6c453"></circle>`}</svg>`;
}

// One Material Design icon, by its path; `name` (mdi:lamp) is what somebody chose and comes first when it exists.
import { LitElement, css, svg, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { named_icon } from '../domain/icons';

@customElement('g-icon')
export class Icon extends LitElement {
  static override styles = css`
    :host { display: inline-grid; width: var(--icon, 24px); height: var(--icon, 24px); flex: none; }
    svg { width: 100%; height: 100%; fill: currentColor; display: block; }
  `;
  @property() path = '';
  @property() name = '';
  @state() private named_: string | undefined;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('name')) return;
    this.named_ = undefined;
    const name = this.name;
    if (name) void named_icon(name).then((path) => { if (this.name === name) this.named_ = path; });
  }

  override render(): TemplateResult {
    return html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${this.named_ ?? this.path}></path>`}</svg>`;
  }
}

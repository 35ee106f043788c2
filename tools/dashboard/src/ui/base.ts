// What every element of the page is: shared looks, and listening to the house for as long as it is shown.
import { LitElement, css, type CSSResultGroup, type ElementPart, nothing, noChange } from 'lit';
import { property } from 'lit/decorators.js';
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js';
import type { Page } from '../page';

export const shared = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { display: block; }
  :host([hidden]) { display: none; }
  h1, h2, h3, p { margin: 0; }
  h1 { font-size: 1.6rem; font-weight: 650; letter-spacing: -0.02em; line-height: 1.2; }
  h2 { font-size: 1.12rem; font-weight: 620; letter-spacing: -0.01em; }
  h3 { font-size: 0.78rem; font-weight: 620; color: var(--muted); letter-spacing: 0.01em; }
  a { color: inherit; text-decoration: none; }
  bdi, .data { unicode-bidi: isolate; }
  button { font: inherit; color: inherit; cursor: pointer; -webkit-tap-highlight-color: transparent; }
  button:disabled { cursor: default; opacity: 0.5; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  .muted { color: var(--muted); }
  .small { font-size: 0.83rem; }
  .card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); }
  .pad { padding: 18px 20px; }
  .row { display: flex; align-items: center; gap: 10px; } .row.wrap { flex-wrap: wrap; }
  .grow { flex: 1 1 auto; min-width: 0; }
  .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .stack { display: grid; gap: 14px; }
  .button { border: 0; border-radius: 12px; min-height: 40px; padding: 8px 16px; background: var(--surface-2); font-weight: 560; display: inline-flex; align-items: center; justify-content: center; gap: 8px; transition: background 0.15s; }
  .button:hover:not(:disabled) { background: var(--surface-3); }
  .button.primary { background: var(--accent); color: var(--on-accent); }
  .button.primary:hover:not(:disabled) { background: var(--accent-2); }
  .button.ghost { background: transparent; }
  .button.ghost:hover { background: var(--surface-2); }
  .button.bad { color: var(--bad); }
  .icon-button { border: 0; background: transparent; border-radius: 12px; width: 44px; height: 44px; display: grid; place-items: center; flex: none; }
  .icon-button:hover { background: var(--surface-2); }
  input[type='text'], input[type='password'], input[type='url'], input[type='search'], input[type='number'], input[type='date'], input[type='time'], input[type='datetime-local'], select {
    font: inherit; color: inherit; background: var(--surface-2); border: 1px solid transparent; border-radius: 12px; min-height: 44px; padding: 8px 14px; width: 100%; min-width: 0; }
  input:focus-visible, select:focus-visible { border-color: var(--accent); outline-offset: 0; }
  code, pre { font-family: ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 0.82rem; }
  .chip { display: inline-flex; align-items: center; gap: 6px; border-radius: 999px; padding: 4px 12px; min-height: 28px; font-size: 0.83rem; font-weight: 560; background: var(--surface-2); white-space: nowrap; }
  .chip.good { background: var(--good-soft); color: var(--good); }
  .chip.bad { background: var(--bad-soft); color: var(--bad); }
  .chip.warn { background: var(--warn-soft); color: var(--warn); }
  .chip.accent { background: var(--accent-soft); color: var(--accent); }
  .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
`;

// Rooms of the house that an element shows: subjects of House.listen.
export class GableElement extends LitElement {
  static override styles: CSSResultGroup = shared;
  @property({ attribute: false }) page!: Page;
  private stops_: (() => void)[] = [];
  private heard_ = '';

  // What it wants to hear of; looked at again after every change of its own.
  protected subjects(): string[] {
    return [];
  }

  private hear(): void {
    const subjects = this.subjects();
    const key = subjects.join('\n');
    if (key === this.heard_ || !this.page) return;
    this.unhear();
    this.heard_ = key;
    this.stops_ = subjects.map((subject) => this.page.house.listen(subject, () => this.requestUpdate()));
  }

  private unhear(): void {
    for (const stop of this.stops_) stop();
    this.stops_ = [];
    this.heard_ = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unhear();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (this.isConnected) this.hear();
  }
}

// Custom properties of an element, set one by one: the page's policy forbids style attributes.
class Vars extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('vars() belongs into a tag');
  }
  override render(_values: Record<string, string | number>): typeof nothing {
    return nothing;
  }
  override update(part: ElementPart, [values]: [Record<string, string | number>]): typeof noChange {
    const style = (part.element as HTMLElement).style;
    for (const [name, value] of Object.entries(values)) style.setProperty(name, String(value));
    return noChange;
  }
}
export const vars = directive(Vars);

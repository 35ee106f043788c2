// Much to show: cut into blocks, of which only those near the window are drawn. A block that is far away keeps its height.
import { html, css, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { GableElement, shared } from './base';
import { tile_control } from './tile';
import './pill';
import type { Entity } from '../store/house';

const kBlock = 24;       // tiles
const kNear = '900px';   // above and below the window
const kTall = 124, kFlat = 68, kGap = 10, kPill = 43, kPillWidth = 190;

const watched = new WeakMap<Element, Block>();
let seen_width = 0;  // of a block; asked of no element, since that would make the browser lay out the page each time
const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.boundingClientRect.width > 0) seen_width = entry.boundingClientRect.width;
    const block = watched.get(entry.target);
    if (block) block.near = entry.isIntersecting;
  }
}, { rootMargin: kNear });

abstract class Block extends GableElement {
  static override styles: CSSResultGroup = [shared, css`:host { display: block; min-height: var(--held, 0); }`];
  @property({ attribute: false }) entities: Entity[] = [];
  @property() area = '';
  @state() near = false;

  override connectedCallback(): void {
    super.connectedCallback();
    watched.set(this, this);
    observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    observer.unobserve(this);
    this.near = false;
  }

  // In px, when `width` px are there.
  protected abstract height(width: number): number;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has('near') && !changed.has('entities')) return;
    const left = changed.get('near') === true && !this.near && this.isConnected;
    this.style.setProperty('--held', this.near ? '0' : `${Math.ceil((left && this.offsetHeight) || this.height(seen_width || innerWidth - 200))}px`);
  }
}

@customElement('g-tile-block')
export class TileBlock extends Block {
  static override styles = [Block.styles, css`
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--tile, 250px)), 1fr)); gap: 10px; }
    .grid + .grid { margin-top: 10px; }
    g-tile { min-height: 68px; }
  `];

  protected override height(width: number): number {
    return this.entities.reduce((sum, entity) => sum + (tile_control(entity) ? kTall : kFlat) + kGap, 0) / Math.max(1, Math.floor(width / 260));
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.near) return nothing;
    // Those with a control below their name first: rows of one height are calmer.
    const tall = this.entities.filter(tile_control), flat = this.entities.filter((entity) => !tile_control(entity));
    return html`${[tall, flat].map((part) => (part.length === 0 ? nothing : html`<div class="grid">${repeat(part, (entity) => entity.id,
      (entity) => html`<g-tile .page=${this.page} .entity=${entity} .area=${this.area}></g-tile>`)}</div>`))}`;
  }
}

@customElement('g-pill-block')
export class PillBlock extends Block {
  static override styles = [Block.styles, css`
    div { display: flex; flex-wrap: wrap; gap: 7px; --icon: 17px; }
    a { display: inline-flex; align-items: center; min-height: 36px; padding: 4px 13px; border-radius: 999px; border: 1px solid var(--line); font-size: 0.84rem; }
  `];
  @property() more = '';  // where the rest is
  @property({ type: Number }) rest = 0;

  protected override height(width: number): number {
    return Math.ceil(this.entities.length / Math.max(1, Math.floor(width / kPillWidth))) * kPill;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.near) return nothing;
    return html`<div>${repeat(this.entities, (entity) => entity.id, (entity) => html`<g-pill .page=${this.page} .entity=${entity} .area=${this.area}></g-pill>`)}
      ${this.rest > 0 ? html`<a href=${this.more}>+ ${this.rest}</a>` : nothing}</div>`;
  }
}

export function tiles(page: GableElement['page'], entities: Entity[], area = ''): TemplateResult[] {
  const blocks: Entity[][] = [];
  for (let at = 0; at < entities.length; at += kBlock) blocks.push(entities.slice(at, at + kBlock));
  return blocks.map((block) => html`<g-tile-block .page=${page} .entities=${block} .area=${area}></g-tile-block>`);
}

// Many tiles: cut into blocks, of which only those near the window are drawn. A block that is far away keeps its height.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { GableElement, shared } from './base';
import { tile_control } from './tile';
import type { Entity } from '../store/house';

const kBlock = 24;       // tiles
const kNear = '900px';   // above and below the window
const kTall = 124, kFlat = 68, kGap = 10;

const watched = new WeakMap<Element, TileBlock>();
const observer = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const block = watched.get(entry.target);
    if (block) block.near = entry.isIntersecting;
  }
}, { rootMargin: kNear });

@customElement('g-tile-block')
export class TileBlock extends GableElement {
  static override styles = [shared, css`
    :host { display: block; min-height: var(--held, 0); }
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--tile, 250px)), 1fr)); gap: 10px; }
    .grid + .grid { margin-top: 10px; }
    g-tile { min-height: 68px; }
  `];
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

  private height(): number {
    const columns = Math.max(1, Math.floor((this.hasUpdated ? this.clientWidth : innerWidth - 200) / 260));
    const rows = this.entities.reduce((sum, entity) => sum + (tile_control(entity) ? kTall : kFlat) + kGap, 0) / columns;
    return Math.ceil(rows);
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('near') || changed.has('entities')) this.style.setProperty('--held', this.near ? '0' : `${this.hasUpdated && this.offsetHeight ? this.offsetHeight : this.height()}px`);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.near) return nothing;
    // Those with a control below their name first: rows of one height are calmer.
    const tall = this.entities.filter(tile_control), flat = this.entities.filter((entity) => !tile_control(entity));
    return html`${[tall, flat].map((part) => (part.length === 0 ? nothing : html`<div class="grid">${repeat(part, (entity) => entity.id,
      (entity) => html`<g-tile .page=${this.page} .entity=${entity} .area=${this.area}></g-tile>`)}</div>`))}`;
  }
}

export function tiles(page: GableElement['page'], entities: Entity[], area = ''): TemplateResult[] {
  const blocks: Entity[][] = [];
  for (let at = 0; at < entities.length; at += kBlock) blocks.push(entities.slice(at, at + kBlock));
  return blocks.map((block) => html`<g-tile-block .page=${page} .entities=${block} .area=${area}></g-tile-block>`);
}

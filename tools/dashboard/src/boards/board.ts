// The boards that people wrote, drawn.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { mdiViewDashboardOutline } from '@mdi/js';
import { GableElement, shared, vars } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { tiles } from '../ui/lazy';
import { type Board, type Card, read_boards } from './files';
import { problem_rows } from '../pages/problems';
import { name_of, state_text } from '../domain/text';
import { room_of } from '../domain/rooms';
import { clean } from '../store/documents';
import type { Entity } from '../store/house';
import { href } from '../page';
import { t } from '../i18n';
import './plan';
import '../ui/chart';

const kAgain = 3_000;  // ms

@customElement('g-boards')
export class Boards extends GableElement {
  static override styles = [shared, layout, css`
    .tabs { display: flex; gap: 6px; overflow: auto; } .tabs a { padding: 8px 16px; border-radius: 999px; min-height: 40px; display: inline-flex; align-items: center; font-weight: 560; color: var(--muted); white-space: nowrap; } .tabs a[aria-current] { background: var(--accent-soft); color: var(--accent); }
    .board { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); gap: 18px; align-items: start; } @media (max-width: 900px) { .board { grid-template-columns: minmax(0, 1fr); } }
    .wide { grid-column: 1 / -1; } .part { display: grid; gap: 10px; min-width: 0; } .part.card { padding: 18px 20px; }
    .figure { font-size: 2.4rem; font-weight: 320; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; line-height: 1.1; }
  `];
  @property() name = '';
  @state() private boards_: Board[] | null = null;
  private last_ = '';
  private timer_: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.timer_ = setInterval(() => { if (!document.hidden) void this.load(); }, kAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer_);
  }

  protected override subjects(): string[] {
    return ['structure', 'areas', 'problems', ...(this.board?.cards ?? []).flatMap((card) => (card.type === 'figure' ? [card.entity] : []))];
  }

  private get board(): Board | undefined {
    return this.boards_?.find((board) => board.file === this.name) ?? this.boards_?.[0];
  }

  // A server that is gone for a moment takes no board away.
  private async load(): Promise<void> {
    const boards = await read_boards().catch(() => null);
    if (!boards || (boards.length === 0 && this.boards_ && this.boards_.length > 0)) return;
    const text = JSON.stringify(boards);
    if (text === this.last_) return;
    this.last_ = text;
    this.boards_ = boards;
  }

  private entity(id: string, draw: (entity: Entity) => TemplateResult): TemplateResult {
    const entity = this.page.house.entities.get(id);
    return entity ? draw(entity) : html`<p class="note warn"><bdi>${t('boards.unknown_entity', { id: clean(id) })}</bdi></p>`;
  }

  private card(card: Card): TemplateResult {
    const { house } = this.page;
    const title = 'title' in card && card.title ? html`<h2><bdi>${clean(card.title)}</bdi></h2>` : nothing;
    switch (card.type) {
      case 'heading': return html`<section class="wide"><h2><bdi>${clean(card.text)}</bdi></h2></section>`;
      case 'text': return html`<section class="card part"><p><bdi>${clean(card.text, 2_000)}</bdi></p></section>`;
      case 'tiles': {
        const found = card.entities.map((id) => house.entities.get(id)).filter((entity): entity is Entity => entity !== undefined);
        const missing = card.entities.filter((id) => !house.entities.has(id));
        return html`<section class="part">${title}${tiles(this.page, found)}${missing.map((id) => html`<p class="note warn"><bdi>${t('boards.unknown_entity', { id: clean(id) })}</bdi></p>`)}</section>`;
      }
      case 'area': {
        const room = room_of(house, card.area);
        return html`<section class="part"><h2><bdi>${room.area.name}</bdi></h2>${tiles(this.page, [...room.controls, ...room.sensors], room.area.name)}</section>`;
      }
      case 'chart': return html`<section class="card part">${title}${this.entity(card.entity, (entity) => html`${card.title ? nothing : html`<h2><bdi>${name_of(entity)}</bdi></h2>`}<g-chart plain .page=${this.page} .entity=${entity} .range=${card.range}></g-chart>`)}</section>`;
      case 'figure': return html`<section class="card part">${this.entity(card.entity, (entity) => html`<a href=${href('entity', entity.id)}><span class="muted"><bdi>${clean(card.title) || name_of(entity)}</bdi></span><div class="figure"><bdi>${state_text(entity, entity.state?.['state'])}</bdi></div></a>`)}</section>`;
      case 'problems': return html`<section class="card list">${problem_rows([...house.problems.values()])}${house.problems.size ? nothing : html`<p>${t('problems.none')}</p>`}</section>`;
      case 'plan': return html`<section class="card part wide">${title}<g-plan .page=${this.page} .image=${card.image} .places=${card.places}></g-plan></section>`;
    }
  }

  override render(): TemplateResult {
    const boards = this.boards_, board = this.board;
    if (boards === null) return html`<div class="page"><header class="top"><h1>${t('app.boards')}</h1></header></div>`;
    if (!board) return html`<div class="page">${empty(mdiViewDashboardOutline, t('boards.none'), t('boards.none_help'))}</div>`;
    return html`<div class="page"><header class="top"><h1><bdi>${clean(board.title)}</bdi></h1></header>
      ${boards.length > 1 ? html`<nav class="tabs" aria-label=${t('app.boards')}>${boards.map((one) => html`<a href=${href('board', one.file)} aria-current=${one === board ? 'page' : nothing}><bdi>${clean(one.title)}</bdi></a>`)}</nav>` : nothing}
      ${board.error ? html`<div class="note bad"><div><b>${t('boards.wrong', { file: clean(board.file) })}</b><pre>${board.error.slice(0, 2_000)}</pre></div></div>` : nothing}
      <div class="board" ${vars({ '--columns': board.columns })}>${board.cards.map((card) => this.card(card))}</div></div>`;
  }
}

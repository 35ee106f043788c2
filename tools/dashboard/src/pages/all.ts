// Every entity there is, by name, id, room, domain or state; also what is hidden from the rooms.
import { html, css, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { mdiMagnify } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { tiles } from '../ui/lazy';
import { availability_of, name_of } from '../domain/text';
import { shown } from '../store/documents';
import type { Entity } from '../store/house';
import { count, t } from '../i18n';

@customElement('g-all')
export class All extends GableElement {
  static override styles = [shared, layout, css`
    .find { position: sticky; top: 0; z-index: 3; background: var(--bg); padding: 8px 0; }
    input[type='search'] { background: var(--surface); border: 1px solid var(--line); min-height: 52px; border-radius: 18px; padding-inline: 18px; }
    .blocks { display: grid; gap: 10px; }
  `];
  @property() filter = '';
  @state() private text_ = '';
  private found_: { key: string; entities: Entity[] } = { key: '', entities: [] };

  override connectedCallback(): void {
    super.connectedCallback();
    this.text_ = this.filter;
  }

  // A list that was looked for stays as it was found, whatever its states do meanwhile.
  protected override subjects(): string[] {
    return ['areas', 'structure'];
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('filter')) this.text_ = this.filter;
  }

  private find(): Entity[] {
    const { house } = this.page;
    const key = `${house.structure}/${this.text_}/${house.areas.size}`;
    if (this.found_.key === key) return this.found_.entities;
    const words = this.text_.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...house.entities.values()].filter((entity) => entity.meta).map((entity) => ({
      entity, name: name_of(entity),
      text: `${name_of(entity)} ${entity.id} ${house.area_name(house.area_of(entity))} ${entity.domain} ${shown(entity.state?.['state'], 40)} ${availability_of(entity)}`.toLowerCase(),
    }));
    const entities = rows.filter((row) => words.every((word) => row.text.includes(word))).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map((row) => row.entity);
    this.found_ = { key, entities };
    return entities;
  }

  override render(): TemplateResult {
    const found = this.find();
    return html`<div class="page"><header class="top"><h1>${t('app.all')}</h1><span class="muted">${count('all.count', found.length)}</span></header>
      <div class="find"><input type="search" aria-label=${t('app.search')} placeholder=${t('all.filter')} .value=${this.text_} @input=${(event: Event) => { this.text_ = (event.target as HTMLInputElement).value; }}></div>
      ${found.length ? html`<div class="blocks">${tiles(this.page, found)}</div>` : empty(mdiMagnify, t('all.nothing', { text: this.text_.slice(0, 60) }))}</div>`;
  }
}

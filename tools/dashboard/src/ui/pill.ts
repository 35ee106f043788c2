// What only tells, in one line: a sensor in its room.
import { html, css, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { icon_of, tint_of } from '../domain/icons';
import { reachable, short_name, state_text, availability_text } from '../domain/text';
import { text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { href } from '../page';
import './icon';

@customElement('g-pill')
export class Pill extends GableElement {
  static override styles = [shared, css`
    :host { display: inline-block; max-width: 100%; }
    a { display: inline-flex; align-items: center; gap: 7px; min-height: 36px; padding: 4px 13px; border-radius: 999px; border: 1px solid var(--line); background: color-mix(in srgb, var(--surface) 70%, transparent); font-size: 0.84rem; max-width: 100%; --icon: 17px; }
    a:hover { background: var(--surface); }
    b { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 60vw; }
    g-icon { color: var(--muted); }
    .alarm { color: var(--bad); background: var(--bad-soft); border-color: transparent; } .alarm g-icon { color: inherit; }
    .going { border-color: color-mix(in srgb, var(--t-blue) 35%, var(--line)); } .going g-icon { color: var(--t-blue); }
    .away { border-style: dashed; } .away b { font-weight: 450; color: var(--muted); }
  `];
  @property({ attribute: false }) entity!: Entity;
  @property() area = '';

  protected override subjects(): string[] {
    return [this.entity.id];
  }

  override render(): TemplateResult {
    const entity = this.entity, state = entity.state?.['state'], there = reachable(entity);
    const tint = there ? tint_of(entity, state) : 'none';
    const style = !there ? 'away' : tint === 'bad' ? 'alarm' : tint === 'none' ? '' : 'going';
    return html`<a class=${style} href=${href('entity', entity.id)} data-entity=${entity.id}><g-icon path=${icon_of(entity, state)} name=${text_at(entity.meta, 'icon')}></g-icon><bdi class="cut muted">${short_name(entity, this.area)}</bdi>
      <b><bdi>${!there ? availability_text(entity) : entity.state === undefined ? '…' : state_text(entity, state)}</bdi></b></a>`;
  }
}

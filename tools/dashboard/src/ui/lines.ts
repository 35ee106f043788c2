// The journal in sentences: what happened, when, and who did it.
import { html, css, nothing, type TemplateResult } from 'lit';
import { mdiArrowRightThin, mdiConsoleLine, mdiLanDisconnect, mdiRobotOutline, mdiSwapHorizontal, mdiTagOutline, mdiCheck, mdiAlertCircleOutline } from '@mdi/js';
import { type JsonObject, clean, object_at, shown, text_at } from '../store/documents';
import { actor, name_of, state_text } from '../domain/text';
import type { House } from '../store/house';
import { clock, date_time, moment, t, word } from '../i18n';
import { service_word } from '../controls/control';
import { verdict_of } from './verdicts';
import { href } from '../page';
import './icon';

export const line_styles = css`
  .lines { display: grid; list-style: none; margin: 0; padding: 0; }
  .lines li { display: grid; grid-template-columns: 34px minmax(0, 1fr) auto; gap: 12px; padding: 9px 0; align-items: start; position: relative; }
  .lines li:not(:last-child)::before { content: ''; position: absolute; left: 16px; top: 38px; bottom: -6px; width: 2px; background: var(--line); }
  .lines .mark { width: 34px; height: 34px; border-radius: 50%; background: var(--surface-2); color: var(--muted); display: grid; place-items: center; --icon: 18px; z-index: 1; }
  .lines .mark.bad { background: var(--bad-soft); color: var(--bad); } .lines .mark.accent { background: var(--accent-soft); color: var(--accent); }
  .lines time { font-size: 0.8rem; color: var(--muted); padding-top: 7px; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .lines .what { padding-top: 5px; }
`;

interface Line { icon: string; style: string; text: string; by: string; to: string; more?: string }

function entity_name(house: House, id: string): string {
  const entity = house.entities.get(id);
  return entity ? name_of(entity) : clean(id);
}

function state_in(house: House, id: string, state: unknown): string {
  const entity = house.entities.get(id);
  const value = typeof state === 'string' || typeof state === 'number' ? state : null;
  // Numbers stand as texts in the journal.
  const as_number = typeof value === 'string' && entity && typeof entity.state?.['state'] === 'number' && value !== '' ? Number(value) : NaN;
  return entity ? state_text(entity, Number.isNaN(as_number) ? value : as_number) : shown(value);
}

export function line_of(line: JsonObject, house: House): Line {
  const id = text_at(line, 'e'), name = entity_name(house, id), by = actor(text_at(line, 'by'), house);
  switch (text_at(line, 'k')) {
    case 'change': {
      const to = state_in(house, id, line['to']), from = line['from'];
      const changed = from !== undefined && from !== line['to'];
      const attributes = Object.entries(object_at(line, 'a') ?? {}).filter(([, value]) => value !== null).slice(0, 6).map(([key, value]) => `${word(key) ?? clean(key.replaceAll('_', ' '), 40)} ${shown(value, 60)}`).join(', ');
      return { icon: mdiSwapHorizontal, style: '', text: changed ? t('why.change_from', { name, from: state_in(house, id, from), to }) : t('why.change', { name, to }), more: attributes, by, to: href('entity', id) };
    }
    case 'command': {
      const service = text_at(line, 'service');
      return { icon: mdiConsoleLine, style: 'accent', text: t('why.command', { service: service_word(service), name }), by, to: href('entity', id) };
    }
    case 'result': {
      const status = text_at(line, 'status'), reason = clean(text_at(line, 'reason'), 160);
      const failed = status !== 'done';
      return { icon: failed ? mdiAlertCircleOutline : mdiCheck, style: failed ? 'bad' : '', text: `${t('why.result', { status: word(status) ?? status })}${reason ? `: ${reason}` : ''}`, by: '', to: '' };
    }
    case 'availability': {
      const to = clean(text_at(line, 'to') || text_at(line, 'status'), 40), reason = clean(text_at(line, 'reason'), 120);
      return { icon: mdiLanDisconnect, style: to === 'online' ? '' : 'bad', text: `${t('why.availability', { name, to: word(to) ?? to })}${reason ? `: ${reason}` : ''}`, by, to: href('entity', id) };
    }
    case 'trace': {
      const rule = text_at(line, 'rule'), verdict = text_at(line, 'verdict');
      const called = clean(text_at(line, 'name')) || entity_name(house, rule);
      return { icon: mdiRobotOutline, style: 'accent', text: verdict === 'running' ? t('why.running', { name: called }) : `${t('why.trace', { name: called })}: ${verdict_of(verdict).text}`, by: trigger_of(line), to: href('rule', rule) };
    }
    case 'rename': return { icon: mdiTagOutline, style: '', text: t('why.rename', { to: clean(text_at(line, 'to')) }), by: '', to: '' };
    default: return { icon: mdiArrowRightThin, style: '', text: shown(line, 200), by: '', to: '' };
  }
}

function trigger_of(trace: JsonObject): string {
  const trigger = object_at(trace, 'trigger');
  if (trigger) return clean(text_at(trigger, 'description') || text_at(trigger, 'entity_id') || text_at(trigger, 'platform'), 120);
  return clean(text_at(trace, 'called_by'), 80);
}

export function lines(rows: JsonObject[], house: House, with_links = true): TemplateResult {
  return html`<ol class="lines">${rows.map((row) => {
    const { icon, style, text, by, to, more } = line_of(row, house);
    const date = moment(text_at(row, 't'));
    return html`<li><span class="mark ${style}"><g-icon path=${icon}></g-icon></span><div class="what">${with_links && to ? html`<a href=${to}><bdi>${text}</bdi></a>` : html`<bdi>${text}</bdi>`}
      ${more ? html`<div class="small"><bdi>${more}</bdi></div>` : nothing}${by ? html`<div class="muted small"><bdi>${t('entity.by', { who: by })}</bdi></div>` : nothing}</div>
      ${date ? html`<time datetime=${date.toISOString()} title=${date_time(date)}>${clock(date, true)}</time>` : nothing}</li>`;
  })}</ol>`;
}

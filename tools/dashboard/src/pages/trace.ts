// One run of a rule, step by step, with the values that it saw; also a trigger that became no run.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { mdiCheck, mdiClose, mdiFlashOutline, mdiHelp, mdiPlay, mdiSourceBranch, mdiTimerSand, mdiVariable, mdiRepeat, mdiStop, mdiEyeOffOutline, mdiAlertCircleOutline } from '@mdi/js';
import { GableElement, shared, vars } from '../ui/base';
import { layout } from '../ui/layout';
import { verdict_of } from '../ui/verdicts';
import { type Json, type JsonObject, clean, is_object, number_at, object_at, objects_at, shown, text_at } from '../store/documents';
import { name_of, state_text } from '../domain/text';
import { service_word } from '../controls/control';
import { clock, date_time, moment, span, t } from '../i18n';
import '../ui/icon';

const kOutside = new Set(['path', 'step', 'at', 'alias', 'call', 'fired', 'withheld', 'error', 'waited', 'left_out', 'variables', 'choice']);
const kIcons: Record<string, string> = { service: mdiPlay, call: mdiPlay, event: mdiFlashOutline, condition: mdiHelp, if: mdiSourceBranch, choose: mdiSourceBranch, parallel: mdiSourceBranch, variables: mdiVariable, delay: mdiTimerSand, wait: mdiTimerSand, wait_for_trigger: mdiTimerSand, wait_template: mdiTimerSand, repeat: mdiRepeat, stop: mdiStop };

@customElement('g-trace')
export class Trace extends GableElement {
  static override styles = [shared, layout, css`
    .flow { display: grid; list-style: none; margin: 0; padding: 0; }
    .step { display: grid; grid-template-columns: 36px minmax(0, 1fr) auto; gap: 12px; padding: 8px 0; padding-inline-start: calc(var(--depth) * 26px); position: relative; align-items: start; }
    .step:not(:last-child)::after { content: ''; position: absolute; inset-inline-start: calc(var(--depth) * 26px + 17px); top: 44px; bottom: -8px; width: 2px; background: var(--line); }
    .mark { width: 36px; height: 36px; border-radius: 13px; background: var(--accent-soft); color: var(--accent); display: grid; place-items: center; --icon: 19px; z-index: 1; }
    .mark.good { background: var(--good-soft); color: var(--good); } .mark.bad { background: var(--bad-soft); color: var(--bad); } .mark.warn { background: var(--warn-soft); color: var(--warn); } .mark.plain { background: var(--surface-2); color: var(--muted); }
    .body { padding-top: 6px; min-width: 0; } time { color: var(--muted); font-size: 0.8rem; padding-top: 9px; font-variant-numeric: tabular-nums; }
    .values { display: flex; flex-wrap: wrap; gap: 4px 8px; margin-top: 5px; } .values > span { background: var(--surface-2); border-radius: 9px; padding: 2px 9px; font-size: 0.82rem; max-width: 100%; }
    .condition { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; font-size: 0.88rem; margin-top: 5px; padding-inline-start: calc(var(--depth) * 18px); }
    .true { color: var(--good); font-weight: 600; } .false { color: var(--warn); font-weight: 600; } .error { color: var(--bad); font-weight: 600; }
  `];
  @property({ attribute: false }) trace: JsonObject = {};

  private name(id: string): string {
    const entity = this.page.house.entities.get(id);
    return entity ? name_of(entity) : clean(id);
  }

  private call_text(call: JsonObject): string {
    const service = text_at(call, 'service');
    if (!service) return clean(text_at(call, 'event'));
    const target = object_at(call, 'target') ?? {};
    const ids = Object.entries(target).flatMap(([, list]) => (Array.isArray(list) ? list : [list])).filter((one): one is string => typeof one === 'string');
    const [, action = service] = service.split('.');
    return `${service_word(action)} → ${ids.length ? ids.slice(0, 8).map((id) => this.name(id)).join(', ') : clean(service)}`;
  }

  private values(data: JsonObject | undefined): TemplateResult | typeof nothing {
    const rows = Object.entries(data ?? {}).slice(0, 40);
    if (rows.length === 0) return nothing;
    return html`<div class="values">${rows.map(([key, value]: [string, Json]) => html`<span><span class="muted"><bdi>${clean(key, 60)}</bdi></span> <bdi>${shown(value, 160)}</bdi></span>`)}</div>`;
  }

  private condition(condition: JsonObject, depth: number): TemplateResult {
    const result = text_at(condition, 'result') || shown(condition['result']);
    const style = result === 'true' ? 'true' : result === 'error' ? 'error' : 'false';
    const kind = clean(text_at(condition, 'alias') || text_at(condition, 'condition'), 100);
    const values = Object.entries(condition).filter(([key]) => !['condition', 'alias', 'result', 'members'].includes(key));
    return html`<div class="condition" ${vars({ '--depth': depth })}><bdi>${kind}</bdi>${values.slice(0, 12).map(([key, value]) => html`<span class="muted"><bdi>${clean(key, 40)}: ${shown(value, 120)}</bdi></span>`)}<span class=${style}>${result === 'true' ? t('trace.true') : result === 'false' ? t('trace.false') : clean(result, 40)}</span></div>
      ${objects_at(condition, 'members').slice(0, 40).map((member) => this.condition(member, depth + 1))}`;
  }

  // A step belongs to the nearest one before it whose path its own begins with.
  private depths(steps: JsonObject[]): number[] {
    const around: string[] = [];
    return steps.map((step) => {
      const path = text_at(step, 'path');
      while (around.length && !path.startsWith(`${around.at(-1)}/`)) around.pop();
      const depth = Math.min(around.length, 6);
      if (path) around.push(path);
      return depth;
    });
  }

  private step(step: JsonObject, depth: number): TemplateResult {
    const left_out = number_at(step, 'left_out');
    if (left_out !== undefined) return html`<li class="step" ${vars({ '--depth': depth })}><span class="mark plain">…</span><div class="body muted">${t('trace.left_out', { n: left_out })}</div></li>`;
    const kind = text_at(step, 'step'), call = object_at(step, 'call') ?? object_at(step, 'fired'), withheld = object_at(step, 'withheld'), error = text_at(step, 'error');
    const conditions = Object.values(step).filter((value): value is Json[] => Array.isArray(value)).flatMap((list) => list.filter(is_object)).filter((one) => Object.hasOwn(one, 'condition'));
    const rest = Object.entries(step).filter(([key, value]) => !kOutside.has(key) && !(Array.isArray(value) && value.some((one) => is_object(one) && Object.hasOwn(one, 'condition'))));
    const at = moment(text_at(step, 'at')), waited = number_at(step, 'waited');
    const failed = conditions.some((one) => text_at(one, 'result') === 'false');
    const style = error ? 'bad' : withheld ? 'warn' : kind === 'condition' ? (failed ? 'warn' : 'good') : call ? '' : 'plain';
    const icon = error ? mdiAlertCircleOutline : withheld ? mdiEyeOffOutline : kind === 'condition' ? (failed ? mdiClose : mdiCheck) : (Object.hasOwn(kIcons, kind) ? kIcons[kind]! : mdiPlay);
    return html`<li class="step" ${vars({ '--depth': depth })}><span class="mark ${style}"><g-icon path=${icon}></g-icon></span><div class="body">
      <b><bdi>${clean(text_at(step, 'alias'), 120) || (call ?? withheld ? this.call_text((call ?? withheld)!) : clean(kind.replaceAll('_', ' '), 40))}</bdi></b>
      ${withheld ? html`<span class="chip warn">${t('trace.withheld')}</span>` : nothing}${text_at(step, 'choice') ? html` → <bdi>${clean(text_at(step, 'choice'), 80)}</bdi>` : nothing}${waited !== undefined ? html`<span class="muted"> ${t('trace.waited', { n: waited })}</span>` : nothing}
      ${error ? html`<div class="error"><bdi>${clean(error, 300)}</bdi></div>` : nothing}
      ${this.values(object_at(call ?? withheld, 'data'))}${this.values(object_at(step, 'variables'))}${this.values(Object.fromEntries(rest))}
      ${conditions.slice(0, 60).map((one) => this.condition(one, 0))}</div>${at ? html`<time title=${date_time(at)}>${clock(at, true)}</time>` : nothing}</li>`;
  }

  private trigger(): TemplateResult {
    const trigger = object_at(this.trace, 'trigger'), caller = text_at(this.trace, 'called_by');
    const from = object_at(trigger, 'from_state'), to = object_at(trigger, 'to_state'), id = text_at(trigger, 'entity_id');
    const entity = this.page.house.entities.get(id), at = moment(text_at(this.trace, 'began') || text_at(this.trace, 't'));
    const state = (one: JsonObject | undefined): string => { const value = one?.['state']; return entity ? state_text(entity, value) : shown(value); };
    const text = !trigger ? (caller ? t('trace.called_by', { who: this.name(caller) }) : t('trace.by_hand')) : clean(text_at(trigger, 'description') || text_at(trigger, 'platform'), 160);
    return html`<li class="step" ${vars({ '--depth': 0 })}><span class="mark"><g-icon path=${mdiFlashOutline}></g-icon></span><div class="body"><span class="muted small">${t('trace.triggered_by')}</span><br><b><bdi>${id && (from ?? to) ? this.name(id) : text}</bdi></b>
      ${from ?? to ? html`<div><bdi>${state(from)} → ${state(to)}</bdi></div>` : nothing}${this.values(trigger ? Object.fromEntries(Object.entries(trigger).filter(([key, value]) => ['topic', 'payload', 'event', 'for', 'value'].includes(key) && value !== null && value !== '')) : undefined)}</div>${at ? html`<time title=${date_time(at)}>${clock(at, true)}</time>` : nothing}</li>`;
  }

  override render(): TemplateResult {
    const steps = objects_at(this.trace, 'steps').slice(0, 500), depths = this.depths(steps);
    const { text, style } = verdict_of(text_at(this.trace, 'verdict')), began = moment(text_at(this.trace, 'began')), ended = moment(text_at(this.trace, '_at'));
    const error = clean(text_at(this.trace, 'error') || text_at(this.trace, 'reason'), 300);
    const whole = object_at(this.trace, 'conditions');
    const members = objects_at(whole, 'members');
    const conditions = whole ? (text_at(whole, 'condition') || members.length === 0 ? [whole] : members) : objects_at(this.trace, 'conditions');
    return html`<ol class="flow">${this.trigger()}
      ${conditions.length ? html`<li class="step" ${vars({ '--depth': 0 })}><span class="mark ${text_at(this.trace, 'verdict') === 'conditions' ? 'warn' : 'good'}"><g-icon path=${text_at(this.trace, 'verdict') === 'conditions' ? mdiClose : mdiCheck}></g-icon></span><div class="body">${conditions.slice(0, 60).map((one) => this.condition(one, 0))}</div></li>` : nothing}
      ${steps.map((step, index) => this.step(step, depths[index]!))}
      <li class="step" ${vars({ '--depth': 0 })}><span class="mark ${style}"><g-icon path=${style === 'good' ? mdiCheck : style === 'bad' ? mdiAlertCircleOutline : mdiStop}></g-icon></span><div class="body"><b>${text}</b>
      ${began && ended && ended > began ? html`<div class="muted small">${t('trace.took', { time: span((ended.getTime() - began.getTime()) / 1000) })}</div>` : nothing}${error ? html`<div class="error"><bdi>${error}</bdi></div>` : nothing}</div></li></ol>`;
  }
}

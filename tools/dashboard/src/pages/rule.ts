// One rule: who acts, its last runs and the triggers that became none, and its file with what is wrong in it.
import { html, css, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { mdiPlay, mdiRobotOutline } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { error_text } from '../ui/failures';
import { verdict_of } from '../ui/verdicts';
import { finding_rows } from './rules';
import { type JsonObject, clean, is_object, number_at, object_at, objects_at, text_at } from '../store/documents';
import { ago, clock, date_time, moment, t, word } from '../i18n';
import './trace';
import '../ui/choice';
import '../ui/switch';
import '../ui/icon';

const kRuns = 25;
const kLines = 4_000;
const kAgain = 3_000;  // ms

@customElement('g-rule')
export class Rule extends GableElement {
  static override styles = [shared, layout, css`
    .columns { display: grid; grid-template-columns: minmax(220px, 320px) minmax(0, 1fr); gap: 18px; align-items: start; }
    @media (max-width: 900px) { .columns { grid-template-columns: minmax(0, 1fr); } .runs { max-height: 300px; overflow: auto; } }
    .runs button { width: 100%; text-align: start; border: 0; background: transparent; display: flex; gap: 10px; align-items: center; padding: 11px 18px; min-height: 56px; border-top: 1px solid var(--line); }
    .runs button:first-child { border-top: 0; border-radius: var(--radius) var(--radius) 0 0; } .runs button:last-child { border-radius: 0 0 var(--radius) var(--radius); } .runs button:only-child { border-radius: var(--radius); }
    .runs button[aria-current] { background: var(--accent-soft); } .runs button:hover:not([aria-current]) { background: var(--surface-2); }
    .dot { width: 10px; height: 10px; border-radius: 50%; background: var(--muted); flex: none; } .dot.good { background: var(--good); } .dot.bad { background: var(--bad); } .dot.warn { background: var(--t-light); } .dot.accent { background: var(--accent); }
    .file { display: grid; counter-reset: line; max-height: 640px; overflow: auto; background: var(--surface-2); border-radius: 14px; padding: 12px 0; }
    .file div { display: grid; grid-template-columns: 52px minmax(0, 1fr); font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; font-size: 0.82rem; line-height: 1.55; }
    .file span { color: var(--muted); text-align: end; padding-inline-end: 14px; user-select: none; } .file code { white-space: pre-wrap; font: inherit; }
    .file .here { background: var(--accent-soft); } .file .bad { background: var(--bad-soft); } .file .warn { background: var(--warn-soft); }
    .file p { grid-column: 2; font-family: var(--font); padding: 2px 12px 4px 0; } .file .bad p { color: var(--bad); } .file .warn p { color: var(--warn); }
    .acts { display: flex; flex-wrap: wrap; gap: 14px; align-items: center; } .acts g-choice { flex: 1 1 300px; max-width: 460px; }
  `];
  @property() rule = '';
  @state() private row_: JsonObject | null = null;
  @state() private traces_: JsonObject[] | null = null;
  @state() private chosen_ = 0;
  @state() private text_ = '';
  @state() private error_ = '';
  private asked_ = '';
  private timer_: ReturnType<typeof setInterval> | undefined;

  protected override subjects(): string[] {
    return [this.rule, 'link', 'structure'];
  }

  // Asked again when the rule ran, was moved or was turned on or off.
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const entity = this.page.house.entities.get(this.rule);
    const key = `${this.rule}/${this.page.link.status}/${String(entity?.state?.['_seq'])}`;
    if (this.asked_ === key) return;
    this.asked_ = key;
    if (changed.has('rule')) [this.row_, this.traces_, this.text_, this.chosen_, this.error_] = [null, null, '', 0, ''];
    void this.load(key);
  }

  // A trigger that became no run changes no state: the newest trace is looked at now and then.
  override connectedCallback(): void {
    super.connectedCallback();
    this.timer_ = setInterval(() => { if (!document.hidden) void this.look(); }, kAgain);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer_);
  }

  private async look(): Promise<void> {
    if (!this.traces_ || this.page.link.status !== 'online') return;
    const answer = await this.page.asks.request('trace', { rule: this.rule, limit: 1 }).catch(() => null);
    const newest = is_object(answer) ? objects_at(answer, 'traces')[0] : undefined, known = this.traces_?.[0];
    if (newest && (text_at(newest, 't') !== text_at(known, 't') || number_at(newest, 'run') !== number_at(known, 'run'))) await this.load(this.asked_);
  }

  private async load(key: string): Promise<void> {
    const { asks } = this.page;
    try {
      const answer = await asks.request('trace', { rule: this.rule, limit: kRuns });
      if (this.asked_ !== key || !is_object(answer)) return;
      this.traces_ = objects_at(answer, 'traces');
      this.row_ = object_at(answer, 'now') ?? {};
      if (!this.text_) await this.load_text(key);
    } catch (error) {
      if (this.asked_ === key) this.error_ = error_text(error);
    }
  }

  // A hub of an older version has no such request: then there is no text.
  private async load_text(key: string): Promise<void> {
    const answer = await this.page.asks.request('rule_text', { rule: this.rule }).catch(() => null);
    if (this.asked_ === key && is_object(answer)) this.text_ = text_at(answer, 'text');
  }

  private async enforce(mode: string): Promise<void> {
    try {
      await this.page.asks.request('enforce', { rule: this.rule, mode });
      await this.load(this.asked_);
    } catch (error) {
      this.page.toast({ kind: 'bad', text: error_text(error) });
    }
  }

  private acts(): TemplateResult {
    const { house, commands, link } = this.page;
    const entity = house.entities.get(this.rule), row = this.row_ ?? {}, refused = text_at(row, 'status') === 'refused';
    const moved = row['moved'] === true, options = (['live', 'shadow', 'off'] as const).map((value) => ({ value: value as string, text: t(`rules.${value}`) }));
    if (moved) options.push({ value: 'file', text: t('rules.as_file') });
    const disabled = link.status !== 'online' || refused || !entity;
    const automation = this.rule.startsWith('automation.');
    return html`<section class="card pad acts">${automation && entity ? html`<label class="row">${t('rules.enabled')}<g-switch .on=${commands.value(entity, 'state') === 'on'} .label=${t('rules.enabled')} ?busy=${commands.pending(this.rule) !== undefined} ?disabled=${disabled}
      @change=${(event: CustomEvent<boolean>) => void commands.call(entity, event.detail ? 'turn_on' : 'turn_off')}></g-switch></label>` : nothing}
      <g-choice .options=${options} .value=${text_at(row, 'enforcement')} .label=${t('rules.enforcement')} ?disabled=${disabled} @change=${(event: CustomEvent<string>) => void this.enforce(event.detail)}></g-choice>
      <button class="button primary" ?disabled=${disabled} @click=${() => entity && void commands.call(entity, automation ? 'trigger' : 'turn_on').then((done) => done && this.page.toast({ kind: 'info', text: t('rules.ran') }))}><g-icon path=${mdiPlay}></g-icon>${t('rules.run')}</button>
      ${moved ? html`<span class="chip warn">${t('rules.moved')}</span>` : nothing}<span class="chip">${t('rules.mode')}: ${word(text_at(row, 'mode')) ?? clean(text_at(row, 'mode'))}</span></section>`;
  }

  // What keeps it from running, as things stand now.
  private why_not(): TemplateResult {
    const row = this.row_ ?? {}, entity = this.page.house.entities.get(this.rule), enforcement = text_at(row, 'enforcement');
    const [text, style] = text_at(row, 'status') === 'refused' ? [t('rules.refused_now'), 'bad'] : enforcement === 'off' ? [t('rules.off_now'), 'warn']
      : this.rule.startsWith('automation.') && entity?.state?.['state'] === 'off' ? [t('rules.disabled_now'), 'warn'] : enforcement === 'shadow' ? [t('rules.shadow_now'), 'warn'] : [t(this.rule.startsWith('script.') ? 'rules.ready_script' : 'rules.ready_now'), 'accent'];
    return html`<div class="note ${style}" data-part="why-not"><bdi>${text}</bdi></div>`;
  }

  private runs(): TemplateResult {
    const traces = this.traces_ ?? [];
    if (traces.length === 0) return html`<p class="muted">${t('rules.no_runs')}</p>`;
    const chosen = traces[Math.min(this.chosen_, traces.length - 1)]!;
    return html`<div class="columns"><div class="card runs">${traces.map((trace, index) => {
      const { text, style } = verdict_of(text_at(trace, 'verdict')), at = moment(text_at(trace, 'began') || text_at(trace, 't'));
      return html`<button aria-current=${trace === chosen ? 'true' : nothing} @click=${() => { this.chosen_ = index; }}><span class="dot ${style}"></span><span class="grow"><span class="title">${at ? `${ago(at)}, ${clock(at, true)}` : ''}</span><span class="muted small">${text}</span></span></button>`;
    })}</div><section class="card pad" data-part="trace"><g-trace .page=${this.page} .trace=${chosen}></g-trace></section></div>`;
  }

  private file(): TemplateResult | typeof nothing {
    if (!this.text_) return nothing;
    const row = this.row_ ?? {}, here = number_at(row, 'line') ?? 0, file = text_at(row, 'file');
    const findings = objects_at(row, 'findings').filter((finding) => text_at(finding, 'file') === file);
    const lines = this.text_.split('\n').slice(0, kLines);
    return html`<section class="stack"><h2>${t('rules.text')}</h2><p class="muted small"><bdi>${clean(file)}</bdi>, ${t('rules.line', { line: here })}</p><div class="file" tabindex="0" role="region" aria-label=${t('rules.text')}>${lines.map((line, index) => {
      const wrong = findings.filter((finding) => number_at(finding, 'line') === index + 1);
      const style = wrong.length ? (wrong.some((one) => text_at(one, 'severity') === 'error') ? 'bad' : 'warn') : index + 1 === here ? 'here' : '';
      return html`<div class=${style}><span>${index + 1}</span><code>${line.slice(0, 2_000) || ' '}</code>${wrong.map((one) => html`<p>${t('rules.line', { line: index + 1 })}, ${number_at(one, 'column') ?? '?'}: <bdi>${clean(text_at(one, 'message'), 400)}</bdi></p>`)}</div>`;
    })}</div></section>`;
  }

  override render(): TemplateResult {
    if (this.error_) return html`<div class="page">${empty(mdiRobotOutline, t('rules.gone', { id: clean(this.rule) }), this.error_)}</div>`;
    const row = this.row_;
    const head = html`<header class="top"><h1><bdi>${clean(text_at(row ?? {}, 'name')) || clean(this.rule)}</bdi></h1></header>`;
    if (!row) return html`<div class="page">${head}</div>`;
    const findings = objects_at(row, 'findings'), last = moment(text_at(row, 'last_triggered'));
    return html`<div class="page">${head}<p class="muted small"><code><bdi>${clean(this.rule)}</bdi></code>${last ? html` · <span title=${date_time(last)}>${t('rules.last', { time: ago(last) })}</span>` : nothing}</p>${this.acts()}
      <section class="stack"><h2>${t('rules.why_not')}</h2>${this.why_not()}</section>
      ${findings.length ? html`<section class="stack"><h2>${t('rules.findings')}</h2>${finding_rows(findings)}</section>` : nothing}
      <section class="stack"><h2>${t('rules.runs')}</h2>${this.runs()}</section>${this.file()}</div>`;
  }
}

// All rules of the house: whether they run, who acts, when they last ran, and what is wrong with them.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiPlay, mdiRobotOutline, mdiScriptTextOutline, mdiPaletteOutline } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { error_text } from '../ui/failures';
import { type JsonObject, clean, is_object, number_at, objects_at, text_at } from '../store/documents';
import { all_rules, type RuleList } from '../store/rules';
import { href } from '../page';
import { ago, moment, t, word } from '../i18n';
import '../ui/switch';
import '../ui/icon';

export function finding_rows(findings: JsonObject[]): TemplateResult {
  return html`${findings.slice(0, 200).map((finding) => html`<div class="note ${text_at(finding, 'severity') === 'error' ? 'bad' : 'warn'}"><div class="grow"><bdi>${clean(text_at(finding, 'message'), 400)}</bdi>
    ${text_at(finding, 'suggestion') ? html` <b><bdi>${clean(text_at(finding, 'suggestion'), 200)}</bdi></b>` : nothing}
    <div class="small"><bdi>${clean(text_at(finding, 'file'), 120)}</bdi>:${number_at(finding, 'line') ?? '?'}:${number_at(finding, 'column') ?? '?'}</div></div></div>`)}`;
}

@customElement('g-rules')
export class Rules extends GableElement {
  static override styles = [shared, layout, css`
    .list > * { gap: 12px; }
    .run { display: flex; align-items: center; gap: 14px; flex: 1; min-width: 0; }
    .act { border: 0; border-radius: 13px; background: var(--surface-2); width: 44px; height: 44px; display: grid; place-items: center; } .act:hover { background: var(--surface-3); }
    .shadow { display: grid; gap: 10px; }
    .tally { display: flex; flex-wrap: wrap; gap: 8px; }
    .marks { display: flex; gap: 8px; }
    @media (max-width: 560px) {
      .chip.optional { display: none; }
      /* A name must have room: what is said of the rule stands below it. */
      .list > div { flex-wrap: wrap; }
      .marks { order: 1; flex-basis: 100%; padding-left: 58px; }
    }
  `];
  @state() private list_: RuleList | null = null;
  @state() private shadow_: JsonObject[] = [];
  @state() private error_ = '';
  private asked_ = '';

  protected override subjects(): string[] {
    return ['states', 'structure', 'link', 'hub'];
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    // Rules that come, go or are moved show in the states of their entities.
    const rules = [...this.page.house.entities.values()].filter((entity) => entity.domain === 'automation' || entity.domain === 'script');
    const key = `${this.page.link.status}/${rules.map((entity) => `${entity.id} ${text_at(entity.state, 'enforce')}`).sort().join()}`;
    if (this.asked_ === key || this.page.link.status !== 'online') return;
    this.asked_ = key;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.list_ = await all_rules(this.page.asks);
      this.error_ = '';
      const shadow = await this.page.asks.request('shadow', { from: '-24h' });
      this.shadow_ = is_object(shadow) ? objects_at(shadow, 'rules') : [];
    } catch (error) {
      this.error_ = error_text(error);
    }
  }

  private row(rule: JsonObject): TemplateResult {
    const { house, commands, link } = this.page;
    const id = text_at(rule, 'rule'), entity = house.entities.get(id), status = text_at(rule, 'status'), refused = status === 'refused';
    const is_automation = id.startsWith('automation.'), is_script = id.startsWith('script.');
    const last = moment(text_at(entity?.state, 'last_triggered')), current = number_at(entity?.state, 'current') ?? 0;
    const enforcement = text_at(entity?.state, 'enforce') || text_at(rule, 'enforcement');
    const name = clean(text_at(rule, 'name')) || id, findings = objects_at(rule, 'findings').length;
    const disabled = link.status !== 'online' || refused || !entity;
    const said = current > 0 ? t('rules.running') : last ? t('rules.last', { time: ago(last) }) : is_automation || is_script ? t('rules.never') : '';
    const run = (): void => void (entity && commands.call(entity, is_automation ? 'trigger' : 'turn_on').then((done) => done && this.page.toast({ kind: 'info', text: `${name}: ${t('rules.ran')}` })));
    const inner = html`<span class="badge ${refused ? 'bad' : current > 0 ? 'accent' : ''}"><g-icon path=${refused ? mdiAlertCircleOutline : is_automation ? mdiRobotOutline : is_script ? mdiScriptTextOutline : mdiPaletteOutline}></g-icon></span>
      <span class="grow"><bdi class="title">${name}</bdi><span class="muted small"><bdi>${said || clean(text_at(rule, 'file'))}</bdi></span></span>`;
    const chips: TemplateResult[] = [];
    const mark = (kind: string, text: string): number => chips.push(html`<span class="chip ${kind}">${text}</span>`);
    if (refused) mark('bad', t('rules.refused'));
    else if (enforcement === 'shadow') mark('warn', t('rules.shadow'));
    else if (enforcement === 'off') mark('', t('rules.off'));
    if (status === 'faulty') mark('bad', t('rules.faulty'));
    else if (status === 'waits') mark('warn', t('rules.waits'));
    if (findings && !refused) mark('warn optional', String(findings));
    return html`<div data-rule=${id}>${is_automation || is_script ? html`<a class="run" href=${href('rule', id)}>${inner}</a>` : html`<span class="run">${inner}</span>`}
      ${chips.length ? html`<span class="marks">${chips}</span>` : nothing}
      ${is_automation || is_script ? html`<button class="act" aria-label=${`${name}: ${t('rules.run')}`} title=${t('rules.run')} ?disabled=${disabled} @click=${run}><g-icon path=${mdiPlay}></g-icon></button>` : nothing}
      ${is_automation && entity ? html`<g-switch .on=${commands.value(entity, 'state') === 'on'} .label=${`${name}: ${t('rules.enabled')}`} ?busy=${commands.pending(id) !== undefined} ?disabled=${disabled} @change=${(event: CustomEvent<boolean>) => void commands.call(entity, event.detail ? 'turn_on' : 'turn_off')}></g-switch>` : nothing}</div>`;
  }

  private group(title: string, rules: JsonObject[]): TemplateResult | typeof nothing {
    if (rules.length === 0) return nothing;
    return html`<section class="stack"><h3>${title}</h3><div class="card list">${rules.map((rule) => this.row(rule))}</div></section>`;
  }

  private tallies(): TemplateResult | typeof nothing {
    if (this.shadow_.length === 0) return nothing;
    return html`<section class="card pad shadow"><h2>${t('rules.shadow_title')}</h2><p class="muted small">${t('rules.shadow_help')}</p>
      ${this.shadow_.map((row) => { const n = (key: string): number => number_at(row, key) ?? 0; return html`<div><a href=${href('rule', text_at(row, 'rule'))}><bdi class="title">${clean(text_at(row, 'rule'))}</bdi></a><div class="tally">
        <span class="chip">${t('rules.decisions', { n: n('decisions') })}</span>${n('done') ? html`<span class="chip good">${t('rules.done', { n: n('done') })}</span>` : nothing}${n('already') ? html`<span class="chip good">${t('rules.already', { n: n('already') })}</span>` : nothing}
        ${n('missed') ? html`<span class="chip bad">${t('rules.missed', { n: n('missed') })}</span>` : nothing}${n('uncompared') ? html`<span class="chip">${t('rules.uncompared', { n: n('uncompared') })}</span>` : nothing}</div></div>`; })}</section>`;
  }

  override render(): TemplateResult {
    const head = html`<header class="top"><h1>${t('app.rules')}</h1></header>`;
    if (this.error_ && !this.list_) return html`<div class="page narrow">${head}<div class="note bad">${this.error_}</div></div>`;
    if (!this.list_) return html`<div class="page narrow">${head}</div>`;
    const { rules, mode, findings } = this.list_;
    const of = (prefix: string): JsonObject[] => rules.filter((rule) => text_at(rule, 'rule').startsWith(prefix));
    const others = rules.filter((rule) => !/^(automation|script)\./.test(text_at(rule, 'rule')));
    return html`<div class="page narrow">${head}${mode !== 'live' ? html`<div class="note warn">${t('rules.house_mode', { mode: word(mode) ?? mode })}</div>` : nothing}
      ${findings.length ? html`<section class="stack"><h3>${t('rules.file_findings')}</h3>${finding_rows(findings)}</section>` : nothing}
      ${rules.length === 0 ? empty(mdiRobotOutline, t('rules.none'), t('rules.none_help')) : nothing}
      ${this.group(t('rules.automations'), of('automation.'))}${this.group(t('rules.scripts'), of('script.'))}${this.group(t('rules.others'), others)}${this.tallies()}</div>`;
  }
}

// What is wrong now, and what to do about it.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { mdiAlertCircleOutline, mdiAlertOutline, mdiCheckCircleOutline, mdiInformationOutline } from '@mdi/js';
import { GableElement, shared } from '../ui/base';
import { empty } from '../ui/empty';
import { layout } from '../ui/layout';
import { clean, text_at } from '../store/documents';
import type { Problem } from '../store/house';
import { ago, moment, t } from '../i18n';
import '../ui/icon';

const kRank: Record<string, number> = { error: 0, warning: 1 };

export function problem_rows(problems: Problem[]): TemplateResult {
  const sorted = [...problems].sort((a, b) => (kRank[text_at(a.document, 'severity')] ?? 2) - (kRank[text_at(b.document, 'severity')] ?? 2) || a.id.localeCompare(b.id));
  return html`${sorted.map(({ id, document }) => {
    const severity = text_at(document, 'severity'), help = clean(text_at(document, 'help'), 400), since = moment(text_at(document, 'since'));
    const [icon, style] = severity === 'error' ? [mdiAlertCircleOutline, 'bad'] : severity === 'warning' ? [mdiAlertOutline, 'warn'] : [mdiInformationOutline, 'accent'];
    return html`<div class="problem" data-problem=${clean(id)}><span class="badge ${style}"><g-icon path=${icon}></g-icon></span><div class="grow"><bdi class="title">${clean(text_at(document, 'text'), 400)}</bdi>
      ${help ? html`<p class="small"><span class="muted">${t('problems.todo')}:</span> <bdi>${help}</bdi></p>` : nothing}<span class="muted small">${since ? ago(since) : nothing} · <bdi>${clean(id)}</bdi></span></div></div>`;
  })}`;
}

@customElement('g-problems')
export class Problems extends GableElement {
  static override styles = [shared, layout, css`.problem { align-items: flex-start !important; }`];

  protected override subjects(): string[] {
    return ['problems'];
  }

  override render(): TemplateResult {
    const problems = [...this.page.house.problems.values()];
    return html`<div class="page narrow"><header class="top"><h1>${t('app.problems')}</h1></header>
      ${problems.length ? html`<section class="card list">${problem_rows(problems)}</section>` : empty(mdiCheckCircleOutline, t('problems.none'), t('problems.none_help'))}</div>`;
  }
}

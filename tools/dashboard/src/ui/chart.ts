// The history of one entity: a line for numbers (uPlot), a band of colours for words.
import { html, css, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import uplot_css from 'uplot/dist/uPlot.min.css?inline';
import { GableElement, shared, vars } from './base';
import { error_text } from './failures';
import { type Json, is_object, objects_at, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { state_text, unit_of } from '../domain/text';
import { clock, date_time, moment, number, t, weekday, type Key } from '../i18n';
import './choice';

export const kRanges: [string, number][] = [['1h', 3_600], ['6h', 21_600], ['24h', 86_400], ['7d', 604_800]];
const kPoints = 5_000;
const kColours = ['--t-blue', '--accent', '--t-light', '--t-media', '--t-heat', '--t-cool', '--good', '--bad'];
const kRest = new Set(['off', 'closed', 'locked', 'idle', 'not_home', 'unknown', 'disarmed', 'docked', 'unavailable']);

interface Point { time: number; state: Json }  // time: s since 1970

// What a chart shows when the state itself is only a word.
const kAttribute: Record<string, string> = { climate: 'current_temperature', water_heater: 'current_temperature', humidifier: 'current_humidity' };

@customElement('g-chart')
export class Chart extends GableElement {
  static override styles = [shared, unsafeCSS(uplot_css), css`
    :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; }
    .plot { height: var(--chart, 220px); position: relative; overflow: hidden; }
    .uplot { font-family: inherit; width: 100%; }
    .u-over { cursor: crosshair; }
    .value { min-height: 1.4em; font-variant-numeric: tabular-nums; }
    .band { display: flex; height: 44px; border-radius: 12px; overflow: hidden; background: var(--surface-2); }
    .band i { flex: var(--size) 1 0; min-width: 0; background: var(--colour); }
    .axis { display: flex; justify-content: space-between; font-size: 0.78rem; color: var(--muted); margin-top: 6px; }
    .legend { display: flex; flex-wrap: wrap; gap: 6px 16px; font-size: 0.83rem; } .legend span { display: inline-flex; gap: 7px; align-items: center; } .legend i { width: 11px; height: 11px; border-radius: 4px; background: var(--colour); }
    g-choice { max-width: 420px; }
  `];
  @property({ attribute: false }) entity!: Entity;
  @property({ type: Boolean }) plain = false;  // without the choice of a range
  @property() range = '24h';
  @state() private points_: Point[] | null = null;
  @state() private error_ = '';
  @state() private hint_ = '';
  @query('.plot') private plot_?: HTMLElement;
  private chart_: uPlot | null = null;
  private asked_ = '';
  private resize_: ResizeObserver | null = null;

  protected override subjects(): string[] {
    return [this.entity.id];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forget();
  }

  private forget(): void {
    this.resize_?.disconnect();
    this.resize_ = null;
    this.chart_?.destroy();
    this.chart_ = null;
  }

  private get attribute(): string {
    return kAttribute[this.entity.domain] ?? '';
  }

  private async load(): Promise<void> {
    const key = `${this.entity.id}/${this.range}`;
    if (this.asked_ === key) return;
    this.asked_ = key;
    this.points_ = null;
    this.error_ = '';
    try {
      const answer = await this.page.asks.request('history', { entity: this.entity.id, from: `-${this.range}`, limit: kPoints });
      if (this.asked_ !== key) return;
      this.points_ = this.read(answer);
    } catch (error) {
      if (this.asked_ === key) this.error_ = error_text(error);
    }
  }

  private read(answer: Json): Point[] {
    const points: Point[] = [];
    let value: Json = null;
    for (const row of is_object(answer) ? objects_at(answer, 'points') : []) {
      const date = moment(text_at(row, 't'));
      if (!date) continue;
      const attributes = row['a'];
      if (!this.attribute) value = row['state'] ?? null;
      else if (is_object(attributes) && Object.hasOwn(attributes, this.attribute)) value = attributes[this.attribute] ?? null;
      points.push({ time: date.getTime() / 1000, state: value });
    }
    return points;
  }

  // With the present at the end.
  private get shown(): Point[] {
    const now = this.entity.state?.[this.attribute || 'state'];
    const points = this.points_ ?? [];
    return now === undefined ? points : [...points, { time: Date.now() / 1000, state: now }];
  }

  private get numeric(): boolean {
    const known = this.shown.filter((point) => point.state !== null && point.state !== 'unavailable' && point.state !== 'unknown' && point.state !== '');
    return known.length > 0 && known.every((point) => Number.isFinite(Number(point.state)) && typeof point.state !== 'boolean');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    void this.load();
  }

  protected override updated(): void {
    if (!this.plot_ || !this.numeric || this.points_ === null) return this.forget();
    const points = this.shown;
    const to = Date.now() / 1000, from = to - (kRanges.find(([name]) => name === this.range)?.[1] ?? 86_400);
    const data: uPlot.AlignedData = [points.map((point) => point.time), points.map((point) => { const n = Number(point.state); return point.state === null || Number.isNaN(n) ? null : n; })];
    if (this.chart_ && this.chart_.root.parentElement === this.plot_) {
      this.chart_.setData(data, false);
      this.chart_.setScale('x', { min: from, max: to });
      return;
    }
    this.forget();
    this.draw(this.plot_, data, from, to);
  }

  private draw(plot: HTMLElement, data: uPlot.AlignedData, from: number, to: number): void {
    const style = getComputedStyle(this);
    const colour = style.getPropertyValue('--accent').trim(), muted = style.getPropertyValue('--muted').trim(), line = style.getPropertyValue('--line').trim();
    const axis = { stroke: muted, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    this.chart_ = new uPlot({
      width: plot.clientWidth || 300, height: plot.clientHeight || 220, legend: { show: false }, padding: [8, 6, 0, 0],
      cursor: { points: { size: 8 }, drag: { x: false, y: false }, y: false },
      scales: { x: { min: from, max: to }, y: { range: (_, low, high) => { const room = (high - low) * 0.12 || Math.abs(high) * 0.05 || 1; return [low - room, high + room]; } } },
      axes: [{ ...axis, size: 28, grid: { show: false }, values: (_, splits) => splits.map((at) => (to - from > 172_800 ? weekday(new Date(at * 1000)) : clock(new Date(at * 1000)))) }, { ...axis, size: 56, values: (_, splits) => splits.map((value) => number(value)) }],
      series: [{}, { stroke: colour, width: 2, fill: `color-mix(in srgb, ${colour} 12%, transparent)`, paths: uPlot.paths.stepped!({ align: 1 }), points: { show: false } }],
      hooks: { setCursor: [(chart) => this.point_at(chart)] },
    }, data, plot);
    this.resize_ = new ResizeObserver(() => this.chart_?.setSize({ width: plot.clientWidth, height: plot.clientHeight }));
    this.resize_.observe(plot);
  }

  private point_at(chart: uPlot): void {
    const index = chart.cursor.idx;
    const x = index === null || index === undefined ? undefined : chart.data[0]?.[index], y = index === null || index === undefined ? undefined : chart.data[1]?.[index];
    this.hint_ = x === undefined || typeof y !== 'number' ? '' : `${number(y)} ${this.attribute ? '' : unit_of(this.entity)} · ${date_time(new Date(x * 1000))}`;
  }

  private band(points: Point[]): TemplateResult {
    const now = Date.now() / 1000, from = now - (kRanges.find(([name]) => name === this.range)?.[1] ?? 86_400);
    const words = [...new Set(points.map((point) => String(point.state ?? 'unknown')))].slice(0, 40);
    const colour = (state: string): string => kRest.has(state) ? 'var(--surface-3)' : `var(${kColours[words.filter((one) => !kRest.has(one)).indexOf(state) % kColours.length] ?? '--muted'})`;
    const pieces = points.slice(0, -1).map((point, index) => ({ state: String(point.state ?? 'unknown'), begin: Math.max(from, point.time), end: points[index + 1]!.time })).filter((piece) => piece.end > piece.begin);
    const first = pieces[0]?.begin ?? from;
    return html`<div><div class="band" role="img" aria-label=${t('entity.history')}>
      ${first > from ? html`<i ${vars({ '--size': Math.round(first - from), '--colour': 'transparent' })}></i>` : nothing}
      ${pieces.slice(-2_000).map((piece) => html`<i title=${`${state_text(this.entity, piece.state)} · ${date_time(new Date(piece.begin * 1000))}`} ${vars({ '--size': Math.max(1, Math.round(piece.end - piece.begin)), '--colour': colour(piece.state) })}></i>`)}</div>
      <div class="axis"><span>${clock(new Date(from * 1000))}</span><span>${clock(new Date((from + now) * 500))}</span><span>${clock(new Date())}</span></div></div>
      <div class="legend">${words.slice(0, 12).map((state) => html`<span><i ${vars({ '--colour': colour(state) })}></i><bdi>${state_text(this.entity, state)}</bdi></span>`)}</div>`;
  }

  private body(): TemplateResult {
    if (this.error_) return html`<p class="muted">${this.error_}</p>`;
    if (this.points_ === null) return html`<div class="plot"></div>`;
    if (this.points_.length === 0) return html`<p class="muted">${t('entity.no_history')}</p>`;
    return this.numeric ? html`<div class="plot"></div>${this.plain ? nothing : html`<div class="value small muted">${this.hint_}</div>`}` : this.band(this.shown);
  }

  override render(): TemplateResult {
    const ranges = kRanges.map(([name]) => ({ value: name, text: t(`range.${name}` as Key) }));
    return html`${this.plain ? nothing : html`<g-choice .options=${ranges} .value=${this.range} .label=${t('entity.history')} @change=${(event: CustomEvent<string>) => { this.range = event.detail; }}></g-choice>`}${this.body()}`;
  }
}

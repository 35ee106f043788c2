// The colour of a light: a band of hues and a slider of strength, sent in the form that the light takes.
import { html, css, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { GableElement, shared, vars } from '../ui/base';
import { supports } from '../domain/spec';
import type { Entity } from '../store/house';
import type { JsonObject } from '../store/documents';
import { t } from '../i18n';

// h 0–360, s 0–100 → 0–255 each.
export function rgb_of(h: number, s: number): [number, number, number] {
  const part = (n: number): number => {
    const k = (n + h / 60) % 6;
    return Math.round(255 * (1 - (s / 100) * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [part(5), part(3), part(1)];
}

// CIE 1931 chromaticity of an sRGB colour (wide gamut is the light's own business).
export function xy_of([r, g, b]: [number, number, number]): [number, number] {
  const linear = (v: number): number => (v > 10.31 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92);
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const x = 0.4124 * lr + 0.3576 * lg + 0.1805 * lb, y = 0.2126 * lr + 0.7152 * lg + 0.0722 * lb, z = 0.0193 * lr + 0.1192 * lg + 0.9505 * lb;
  const sum = x + y + z || 1;
  return [Number((x / sum).toFixed(4)), Number((y / sum).toFixed(4))];
}

export function hs_of([r, g, b]: [number, number, number]): [number, number] {
  const max = Math.max(r, g, b), d = max - Math.min(r, g, b);
  const h = d === 0 ? 0 : max === r ? ((g - b) / d + 6) % 6 : max === g ? (b - r) / d + 2 : (r - g) / d + 4;
  return [h * 60, max === 0 ? 0 : (100 * d) / max];
}

@customElement('g-colour')
export class Colour extends GableElement {
  static override styles = [shared, css`
    .label { display: block; font-size: 0.83rem; color: var(--muted); margin-bottom: 6px; }
    .band { position: relative; height: 40px; border-radius: 12px; overflow: hidden; }
    .band + .band { margin-top: 8px; }
    .hue { background: linear-gradient(90deg in hsl longer hue, hsl(0 90% 60%), hsl(360 90% 60%)); background: linear-gradient(90deg, #f55, #ff5, #5f5, #5ff, #55f, #f5f, #f55); }
    .strength { background: linear-gradient(90deg, #fff, hsl(var(--h) 90% 60%)); }
    input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
    .handle { position: absolute; top: 6px; bottom: 6px; width: 6px; border-radius: 4px; background: #fff; box-shadow: 0 0 3px rgb(0 0 0 / 0.6); left: calc(5px + (100% - 16px) * var(--part)); pointer-events: none; }
    .band:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
  `];
  @property({ attribute: false }) entity!: Entity;
  @property() service = 'turn_on';
  @property({ type: Boolean }) disabled = false;

  protected override subjects(): string[] {
    return [this.entity.id];
  }

  private get hs(): [number, number] {
    const list = (key: string): number[] => {
      const value = this.page.commands.value(this.entity, key);
      return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];
    };
    const hs = list('hs_color'), rgb = [list('rgb_color'), list('rgbw_color'), list('rgbww_color')].find((one) => one.length >= 3);
    if (hs.length === 2) return [hs[0]!, hs[1]!];
    return rgb ? hs_of([rgb[0]!, rgb[1]!, rgb[2]!]) : [0, 0];
  }

  private send(h: number, s: number): void {
    const rgb = rgb_of(h, s);
    const takes = (param: string): boolean => supports(this.entity, this.service, param);
    const args: JsonObject = takes('hs_color') ? { hs_color: [h, s] } : takes('rgb_color') ? { rgb_color: rgb } : takes('xy_color') ? { xy_color: xy_of(rgb) }
      : takes('rgbw_color') ? { rgbw_color: [...rgb, 0] } : { rgbww_color: [...rgb, 0, 0] };
    void this.page.commands.call(this.entity, this.service, args);
  }

  override render(): TemplateResult {
    const [h, s] = this.hs;
    const read = (event: Event): number => Number((event.target as HTMLInputElement).value);
    return html`<span class="label">${t('unit.colour')}</span>
      <div class="band hue" ${vars({ '--part': h / 360 })}><div class="handle"></div><input type="range" min="0" max="360" .value=${String(h)} aria-label=${t('unit.colour')} ?disabled=${this.disabled} @change=${(event: Event) => this.send(read(event), s || 100)}></div>
      <div class="band strength" ${vars({ '--part': s / 100, '--h': h })}><div class="handle"></div><input type="range" min="0" max="100" .value=${String(s)} aria-label=${`${t('unit.colour')} %`} ?disabled=${this.disabled} @change=${(event: Event) => this.send(h, read(event))}></div>`;
  }
}

// A tablet on the wall: dims when nobody is there and at night, and wakes when touched or when something moves.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { clock, day, t } from '../i18n';

const kLook = 1_000;          // ms
const kAwakeAtNight = 45_000; // ms after a touch, while the schedule says dim

// "22:00-06:30" → whether a time of the day lies in it.
export function in_schedule(text: string, now: Date): boolean {
  const match = /^(\d\d?):(\d\d)-(\d\d?):(\d\d)$/.exec(text);
  if (!match) return false;
  const [from, to] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])];
  const at = now.getHours() * 60 + now.getMinutes();
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

@customElement('g-kiosk')
export class KioskShade extends GableElement {
  static override styles = [shared, css`
    .shade { position: fixed; inset: 0; z-index: 50; background: #000; color: #8a8f93; display: grid; place-content: center; text-align: center; border: 0; width: 100%; gap: 6px; animation: fall 0.8s ease-out; cursor: none; }
    .clock { font-size: min(22vw, 12rem); font-weight: 250; line-height: 1; font-variant-numeric: tabular-nums; letter-spacing: -0.03em; }
    @keyframes fall { from { opacity: 0; } }
  `];
  @state() private dimmed_ = false;
  @state() private now_ = new Date();
  private touched_ = Date.now();
  private timer_: ReturnType<typeof setInterval> | undefined;
  private readonly touch_ = (): void => this.wake();

  protected override subjects(): string[] {
    const { wake } = this.page.kiosk;
    return wake ? [wake] : [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, this.touch_);
    this.timer_ = setInterval(() => this.look(), kLook);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const event of ['pointerdown', 'keydown']) removeEventListener(event, this.touch_);
    clearInterval(this.timer_);
  }

  private wake(): void {
    this.touched_ = Date.now();
    this.dimmed_ = false;
  }

  private look(): void {
    this.now_ = new Date();
    const { idle_seconds, dim } = this.page.kiosk;
    const quiet = Date.now() - this.touched_;
    const by_idle = idle_seconds > 0 && quiet > idle_seconds * 1_000, by_night = in_schedule(dim, this.now_) && quiet > kAwakeAtNight;
    this.dimmed_ = by_idle || by_night;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const { wake } = this.page.kiosk;
    if (wake && this.page.house.value(wake, 'state') === 'on') this.wake();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.dimmed_) return nothing;
    return html`<button class="shade" aria-label=${t('kiosk.touch')}><span class="clock">${clock(this.now_)}</span><span>${day(this.now_)}</span></button>`;
  }
}

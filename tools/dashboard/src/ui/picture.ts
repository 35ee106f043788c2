// A camera's or an image's picture, where the broker has it: its topic is named by the entity, and read only while
// it is looked at.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { capabilities } from '../domain/spec';
import { name_of } from '../domain/text';
import { text_at } from '../store/documents';
import type { Entity } from '../store/house';

const kLargest = 8 * 1024 * 1024;  // bytes
const kTopic = /^[^+#$\u0000-\u001f][^+#\u0000-\u001f]{0,510}$/;
// By their first bytes; nothing else is shown.
const kKinds: [string, number[], number][] = [['image/jpeg', [0xff, 0xd8, 0xff], 0], ['image/png', [0x89, 0x50, 0x4e, 0x47], 0], ['image/gif', [0x47, 0x49, 0x46, 0x38], 0], ['image/webp', [0x57, 0x45, 0x42, 0x50], 8]];

export function picture_topic(entity: Entity): string {
  const topic = text_at(capabilities(entity), 'image_topic');
  return kTopic.test(topic) ? topic : '';
}

function bytes_of(payload: Uint8Array, encoding: string): Uint8Array {
  if (encoding !== 'b64') return payload;
  try {
    return Uint8Array.from(atob(new TextDecoder().decode(payload)), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

@customElement('g-picture')
export class Picture extends GableElement {
  static override styles = [shared, css`img { display: block; width: 100%; border-radius: 14px; background: var(--surface-2); }`];
  @property({ attribute: false }) entity!: Entity;
  @state() private url_ = '';
  private topic_ = '';
  private stop_: () => void = () => {};
  private calm_: () => void = () => {};

  protected override subjects(): string[] {
    return [this.entity.id, 'link'];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  private leave(): void {
    this.stop_();
    this.calm_();
    this.show(null);
    this.topic_ = '';
  }

  private show(picture: Blob | null): void {
    if (this.url_) URL.revokeObjectURL(this.url_);
    this.url_ = picture ? URL.createObjectURL(picture) : '';
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const { link } = this.page, topic = link.status === 'online' ? picture_topic(this.entity) : '';
    if (topic === this.topic_) return;
    this.leave();
    this.topic_ = topic;
    if (!topic) return;
    this.stop_ = link.watch(topic, (payload) => this.take(payload));
    this.calm_ = link.hasten();
  }

  private take(payload: Uint8Array): void {
    if (payload.length > kLargest) return;
    const bytes = bytes_of(payload, text_at(capabilities(this.entity), 'image_encoding'));
    const kind = kKinds.find(([, first, at]) => first.every((byte, index) => bytes[at + index] === byte));
    if (kind) this.show(new Blob([bytes as BlobPart], { type: kind[0] }));
  }

  override render(): TemplateResult | typeof nothing {
    return this.url_ ? html`<img src=${this.url_} alt=${name_of(this.entity)}>` : nothing;
  }
}

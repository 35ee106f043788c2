// Small questions over the page, with the browser's own modal dialog.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { t } from '../i18n';

@customElement('g-dialog')
export class Dialog extends GableElement {
  static override styles = [shared, css`
    dialog { border: 0; border-radius: 24px; background: var(--surface); color: var(--text); padding: 24px; width: min(420px, calc(100vw - 32px)); box-shadow: 0 20px 60px rgb(0 0 0 / 0.3); }
    dialog::backdrop { background: rgb(15 18 20 / 0.45); }
    form { display: grid; gap: 18px; }
    .actions { display: flex; justify-content: flex-end; gap: 8px; }
  `];
  @property() heading = '';
  @property() help = '';
  @property() action = '';
  @property() value = '';
  @property() input = '';  // the type of the field; empty: none
  @property({ type: Boolean }) danger = false;
  @query('dialog') private dialog_!: HTMLDialogElement;
  private resolve_: (value: string | null) => void = () => {};

  // What was entered ('' without a field), or null when it was given up.
  async ask(): Promise<string | null> {
    await this.updateComplete;
    this.dialog_.showModal();
    return new Promise((resolve) => { this.resolve_ = resolve; });
  }

  private ended(value: string | null): void {
    if (this.dialog_.open) this.dialog_.close();
    this.resolve_(value);
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.ended(this.renderRoot.querySelector('input')?.value ?? '');
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @cancel=${() => this.ended(null)}><form @submit=${this.submit}>
      <h2 id="title">${this.heading}</h2>
      ${this.help ? html`<p class="muted">${this.help}</p>` : nothing}
      ${this.input ? html`<input type=${this.input} .value=${this.value} aria-label=${this.heading} autocomplete="off" autofocus>` : nothing}
      <div class="actions"><button type="button" class="button ghost" @click=${() => this.ended(null)}>${t('app.close')}</button>
        <button class="button ${this.danger ? 'bad' : 'primary'}">${this.action}</button></div></form></dialog>`;
  }
}

export interface Question { heading: string; help?: string; action: string; value?: string; input?: string; danger?: boolean }

// Puts a dialog on the page for one question.
export async function ask(question: Question): Promise<string | null> {
  const dialog = document.createElement('g-dialog') as Dialog;
  Object.assign(dialog, question);
  document.body.append(dialog);
  try {
    return await dialog.ask();
  } finally {
    dialog.remove();
  }
}

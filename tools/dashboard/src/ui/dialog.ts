// Small questions over the page, with the browser's own modal dialog.
import { html, css, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { GableElement, shared } from './base';
import { t } from '../i18n';

// `choices`: what may be taken instead of writing something.
export interface Field { key: string; label: string; value?: string; type?: string; choices?: string[] }
export interface Question { heading: string; help?: string; action: string; danger?: boolean; fields?: Field[] }

@customElement('g-dialog')
export class Dialog extends GableElement {
  static override styles = [shared, css`
    dialog { border: 0; border-radius: 24px; background: var(--surface); color: var(--text); padding: 24px; width: min(420px, calc(100vw - 32px)); box-shadow: 0 20px 60px rgb(0 0 0 / 0.3); }
    dialog::backdrop { background: rgb(15 18 20 / 0.45); }
    form, label { display: grid; gap: 18px; } label { gap: 6px; font-size: 0.86rem; color: var(--muted); } label input[type] { color: var(--text); font-size: 1rem; }
    .actions { display: flex; justify-content: flex-end; gap: 8px; }
  `];
  @property({ attribute: false }) question: Question = { heading: '', action: '' };
  @query('dialog') private dialog_!: HTMLDialogElement;
  private resolve_: (values: Record<string, string> | null) => void = () => {};

  // What was entered, by key, or null when it was given up.
  async ask(): Promise<Record<string, string> | null> {
    await this.updateComplete;
    this.dialog_.showModal();
    return new Promise((resolve) => { this.resolve_ = resolve; });
  }

  private ended(values: Record<string, string> | null): void {
    if (this.dialog_.open) this.dialog_.close();
    this.resolve_(values);
  }

  private submit(event: Event): void {
    event.preventDefault();
    const values: Record<string, string> = {};
    for (const input of this.renderRoot.querySelectorAll('input')) values[input.name] = input.value.trim();
    this.ended(values);
  }

  private field(field: Field, first: boolean): TemplateResult {
    const list = field.choices ? `choices-${field.key}` : nothing;
    return html`<label>${field.label}<input name=${field.key} type=${field.type ?? 'text'} .value=${field.value ?? ''} list=${list} autocomplete="off" ?autofocus=${first}>
      ${field.choices ? html`<datalist id=${list}>${field.choices.map((choice) => html`<option value=${choice}></option>`)}</datalist>` : nothing}</label>`;
  }

  override render(): TemplateResult {
    const { heading, help, action, danger, fields = [] } = this.question;
    return html`<dialog aria-labelledby="title" @cancel=${() => this.ended(null)}><form @submit=${this.submit}>
      <h2 id="title">${heading}</h2>
      ${help ? html`<p class="muted">${help}</p>` : nothing}
      ${fields.map((field, index) => this.field(field, index === 0))}
      <div class="actions"><button type="button" class="button ghost" @click=${() => this.ended(null)}>${t('app.cancel')}</button>
        <button class="button ${danger ? 'bad' : 'primary'}">${action}</button></div></form></dialog>`;
  }
}

// Puts a dialog on the page for one question.
export async function ask(question: Question): Promise<Record<string, string> | null> {
  const dialog = document.createElement('g-dialog') as Dialog;
  dialog.question = question;
  document.body.append(dialog);
  try {
    return await dialog.ask();
  } finally {
    dialog.remove();
  }
}

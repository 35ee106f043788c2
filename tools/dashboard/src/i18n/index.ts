// Texts, numbers and times in the language of whoever looks.
import { de } from './de';
import { en, type Key } from './en';
import { kWords } from './words';

export type { Key } from './en';

const kTexts: Record<string, Record<Key, string>> = { en, de };
export const kLanguages = [['en', 'English'], ['de', 'Deutsch']] as const;

let language = 'en';
let locale = 'en';  // of dates and numbers: the browser's own kind of that language, where it has one
let plurals = new Intl.PluralRules('en');
let relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function set_language(wished: string): void {
  const short = (wished || navigator.language || 'en').slice(0, 2).toLowerCase();
  language = kTexts[short] ? short : 'en';
  locale = navigator.languages.find((one) => one.toLowerCase().startsWith(language)) ?? language;
  plurals = new Intl.PluralRules(language);
  relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  document.documentElement.lang = language;
}

// The text of a key with its {places} filled in.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text = kTexts[language]![key];
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}

type Counted = Key extends infer K ? (K extends `${infer Base}.one` ? Base : never) : never;

export function count(base: Counted, n: number): string {
  const form = plurals.select(n) === 'one' ? 'one' : 'other';
  return t(`${base}.${form}` as Key, { n: number(n) });
}

// A word of a domain, or nothing when it has none.
export function word(name: string): string | undefined {
  const words = kWords[language]!;
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

const kFormats = new Map<string, Intl.NumberFormat>();
export function number(value: number, digits?: number): string {
  const places = digits ?? (Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 100 ? 1 : 2);
  const key = `${locale}/${places}`;
  let format = kFormats.get(key);
  if (!format) kFormats.set(key, (format = new Intl.NumberFormat(locale, { maximumFractionDigits: places })));
  return format.format(value);
}

export function moment(text: string): Date | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) || time <= 0 ? undefined : new Date(time);
}

const kSteps: [number, Intl.RelativeTimeFormatUnit][] = [[60, 'second'], [3600, 'minute'], [86_400, 'hour'], [30 * 86_400, 'day'], [365 * 86_400, 'month'], [Infinity, 'year']];
const kSizes: Record<string, number> = { second: 1, minute: 60, hour: 3600, day: 86_400, month: 30 * 86_400, year: 365 * 86_400 };

export function ago(date: Date, now = Date.now()): string {
  const seconds = (date.getTime() - now) / 1000;
  if (Math.abs(seconds) < 5) return t('time.now');
  const unit = kSteps.find(([limit]) => Math.abs(seconds) < limit)![1];
  return relative.format(Math.round(seconds / kSizes[unit]!), unit);
}

export function clock(date: Date, seconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (seconds) options.second = '2-digit';
  return date.toLocaleTimeString(locale, options);
}

export function day(date: Date): string {
  return date.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function weekday(date: Date): string {
  return date.toLocaleDateString(locale, { weekday: 'short' });
}

export function date_time(date: Date): string {
  return date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

export function span(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  const parts: [number, string][] = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const out: string[] = [];
  let rest = Math.round(seconds);
  for (const [size, unit] of parts) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0 && out.length < 2) out.push(`${n} ${unit}`);
  }
  return out.join(' ') || '0 s';
}

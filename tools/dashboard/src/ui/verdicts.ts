// How a trace ended, in words and a colour.
import { t, type Key } from '../i18n';
import { clean } from '../store/documents';

const kStyles: Record<string, string> = { finished: 'good', running: 'accent', stopped: 'warn', aborted: 'warn', failed: 'bad', dropped: 'warn', refused: 'warn', conditions: 'warn', guard: 'bad', error: 'bad' };

export function verdict_of(verdict: string): { text: string; style: string } {
  if (!Object.hasOwn(kStyles, verdict)) return { text: clean(verdict, 60), style: '' };
  return { text: t(`trace.${verdict}` as Key), style: kStyles[verdict]! };
}

// Why something did not work, for people: what the hub said, or our own words for what it could not say.
import { clean } from '../store/documents';
import type { Failure } from '../store/commands';
import { AskError } from '../mqtt/asks';
import { t } from '../i18n';

export function failure_text(failure: Failure): string {
  if (failure.code === 'not_allowed') return t('failure.not_allowed');
  if (failure.code === 'offline') return t('failure.offline');
  if (failure.reason) return clean(failure.reason, 200);
  return failure.code === 'timeout' ? t('failure.timeout') : t('failure.failed');
}

export function error_text(error: unknown): string {
  return error instanceof AskError ? failure_text({ code: error.code, reason: error.message }) : t('failure.failed');
}

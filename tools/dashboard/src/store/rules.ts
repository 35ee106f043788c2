// The hub's list of rules, page by page.
import type { Asks } from '../mqtt/asks';
import { type JsonObject, is_object, objects_at, text_at } from './documents';

export interface RuleList { rules: JsonObject[]; mode: string; findings: JsonObject[] }

const kPages = 100;

export async function all_rules(asks: Asks): Promise<RuleList> {
  const out: RuleList = { rules: [], mode: 'live', findings: [] };
  let after = '';
  for (let page = 0; page < kPages; ++page) {
    const answer = await asks.request('rules', after ? { after } : {});
    if (!is_object(answer)) return out;
    out.rules.push(...objects_at(answer, 'rules'));
    out.mode = text_at(answer, 'mode') || 'live';
    out.findings = objects_at(answer, 'findings');
    after = text_at(answer, 'next');
    if (!after) return out;
  }
  return out;
}

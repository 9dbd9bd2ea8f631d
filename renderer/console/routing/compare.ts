import type { RequestSummary, Resolution } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';

type Decided = Pick<RequestSummary, 'outcome' | 'mode' | 'area'> & {
  readonly store: { readonly name: string; readonly code: string } | null;
};

const OUTCOMES: Readonly<Record<string, string>> = {
  admin: 'the console',
  store: 'a store',
  landing: 'no store',
  refused: 'refused',
};

/**
 * In what a real request was decided otherwise than the answer says it would be now, each as a sentence part
 * such as `store: TechStore then, Fashion Boutique now`. Empty when both are the same.
 */
export function differences(answer: Pick<Resolution, keyof Decided>, request: Decided): readonly string[] {
  const rows: readonly (readonly [string, string, string])[] = [
    ['outcome', outcomeWord(request.outcome), outcomeWord(answer.outcome)],
    ['store', storeWord(request.store), storeWord(answer.store)],
    ['mode', modeLabel(request.mode), modeLabel(answer.mode)],
    ['area', areaLabel(request.area), areaLabel(answer.area)],
  ];
  return rows.filter(([, then, now]) => then !== now).map(([what, then, now]) => `${what}: ${then} then, ${now} now`);
}

function outcomeWord(outcome: string | null): string {
  return outcome === null ? 'not decided' : (OUTCOMES[outcome] ?? outcome);
}

/** With the code: two stores may have one name. */
function storeWord(store: Decided['store']): string {
  return store === null ? 'none' : `${store.name} (${store.code})`;
}

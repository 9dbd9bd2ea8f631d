import type { RouteRow } from '../../contract/routing.ts';
import { explainUrl } from '../explain-url.ts';
import type { Resolution, StoreLookup } from '../resolution.ts';
import type { ResolverSettings } from '../resolve.ts';
import type { Claim } from './claims.ts';

type Verdict = Pick<RouteRow, 'state' | 'reason'>;

const HOLDS: Verdict = { state: 'active', reason: null };

/** Asks the resolver where a claim's example leads, and says whether that is where it must. */
export async function judgeClaim(claim: Claim, lookup: StoreLookup, settings: ResolverSettings): Promise<RouteRow> {
  if (claim.example === null) return { ...claim, ...HOLDS, related: [] };
  const answer = await explainUrl({ url: claim.example }, lookup, settings);
  return { ...claim, ...verdictOf(claim, answer), related: [] };
}

function verdictOf(claim: Claim, answer: Resolution): Verdict {
  if (claim.owner === 'reserved') return reservedVerdict(answer);
  const wanted = claim.store?.code ?? null;
  const reached = answer.outcome === 'store' ? (answer.store?.code ?? null) : null;
  if (wanted !== null && reached !== null && reached !== wanted) {
    return { state: 'shadowed', reason: `${reached} answers here: ${winningReason(answer)}.` };
  }
  if (answer.refusal) return refusedVerdict(claim, answer.refusal);
  if (wanted !== null && reached === null) {
    return { state: 'shadowed', reason: `No store is reached: ${winningReason(answer)}.` };
  }
  if (claim.area !== null && answer.area !== claim.area) {
    return { state: 'shadowed', reason: `The area ${answer.area} answers here, not ${claim.area}.` };
  }
  if (answer.redirectTo !== null) return { state: 'active', reason: `Leads on to ${answer.redirectTo}` };
  return HOLDS;
}

function reservedVerdict(answer: Resolution): Verdict {
  if (answer.outcome === 'store') {
    return { state: 'collision', reason: `Reserved, and yet ${answer.store?.code} answers here.` };
  }
  return { state: 'reserved', reason: 'A word of the platform: never a store.' };
}

function refusedVerdict(claim: Claim, refusal: NonNullable<Resolution['refusal']>): Verdict {
  if (refusal.code === 'domain_unverified') return { state: 'unverified', reason: refusal.message };
  if (refusal.code === 'store_inactive' || refusal.code === 'domain_inactive')
    return { state: 'inactive', reason: refusal.message };
  // Only a switched-off way of routing refuses a store that is there.
  if (claim.rule === 'path') return { state: 'inactive', reason: refusal.message };
  return { state: 'shadowed', reason: refusal.message };
}

function winningReason({ ladder }: Resolution): string {
  const winner = ladder.find(({ result }) => result === 'matched' || result === 'refused');
  return winner?.reason ?? 'no rule leads to a store';
}

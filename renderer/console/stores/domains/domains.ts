import type { DomainCheck, StoreDomain } from '../../../../server/contract/domains.ts';
import { formatDate } from '../../../shared/format.ts';
import type { Tone } from '../../../shared/state-label.tsx';

/** Where a domain stands, in a word and its tone. Switched off counts more than proven. */
export function stateOf({ state, isActive, isVerified }: StoreDomain): { readonly word: string; readonly tone: Tone } {
  if (isVerified && !isActive) return { word: 'off', tone: 'plain' };
  if (isVerified) return { word: 'verified', tone: 'good' };
  return state === 'failed' ? { word: 'failed', tone: 'bad' } : { word: 'pending', tone: 'warn' };
}

/** One line under a domain: what is wrong, or how it was proven. */
export function noteOf({ lastFault, isVerified, verifiedBy, twin, createdAt }: StoreDomain): string {
  if (lastFault !== null) return lastFault;
  const also = twin === null ? '' : `, with ${twin}`;
  if (!isVerified) return `Added on ${formatDate(createdAt)}${also}; waits to be proven.`;
  const how = { dns: 'Proven by DNS', file: 'Proven by file', administrator: 'Marked by an administrator' } as const;
  return `${verifiedBy === null ? 'Proven' : how[verifiedBy]}${also}.`;
}

/** The domain that is shown: the one of the address, else the one that needs attention first, else the first. */
export function chosenDomain(domains: readonly StoreDomain[], asked: string | null): StoreDomain | null {
  return domains.find(({ domain }) => domain === asked) ?? domains.find((one) => !one.isVerified) ?? domains[0] ?? null;
}

/** The primary one first, then by name. */
export function sortedDomains(domains: readonly StoreDomain[]): readonly StoreDomain[] {
  return domains.toSorted(
    (one, other) => Number(other.isPrimary) - Number(one.isPrimary) || one.domain.localeCompare(other.domain),
  );
}

/** The checks in a line, for the status that is read aloud. */
export function checksSummary(checks: readonly DomainCheck[]): string {
  if (checks.length === 0) return 'Nothing was checked yet.';
  const failed = checks.filter(({ verdict }) => verdict === 'failed').length;
  const waiting = checks.filter(({ verdict }) => verdict === 'waiting').length;
  if (failed > 0) return failed === 1 ? 'One check failed.' : `${failed} checks failed.`;
  return waiting > 0 ? 'What is required is there; something still waits.' : 'Every check passed.';
}

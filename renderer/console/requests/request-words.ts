/** What of a request is written as a word wherever it is shown: what was noticed, who asked, where it came from. */
import type { RequestFlag, RequestSummary } from '../../../server/contract/requests.ts';
import type { Tone } from '../../shared/state-label.tsx';

interface FlagWords {
  /** Fits into a list. */
  readonly label: string;
  readonly tone: Tone;
  /** In a sentence. */
  readonly meaning: string;
}

export const FLAG_WORDS: Readonly<Record<RequestFlag, FlagWords>> = {
  error: { label: 'error', tone: 'bad', meaning: 'An error ended it.' },
  slow: { label: 'slow', tone: 'warn', meaning: 'It took longer than the threshold for slow requests.' },
  slow_sql: { label: 'slow SQL', tone: 'warn', meaning: 'A statement took longer than the threshold.' },
  n_plus_one: { label: 'N+1', tone: 'warn', meaning: 'One statement was repeated with other values.' },
  repeated_sql: { label: 'repeated SQL', tone: 'warn', meaning: 'One statement was repeated with the same values.' },
  truncated: { label: 'cut off', tone: 'plain', meaning: 'Not everything of it was kept.' },
};

const ROLES: Readonly<Record<string, string>> = {
  anonymous: 'visitor',
  console: 'console',
  store_owner: 'owner',
  store_staff: 'staff',
};

/** Who asked, in words. */
export function roleLabel(role: string): string {
  return ROLES[role] ?? role.replaceAll('_', ' ');
}

/** The roles that the filter offers. */
export const ROLE_NAMES = ['anonymous', 'store_staff', 'store_owner', 'console'] as const;

/** Where a request came from when no client sent it, in words. */
export const ORIGIN_WORDS: Readonly<Record<NonNullable<RequestSummary['origin']>, string>> = {
  resent: 'sent from the console',
  imported: 'imported',
  probe: 'a probe of this app',
};

/** The four limits of a store in words, and how much of each is used. */
import type { StoreLimits, StoreLimitsAnswer } from '../../../../server/contract/backends.ts';
import { count, formatNumber } from '../../../shared/format.ts';

export type LimitName = keyof StoreLimits;

export interface ShownLimit {
  readonly name: LimitName;
  readonly label: string;
  /** What happens at the limit. */
  readonly meaning: string;
  /** Beside the field. */
  readonly unit: string;
  readonly most: number;
  readonly limit: number;
  readonly standard: number;
  readonly isChanged: boolean;
  /** In the limit's own unit. */
  readonly used: number;
  readonly usedWords: string;
}

/** As the server counts them. */
const BYTES_PER_MEGABYTE = 1024 * 1024;

const WORDS: Readonly<Record<LimitName, Pick<ShownLimit, 'label' | 'meaning' | 'unit' | 'most'>>> = {
  requestsPerMinute: {
    label: 'Requests',
    meaning: 'Beyond it, requests are answered with 429 and the time to try again.',
    unit: 'a minute',
    most: 1_000_000,
  },
  connections: {
    label: 'Connections',
    meaning: 'Requests beyond it wait for a connection, so that one store cannot take those of others.',
    unit: 'at once',
    most: 1000,
  },
  storageMegabytes: {
    label: 'Storage',
    meaning: 'Beyond it, no rows and pictures are added; reading, changing and deleting go on.',
    unit: 'MB',
    most: 10_000_000,
  },
  concurrentJobs: {
    label: 'Jobs',
    meaning: 'Jobs beyond it wait until one has ended.',
    unit: 'at once',
    most: 100,
  },
};

/** The limits in their order, each with its use. */
export function shownLimits({ limits, defaults, changed, usage }: StoreLimitsAnswer): readonly ShownLimit[] {
  const used: Readonly<Record<LimitName, readonly [number, string]>> = {
    requestsPerMinute: [usage.requestsThisMinute, `${formatNumber(usage.requestsThisMinute)} this minute`],
    connections: [
      usage.connections,
      `${usage.connections} in use${usage.waiting > 0 ? `, ${count(usage.waiting, 'request')} waiting` : ''}`,
    ],
    storageMegabytes: [
      usage.storageBytes / BYTES_PER_MEGABYTE,
      `${(usage.storageBytes / BYTES_PER_MEGABYTE).toFixed(1)} MB used`,
    ],
    concurrentJobs: [usage.jobs, `${usage.jobs} running`],
  };
  return (Object.keys(WORDS) as LimitName[]).map((name) => ({
    name,
    ...WORDS[name],
    limit: limits[name],
    standard: defaults[name],
    isChanged: changed.includes(name),
    used: used[name][0],
    usedWords: used[name][1],
  }));
}

/** What was typed as a limit, or what is wrong with it in a sentence. */
export function readLimit(typed: string | number, { most }: Pick<ShownLimit, 'most'>): number | string {
  const value = typeof typed === 'number' ? typed : Number(typed.trim() === '' ? Number.NaN : typed);
  if (!Number.isInteger(value) || value < 1) return 'Enter a whole number of 1 or more.';
  return value > most ? `Enter ${formatNumber(most)} or less.` : value;
}

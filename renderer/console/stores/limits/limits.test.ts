import { expect, it } from 'vitest';
import { buildLimits } from '../testing/build-limits.ts';
import { readLimit, shownLimits } from './limits.ts';

it('sets each limit against its use, in the limit’s own unit', () => {
  const shown = shownLimits(
    buildLimits({
      changed: ['connections'],
      usage: { requestsThisMinute: 30, connections: 5, waiting: 2, storageBytes: 2.5 * 1024 * 1024, jobs: 0 },
    }),
  );

  expect(shown.map(({ name, used, usedWords, isChanged }) => [name, used, usedWords, isChanged])).toEqual([
    ['requestsPerMinute', 30, '30 this minute', false],
    ['connections', 5, '5 in use, 2 requests waiting', true],
    ['storageMegabytes', 2.5, '2.5 MB used', false],
    ['concurrentJobs', 0, '0 running', false],
  ]);
});

it.each([
  ['250', 250],
  [7, 7],
  ['', 'Enter a whole number of 1 or more.'],
  ['0', 'Enter a whole number of 1 or more.'],
  [-3, 'Enter a whole number of 1 or more.'],
  ['1.5', 'Enter a whole number of 1 or more.'],
  ['many', 'Enter a whole number of 1 or more.'],
  ['1001', 'Enter 1000 or less.'],
])('reads %j', (typed, read) => expect(readLimit(typed, { most: 1000 })).toBe(read));

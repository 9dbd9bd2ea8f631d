import { expect, it } from 'vitest';
import { nearMatches } from './near-matches.ts';

const names = ['techstore', 'fashion', 'orion'];

it.each([
  ['techstor', ['techstore']],
  ['TECHSTROE', ['techstore']],
  ['tech', ['techstore']],
  ['oriom', ['orion']],
  ['zzzzzz', []],
])('finds for %s %j', (wanted, expected) => {
  expect(nearMatches(wanted, names)).toEqual(expected);
});

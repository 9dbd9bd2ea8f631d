import { describe, expect, it } from 'vitest';
import { buildSwitch } from '../testing/build-backends.ts';
import { elapsedOf, formatElapsed, percentOf, phasesOf, tabTitle } from './progress.ts';

describe('phasesOf', () => {
  const states = (...given: Parameters<typeof phasesOf>) => phasesOf(...given).map(({ state }) => state);

  it('marks what is over, what runs and what is to come', () => {
    expect(states({ phase: 'wait', state: 'running' })).toEqual(['done', 'done', 'running', 'waiting', 'waiting']);
  });

  it('shows where a move ended that did not get through', () => {
    expect(states({ phase: 'verify', state: 'failed' })).toEqual(['done', 'done', 'done', 'failed', 'waiting']);
    expect(states({ phase: 'copy', state: 'cancelled' })).toEqual(['done', 'failed', 'waiting', 'waiting', 'waiting']);
  });

  it('has every phase done at the end', () => {
    expect(new Set(states({ phase: 'flip', state: 'done' }))).toEqual(new Set(['done']));
  });
});

describe('percentOf', () => {
  it('goes by rows, else by stores, and is never 100 before the end', () => {
    expect(percentOf(buildSwitch({ rowsDone: 250, rowsTotal: 1000 }))).toBe(25);
    expect(percentOf(buildSwitch({ rowsDone: 0, rowsTotal: 0, storesDone: 1, storesTotal: 4 }))).toBe(25);
    expect(percentOf(buildSwitch({ rowsDone: 0, rowsTotal: 0, storesDone: 0, storesTotal: 0 }))).toBe(0);
    expect(percentOf(buildSwitch({ rowsDone: 1200, rowsTotal: 1000 }))).toBe(99);
    expect(percentOf(buildSwitch({ state: 'done', rowsDone: 0, rowsTotal: 0, storesTotal: 0 }))).toBe(100);
  });
});

it('measures time to the end, or to now', () => {
  expect(elapsedOf({ startedAt: 1000, finishedAt: null }, 4000)).toBe(3000);
  expect(elapsedOf({ startedAt: 1000, finishedAt: 2500 }, 4000)).toBe(1500);
  // The server's clock may be ahead of this machine's.
  expect(elapsedOf({ startedAt: 5000, finishedAt: null }, 4000)).toBe(0);
});

it.each([
  [42.3, '42 ms'],
  [1234, '1.2 s'],
  [59_400, '59 s'],
  [200_000, '3 min 20 s'],
  [3_840_000, '1 h 4 min'],
])('writes %i ms as %s', (milliseconds, text) => expect(formatElapsed(milliseconds)).toBe(text));

it('puts the progress into the title of the tab', () => {
  expect(tabTitle(null)).toBe('Backends');
  expect(tabTitle(buildSwitch({ to: 'postgres/row', rowsDone: 43, rowsTotal: 100 }))).toBe(
    '43 % · moving to postgres/row',
  );
});

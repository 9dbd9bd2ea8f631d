import { describe, expect, it } from 'vitest';
import { buildHosts, buildPlan } from '../testing/build-names.ts';
import { hostsSummary, pendingOf, shownLines, writeLabel } from './hosts.ts';

describe('hostsSummary', () => {
  it('says what is missing, what is well and what stands in the way', () => {
    expect(hostsSummary(buildHosts(), buildPlan()).title).toBe('Not in step: 2 names to add');
    expect(hostsSummary(buildHosts(), undefined).title).toBe('Not in step');
    expect(hostsSummary(buildHosts({ isInStep: true }), undefined)).toEqual({
      tone: 'good',
      title: 'In step: 2 names in the hosts file',
    });
    expect(hostsSummary(buildHosts({ access: 'blocked' }), buildPlan()).tone).toBe('bad');
  });

  it('counts a name with two addresses once', () => {
    const wanted = (['127.0.0.1', '::1'] as const).map((address) => ({
      name: 'shop.example',
      address,
      kind: 'domain' as const,
      store: 'fashion',
    }));
    expect(writeLabel(buildHosts({ wanted }))).toBe('Write 1 name');
    expect(writeLabel(buildHosts({ wanted: [] }))).toBe('Write the file');
  });
});

it.each([
  [2, 0, '2 names to add'],
  [0, 1, '1 name to remove'],
  [3, 2, '3 names to add and 2 to remove'],
  [0, 0, 'the block is written differently'],
])('%i added and %i removed: %s', (added, removed, words) => expect(pendingOf({ added, removed })).toBe(words));

it('marks lines that were left out, and not a line that is only dots', () => {
  const lines = shownLines([
    { kind: 'same', text: '…', before: null, after: null },
    { kind: 'same', text: '…', before: 4, after: 4 },
    { kind: 'removed', text: '127.0.0.1 gone.example', before: 5, after: null },
  ]);
  expect(lines.map(({ kind }) => kind)).toEqual(['gap', 'same', 'removed']);
  expect(lines[2]).toMatchObject({ sign: '-', before: '5', after: '' });
});

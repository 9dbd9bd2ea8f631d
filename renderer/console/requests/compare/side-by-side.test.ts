import { expect, it } from 'vitest';
import type { DiffLine } from '../../../../server/contract/names.ts';
import { differingParts, sideBySide } from './side-by-side.ts';

const line = (kind: DiffLine['kind'], text: string, before: number | null, after: number | null): DiffLine => ({
  kind,
  text,
  before,
  after,
});

it('puts removed lines beside the added ones, and leaves a hole where one side has more', () => {
  const rows = sideBySide([
    line('same', 'a', 1, 1),
    line('removed', 'b', 2, null),
    line('removed', 'c', 3, null),
    line('added', 'B', null, 2),
    line('same', 'd', 4, 3),
  ]);

  expect(rows.map(({ kind, left, right }) => [kind, left?.text, right?.text])).toEqual([
    ['same', 'a', 'a'],
    ['changed', 'b', 'B'],
    ['changed', 'c', undefined],
    ['same', 'd', 'd'],
  ]);
});

it('tells lines that were left out from lines that are the same', () => {
  expect(sideBySide([line('same', '…', null, null)])[0]?.kind).toBe('gap');
});

it('finds what differs within two lines, also when one is part of the other', () => {
  expect(differingParts('<b>Tech</b>', '<b>Moda</b>').map(({ middle }) => middle)).toEqual(['Tech', 'Moda']);
  expect(differingParts('aa', 'aaa').map(({ middle }) => middle)).toEqual(['', 'a']);
});

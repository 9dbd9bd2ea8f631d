import { expect, it } from 'vitest';
import { diffHosts } from './diff-hosts.ts';

const lines = (count: number, from = 1) => Array.from({ length: count }, (_, index) => `10.0.0.1 host${from + index}`);
const diff = (before: readonly string[], after: readonly string[]) =>
  diffHosts(Buffer.from(before.join('\n')), Buffer.from(after.join('\n')));

it('shows changed lines with their numbers and three lines around', () => {
  const before = lines(20);
  const after = before.toSpliced(9, 1, '10.0.0.2 other', '# why');

  const { lines: shown, added, removed } = diff(before, after);

  expect(shown.map(({ kind, text, before: old, after: now }) => `${kind} ${text} ${old} ${now}`)).toEqual([
    'same … null null',
    'same 10.0.0.1 host7 7 7',
    'same 10.0.0.1 host8 8 8',
    'same 10.0.0.1 host9 9 9',
    'removed 10.0.0.1 host10 10 null',
    'added 10.0.0.2 other null 10',
    'added # why null 11',
    'same 10.0.0.1 host11 11 12',
    'same 10.0.0.1 host12 12 13',
    'same 10.0.0.1 host13 13 14',
    'same … null null',
  ]);
  // A comment names nobody.
  expect([added, removed]).toEqual([1, 1]);
});

it('leaves out what lies between two changes, and says nothing of a line ending that was added', () => {
  const before = lines(30);
  const after = [...before.toSpliced(4, 1), '127.0.0.1 new'];

  const texts = diff(before, after).lines.map(({ text }) => text);

  expect(texts).toContain('…');
  expect(texts).not.toContain('10.0.0.1 host15');
  expect(diff(['a'], ['a', ''])).toEqual({ lines: [], added: 0, removed: 0 });
});

it('is quick with 100 000 lines and shows only the ends of a long run', () => {
  const before = lines(100_000);
  const after = [...before, ...lines(5000, 200_000)];

  const { lines: shown, added } = diff(before, after);

  expect(added).toBe(5000);
  expect(shown.length).toBeLessThan(150);
  expect(diff(before, before).lines).toEqual([]);
});

it('shows letters of any encoding', () => {
  expect(diffHosts(Buffer.from(''), Buffer.from('# café\n')).lines).toMatchObject([{ kind: 'added', text: '# café' }]);
});

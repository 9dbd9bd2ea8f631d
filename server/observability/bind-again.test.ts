import { expect, it } from 'vitest';
import { bindAgain } from './bind-again.ts';
import { beginActive, type RequestTrace, recordStatement, runActive } from './trace.ts';

/** What a trace keeps of values. */
function recorded(parameters: unknown): string | null {
  const trace = { spans: [], sql: [] } as unknown as RequestTrace;
  runActive(beginActive(trace), () =>
    recordStatement({ sql: 'SELECT 1', parameters, startedAt: 0, durationMs: 0, rows: 0 }),
  );
  return trace.sql[0]?.parameters ?? null;
}

it('gives recorded values back in the order of their numbers, however they were bound', () => {
  expect(bindAgain(recorded([1, 'a', null, true])).bind).toEqual([1, 'a', null, true]);
  expect(bindAgain(recorded({ $2: 'b', $1: 1, $10: 'j' })).bind).toEqual([
    1,
    'b',
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    'j',
  ]);
  expect(bindAgain(recorded(undefined))).toEqual({ bind: [], withoutCut: null, notes: [] });
  expect(bindAgain(recorded([12n, new Date(0), { a: 1 }])).bind).toEqual(['12', '1970-01-01T00:00:00.000Z', '{"a":1}']);
});

it('says what stands for values that were not kept whole', () => {
  const { bind, withoutCut, notes } = bindAgain(recorded(['x'.repeat(500), Buffer.from('bytes'), 'short…']));

  expect(bind).toEqual(['x'.repeat(200), null, 'short…']);
  expect(withoutCut).toEqual([null, null, 'short…']);
  expect(notes).toEqual([
    'The value of $1 was too long to be kept whole; its beginning stands for it.',
    'The value of $2 is bytes, which are not kept; NULL stands for it.',
  ]);
});

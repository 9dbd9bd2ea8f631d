import { expect, it } from 'vitest';
import { serverTiming } from './server-timing.ts';
import type { RequestTrace } from './trace.ts';

it('tells total, database, resolving, theme and page, each without what runs inside of it', () => {
  const span = (name: string, startMs: number, durationMs: number, parent: number | null) => ({
    name,
    startMs,
    durationMs,
    parent,
  });
  const trace = {
    spans: [span('host-guard', 1, 19, null), span('assets', 3, 17, 0), span('theme', 4, 16, 1), span('area', 8, 12, 2)],
    sql: [
      { span: 2, durationMs: 1.5 },
      { span: 3, durationMs: 4 },
    ],
  };

  expect(serverTiming(trace as unknown as RequestTrace, 20)).toBe(
    'total;dur=20, database;dur=5.5;desc="2 statements", resolve;dur=2, theme;dur=4, page;dur=8',
  );
  expect(serverTiming({ spans: [], sql: [] } as unknown as RequestTrace, 1)).toBe(
    'total;dur=1, database;dur=0;desc="0 statements"',
  );
});

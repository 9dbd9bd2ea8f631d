import { describe, expect, it } from 'vitest';
import type { Span, SqlRecord } from '../../../server/contract/requests.ts';
import { axisTicks, layoutWaterfall } from './waterfall.ts';

const span = (name: string, startMs: number, durationMs: number | null, parent: number | null = null): Span => ({
  name,
  startMs,
  durationMs,
  parent,
});
const statement = (startMs: number, durationMs: number, inSpan: number | null): SqlRecord => ({
  sql: 'SELECT "id" FROM "products" WHERE "store_id" = $1',
  parameters: null,
  startMs,
  durationMs,
  rows: 1,
  error: null,
  span: inSpan,
});

describe('layoutWaterfall', () => {
  it('nests spans and puts statements, by their start, into the span that sent them', () => {
    const { rows } = layoutWaterfall({
      durationMs: 10,
      spans: [span('outer', 0, 9), span('inner', 4, 4, 0)],
      sql: [statement(5, 1, 1), statement(1, 2, 0)],
    });

    expect(rows.map(({ label, depth }) => [label, depth])).toEqual([
      ['outer', 0],
      ['SELECT products', 1],
      ['inner', 1],
      ['SELECT products', 2],
    ]);
  });

  it('tells own time from time spent inside', () => {
    const { rows } = layoutWaterfall({
      durationMs: 10,
      spans: [span('outer', 0, 10), span('inner', 2, 3, 0)],
      sql: [statement(4, 3, 0)],
    });

    expect(rows[0]).toMatchObject({ totalMs: 10, ownMs: 5 });
    expect(rows[0]?.own).toEqual([
      { startMs: 0, endMs: 2 },
      { startMs: 7, endMs: 10 },
    ]);
  });

  it('draws to the end what was still running', () => {
    const { rows, endMs } = layoutWaterfall({ durationMs: 8, spans: [span('area', 2, null)], sql: [] });

    expect(endMs).toBe(8);
    expect(rows[0]).toMatchObject({ endMs: 8, hasEnded: false });
  });

  it('shows spans whose parent cannot be, and requests without any', () => {
    const odd = layoutWaterfall({ durationMs: 1, spans: [span('a', 0, 1, 0), span('b', 0, 1, 7)], sql: [] });

    expect(odd.rows.map(({ depth }) => depth)).toEqual([0, 0]);
    expect(layoutWaterfall({ durationMs: null, spans: [], sql: [] }).rows).toEqual([]);
  });
});

describe('axisTicks', () => {
  it('steps in round numbers', () => {
    expect(axisTicks(2.14)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(axisTicks(830)).toEqual([0, 200, 400, 600, 800]);
    expect(axisTicks(0)).toEqual([0]);
  });
});

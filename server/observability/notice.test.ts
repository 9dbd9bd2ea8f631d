import { describe, expect, it } from 'vitest';
import type { SqlRecord } from '../contract/requests.ts';
import { traceWith } from '../testing/traces.ts';
import { flagsOf, notice, shapeOf } from './notice.ts';
import type { RequestTrace } from './trace.ts';

const THRESHOLDS = { slowRequestMs: 500, slowStatementMs: 50 };
const statement = (sql: string, parameters: string | null, more: Partial<SqlRecord> = {}): SqlRecord => ({
  sql,
  parameters,
  startMs: 0,
  durationMs: 1,
  rows: 1,
  error: null,
  span: 1,
  ...more,
});
const kindsOf = (sql: SqlRecord[], durationMs = 10) =>
  notice(traceWith({ durationMs, sql }) as RequestTrace, THRESHOLDS, 'text/html').map(({ kind, statements }) => [
    kind,
    statements,
  ]);
const times = (count: number, one: (index: number) => SqlRecord) =>
  Array.from({ length: count }, (_, index) => one(index));

describe('notice', () => {
  it('has nothing to say of a usual request', () => {
    expect(kindsOf([statement('SELECT 1', null), statement('SELECT a FROM b WHERE c = $1', '{"$1":1}')])).toEqual([]);
  });

  it('marks a statement that ran five times with other values, in one span alone', () => {
    const product = (index: number) => statement('SELECT * FROM products WHERE id = $1', `{"$1":${index}}`);

    expect(kindsOf(times(5, product))).toEqual([['n_plus_one', [0, 1, 2, 3, 4]]]);
    expect(kindsOf(times(4, product))).toEqual([]);
    expect(kindsOf(times(6, (index) => ({ ...product(index), span: index % 3 })))).toEqual([]);
    expect(
      kindsOf(times(5, (index) => statement(`SELECT 1 FROM t WHERE a = ${index} AND b = 'x${index}'`, null))),
    ).toEqual([['n_plus_one', [0, 1, 2, 3, 4]]]);
  });

  it('marks a question that was asked twice, but neither writes nor what brackets a transaction', () => {
    const same = (sql: string) => times(2, () => statement(sql, '{"$1":7}'));

    expect(kindsOf(same('SELECT * FROM menus WHERE handle = $1'))).toEqual([['repeated_sql', [0, 1]]]);
    expect(kindsOf(same('INSERT INTO orders (a) VALUES ($1)'))).toEqual([]);
    expect(kindsOf(times(8, () => statement('COMMIT', null)))).toEqual([]);
  });

  it('marks slow requests and statements, and says where the time went', () => {
    expect(kindsOf([], 500)).toEqual([['slow', []]]);
    expect(kindsOf([statement('SELECT 1', null), statement('SELECT 2', null, { durationMs: 50 })])).toEqual([
      ['slow_sql', [1]],
    ]);
    const trace = { durationMs: 1000, sql: [statement('SELECT 1', null, { durationMs: 900 })] };
    const [slow] = notice(traceWith(trace), THRESHOLDS, 'text/html');
    expect(slow?.message).toBe('It took 1000 ms, 90 % of it in the database. Look at its statements first.');
  });
});

describe('flagsOf', () => {
  it('names each kind once, with errors and what was left out', () => {
    const insight = (kind: 'slow' | 'repeated_sql') => ({ kind, message: '', statements: [] });
    const trace = { status: 503, insights: [insight('repeated_sql'), insight('repeated_sql'), insight('slow')] };

    expect(flagsOf(trace as unknown as RequestTrace, true)).toEqual(['error', 'repeated_sql', 'slow', 'truncated']);
    expect(flagsOf({ status: 404, insights: [] } as unknown as RequestTrace, false)).toEqual([]);
  });
});

it('takes statements that differ in values alone for one', () => {
  expect(shapeOf("SELECT a FROM t WHERE b IN ($1, $2,  $3) AND c = 'it''s' LIMIT 10")).toBe(
    shapeOf("SELECT a FROM t WHERE b IN ($1,$2) AND c = '' LIMIT 5"),
  );
  expect(shapeOf('SELECT a FROM t1')).not.toBe(shapeOf('SELECT a FROM t2'));
});

it('calls a stream of events slow at no time', () => {
  const long = traceWith({ durationMs: 60_000 });

  expect(notice(long, THRESHOLDS, 'text/event-stream; charset=utf-8')).toEqual([]);
  expect(notice(long, THRESHOLDS, 'text/html').map(({ kind }) => kind)).toEqual(['slow']);
});

import { expect, it } from 'vitest';
import type { AppContext } from '../context.ts';
import { asSpan } from './spans.ts';
import { beginActive, type RequestTrace, recordStatement, runActive } from './trace.ts';

const empty = () => ({ spans: [], sql: [] }) as unknown as RequestTrace;
const statement = (sql: string) => ({
  sql,
  parameters: { a: 'b' },
  startedAt: performance.now(),
  durationMs: 1,
  rows: 2,
});

/** Runs middleware, one within the other, as a request whose trace is given. */
async function run(trace: RequestTrace, ...middleware: readonly [string, () => unknown][]): Promise<void> {
  const recording = beginActive(trace);
  const ctx = { state: { recording } } as unknown as AppContext;
  const from = async (index: number): Promise<void> => {
    const [name, work] = middleware[index] ?? [];
    if (name === undefined || work === undefined) return;
    await asSpan(name, async (_ctx, next) => {
      await work();
      await next();
    })(ctx, () => from(index + 1));
  };
  await runActive(recording, () => from(0));
}

it('nests spans and puts each statement into the one that sent it', async () => {
  const trace = empty();
  await run(
    trace,
    ['outer', () => recordStatement(statement('SELECT 1'))],
    ['inner', () => recordStatement(statement('SELECT 2'))],
  );

  expect(trace.spans).toMatchObject([
    { name: 'outer', parent: null },
    { name: 'inner', parent: 0 },
  ]);
  expect(trace.sql).toMatchObject([
    { sql: 'SELECT 1', span: 0, parameters: '{"a":"b"}' },
    { sql: 'SELECT 2', span: 1 },
  ]);
  const [outer, inner] = trace.spans;
  expect(outer?.durationMs).toBeGreaterThanOrEqual(inner?.durationMs ?? Number.POSITIVE_INFINITY);
});

it('ends a span that fails', async () => {
  const trace = empty();
  const fails = () => Promise.reject(new Error('x'));
  await expect(run(trace, ['outer', () => undefined], ['fails', fails])).rejects.toThrow('x');
  expect(trace.spans.map(({ durationMs }) => durationMs)).toEqual([expect.any(Number), expect.any(Number)]);
});

it('keeps requests that run at the same time apart', async () => {
  const [one, two] = [empty(), empty()];
  const work = (trace: RequestTrace, sql: string) =>
    run(trace, [
      'a',
      async () => {
        await new Promise((resolve) => setImmediate(resolve));
        recordStatement(statement(sql));
      },
    ]);
  await Promise.all([work(one, 'one'), work(two, 'two')]);

  expect([one.sql.map(({ sql }) => sql), two.sql.map(({ sql }) => sql)]).toEqual([['one'], ['two']]);
});

it('is bounded, and nothing outside a request', () => {
  const trace = empty();
  runActive(beginActive(trace), () => {
    for (let index = 0; index < 1000; index += 1) recordStatement(statement('x'.repeat(10_000)));
  });
  recordStatement(statement('outside'));

  expect(trace.sql).toHaveLength(500);
  expect(trace.sql[0]?.sql.length).toBeLessThan(5000);
});

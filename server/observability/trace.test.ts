import { expect, it } from 'vitest';
import { inSpan, type RequestTrace, recordStatement, runInTrace } from './trace.ts';

const empty = () => ({ spans: [], sql: [] }) as unknown as RequestTrace;
const statement = (sql: string) => ({
  sql,
  parameters: { a: 'b' },
  startedAt: performance.now(),
  durationMs: 1,
  rows: 2,
});

it('nests spans and puts each statement into the one that sent it', async () => {
  const trace = empty();
  await runInTrace(trace, () =>
    inSpan('outer', async () => {
      recordStatement(statement('SELECT 1'));
      await inSpan('inner', async () => recordStatement(statement('SELECT 2')));
    }),
  );

  expect(trace.spans).toMatchObject([
    { name: 'outer', parent: null },
    { name: 'inner', parent: 0 },
  ]);
  expect(trace.sql).toMatchObject([
    { sql: 'SELECT 1', span: 0, parameters: '{"a":"b"}' },
    { sql: 'SELECT 2', span: 1 },
  ]);
});

it('ends a span that fails', async () => {
  const trace = empty();
  await expect(runInTrace(trace, () => inSpan('fails', () => Promise.reject(new Error('x'))))).rejects.toThrow('x');
  expect(trace.spans[0]?.durationMs).toBeGreaterThanOrEqual(0);
});

it('keeps requests that run at the same time apart', async () => {
  const [one, two] = [empty(), empty()];
  const work = (trace: RequestTrace, sql: string) =>
    runInTrace(trace, () =>
      inSpan('a', async () => {
        await new Promise((resolve) => setImmediate(resolve));
        recordStatement(statement(sql));
      }),
    );
  await Promise.all([work(one, 'one'), work(two, 'two')]);

  expect([one.sql.map(({ sql }) => sql), two.sql.map(({ sql }) => sql)]).toEqual([['one'], ['two']]);
});

it('is bounded, and nothing outside a request', () => {
  const trace = empty();
  runInTrace(trace, () => {
    for (let index = 0; index < 1000; index += 1) recordStatement(statement('x'.repeat(10_000)));
  });
  recordStatement(statement('outside'));

  expect(trace.sql).toHaveLength(500);
  expect(trace.sql[0]?.sql.length).toBeLessThan(5000);
});

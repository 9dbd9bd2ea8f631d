import { describe, expect, it, vi } from 'vitest';
import { customers } from '../modules/customers/models.ts';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { ALL_BACKENDS, startTestPlatform } from '../testing/test-platform.ts';

describe.each(ALL_BACKENDS)('EXPLAIN on demand on %s', (backend) => {
  it('gives the plan of every statement of a page, and runs none of them', async () => {
    const platform = await startTestPlatform({ backend });
    await expectOperation(platform, 'createStore', { body: { name: 'One', catalogue: 'techstore' } });
    const store = await platform.parts.stores.record('one');
    const page = await platform.ask({ host: 'one.localhost:{port}', path: '/products' });
    const id = page.headers['x-request-id'] ?? '';
    await vi.waitFor(() => expect(platform.parts.recorder.get(id)).not.toBeNull());
    const trace = await expectOperation(platform, 'getRequest', { params: { id } });
    const explain = (index: number) =>
      expectOperation(platform, 'explainStatement', { params: { id }, body: { statement: index } });
    const reads = trace.sql.flatMap(({ sql }, index) => (sql.startsWith('SELECT') ? [index] : []));
    const engine = backend.split('/')[0];

    expect(reads.length).toBeGreaterThan(2);
    for (const index of reads) {
      const { lines, ...rest } = await explain(index);
      expect(rest.engine).toBe(engine);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines[0]).toMatchObject({ depth: 0, text: expect.any(String) });
    }
    // Statements that a page does not send, as a request would have left them.
    const schema = trace.sql.map(({ sql }) => /("\w+"\.)"products"/.exec(sql)?.[1]).find((name) => name) ?? '';
    const table = `${schema}"customers"`;
    const long = JSON.stringify([`${'x'.repeat(200)}…`, store.id]);
    const statement = (sql: string, parameters: string | null) => ({
      ...{ sql, parameters, startMs: 0, durationMs: 1, rows: 0, error: null, span: null },
    });
    platform.parts.recorder.add({
      ...trace,
      requestId: 'made-up-request',
      sql: [
        statement(`SELECT "id" FROM ${table} WHERE "name" = $1 AND "store_id" = $2`, long),
        statement(`DELETE FROM ${table} WHERE "store_id" = $1`, `{"$1":${store.id}}`),
        statement('BEGIN', null),
        statement(`SELECT "id" FROM ${table} WHERE "store_id" = $1`, `[${store.id + 1}]`),
        statement(`SELECT "id" FROM ${schema}"products_that_never_were"`, null),
      ],
    });
    await platform.parts.backend.use(store, (database) =>
      database.table(customers).insert({
        id: '00000000-0000-7000-8000-000000000001',
        email: 'a@example.com',
        name: 'a',
        createdAt: new Date(),
        metadata: {},
      }),
    );
    const ask = (index: number) =>
      callOperation(platform, 'explainStatement', { params: { id: 'made-up-request' }, body: { statement: index } });
    expect((await ask(0)).json<{ notes: string[] }>().notes[0]).toContain('too long to be kept whole');
    expect((await ask(1)).json<{ lines: object[] }>().lines.length).toBeGreaterThan(0);
    expect(await platform.parts.backend.use(store, (database) => database.table(customers).count({}))).toBe(1);
    expect((await ask(2)).status).toBe(422);
    // Another store's number is not explained for this one.
    expect((await ask(3)).status).toBe(409);
    expect((await ask(4)).status).toBe(409);
    expect((await ask(99)).status).toBe(404);
    // What came from a file may be anything, as a second statement that would be run.
    platform.parts.recorder.add({
      ...trace,
      requestId: 'of-a-file',
      origin: 'imported',
      sql: [statement(`SELECT 1; DELETE FROM ${table} WHERE "store_id" = ${store.id}`, null), ...trace.sql],
    });
    for (const index of [0, 1]) {
      const input = { params: { id: 'of-a-file' }, body: { statement: index } };
      expect((await callOperation(platform, 'explainStatement', input)).status).toBe(422);
    }
    expect(await platform.parts.backend.use(store, (database) => database.table(customers).count({}))).toBe(1);
    await expectOperation(platform, 'deleteStore', { params: { code: 'one' } });
    const gone = await ask(0);
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('not there any more');
  });
});

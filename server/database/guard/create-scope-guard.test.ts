import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createScopeGuard } from './create-scope-guard.ts';
import { EXEMPTION_REASONS, type GuardedStatement, type GuardMode } from './scope-guard.ts';

const guardOf = (mode: GuardMode = 'refuse') => createScopeGuard({ tables: ['products', 'orders'], mode });
const scoped = (store: unknown): GuardedStatement => ({
  sql: 'SELECT * FROM products WHERE store_id = $1',
  parameters: [store],
});
const unscoped: GuardedStatement = { sql: 'SELECT * FROM products', parameters: [] };

describe('within', () => {
  it('holds statements to its store across awaits, also when stores run at once', async () => {
    const guard = await guardOf();
    const run = (storeId: number) =>
      guard.within(storeId, async () => {
        for (let turn = 0; turn < 20; turn += 1) {
          await Promise.resolve();
          guard.check(scoped(storeId));
          expect(() => guard.check(scoped(storeId + 1))).toThrow('not the one in force');
        }
      });

    await Promise.all([1, 2, 3].map(run));
  });

  it('lets the innermost store count, and gives the outer one back', async () => {
    const guard = await guardOf();
    guard.within(1, () => {
      guard.within(2, () => guard.check(scoped(2)));
      guard.check(scoped(1));
    });
    expect(guard.stats().violations).toBe(0);
  });

  it.each([1, 1n, '1'])('takes the number as %o', async (value) => {
    const guard = await guardOf();
    guard.within(1, () => guard.check(scoped(value)));
  });

  it.each([2, '01', '1 ', 1.5, null, undefined, true, {}, [1], Number.NaN])('refuses %o', async (value) => {
    const guard = await guardOf();
    guard.within(1, () => expect(() => guard.check(scoped(value))).toThrow('not the one in force'));
  });
});

describe('outside of any store’s work', () => {
  it('lets a statement pass that names one store, whichever', async () => {
    const guard = await guardOf();
    guard.check(scoped(7));
    guard.check({
      sql: 'SELECT * FROM products p JOIN orders o ON o.store_id = 7 WHERE p.store_id = 7',
      parameters: [],
    });
  });

  it('refuses one that names none, two, or no number', async () => {
    const guard = await guardOf();
    const two = 'SELECT * FROM products p, orders o WHERE p.store_id = 1 AND o.store_id = 2';
    expect(() => guard.check(unscoped)).toThrow('products.store_id = $n');
    expect(() => guard.check({ sql: two, parameters: [] })).toThrow('one and the same store');
    expect(() => guard.check(scoped(null))).toThrow('one and the same store');
  });
});

describe('skip', () => {
  it('lets a listed job reach every store, counts it, and ends with it', async () => {
    const guard = await guardOf();
    await guard.skip('migrations', async () => {
      await Promise.resolve();
      guard.check(unscoped);
    });
    guard.within(1, () => guard.skip('migrations', () => guard.check(scoped(2))));

    expect(guard.stats().exemptions).toEqual([{ reason: 'migrations', uses: 2 }]);
    expect(() => guard.check(unscoped)).toThrow();
  });

  it('ends where a store’s own work begins', async () => {
    const guard = await guardOf();
    guard.skip('migrations', () => guard.within(1, () => expect(() => guard.check(unscoped)).toThrow()));
  });

  it('has reasons that docs/ISOLATION.md explains, each', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/ISOLATION.md'), 'utf8');
    for (const reason of Object.keys(EXEMPTION_REASONS)) expect(page).toContain(`| \`${reason}\` |`);
  });
});

describe('modes', () => {
  it('log: tells and lets run', async () => {
    const guard = await guardOf('log');
    const told: unknown[] = [];
    guard.onViolation((violation, storeId) => told.push({ ...violation, storeId }));

    guard.within(1, () => guard.check(unscoped));

    expect(told).toEqual([
      {
        table: 'products',
        kind: 'missing',
        sql: unscoped.sql,
        callSite: expect.stringMatching(/^server\/database\/guard\/create-scope-guard\.test\.ts:\d+$/),
        fix: expect.stringContaining('products.store_id = $n'),
        storeId: 1,
      },
    ]);
    expect(guard.stats().violations).toBe(1);
  });

  it('off: does not look', async () => {
    const guard = await guardOf('off');
    guard.check(unscoped);
    expect(guard.calledFrom(() => 1)).toBe(1);
    expect(guard.stats().violations).toBe(0);
  });
});

describe('the call site', () => {
  it('is whoever called into a library that cuts the stack', async () => {
    const guard = await guardOf();
    const library = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      Error.stackTraceLimit = 0;
      guard.check(unscoped);
    };
    const before = Error.stackTraceLimit;
    try {
      await expect(
        guard.calledFrom(() => new Promise((resolve, reject) => library().then(resolve, reject))),
      ).rejects.toThrow(/create-scope-guard\.test\.ts:\d+/);
    } finally {
      Error.stackTraceLimit = before;
    }
  });

  it('leaves the limit of stack traces as it was', async () => {
    const guard = await guardOf();
    const before = Error.stackTraceLimit;
    expect(() => guard.check(unscoped)).toThrow();
    expect(Error.stackTraceLimit).toBe(before);
  });
});

describe('the size of statements', () => {
  it('judges inserts of thousands of rows, and still sees the one that is another store’s', async () => {
    const guard = await guardOf();
    const rows = 2000;
    const sql = `INSERT INTO products (id, store_id) VALUES ${Array.from({ length: rows }, (_, index) => `($${2 * index + 1}, $${2 * index + 2})`).join(', ')}`;
    const parameters: unknown[] = Array.from({ length: 2 * rows }, (_, index) => (index % 2 === 0 ? `p${index}` : 1));
    guard.within(1, () => guard.check({ sql, parameters }));

    parameters[2 * rows - 1] = 2;

    guard.within(1, () => expect(() => guard.check({ sql, parameters })).toThrow('not the one in force'));
  });

  it('refuses what is nested too deep to be read, and goes on', async () => {
    const guard = await guardOf();
    const deep = `SELECT * FROM products WHERE store_id = 1 AND ${'NOT '.repeat(50_000)} a`;
    guard.within(1, () => {
      expect(() => guard.check({ sql: deep, parameters: [] })).toThrow('cannot be judged');
      guard.check(scoped(1));
    });
  });
});

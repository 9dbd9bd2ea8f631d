/** What the guard lets pass cannot see another store: with that store's rows or without them, SQLite answers the same. */
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScopeGuard } from './create-scope-guard.ts';

const guard = await createScopeGuard({ tables: ['products', 'orders'], mode: 'refuse' });

const alone = database([1]);
const shared = database([1, 2]);

function database(stores: readonly number[]): BetterSqlite3.Database {
  const connection = new BetterSqlite3(':memory:');
  for (const table of ['products', 'orders', 'elsewhere'])
    connection.exec(`CREATE TABLE ${table} (id INTEGER, store_id INTEGER, a INTEGER)`);
  connection.exec('INSERT INTO elsewhere VALUES (1, 1, 1), (2, 2, 0), (3, NULL, 1)');
  for (const store of stores)
    for (const table of ['products', 'orders'])
      for (const id of [1, 2, 3 + store])
        connection.prepare(`INSERT INTO ${table} VALUES (?, ?, ?)`).run(id, store, id % 2);
  return connection;
}

/** A condition over the references r0 to r2; those that are not there yet are cut down to those that are. */
type Condition =
  | { readonly is: 'value' | 'differs' | 'small' | 'absent'; readonly of: number }
  | { readonly is: 'same store' | 'same id'; readonly of: number; readonly and: number }
  | { readonly is: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly is: 'not'; readonly part: Condition }
  | { readonly is: 'exists' | 'in'; readonly of: number; readonly table: string; readonly where: Condition };

const reference = fc.nat({ max: 2 });
const table = fc.constantFrom('products', 'orders', 'elsewhere');
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    { weight: 8, arbitrary: fc.record({ is: fc.constant('value' as const), of: reference }) },
    { weight: 4, arbitrary: fc.record({ is: fc.constant('same store' as const), of: reference, and: reference }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant('same id' as const), of: reference, and: reference }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('differs', 'small', 'absent'), of: reference }) },
    {
      weight: 8,
      arbitrary: fc.record({
        is: fc.constant('and' as const),
        parts: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        is: fc.constant('or' as const),
        parts: fc.array(tie('condition'), { minLength: 2, maxLength: 2 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('not' as const), part: tie('condition') }) },
    {
      weight: 2,
      arbitrary: fc.record({ is: fc.constantFrom('exists', 'in'), of: reference, table, where: tie('condition') }),
    },
  ) as fc.Arbitrary<Condition>,
}));

const query = fc.record({
  first: table,
  joins: fc.array(
    fc.record({ kind: fc.constantFrom('JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN'), table, on: condition }),
    { maxLength: 2 },
  ),
  where: fc.option(condition),
});

/** @param known how many references there are; a subquery's own is the last */
function text(part: Condition, known: number): string {
  const name = (number: number) => `r${Math.min(number, known - 1)}`;
  switch (part.is) {
    case 'value':
      return `${name(part.of)}.store_id = $1`;
    case 'differs':
      return `${name(part.of)}.store_id <> $1`;
    case 'small':
      return `${name(part.of)}.a < 1`;
    case 'absent':
      return `${name(part.of)}.id IS NULL`;
    case 'same store':
      return `${name(part.of)}.store_id = ${name(part.and)}.store_id`;
    case 'same id':
      return `${name(part.of)}.id = ${name(part.and)}.id`;
    case 'not':
      return `NOT (${text(part.part, known)})`;
    case 'and':
    case 'or':
      return `(${part.parts.map((one) => text(one, known)).join(part.is === 'and' ? ' AND ' : ' OR ')})`;
    default: {
      // A subquery hides the name of the outermost reference that its own one has.
      const inner = `SELECT r0.id FROM ${part.table} r0 WHERE ${text(part.where, known)}`;
      return part.is === 'exists' ? `EXISTS (${inner})` : `${name(part.of)}.id IN (${inner})`;
    }
  }
}

function answers(connection: BetterSqlite3.Database, sql: string): string[] {
  const statement = connection.prepare(sql);
  const rows = sql.includes('$1') ? statement.all({ '1': 1 }) : statement.all();
  return rows.map((row) => JSON.stringify(row)).sort();
}

describe('a query that passes', () => {
  it('answers the same whether another store has rows or not', () => {
    const seen = { passed: 0, differing: 0 };
    fc.assert(
      fc.property(query, ({ first, joins, where }) => {
        const from = joins.map(
          ({ kind, table: joined, on }, index) => ` ${kind} ${joined} r${index + 1} ON ${text(on, index + 2)}`,
        );
        const columns = [...'012'].slice(0, joins.length + 1).map((number) => `r${number}.id, r${number}.store_id`);
        const tail = where ? ` WHERE ${text(where, joins.length + 1)}` : '';
        const sql = `SELECT ${columns.join(', ')} FROM ${first} r0${from.join('')}${tail}`;
        const isSame = JSON.stringify(answers(alone, sql)) === JSON.stringify(answers(shared, sql));
        seen.differing += isSame ? 0 : 1;
        try {
          guard.within(1, () => guard.check({ sql, engine: 'sqlite', parameters: { $1: 1 } }));
        } catch {
          return;
        }
        seen.passed += /products|orders/.test(sql) ? 1 : 0;
        expect(isSame, sql).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(Math.min(seen.passed, seen.differing)).toBeGreaterThan(50);
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import { clausesOf, nameStatement, scopeMarks } from './sql-text.ts';

const lines = (sql: string) =>
  clausesOf(sql).map(({ tokens }) =>
    tokens
      .map(({ text }) => text)
      .join('')
      .trim(),
  );
const marked = (sql: string) => scopeMarks(sql).map(({ start, end, value }) => [sql.slice(start, end), value]);

describe('clausesOf', () => {
  it('gives each clause its line and loses no letter', () => {
    const sql = `SELECT "id" FROM "orders" WHERE "note" = 'go from (here' AND "store_id" = $1 ORDER BY "id" DESC LIMIT $2`;

    expect(lines(sql)).toEqual([
      'SELECT "id"',
      'FROM "orders"',
      `WHERE "note" = 'go from (here' AND "store_id" = $1`,
      'ORDER BY "id" DESC',
      'LIMIT $2',
    ]);
    expect(
      clausesOf(sql)
        .flatMap(({ tokens }) => tokens.map(({ text }) => text))
        .join(''),
    ).toBe(sql);
  });

  it('keeps sub-queries, DELETE FROM and LEFT JOIN together', () => {
    expect(lines('DELETE FROM a WHERE id IN (SELECT id FROM b WHERE x = 1)')).toEqual([
      'DELETE FROM a',
      'WHERE id IN (SELECT id FROM b WHERE x = 1)',
    ]);
    expect(lines('SELECT 1 FROM a LEFT JOIN b ON a.id = b.id')).toEqual([
      'SELECT 1',
      'FROM a',
      'LEFT JOIN b ON a.id = b.id',
    ]);
  });

  it('reads what is cut off', () => {
    expect(lines("SELECT 'never closed…")).toEqual(["SELECT 'never closed…"]);
    expect(lines('')).toEqual([]);
  });
});

describe('scopeMarks', () => {
  it.each([
    ['SELECT 1 FROM "p" WHERE "store_id" = $2', '"store_id" = $2', '$2'],
    ['SELECT 1 FROM p WHERE p.store_id=?', 'p.store_id=?', '?'],
    ['DELETE FROM `p` WHERE (`store_id` = 7)', '`store_id` = 7', '7'],
    ['SELECT 1 FROM p WHERE store_id IN ($1)', 'store_id IN ($1)', '($1)'],
  ])('finds the condition in %s', (sql, text, value) => {
    expect(marked(sql)).toEqual([[text, value]]);
  });

  it.each([
    'SELECT "store_id" AS "storeId" FROM "sessions"',
    `SELECT 1 FROM p WHERE note = 'store_id = 2'`,
    'SELECT 1 FROM a JOIN b ON a.store_id = b.store_id',
    'SELECT 1 FROM p WHERE old_store_id = 2',
  ])('finds none in %s', (sql) => {
    expect(marked(sql)).toEqual([]);
  });

  it('finds the column where rows are added', () => {
    expect(marked('INSERT INTO "p" ("id","store_id") VALUES ($1,$2)')).toEqual([['"store_id"', null]]);
  });
});

it.each([
  ['SELECT "id" FROM "products" WHERE 1', 'SELECT products'],
  ['INSERT INTO `sessions` (`a`) VALUES (1)', 'INSERT sessions'],
  ['update products set a = 1', 'UPDATE products'],
  ['BEGIN IMMEDIATE TRANSACTION;', 'BEGIN'],
  ['', 'SQL'],
])('names %s', (sql, name) => {
  expect(nameStatement(sql)).toBe(name);
});

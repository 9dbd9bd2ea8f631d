/** The guard's rule, statement by statement: what passes for store 1, and what is refused as what. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../store-database.ts';
import { createScopeGuard } from './create-scope-guard.ts';
import type { ScopeViolation } from './scope-guard.ts';
import { UnscopedStatementError } from './unscoped-statement-error.ts';

const guard = await createScopeGuard({ tables: ['products', 'orders', 'pages'], mode: 'refuse' });

function judge(sql: string, engine: Engine, parameters: readonly unknown[]): ScopeViolation | null {
  const named = Object.fromEntries(parameters.map((value, index) => [`$${index + 1}`, value]));
  try {
    guard.within(1, () => guard.check({ sql, engine, parameters: engine === 'sqlite' ? named : parameters }));
    return null;
  } catch (error) {
    if (error instanceof UnscopedStatementError) return error.violation;
    throw error;
  }
}

const BOTH: readonly Engine[] = ['sqlite', 'postgres'];
const SQLITE: readonly Engine[] = ['sqlite'];
const POSTGRES: readonly Engine[] = ['postgres'];
type Case = readonly [sql: string, engines?: readonly Engine[], parameters?: readonly unknown[]];

const PASSING: Readonly<Record<string, readonly Case[]>> = {
  'a predicate in the query’s own WHERE': [
    ['SELECT * FROM products WHERE store_id = $1'],
    ['SELECT * FROM products WHERE $1 = store_id'],
    ['SELECT * FROM "products" WHERE "store_id" = $1 AND ("a" = 1 OR "b" = 2)'],
    ['SELECT * FROM products AS p WHERE (p.a = 1 AND (p.store_id = 1))'],
    ['SELECT * FROM products WHERE store_id IN ($1)'],
    ["SELECT * FROM products WHERE store_id = '1'"],
    ['SELECT * FROM products WHERE store_id = CAST($1 AS INTEGER)'],
    ['SELECT * FROM shop.products WHERE shop.products.store_id = 1', POSTGRES],
    ['SELECT * FROM "tech-store"."products" WHERE products.store_id = $1::int8', POSTGRES],
    ['SELECT * FROM main.products WHERE main.products.store_id = 1', SQLITE],
    ['TABLE other', POSTGRES],
    ['SELECT * FROM products p WHERE p.store_id = $1 FOR UPDATE OF p', POSTGRES],
    ['SELECT * FROM products TABLESAMPLE BERNOULLI (1) WHERE store_id = 1', POSTGRES],
  ],
  'joins with a predicate for each table': [
    ['SELECT * FROM products p JOIN orders o ON o.id = p.id WHERE p.store_id = $1 AND o.store_id = $1'],
    ['SELECT * FROM products p JOIN orders o ON o.store_id = p.store_id WHERE p.store_id = $1'],
    ['SELECT * FROM products p JOIN orders o ON o.store_id = p.store_id AND o.store_id = $1'],
    ['SELECT * FROM products p LEFT JOIN orders o ON o.id = p.id AND o.store_id = 1 WHERE p.store_id = 1'],
    ['SELECT * FROM products p LEFT JOIN orders o ON p.store_id = o.store_id WHERE p.store_id = 1'],
    ['SELECT * FROM orders o RIGHT JOIN products p ON p.store_id = o.store_id WHERE p.store_id = 1'],
    ['SELECT * FROM products p FULL JOIN orders o ON o.id = p.id WHERE p.store_id = 1 AND o.store_id = 1'],
    ['SELECT * FROM products JOIN orders USING (store_id) WHERE products.store_id = 1'],
    ['SELECT * FROM products p LEFT JOIN orders o USING (store_id) WHERE p.store_id = 1'],
    [
      'SELECT * FROM products p, orders o, pages g WHERE g.store_id = o.store_id AND o.store_id = p.store_id AND 1 = p.store_id',
    ],
    ['SELECT * FROM other LEFT JOIN (products p JOIN orders o ON o.store_id = p.store_id) ON p.store_id = 1'],
    ['SELECT * FROM (SELECT store_id FROM other) s JOIN products p ON p.store_id = s.store_id WHERE s.store_id = 1'],
  ],
  'subqueries, unions and WITH, each scoped by itself': [
    ['SELECT (SELECT count(*) FROM orders WHERE store_id = 1) FROM products WHERE store_id = 1'],
    ['SELECT * FROM (SELECT * FROM products WHERE store_id = 1) AS p'],
    ['SELECT 1 FROM other WHERE EXISTS (SELECT 1 FROM products p WHERE p.store_id = $1 AND p.id = other.id)'],
    ['SELECT id FROM products WHERE store_id = 1 UNION ALL SELECT id FROM orders WHERE store_id = 1 ORDER BY 1'],
    ['WITH mine AS (SELECT * FROM products WHERE store_id = 1) SELECT * FROM mine JOIN mine m2 ON m2.id = mine.id'],
    ['WITH products AS (SELECT 1 AS id) SELECT * FROM products'],
    ['WITH RECURSIVE pages AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM pages WHERE n < 3) SELECT * FROM pages'],
    ['SELECT orders.id FROM other AS orders'],
    ['SELECT * FROM (SELECT 1 AS store_id) AS products'],
    ['SELECT * FROM generate_series(1, 3) AS products', POSTGRES],
  ],
  'writes that name the store': [
    ['INSERT INTO products (id, store_id) VALUES ($1, $2), ($3, $4)', BOTH, ['a', 1, 'b', 1]],
    ['INSERT INTO products (store_id, id) SELECT 1, id FROM other'],
    ['INSERT INTO products (id, store_id) SELECT id, store_id FROM orders WHERE store_id = $1'],
    ['INSERT INTO products (id, store_id) VALUES (1, 1) ON CONFLICT DO NOTHING'],
    [
      'INSERT INTO products (id, store_id) VALUES (1, 1) ON CONFLICT (store_id, handle) DO UPDATE SET a = excluded.a, store_id = excluded.store_id',
    ],
    [
      'INSERT INTO products (id, store_id) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 1 WHERE products.store_id = 1',
    ],
    ['INSERT OR IGNORE INTO products (id, store_id) VALUES (1, 1)', SQLITE],
    ['UPDATE products SET a = 2, store_id = $1 WHERE store_id = $1'],
    ['UPDATE products SET a = o.a FROM orders o WHERE o.store_id = products.store_id AND products.store_id = 1'],
    ['DELETE FROM products WHERE store_id = 1 RETURNING id'],
    ['DELETE FROM products p USING orders o WHERE o.store_id = p.store_id AND p.store_id = 1', POSTGRES],
    ['WITH gone AS (DELETE FROM products WHERE store_id = 1 RETURNING *) SELECT * FROM gone', POSTGRES],
  ],
  'texts that only look like another statement': [
    ["SELECT 'FROM products' AS a -- FROM orders\n FROM other /* JOIN pages */"],
    ["SELECT * FROM products WHERE name = 'it''s -- not a comment' AND store_id = 1"],
    ['SELECT `id` FROM `products` WHERE `products`.`store_id` = $store', SQLITE],
    ['SELECT [id] FROM [PRODUCTS] WHERE [Store_Id] = ?', SQLITE],
    ['SELECT $$ FROM products $$', POSTGRES],
    ["SELECT E'\\' FROM products --'", POSTGRES],
    ['SELECT "a--b", "c/*d" FROM products WHERE store_id = 1'],
  ],
  'statements without rows of a store': [
    ['PRAGMA table_info(`products`)', SQLITE],
    ['PRAGMA foreign_keys = ON', SQLITE],
    ['BEGIN IMMEDIATE TRANSACTION;', SQLITE],
    ['SAVEPOINT "orders"'],
    ['BEGIN; SET LOCAL search_path TO shop; COMMIT', POSTGRES],
    ["SELECT set_config('search_path', quote_ident($1), true)", POSTGRES],
    ['SET lock_timeout = 0; RESET lock_timeout', POSTGRES],
    ["SET client_min_messages TO warning; SET TIME ZONE 'UTC'", POSTGRES],
    ['CREATE SCHEMA "pages"', POSTGRES],
    ['DROP SCHEMA "pages" CASCADE', POSTGRES],
    ['CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT)'],
    ['EXPLAIN SELECT * FROM products WHERE store_id = 1'],
    ['EXPLAIN QUERY PLAN SELECT * FROM products WHERE store_id = 1', SQLITE],
  ],
};

const REFUSED: Readonly<Record<string, readonly (readonly [...Case, ...unknown[]])[]>> = {
  missing: [
    // No predicate, or none that counts.
    ['SELECT * FROM products'],
    ['SELECT * FROM "products" AS "p" WHERE "p"."id" = $1'],
    ['SELECT * FROM products WHERE store_id = 1 OR TRUE'],
    ['SELECT * FROM products WHERE a = 1 AND store_id = 1 OR b = 2'],
    ['SELECT * FROM products WHERE NOT store_id = 1'],
    ['SELECT * FROM products WHERE NOT (a = 1 AND store_id = 1)'],
    ['SELECT * FROM products WHERE store_id = store_id'],
    ['SELECT * FROM products WHERE store_id <> 1'],
    ['SELECT * FROM products WHERE store_id >= 1'],
    ['SELECT * FROM products WHERE store_id IN (1, 2)'],
    ['SELECT * FROM products WHERE store_id NOT IN (1)'],
    ['SELECT * FROM products WHERE store_id = (SELECT 1)'],
    ['SELECT * FROM products WHERE store_id = abs(1)'],
    ['SELECT * FROM products WHERE store_id = NULL'],
    ['SELECT * FROM products WHERE store_id = -1'],
    ['SELECT * FROM products WHERE (store_id = 1) IS NOT NULL'],
    ['SELECT * FROM products WHERE (store_id = 1) = FALSE'],
    ['SELECT * FROM products WHERE CASE WHEN store_id = 1 THEN TRUE ELSE TRUE END'],
    ['SELECT store_id = 1 FROM products'],
    ['SELECT store_id, count(*) FROM products GROUP BY store_id HAVING store_id = 1'],
    ["SELECT * FROM products WHERE '' = 'store_id = 1' -- AND store_id = 1"],
    ['SELECT * FROM products /* WHERE store_id = 1 */'],
    ["SELECT * FROM products WHERE store_id = '12'::char(1)::int", POSTGRES],
    ["SELECT * FROM products WHERE store_id::boolean = '1'", POSTGRES],
    ['SELECT * FROM products AS p (store_id, id) WHERE p.store_id = 1', POSTGRES],
    ['SELECT * FROM products WHERE store_id IS NOT DISTINCT FROM 1', POSTGRES],
    ['TABLE products', POSTGRES],
    ['SELECT * FROM ONLY products', POSTGRES],
    ['SELECT * FROM anything."products"', POSTGRES],
    ['SELECT * FROM U&"\\0070roducts"', POSTGRES],
    ['SELECT * FROM PRODUCTS'],
    ['SELECT * FROM "Products"', SQLITE],
    ['SELECT * FROM `pro``ducts`, `products`', SQLITE],
    // Joins.
    ['SELECT * FROM products p, orders o WHERE p.store_id = 1'],
    ['SELECT * FROM products p, orders o WHERE store_id = 1'],
    ['SELECT * FROM products p JOIN orders o ON o.store_id = p.store_id'],
    ['SELECT * FROM products p JOIN orders o ON o.id = p.id AND p.store_id = 1'],
    ['SELECT * FROM products p LEFT JOIN orders o ON p.store_id = 1 AND o.store_id = 1'],
    ['SELECT * FROM products p LEFT JOIN orders o ON o.id = p.id WHERE p.store_id = 1'],
    ['SELECT * FROM orders o RIGHT JOIN products p ON p.store_id = 1 WHERE o.store_id = 1'],
    ['SELECT * FROM products p FULL JOIN orders o ON p.store_id = 1 AND o.store_id = 1'],
    ['SELECT * FROM products NATURAL JOIN orders WHERE products.store_id = 1'],
    ['SELECT * FROM products JOIN orders USING (id) WHERE products.store_id = 1'],
    ['SELECT * FROM products p1, products p2 WHERE p1.store_id = 1'],
    ['SELECT * FROM products, products WHERE products.store_id = 1'],
    ['SELECT * FROM (products p JOIN orders o ON o.id = p.id) AS j WHERE j.store_id = 1', POSTGRES],
    // Other scopes.
    ['SELECT * FROM (SELECT * FROM products) AS p WHERE p.store_id = 1'],
    ['SELECT * FROM products WHERE store_id = 1 AND id IN (SELECT id FROM orders)'],
    ['SELECT * FROM products p WHERE p.store_id = 1 AND EXISTS (SELECT 1 FROM orders o WHERE p.store_id = 1)'],
    ['SELECT * FROM products p WHERE EXISTS (SELECT 1 FROM orders o WHERE p.store_id = 1 AND o.store_id = 1)'],
    ['SELECT id FROM products WHERE store_id = 1 UNION SELECT id FROM orders'],
    ['SELECT id FROM products UNION SELECT id FROM orders WHERE store_id = 1'],
    ['WITH all_of AS (SELECT * FROM products) SELECT * FROM all_of WHERE store_id = 1'],
    ['WITH products AS (SELECT * FROM main.products) SELECT * FROM products WHERE store_id = 1'],
    ['WITH x AS (SELECT 1) SELECT * FROM products'],
    ['SELECT 1 ORDER BY (SELECT count(*) FROM products)'],
    ['SELECT id FROM other LIMIT (SELECT count(*) FROM orders)'],
    ['SELECT id FROM other JOIN pages ON id = (SELECT max(id) FROM products) WHERE pages.store_id = 1'],
    ['SELECT * FROM other, LATERAL (SELECT * FROM products) AS p', POSTGRES],
    ['SELECT * FROM other WHERE id = ANY (ARRAY(SELECT id FROM products))', POSTGRES],
    // Writes.
    ['INSERT INTO products (id) VALUES (1)'],
    ['INSERT INTO products VALUES (1, 1)'],
    ['INSERT INTO products DEFAULT VALUES'],
    ['INSERT INTO products (id, store_id) VALUES (1, 1), (2, NULL)'],
    ['INSERT INTO products (id, store_id) VALUES (1, DEFAULT)', POSTGRES],
    ['INSERT INTO products (store_id, id) SELECT * FROM other'],
    ['INSERT INTO products (store_id, id) SELECT store_id, id FROM other'],
    ['INSERT INTO products (store_id, id) SELECT 1, id FROM orders'],
    ['INSERT INTO other (id) SELECT id FROM products'],
    ['INSERT INTO products (id, store_id) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 1'],
    [
      'INSERT INTO products (id, store_id) VALUES (1, 1) ON CONFLICT (store_id, id) DO UPDATE SET store_id = other.x',
      POSTGRES,
    ],
    ['UPDATE products SET a = 1'],
    ['UPDATE products SET store_id = store_id + 1 WHERE store_id = 1'],
    ['UPDATE products SET (a, store_id) = (1, 1) WHERE store_id = 1'],
    ['UPDATE products SET a = 1 FROM orders WHERE products.store_id = 1'],
    ['UPDATE other SET a = (SELECT max(a) FROM products)'],
    ['DELETE FROM products'],
    ['DELETE FROM products WHERE id IN (SELECT id FROM products WHERE store_id = 1)'],
    ['WITH products AS (SELECT 1) DELETE FROM products', SQLITE],
    ['DELETE FROM products USING orders WHERE products.store_id = 1', POSTGRES],
    ['WITH gone AS (DELETE FROM products RETURNING *) SELECT 1', POSTGRES],
    ['SELECT 1; DELETE FROM products', POSTGRES],
    ['EXPLAIN ANALYZE DELETE FROM products'],
    ['EXPLAIN QUERY PLAN SELECT * FROM products', SQLITE],
    ['PREPARE p AS SELECT * FROM products', POSTGRES],
    ['DECLARE c CURSOR FOR SELECT * FROM products', POSTGRES],
    ['CREATE TABLE copy AS SELECT * FROM products'],
    ['CREATE VIEW every_product AS SELECT * FROM products'],
    ['SELECT * INTO orders FROM other', POSTGRES],
    // Whole tables.
    ['MERGE INTO products p USING other o ON p.store_id = 1 WHEN MATCHED THEN DELETE', POSTGRES],
    ['MERGE INTO other o USING products p ON p.store_id = 1 WHEN MATCHED THEN DELETE', POSTGRES],
    ['TRUNCATE products', POSTGRES],
    ['COPY products TO STDOUT', POSTGRES],
    ['COPY (SELECT * FROM products) TO STDOUT', POSTGRES],
    ['LOCK TABLE products', POSTGRES],
    ['DROP TABLE products'],
    ['DROP TABLE IF EXISTS "shop"."products" CASCADE', POSTGRES],
    ['DROP POLICY p ON products', POSTGRES],
    ['ALTER TABLE products ADD COLUMN x INTEGER'],
    ['CREATE INDEX i ON products (id)'],
    ['CREATE POLICY p ON products USING (TRUE)', POSTGRES],
    ['CREATE SCHEMA s CREATE VIEW v AS SELECT * FROM products', POSTGRES],
    ['CREATE RULE r AS ON SELECT TO other DO INSTEAD SELECT * FROM products', POSTGRES],
    ['GRANT SELECT ON products TO someone', POSTGRES],
  ],
  other_store: [
    ['SELECT * FROM products WHERE store_id = 2'],
    ['SELECT * FROM products WHERE store_id = $1', BOTH, [2]],
    ['SELECT * FROM products WHERE store_id = $1', BOTH, [null]],
    ['SELECT * FROM products WHERE store_id = $1', BOTH, ['1 OR 1=1']],
    ['SELECT * FROM products WHERE store_id = $1', BOTH, [[1]]],
    ['SELECT * FROM products WHERE store_id = $2', BOTH, [1]],
    ['SELECT * FROM products WHERE store_id = 1 AND store_id = 2'],
    ['SELECT * FROM products p JOIN orders o ON o.store_id = 2 WHERE p.store_id = 1'],
    ['INSERT INTO products (id, store_id) VALUES ($1, $2), ($3, $4)', BOTH, ['a', 1, 'b', 2]],
    ['UPDATE products SET store_id = 2 WHERE store_id = 1'],
    ['SELECT * FROM (SELECT 2 AS store_id) s JOIN products p ON p.store_id = s.store_id WHERE s.store_id = 2'],
    ['SELECT * FROM products WHERE store_id = :store', SQLITE],
  ],
  unreadable: [
    ['SELECT * FROM products WHERE store_id IS 1', SQLITE],
    ['INSERT OR REPLACE INTO products (id, store_id) VALUES (1, 1)', SQLITE],
    ['REPLACE INTO products (id, store_id) VALUES (1, 1)', SQLITE],
    ["SELECT * FROM 'products' WHERE store_id = 1", SQLITE],
    ['SELECT * FROM products WHERE store_id = $1::text', SQLITE],
    ['SELECT FROM WHERE products'],
    // SQLite skips a byte order mark where a token begins.
    ['SELECT * FROM \ufeffproducts', SQLITE],
    ['UPDATE main.\ufeffproducts SET a = 1', SQLITE],
    [`SELECT * FROM U&"\\0070roducts" WHERE ${'NOT '.repeat(50_000)} TRUE`, POSTGRES],
    ['SELECT * FROM products WHERE store_id = 1 \0', POSTGRES],
    ['DO $$ BEGIN DELETE FROM products; END $$', POSTGRES],
    ["DO $$ BEGIN EXECUTE 'DELETE FROM prod' || 'ucts'; END $$", POSTGRES],
    ['CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM products $$', POSTGRES],
    ["SELECT query_to_xml('SELECT * FROM prod' || 'ucts', true, true, '')", POSTGRES],
    ["SELECT ts_rewrite('a'::tsquery, 'SELECT name, name FROM prod' || 'ucts')", POSTGRES],
    ["SELECT * FROM connectby('prod' || 'ucts', 'id', 'store_id', '2', 0) AS t (a int, b int, c int)", POSTGRES],
    ["SELECT * FROM dblink('', 'SELECT 1') AS t(a int)", POSTGRES],
  ],
  session: [
    ["ATTACH DATABASE 'store_2.sqlite' AS other", SQLITE],
    ["/* a */ -- b\n ; attach 'store_2.sqlite' AS other", SQLITE],
    ['SET search_path TO shop', POSTGRES],
    ["SET SCHEMA 'shop'", POSTGRES],
    ['SET ROLE someone', POSTGRES],
    ['SET SESSION AUTHORIZATION someone', POSTGRES],
    ['SET row_security = off', POSTGRES],
    ["SET orion.store_id = '2'", POSTGRES],
    ['SET "Search_Path" TO shop', POSTGRES],
    ['SET LOCAL standard_conforming_strings = off', POSTGRES],
    ["SELECT set_config('Standard_conforming_strings', 'off', true)", POSTGRES],
    ["SELECT set_config($1, 'off', true)", POSTGRES],
    ['RESET ALL', POSTGRES],
    ['RESET search_path', POSTGRES],
    ['RESET ROLE', POSTGRES],
    ['DISCARD ALL', POSTGRES],
    ["SELECT set_config('search_path', 'shop', false)", POSTGRES],
    ["SELECT set_config('search_path', 'shop', $1)", POSTGRES],
    ["SELECT 1 WHERE pg_catalog.set_config('role', 'x', 'f') IS NULL", POSTGRES],
    ["UPDATE pg_settings SET setting = 'shop' WHERE name = 'search_path'", POSTGRES],
    ['SELECT 1; SET search_path TO shop', POSTGRES],
  ],
};

const spread = ([sql, engines = BOTH, parameters = [1]]: Case) =>
  engines.map((engine) => ({ engine, sql, parameters }));

describe.each(Object.entries(PASSING))('lets pass: %s', (_title, cases) => {
  it.each(cases.flatMap(spread))('$engine: $sql', ({ sql, engine, parameters }) => {
    const named = engine === 'sqlite' && /[?]|\$store/.test(sql) ? { '1': 1, store: 1 } : null;
    const violation = named
      ? guard.within(1, () => guard.check({ sql, engine, parameters: named }))
      : judge(sql, engine, parameters);

    expect(violation ?? null).toBeNull();
  });
});

describe.each(Object.entries(REFUSED))('refuses as %s', (kind, cases) => {
  it.each(cases.flatMap((one) => spread(one as Case)))('$engine: $sql', ({ sql, engine, parameters }) => {
    expect(judge(sql, engine, parameters)?.kind).toBe(kind);
  });
});

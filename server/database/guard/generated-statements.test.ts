/** Queries put together at random: the guard refuses exactly those in which a tenant table lacks its predicate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScopeGuard } from './create-scope-guard.ts';

const TENANT_TABLES = ['products', 'orders'] as const;
const guard = await createScopeGuard({ tables: TENANT_TABLES, mode: 'refuse' });

/** How a reference is scoped. The decoys look like it and are not. */
const SCOPED = ['where', 'reversed', 'in', 'nested', 'on', 'linked'] as const;
const DECOYS = ['none', 'or', 'not', 'self', 'other column', 'comment', 'text', 'outer on'] as const;

interface Source {
  readonly from: 'tenant' | 'other' | Query;
  readonly table: (typeof TENANT_TABLES)[number];
  readonly join: 'JOIN' | 'LEFT JOIN' | ',';
  readonly scope: (typeof SCOPED)[number] | (typeof DECOYS)[number];
}

interface Query {
  readonly sources: readonly Source[];
  readonly inside: { readonly place: 'exists' | 'column' | 'union' | 'cte' | 'order'; readonly query: Query } | null;
}

const { query: anyQuery } = fc.letrec<{ query: Query; source: Source }>((tie) => ({
  source: fc.record({
    from: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constant('tenant'),
      fc.constant('other'),
      tie('query'),
    ) as fc.Arbitrary<Source['from']>,
    table: fc.constantFrom(...TENANT_TABLES),
    join: fc.constantFrom('JOIN', 'LEFT JOIN', ','),
    // Decoys are rare, so that many queries are right all over.
    scope: fc.oneof(
      { weight: 25, arbitrary: fc.constantFrom(...SCOPED) },
      { weight: 1, arbitrary: fc.constantFrom(...DECOYS) },
    ),
  }),
  query: fc.record({
    sources: fc.array(tie('source'), { minLength: 1, maxLength: 3 }),
    inside: fc.option(
      fc.record({ place: fc.constantFrom('exists', 'column', 'union', 'cte', 'order'), query: tie('query') }),
      { maxDepth: 3, depthIdentifier: 'inside' },
    ),
  }) as fc.Arbitrary<Query>,
}));

/** A query as text, and how many of its tenant tables lack their predicate. */
interface Rendered {
  readonly sql: string;
  readonly unscoped: number;
}

/** @param shadows whether `orders` is the name of a query in an enclosing WITH */
function render(query: Query, shadows = false, counter = { next: 0 }): Rendered {
  const isShadowed = shadows || query.inside?.place === 'cte';
  let unscoped = 0;
  const from: string[] = [];
  const where: string[] = [];
  let linkable: string | null = null;
  for (const [index, source] of query.sources.entries()) {
    counter.next += 1;
    const alias = `r${counter.next}`;
    const isFirst = index === 0;
    const inner = typeof source.from === 'object' ? render(source.from, isShadowed, counter) : null;
    unscoped += inner?.unscoped ?? 0;
    const table = inner ? `(${inner.sql})` : source.from === 'tenant' ? source.table : 'elsewhere';
    let on = `${alias}.id = 1`;
    if (source.from === 'tenant') {
      const isJoined = !isFirst && source.join !== ',';
      const predicate = predicateOf(source.scope, alias, isJoined, linkable);
      if (predicate.on) on = predicate.on;
      if (predicate.where) where.push(predicate.where);
      if (predicate.isScoped) linkable = alias;
      else if (!isShadowed || source.table !== 'orders') unscoped += 1;
    }
    const joined = isFirst ? '' : source.join === ',' ? ', ' : ` ${source.join} `;
    from.push(`${joined}${table} AS ${alias}${isFirst || source.join === ',' ? '' : ` ON ${on}`}`);
  }
  const inside = query.inside && render(query.inside.query, isShadowed, counter);
  return { sql: assemble(query, from.join(''), where, inside), unscoped: unscoped + (inside?.unscoped ?? 0) };
}

function predicateOf(scope: Source['scope'], alias: string, isJoined: boolean, linkable: string | null) {
  const column = `${alias}.store_id`;
  const scoped = (where: string | null, on: string | null = null) => ({ where, on, isScoped: true });
  const decoy = (where: string | null, on: string | null = null) => ({ where, on, isScoped: false });
  switch (scope) {
    case 'reversed':
      return scoped(`$1 = ${column}`);
    case 'in':
      return scoped(`${column} IN ($1)`);
    case 'nested':
      return scoped(`(${alias}.a = 'store_id' AND (${column} = 1 AND ${alias}.b > 2))`);
    case 'on':
      return isJoined ? scoped(null, `${alias}.id = 1 AND ${column} = $1`) : scoped(`${column} = $1`);
    case 'linked':
      return linkable ? scoped(`${linkable}.store_id = ${column}`) : scoped(`${column} = $1`);
    case 'where':
      return scoped(`${column} = $1`);
    case 'or':
      return decoy(`(${column} = $1 OR ${alias}.a = 1)`);
    case 'not':
      return decoy(`NOT ${column} = $1`);
    case 'self':
      return decoy(`${column} = ${column}`);
    case 'other column':
      return decoy(`${alias}.id = $1`);
    case 'comment':
      return decoy(`${alias}.a = 1 /* AND ${column} = $1 */`);
    case 'text':
      return decoy(`${alias}.a = 'AND ${column} = 1'`);
    case 'outer on':
      return decoy(null, `${alias}.store_id <> $1`);
    default:
      return decoy(null);
  }
}

function assemble(query: Query, from: string, where: string[], inside: Rendered | null): string {
  const place = inside ? query.inside?.place : undefined;
  if (place === 'exists') where.push(`EXISTS (${inside?.sql})`);
  const columns = place === 'column' ? `(${inside?.sql})` : '1 AS id';
  const withed = place === 'cte' ? `WITH orders AS (SELECT 1), c AS (${inside?.sql}) ` : '';
  const body = `SELECT ${columns} FROM ${from}${where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''}`;
  if (place === 'union') return `(${body}) UNION ALL (${inside?.sql})`;
  return `${withed}${body}${place === 'order' ? ` ORDER BY (${inside?.sql})` : ''}`;
}

function isRefused(sql: string): boolean {
  try {
    guard.within(1, () => guard.check({ sql, parameters: [1] }));
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'unscoped_statement', violation: { kind: 'missing' } });
    return true;
  }
}

describe('generated queries', () => {
  it('are refused exactly when a tenant table lacks its predicate', () => {
    const seen = { refused: 0, passed: 0 };
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { sql, unscoped } = render(query);
        const refused = isRefused(sql);
        seen[refused ? 'refused' : 'passed'] += 1;
        expect(refused, sql).toBe(unscoped > 0);
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(seen.refused, seen.passed)).toBeGreaterThan(100);
  }, 60_000);
});

import { describe, expect, it } from 'vitest';
import type { SqlRecord } from '../../../server/contract/requests.ts';
import { groupStatements, parameterPairs, scopeOf, statementText } from './statements.ts';

const run = (changes: Partial<SqlRecord>): SqlRecord => ({
  sql: 'SELECT 1',
  parameters: null,
  startMs: 0,
  durationMs: 1,
  rows: 1,
  error: null,
  span: null,
  ...changes,
});

describe('groupStatements', () => {
  it('puts repeated statements together and keeps the order of the first', () => {
    const groups = groupStatements([
      run({ sql: 'b', startMs: 3, durationMs: 2 }),
      run({ sql: 'a', startMs: 1 }),
      run({ sql: 'a', startMs: 4, rows: 5, error: 'locked' }),
    ]);

    expect(groups.map(({ sql, runs }) => [sql, runs.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(groups[0]).toMatchObject({ totalMs: 2, rows: 6, hasFailed: true });
  });
});

describe('scopeOf', () => {
  const sql = 'SELECT 1 FROM "p" WHERE "status" = $1 AND "store_id" = $2';

  it('reads the store a statement was bound to', () => {
    expect(scopeOf({ sql, parameters: '{"$1":"active","$2":2}' }, 2)).toEqual({ kind: 'own', ids: ['2'] });
    expect(scopeOf({ sql, parameters: '["active",2]' }, 2)).toEqual({ kind: 'own', ids: ['2'] });
    expect(scopeOf({ sql: 'SELECT 1 FROM p WHERE a = ? AND store_id = ?', parameters: '[1,2]' }, 2)).toEqual({
      kind: 'own',
      ids: ['2'],
    });
    expect(scopeOf({ sql: 'SELECT 1 FROM p WHERE store_id = 2', parameters: null }, 2)?.kind).toBe('own');
  });

  it('says so when it was bound to another store', () => {
    expect(scopeOf({ sql, parameters: '{"$1":"active","$2":3}' }, 2)).toEqual({ kind: 'other', ids: ['3'] });
    expect(scopeOf({ sql: 'SELECT 1 FROM p WHERE store_id IN (2, 3)', parameters: null }, 2)?.kind).toBe('other');
  });

  it('says of a request without a store no more than what was bound', () => {
    expect(scopeOf({ sql, parameters: '{"$2":3}' }, null)).toEqual({ kind: 'own', ids: ['3'] });
  });

  it('is null where no store is named, and empty where values cannot be read', () => {
    expect(scopeOf({ sql: 'SELECT 1 FROM stores', parameters: null }, 2)).toBeNull();
    expect(scopeOf({ sql, parameters: 'cut off' }, 2)).toEqual({ kind: 'own', ids: [] });
    expect(scopeOf({ sql: 'INSERT INTO p (store_id) VALUES (2)', parameters: null }, 2)?.kind).toBe('added');
  });
});

describe('parameters', () => {
  it('are pairs of name and value, whatever form they came in', () => {
    expect(parameterPairs('{"$1":"a","$2":2}')).toEqual([
      ['$1', '"a"'],
      ['$2', '2'],
    ]);
    expect(parameterPairs('["a"]')).toEqual([['?1', '"a"']]);
    expect(parameterPairs('cut of')).toEqual([['values', 'cut of']]);
    expect(parameterPairs(null)).toEqual([]);
  });

  it('follow a copied statement as a comment', () => {
    expect(statementText({ sql: 'SELECT $1', parameters: '{"$1":"a\\nb"}' })).toBe('SELECT $1\n-- $1 = "a\\nb"');
  });
});

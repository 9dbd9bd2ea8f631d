/** What is explained is never run: neither it nor anything that was put behind it. */
import { describe, expect, it, vi } from 'vitest';
import { canExplain, explain } from './explain.ts';

describe('canExplain', () => {
  it.each(['SELECT 1', ' with x as (select 1) select * from x', 'DELETE FROM "a" WHERE "b" = $1;\n'])('%s', (sql) => {
    expect(canExplain(sql)).toBe(true);
  });

  it.each([
    'PRAGMA table_info(a)',
    'ANALYZE DELETE FROM a',
    "SELECT 1; COPY (SELECT 1) TO PROGRAM 'id'",
    'SELECT 1;;',
    "SELECT ';'",
    'SELECT 1\0; DELETE FROM a',
    'SELECT 1 -- ; \n; DELETE FROM a',
  ])('not %s', async (sql) => {
    const run = vi.fn();
    expect(canExplain(sql)).toBe(false);
    await expect(explain('postgres', { sql, bind: [] }, run)).rejects.toThrow('single');
    expect(run).not.toHaveBeenCalled();
  });
});

import type { DiffLine } from '../contract/names.ts';
import type { RequestTrace } from '../contract/requests.ts';
import { schemaNameOf } from '../tenancy/store-code.ts';
import { diffLines } from './diff-lines.ts';

/** The statements of two requests in order, one a line, values and the store's own schema left out. */
export function compareSql(
  left: Pick<RequestTrace, 'sql' | 'store'>,
  right: Pick<RequestTrace, 'sql' | 'store'>,
): DiffLine[] {
  const [before, after] = [statementsOf(left), statementsOf(right)];
  return (
    diffLines(before, after) ?? [
      ...before.map((text, index): DiffLine => ({ kind: 'removed', text, before: index + 1, after: null })),
      ...after.map((text, index): DiffLine => ({ kind: 'added', text, before: null, after: index + 1 })),
    ]
  );
}

function statementsOf({ sql, store }: Pick<RequestTrace, 'sql' | 'store'>): string[] {
  return sql.map((statement) => withoutValues(statement.sql, store ? schemaNameOf(store.code) : null));
}

/** `SELECT * FROM "products" WHERE "id" IN (?, …)`: what a statement is, whatever it was asked with. */
export function withoutValues(sql: string, schema: string | null = null): string {
  const text = schema === null ? sql : sql.replaceAll(`"${schema}".`, '');
  return text
    .replace(/\s+/g, ' ')
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/\$\d+/g, '?')
    .replace(/(?<![\w"])\d+(?:\.\d+)?(?![\w"])/g, '?')
    .replace(/\(\?(?:, ?\?)+\)/g, '(?, …)')
    .trim();
}

import type { Comparison } from '../contract/inspect.ts';
import type { RequestTrace } from '../contract/requests.ts';
import { compareBodies } from './compare-bodies.ts';
import { compareHeaders } from './compare-headers.ts';
import { compareSql } from './compare-sql.ts';

/** Puts two requests side by side. @param notes sentences that belong to the summary */
export function compareTraces(left: RequestTrace, right: RequestTrace, notes: readonly string[] = []): Comparison {
  const bodies = compareBodies(left, right);
  const headers = compareHeaders(left.responseHeaders, right.responseHeaders, bodies.changed === 0);
  const sql = compareSql(left, right);
  const differing = headers.filter((header) => !header.isVolatile && header.left !== header.right);
  const changedSql = sql.filter(({ kind }) => kind !== 'same').length;
  const isSame = left.status === right.status && differing.length === 0 && bodies.changed === 0 && changedSql === 0;
  const sentences = isSame
    ? [`Both answered ${left.status ?? 'nothing'}, with the same headers, body and SQL.`]
    : [
        left.status === right.status
          ? `Both answered ${left.status ?? 'nothing'}.`
          : `Status ${left.status ?? 'none'} became ${right.status ?? 'none'}.`,
        namesOf(differing.map(({ name }) => name)),
        bodySentence(bodies.changed),
        sqlSentence(left.sql.length, right.sql.length, changedSql),
      ];
  return {
    left,
    right,
    status: { left: left.status, right: right.status },
    headers,
    body: bodies.lines,
    sql,
    summary: [...sentences, ...bodies.notes, ...notes].filter((sentence) => sentence !== '').join(' '),
  };
}

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return 'The headers are the same.';
  const shown = names.length > 6 ? [...names.slice(0, 6), `${names.length - 6} more`] : names;
  return `${names.length === 1 ? 'One header differs' : `${names.length} headers differ`}: ${shown.join(', ')}.`;
}

function bodySentence(changed: number | null): string {
  if (changed === null) return '';
  if (changed === 0) return 'The body is the same.';
  return `The body differs in ${changed === 1 ? 'one line' : `${changed} lines`}.`;
}

function sqlSentence(left: number, right: number, changed: number): string {
  const counted = (count: number) => (count === 1 ? 'one statement' : `${count} statements`);
  if (changed === 0) return left === 0 ? 'Neither sent SQL.' : `The SQL is the same: ${counted(left)}.`;
  return `The SQL differs: ${counted(left)} before, ${right} now.`;
}

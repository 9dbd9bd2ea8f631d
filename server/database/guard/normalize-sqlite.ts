/**
 * Turns a statement for SQLite into one that the parser of Postgres reads, with the same meaning. What cannot be
 * turned is left as it is: the parser refuses it, and so does the guard. Sources: sqlite.org/lang_keywords.html,
 * sqlite.org/lang_expr.html (literals, parameters), sqlite.org/lang_comment.html.
 */

/** A statement with numbered parameters. */
export interface NormalizedStatement {
  readonly sql: string;
  /** The name of `$1`, `$2`, ... as the driver is given it; a `?` has the number of its place. */
  readonly parameters: readonly string[];
}

/** One token at a time: comment, string, blob, quoted name, parameter, word, anything else. */
const TOKEN =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>[xX]?'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<parameter>[$:@][\w$\u0080-\uffff]+|\?\d*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<other>\s+|[^'"`[:\0])/gy;

/** What follows OR in INSERT OR … and UPDATE OR … and touches no other row. REPLACE deletes rows, so it is left. */
const HARMLESS_CONFLICTS = new Set(['ignore', 'abort', 'fail', 'rollback']);
/** A space to SQLite where a token begins, a letter to Postgres. */
const BYTE_ORDER_MARK = '\ufeff';
/** Postgres cuts longer names off. */
const MAX_NAME_LENGTH = 63;

/** Returns the statement for the parser, or null when it has a token that the two read differently. */
export function normalizeSqlite(sql: string): NormalizedStatement | null {
  const pieces: string[] = [];
  const words: { readonly text: string; readonly index: number }[] = [];
  const parameters: string[] = [];
  let end = 0;
  for (const match of sql.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const { comment, text, name, parameter, word, other } = match.groups ?? {};
    if ((word ?? other)?.includes(BYTE_ORDER_MARK)) return null;
    if (comment !== undefined) pieces.push(' ');
    else if (text !== undefined) pieces.push(` ${plainText(text)}`);
    else if (parameter !== undefined) pieces.push(` $${parameters.push(parameterName(parameter, parameters.length))} `);
    else if (name !== undefined) {
      if (name.length - 2 > MAX_NAME_LENGTH) return null;
      pieces.push(` "${lower(plainName(name)).replaceAll('"', '""')}" `);
      words.length = 0;
    } else if (word !== undefined) {
      if (word.length > MAX_NAME_LENGTH) return null;
      words.push({ text: lower(word), index: pieces.push(lower(word)) - 1 });
      dropSqliteWords(words, pieces);
    } else {
      pieces.push(other ?? '');
      if (!/\s/.test(other ?? '')) words.length = 0;
    }
  }
  return end === sql.length ? { sql: pieces.join(''), parameters } : null;
}

/** Takes out `OR IGNORE` of an INSERT or UPDATE, and `QUERY PLAN` of an EXPLAIN. */
function dropSqliteWords(words: { readonly text: string; readonly index: number }[], pieces: string[]): void {
  const [first, second, third] = words.slice(-3);
  if (!first || !second || !third) return;
  const isConflict = /^(insert|update)$/.test(first.text) && second.text === 'or' && HARMLESS_CONFLICTS.has(third.text);
  const isPlan = first.text === 'explain' && second.text === 'query' && third.text === 'plan';
  if (!isConflict && !isPlan) return;
  pieces[second.index] = '';
  pieces[third.index] = '';
}

/** A string of digits may be a store's number; what any other says does not matter, and may be long. */
function plainText(text: string): string {
  return /^'\d{1,19}'$/.test(text) ? text : "''";
}

function plainName(quoted: string): string {
  const inside = quoted.slice(1, -1);
  if (quoted.startsWith('"')) return inside.replaceAll('""', '"');
  return quoted.startsWith('`') ? inside.replaceAll('``', '`') : inside;
}

function parameterName(parameter: string, before: number): string {
  if (parameter === '?') return String(before + 1);
  return parameter.slice(1);
}

/** SQLite compares names without case, quoted ones too, and knows the case of ASCII alone. */
function lower(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Reads SQL just well enough to show it: words, clauses, and where it is bound to one store. */

export type TokenKind = 'keyword' | 'text' | 'value' | 'name' | 'plain';
export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
  /** Part of `store_id = …`, which binds the statement to one store. */
  readonly isScope: boolean;
}
/** A line of a statement as it is shown: `SELECT …`, `FROM …`. */
export interface Clause {
  readonly keyword: string;
  readonly tokens: readonly Token[];
}
/** Where a statement names its store. */
export interface ScopeMark {
  readonly start: number;
  readonly end: number;
  /** The bound name (`$2`, `?`, `:id`) or the value itself; null where rows are added. */
  readonly value: string | null;
}

const WORDS = `select from where and or not in is null as on using group by order having limit offset insert into values
  update set delete returning union all distinct left inner outer cross join asc desc begin commit rollback immediate
  transaction savepoint release pragma like between case when then else end exists with replace`;
const KEYWORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/));
/** Where a new line begins, outside of parentheses. */
const CLAUSES: ReadonlySet<string> = new Set(
  'from where group order having limit values set returning union left inner cross join'.split(' '),
);
const TOKEN = /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`[^`]*`?|[$:@]\w+|\?\d*|\d+(?:\.\d+)?|\w+|\s+|[^\s\w]/g;
const SCOPE =
  /'(?:[^']|'')*'|((?:["`]?\w+["`]?\.)?["`]?\bstore_id["`]?\s*(?:=|\bIN\b)\s*(\$\w+|:\w+|\?\d*|'[^']*'|\d+|\([^()]*\)))/gi;

/** Splits a statement into the lines it is shown in. */
export function clausesOf(sql: string): readonly Clause[] {
  const marks = scopeMarks(sql);
  const clauses: { keyword: string; tokens: Token[] }[] = [];
  let depth = 0;
  for (const match of sql.trimEnd().matchAll(TOKEN)) {
    const [text] = match;
    const word = text.toLowerCase();
    const isScope = marks.some(({ start, end }) => match.index >= start && match.index < end);
    const startsClause = depth === 0 && CLAUSES.has(word) && clauses.length > 0 && !continues(clauses.at(-1), word);
    if (clauses.length === 0 || startsClause) clauses.push({ keyword: word, tokens: [] });
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    clauses.at(-1)?.tokens.push({ text, kind: kindOf(text), isScope });
  }
  return clauses;
}

/** Everything that binds a statement to a store: conditions, and the column where rows are added. */
export function scopeMarks(sql: string): readonly ScopeMark[] {
  const marks: ScopeMark[] = [];
  for (const match of sql.matchAll(SCOPE)) {
    const [, predicate, value] = match;
    if (predicate && value) marks.push({ start: match.index, end: match.index + predicate.length, value });
  }
  const added = /^\s*(?:insert|replace)\b[^()]*\([^()]*?(["`]?\bstore_id\b["`]?)/i.exec(sql);
  if (added?.[1]) marks.push({ start: added[0].length - added[1].length, end: added[0].length, value: null });
  return marks;
}

/** A statement's name in a list: its verb and its table, such as `SELECT products`. */
export function nameStatement(sql: string): string {
  const verb = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? 'SQL';
  const table = /\b(?:from|into|update|join)\s+["`]?(\w+)/i.exec(sql)?.[1];
  return table && /^(SELECT|INSERT|REPLACE|UPDATE|DELETE|WITH)$/.test(verb) ? `${verb} ${table}` : verb;
}

/** `LEFT JOIN` is one line, and so are `DELETE FROM` and `INSERT INTO`. */
function continues(clause: Clause | undefined, word: string): boolean {
  const words = clause?.tokens.filter(({ text }) => text.trim() !== '').map(({ text }) => text.toLowerCase()) ?? [];
  if (word === 'from') return words.length === 1 && words[0] === 'delete';
  return word === 'join' && ['left', 'inner', 'cross', 'outer'].includes(words.at(-1) ?? '');
}

function kindOf(text: string): TokenKind {
  if (KEYWORDS.has(text.toLowerCase())) return 'keyword';
  if (text.startsWith("'")) return 'text';
  if (/^[$:@?\d]/.test(text)) return 'value';
  return /^["`\w]/.test(text) ? 'name' : 'plain';
}

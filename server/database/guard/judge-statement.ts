import type { Node, ParseResult, VariableSetStmt } from 'libpg-query';
import type { Engine } from '../store-database.ts';
import { FIXES } from './fixes.ts';
import { RowJudge } from './judge-rows.ts';
import { normalizeSqlite } from './normalize-sqlite.ts';
import { eachObject, stringsOf } from './syntax-tree.ts';
import { HARMLESS, type Problem, type StatedValue, type Verdict } from './verdict.ts';

/** Judges the text of a statement. */
export type Judge = (sql: string, engine: Engine) => Verdict;

/** Functions that run a statement or read a table which stands in a string. Source: Postgres 18, "System functions". */
const RUNS_TEXT =
  /^((query|cursor|table|schema|database)_to_xml(schema|_and_xmlschema)?|dblink\w*|ts_stat|ts_rewrite|xpath_table|crosstab\w*|connectby)$/;
/** Words of Postgres without which a statement that names no tenant table is harmless: settings, blocks, escaped names. */
const SUSPICIOUS =
  /\b(set|reset|discard|set_config|do|function|procedure)\b|_to_xml|dblink|ts_stat|ts_rewrite|xpath_table|crosstab|connectby|u&"/i;
const ESCAPED_NAME = /u&"/i;
/** Puts another file behind a connection of SQLite; comments may stand before it. */
const ATTACH = /^(\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|;)*attach\b/i;
/** Settings that decide whose rows a connection sees. */
const DECIDING_SETTINGS = new Set(['search_path', 'role', 'session_authorization', 'row_security']);
/** Settings that decide how a text is read: after a change, it says something else than what was judged. */
const READING_SETTINGS = new Set(['standard_conforming_strings', 'client_encoding']);

/**
 * Makes the judge for a list of tenant tables.
 * @param parse the parser of Postgres; throws when a text is no SQL
 */
export function createJudge(tables: readonly string[], parse: (sql: string) => ParseResult): Judge {
  const tenantTables = new Set(tables);
  // Anywhere in the text, also inside longer words and strings: what cannot be found so is not there.
  const mention = new RegExp(tables.join('|'), 'i');

  const isMentionedIn = (sql: string) => tables.length > 0 && mention.test(sql);
  const judgeAll = (statements: readonly Node[], isMentioned: boolean): Verdict => {
    const verdicts = statements.map((statement) => judgeOne(statement, tenantTables, isMentioned));
    return {
      problem: verdicts.find((verdict) => verdict.problem)?.problem ?? null,
      values: verdicts.flatMap((verdict) => verdict.values),
    };
  };

  function judgePostgres(sql: string): Verdict {
    const isMentioned = isMentionedIn(sql);
    if (!isMentioned && !SUSPICIOUS.test(sql)) return HARMLESS;
    const statements = parsed(sql, parse);
    if (statements) return judgeAll(statements, isMentioned);
    // What names no tenant table and cannot be read cannot run either; an escaped name may be anything.
    return isMentioned || ESCAPED_NAME.test(sql) ? refused('unreadable', FIXES.unreadable) : HARMLESS;
  }

  function judgeSqlite(sql: string): Verdict {
    if (ATTACH.test(sql)) return refused('session', FIXES.attached);
    if (!isMentionedIn(sql) || /^\s*PRAGMA\b/i.test(sql)) return HARMLESS;
    const readable = normalizeSqlite(sql);
    const statements = readable && parsed(readable.sql, parse);
    if (!readable || !statements) return refused('unreadable', FIXES.unreadable);
    const { problem, values } = judgeAll(statements, true);
    return { problem, values: named(values, readable.parameters) };
  }

  return (sql, engine) => (engine === 'sqlite' ? judgeSqlite(sql) : judgePostgres(sql));
}

function parsed(sql: string, parse: (sql: string) => ParseResult): Node[] | null {
  // The parser ends a text at NUL, the database does not say so.
  if (sql.includes('\0')) return null;
  try {
    return (parse(sql).stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []));
  } catch {
    return null;
  }
}

function judgeOne(statement: Node, tenantTables: ReadonlySet<string>, isMentioned: boolean): Verdict {
  const problem =
    sessionProblem(statement) ?? hiddenProblem(statement, isMentioned) ?? dropProblem(statement, tenantTables);
  if (problem) return { problem, values: [] };
  const judge = new RowJudge(tenantTables);
  judge.statement(statement);
  judge.refuseLeftovers(statement);
  return { problem: judge.problems[0] ?? null, values: judge.values };
}

/** A setting that a connection would take back to its pool. */
function sessionProblem(statement: Node): Problem | null {
  const isKept =
    'DiscardStmt' in statement ||
    ('VariableSetStmt' in statement && outlivesTransaction(statement.VariableSetStmt)) ||
    // pg_settings is a view that is written to instead of SET.
    ('UpdateStmt' in statement && statement.UpdateStmt.relation?.relname === 'pg_settings');
  if (isKept) return problemOf('session', FIXES.session);
  let problem: Problem | null = changesReading(statement) ? problemOf('session', FIXES.reading) : null;
  eachCall(statement, (called, [setting, , isLocal]) => {
    if (called !== 'set_config') return;
    const name = setting && 'A_Const' in setting ? setting.A_Const.sval?.sval?.toLowerCase() : undefined;
    if (name === undefined || READING_SETTINGS.has(name)) problem = problemOf('session', FIXES.reading);
    else if (!isLocal || !('A_Const' in isLocal) || isLocal.A_Const.boolval?.boolval !== true)
      problem = problemOf('session', FIXES.session);
  });
  return problem;
}

function changesReading(statement: Node): boolean {
  return 'VariableSetStmt' in statement && READING_SETTINGS.has((statement.VariableSetStmt.name ?? '').toLowerCase());
}

function outlivesTransaction({ kind, name: written = '', is_local: isLocal }: VariableSetStmt): boolean {
  const name = written.toLowerCase();
  // A name with a dot is a program's own: row-level security reads one.
  return !isLocal && (kind === 'VAR_RESET_ALL' || DECIDING_SETTINGS.has(name) || name.includes('.'));
}

/** A statement that stands in a string cannot be judged. */
function hiddenProblem(statement: Node, isMentioned: boolean): Problem | null {
  if ('DoStmt' in statement || (isMentioned && 'CreateFunctionStmt' in statement))
    return problemOf('unreadable', FIXES.hidden);
  let problem: Problem | null = null;
  eachCall(statement, (name) => {
    if (RUNS_TEXT.test(name)) problem = problemOf('unreadable', FIXES.hidden);
  });
  return problem;
}

/** DROP and COMMENT name what they are about by strings. */
function dropProblem(statement: Node, tenantTables: ReadonlySet<string>): Problem | null {
  if (!('DropStmt' in statement) || statement.DropStmt.removeType === 'OBJECT_SCHEMA') return null;
  let problem: Problem | null = null;
  eachObject(statement.DropStmt.objects, (value) => {
    if ('sval' in value && typeof value.sval === 'string' && tenantTables.has(value.sval))
      problem = { table: value.sval, kind: 'missing', fix: FIXES.kind };
    return true;
  });
  return problem;
}

function eachCall(tree: unknown, visit: (name: string, parameters: readonly Node[]) => void): void {
  eachObject(tree, (value, key) => {
    if (key === 'FuncCall') {
      const { funcname, args } = value as { readonly funcname?: Node[]; readonly args?: Node[] };
      visit(stringsOf(funcname).at(-1) ?? '', args ?? []);
    }
    return true;
  });
}

/** Parameters by the names that the driver is given. */
function named(values: readonly StatedValue[], names: readonly string[]): StatedValue[] {
  return values.map(({ table, source }) =>
    'parameter' in source
      ? { table, source: { parameter: names[Number(source.parameter) - 1] ?? source.parameter } }
      : { table, source },
  );
}

function problemOf(kind: Problem['kind'], fix: string): Problem {
  return { table: null, kind, fix };
}

function refused(kind: Problem['kind'], fix: string): Verdict {
  return { problem: problemOf(kind, fix), values: [] };
}

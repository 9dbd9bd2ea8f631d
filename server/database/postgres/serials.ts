import type { BoundStatement } from '../statement-builder.ts';

type Select = (statement: BoundStatement) => Promise<Record<string, unknown>[]>;

const SEQUENCES = `SELECT t.relname AS table_name, format('%I.%I', n.nspname, s.relname) AS sequence
  FROM pg_class s
  JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass
  JOIN pg_class t ON t.oid = d.refobjid
  JOIN pg_namespace n ON n.oid = s.relnamespace
  WHERE s.relkind = 'S' AND n.nspname = $1`;

/** The last number each serial column of a schema gave out, by table; columns that gave none are left out. */
export async function serialsOf(schema: string, select: Select): Promise<Record<string, number>> {
  const rows = await select({
    sql: `SELECT q.table_name, p.last_value FROM (${SEQUENCES}) q
      JOIN pg_sequences p ON format('%I.%I', p.schemaname, p.sequencename) = q.sequence WHERE p.last_value IS NOT NULL`,
    bind: [schema],
  });
  return Object.fromEntries(rows.map((row) => [String(row['table_name']), Number(row['last_value'])]));
}

/** Lets each serial column go on above these numbers. */
export async function setSerialsOf(
  schema: string,
  last: Readonly<Record<string, number>>,
  select: Select,
): Promise<void> {
  const known = await serialsOf(schema, select);
  const rows = await select({ sql: SEQUENCES, bind: [schema] });
  for (const { table_name: table, sequence } of rows) {
    const wanted = Math.max(last[String(table)] ?? 0, known[String(table)] ?? 0);
    if (wanted > 0) await select({ sql: 'SELECT setval($1::regclass, $2)', bind: [sequence, wanted] });
  }
}

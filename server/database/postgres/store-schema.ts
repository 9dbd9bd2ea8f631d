/**
 * The schema of one store: made from the migrated template in one round trip, and bound to its store. Names are those
 * of the template, so that a later migration finds every index and constraint by its name.
 */
import type { AnyTableDefinition } from '../model.ts';
import { quoteName } from '../statement-builder.ts';
import type { PostgresClient, PostgresPool } from './pool.ts';

/** What a template is made of, ready to be written for another schema. */
export interface SchemaTemplate {
  readonly schema: string;
  readonly tables: readonly TemplateTable[];
}

interface TemplateTable {
  readonly name: string;
  readonly hasStoreId: boolean;
  readonly constraints: readonly { readonly name: string; readonly definition: string }[];
  readonly foreignKeys: readonly { readonly name: string; readonly definition: string }[];
  readonly indexes: readonly string[];
}

const TABLES = `SELECT c.oid::int8 AS oid, c.relname AS name,
    EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'store_id' AND NOT a.attisdropped) AS has_store_id
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY c.oid`;
const CONSTRAINTS = `SELECT conrelid::int8 AS oid, conname AS name, contype AS type, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype IN ('p', 'u', 'f') ORDER BY oid`;
const INDEXES = `SELECT i.indrelid::int8 AS oid, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY i.indexrelid`;

/** Whether a schema has every one of these tables. */
export async function hasTables(
  pool: PostgresPool,
  schema: string,
  tables: readonly Pick<AnyTableDefinition, 'table'>[],
): Promise<boolean> {
  const names = tables.map(({ table }) => table);
  const { rows } = await pool.use((client) =>
    client.query({
      text: 'SELECT count(*) AS found FROM pg_tables WHERE schemaname = $1 AND tablename = ANY($2)',
      values: [schema, names],
    }),
  );
  return Number(rows[0]?.found) === names.length;
}

/** Reads how the tables of a schema are made. */
export async function readTemplate(client: PostgresClient, schema: string): Promise<SchemaTemplate> {
  const ask = async (text: string, value: string) => (await client.query({ text, values: [value] })).rows;
  const [tables, constraints, indexes] = [
    await ask(TABLES, schema),
    await ask(CONSTRAINTS, quoteName(schema)),
    await ask(INDEXES, schema),
  ];
  return {
    schema,
    tables: tables.map((table) => ({
      name: table.name,
      hasStoreId: table.has_store_id,
      constraints: constraints.filter((one) => one.oid === table.oid && one.type !== 'f'),
      foreignKeys: constraints.filter((one) => one.oid === table.oid && one.type === 'f'),
      indexes: indexes.filter((one) => one.oid === table.oid).map((one) => String(one.definition)),
    })),
  };
}

/** The statements that make a schema like the template for one store, as one text. */
export function schemaScript(template: SchemaTemplate, schema: string, storeId: number): string {
  const target = quoteName(schema);
  const source = quoteName(template.schema);
  const moved = (definition: string) => retarget(definition, template.schema, target);
  const statements = [`CREATE SCHEMA ${target}`];
  for (const table of template.tables) {
    const name = `${target}.${quoteName(table.name)}`;
    statements.push(`CREATE TABLE ${name} (LIKE ${source}.${quoteName(table.name)} INCLUDING ALL EXCLUDING INDEXES)`);
    const adds = table.constraints.map((one) => `ADD CONSTRAINT ${quoteName(one.name)} ${one.definition}`);
    if (table.hasStoreId && table.name !== 'store_identity') adds.push(onlyThisStore(storeId));
    if (adds.length > 0) statements.push(`ALTER TABLE ${name} ${adds.join(', ')}`);
    statements.push(...table.indexes.map(moved));
  }
  for (const table of template.tables) {
    const adds = table.foreignKeys.map((one) => `ADD CONSTRAINT ${quoteName(one.name)} ${moved(one.definition)}`);
    if (adds.length > 0) statements.push(`ALTER TABLE ${target}.${quoteName(table.name)} ${adds.join(', ')}`);
  }
  statements.push(
    `INSERT INTO ${target}.schema_migrations SELECT * FROM ${source}.schema_migrations`,
    `INSERT INTO ${target}.store_identity (store_id) VALUES (${wholeNumber(storeId)})`,
  );
  return statements.join(';\n');
}

/** Definitions out of the catalogue name the template's schema; its name is this program's own. */
function retarget(definition: string, templateSchema: string, target: string): string {
  return definition
    .replace(` ON ${templateSchema}.`, ` ON ${target}.`)
    .replace(` REFERENCES ${templateSchema}.`, ` REFERENCES ${target}.`);
}

/** The name of the check that refuses rows of other stores. */
export const ONLY_THIS_STORE = 'only_this_store';

function onlyThisStore(storeId: number): string {
  return `ADD CONSTRAINT ${ONLY_THIS_STORE} CHECK (store_id = ${wholeNumber(storeId)})`;
}

/** DDL binds no values: what is written into it must be a number. */
function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`${value} is not the number of a store`);
  return String(value);
}

const UNPROTECTED = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname <> 'store_identity'
    AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'store_id' AND NOT a.attisdropped)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.conname = $2)`;

/** Binds the tables of a schema to one store: those that migrations added as well. Repeatable. */
export async function bindSchemaToStore(client: PostgresClient, schema: string, storeId: number): Promise<void> {
  const { rows } = await client.query({ text: UNPROTECTED, values: [schema, ONLY_THIS_STORE] });
  const statements = rows.map(
    (row) => `ALTER TABLE ${quoteName(schema)}.${quoteName(String(row.name))} ${onlyThisStore(storeId)}`,
  );
  if (statements.length > 0) await client.query(statements.join(';\n'));
}

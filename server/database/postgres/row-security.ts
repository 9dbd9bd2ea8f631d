/**
 * Row-level security of tables that all stores share. Every tenant table has a policy that lets through the rows of
 * the store that the transaction named, and it is forced: the owner of the tables is bound by it as well. Statements
 * run as a role that cannot step around it, set for one transaction. A transaction that names no store sees nothing.
 */
import type { MigrationSession, MigrationTarget } from '../migrator.ts';
import { type BoundStatement, quoteName } from '../statement-builder.ts';

/** May read and write the shared tables, and cannot bypass their policies. It cannot log in. */
export const APP_ROLE = 'orion_app';

/** Begins a transaction for one store: its number for the policies, and the role that is bound by them. */
export function enterStore(storeId: number): BoundStatement {
  return {
    sql: "SELECT set_config('orion.store_id', $1, true), set_config('role', $2, true)",
    bind: [String(storeId), APP_ROLE],
  };
}

const TENANT_TABLES = `SELECT c.relname AS name, c.relrowsecurity AS is_on, c.relforcerowsecurity AS is_forced,
    EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'only_this_store') AS has_policy
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $schema AND c.relkind = 'r' AND c.relname <> 'store_identity'
    AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'store_id' AND NOT a.attisdropped)
  ORDER BY c.oid`;

interface TenantTable {
  readonly name: string;
  readonly is_on: boolean;
  readonly is_forced: boolean;
  readonly has_policy: boolean;
}

/** Since Postgres 16, who made a role may grant it but not take it. */
const CAN_SET_ROLE = `SELECT 1 AS found WHERE pg_has_role(current_user, $role,
  CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)`;

/**
 * What Postgres says when another program makes or grants the same role at the same moment: unique violation, duplicate
 * object, tuple concurrently updated.
 */
const ROLE_RACE = new Set(['23505', '42710', 'XX000']);
const RACE_TRIES = 5;

/**
 * Makes the role where it is missing, and lets the connecting user take it. Roles are shared by all databases of a
 * server, so no lock of one database keeps another platform from doing the same: who comes second looks again.
 */
export async function ensureAppRole(target: MigrationTarget): Promise<void> {
  for (let left = RACE_TRIES; ; left -= 1) {
    try {
      return await target.transaction(makeAppRole);
    } catch (error) {
      const { parent, code } = error as { parent?: { code?: string }; code?: string };
      if (left <= 1 || !ROLE_RACE.has(parent?.code ?? code ?? '')) throw error;
    }
  }
}

async function makeAppRole(session: MigrationSession): Promise<void> {
  const known = await session.query('SELECT 1 AS found FROM pg_roles WHERE rolname = $role', { role: APP_ROLE });
  if (known.length === 0)
    await session.run(`CREATE ROLE ${APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT`);
  const member = await session.query(CAN_SET_ROLE, { role: APP_ROLE });
  if (member.length === 0) await session.run(`GRANT ${APP_ROLE} TO CURRENT_USER`);
}

/** Puts policies, force and rights on every tenant table of a schema. Repeatable; what is right stays untouched. */
export async function forceRowSecurity(session: MigrationSession, schema: string): Promise<void> {
  const target = quoteName(schema);
  for (const table of await session.query<TenantTable>(TENANT_TABLES, { schema })) {
    const name = `${target}.${quoteName(table.name)}`;
    if (!table.has_policy) {
      const mine = "store_id = (SELECT nullif(current_setting('orion.store_id', true), '')::bigint)";
      await session.run(`CREATE POLICY only_this_store ON ${name} USING (${mine}) WITH CHECK (${mine})`);
      await session.run(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ${APP_ROLE}`);
    }
    if (!table.is_on) await session.run(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
    if (!table.is_forced) await session.run(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
  }
  await session.run(`GRANT USAGE ON SCHEMA ${target} TO ${APP_ROLE}`);
}

/** Lets the owner see every row until the transaction ends or {@link forceRowSecurity} is called: migrations change all stores. */
export async function liftRowSecurity(session: MigrationSession, schema: string): Promise<void> {
  for (const table of await session.query<TenantTable>(TENANT_TABLES, { schema })) {
    if (table.is_forced)
      await session.run(`ALTER TABLE ${quoteName(schema)}.${quoteName(table.name)} NO FORCE ROW LEVEL SECURITY`);
  }
}

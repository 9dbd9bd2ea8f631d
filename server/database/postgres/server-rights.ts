/** What the connecting user may do, and what the isolations need. docs/POSTGRES.md lists the same. */
import type pg from 'pg';
import type { Isolation } from '../store-database.ts';
import type { PostgresAddress } from './address.ts';
import { APP_ROLE } from './row-security.ts';
import { identifier, type PostgresFault } from './server-faults.ts';
import type { PostgresSettings } from './settings.ts';

const OLDEST_VERSION = 14;
/** Postgres cuts names off after 63 bytes without a word; `_store_1234567890_new` must follow. */
const LONGEST_DATABASE_NAME = 63 - '_store_1234567890_new'.length;

/** Rights of the connecting user. */
export interface PostgresRights {
  readonly isSuperuser: boolean;
  readonly bypassesRowSecurity: boolean;
  readonly canCreateSchemas: boolean;
  readonly canCreateDatabases: boolean;
  readonly canCreateRoles: boolean;
  /** Whether the role for rows is there and this user can take it. */
  readonly hasAppRole: boolean;
}

export interface PostgresFacts {
  readonly version: string;
  readonly user: string;
  readonly database: string;
  readonly encoding: string;
  readonly isReadOnly: boolean;
  readonly isPooled: boolean;
  readonly maxConnections: number;
  readonly rights: PostgresRights;
  readonly appRole: 'missing' | 'usable' | 'grantable' | 'closed' | 'unsafe';
  /** Tables in schema `platform` while this program's own list of migrations is not among them. */
  readonly foreignTables: readonly string[];
}

interface FactsRow {
  readonly version: string;
  readonly user: string;
  readonly database: string;
  readonly encoding: string;
  readonly is_read_only: boolean;
  readonly backend: number;
  readonly max_connections: number;
  readonly is_superuser: boolean;
  readonly bypasses: boolean;
  readonly creates_databases: boolean;
  readonly creates_roles: boolean;
  readonly creates_schemas: boolean;
}

const FACTS = `SELECT current_setting('server_version') AS version, current_user AS "user", current_database() AS database,
    current_setting('server_encoding') AS encoding,
    pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS is_read_only,
    pg_backend_pid() AS backend,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS max_connections,
    rolsuper AS is_superuser, rolbypassrls AS bypasses, rolcreatedb AS creates_databases, rolcreaterole AS creates_roles,
    has_database_privilege(current_database(), 'CREATE') AS creates_schemas
  FROM pg_roles WHERE rolname = current_user`;

/** @throws {Error} of the connection */
export async function readFacts(
  client: pg.Client,
  { database }: Pick<PostgresSettings, 'database'>,
): Promise<PostgresFacts> {
  const { rows } = await client.query<FactsRow>(FACTS);
  const row = rows[0];
  if (!row) throw new Error(`no row of pg_roles tells of the user of ${database}`);
  const appRole = await readAppRole(client, row);
  return {
    version: /^[\d.]+/.exec(row.version)?.[0] ?? row.version,
    user: row.user,
    database: row.database,
    encoding: row.encoding,
    isReadOnly: row.is_read_only,
    // A pooler makes up the number that the protocol tells of a connection.
    isPooled: (client as unknown as { readonly processID: number }).processID !== row.backend,
    maxConnections: row.max_connections,
    rights: {
      isSuperuser: row.is_superuser,
      bypassesRowSecurity: row.is_superuser || row.bypasses,
      canCreateSchemas: row.creates_schemas,
      canCreateDatabases: row.is_superuser || row.creates_databases,
      canCreateRoles: row.is_superuser || row.creates_roles,
      hasAppRole: appRole === 'usable',
    },
    appRole,
    foreignTables: await readForeignTables(client),
  };
}

async function readAppRole(client: pg.Client, user: FactsRow): Promise<PostgresFacts['appRole']> {
  const { rows } = await client.query<{ is_unsafe: boolean; can_take: boolean; can_grant: boolean }>(
    // Until 16, whoever may create roles may grant any role that is no superuser.
    majorOf(user.version) >= 16
      ? `SELECT rolsuper OR rolbypassrls AS is_unsafe, pg_has_role(current_user, oid, 'SET') AS can_take,
           pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION') AS can_grant FROM pg_roles WHERE rolname = $1`
      : `SELECT rolsuper OR rolbypassrls AS is_unsafe, pg_has_role(current_user, oid, 'MEMBER') AS can_take,
           (SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user) AS can_grant FROM pg_roles WHERE rolname = $1`,
    [APP_ROLE],
  );
  const [role] = rows;
  if (!role) return 'missing';
  if (role.is_unsafe) return 'unsafe';
  if (role.can_take) return 'usable';
  return role.can_grant ? 'grantable' : 'closed';
}

async function readForeignTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'platform' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1`,
  );
  const names = rows.map(({ name }) => name);
  return names.includes('schema_migrations') ? [] : names;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** Everything that stands against an isolation on this server; empty when nothing does. */
export function missingRights(facts: PostgresFacts, address: PostgresAddress, isolation: Isolation): PostgresFault[] {
  const faults = unusable(facts);
  const { rights } = facts;
  const user = identifier(facts.user);
  const database = identifier(facts.database);
  if (!rights.canCreateSchemas)
    faults.push({
      code: 'cannot_create_schemas',
      message: `${facts.user} may not create schemas in the database ${facts.database}.`,
      fix: `Its owner or a superuser runs: GRANT CREATE ON DATABASE ${database} TO ${user};`,
    });
  if (isolation === 'database' && !rights.canCreateDatabases)
    faults.push({
      code: 'cannot_create_databases',
      message: `postgres/database makes a database for each store, and ${facts.user} may not create databases.`,
      fix: `A superuser runs: ALTER ROLE ${user} CREATEDB; or choose postgres/schema, which does not need it.`,
    });
  if (isolation === 'database' && Buffer.byteLength(facts.database) > LONGEST_DATABASE_NAME)
    faults.push({
      code: 'database_name_too_long',
      message: `postgres/database names each store's database after the database ${facts.database}, and Postgres would cut those names off.`,
      fix: `Use a database whose name has at most ${LONGEST_DATABASE_NAME} bytes, or choose postgres/schema.`,
    });
  if (isolation === 'row') faults.push(...withoutAppRole(facts, user));
  if (facts.foreignTables.length > 0)
    faults.push({
      code: 'foreign_tables',
      message: `The schema platform of the database ${facts.database} holds tables that are not this program's (${facts.foreignTables.slice(0, 3).join(', ')}).`,
      fix: `Use a database of its own: CREATE DATABASE "orion" OWNER ${user}; and name it in the address of ${address.host}. Nothing was changed.`,
    });
  return faults;
}

function unusable(facts: PostgresFacts): PostgresFault[] {
  const faults: PostgresFault[] = [];
  if (majorOf(facts.version) < OLDEST_VERSION)
    faults.push({
      code: 'version_too_old',
      message: `This Postgres is version ${facts.version}; ${OLDEST_VERSION} or newer is needed.`,
      fix: 'Upgrade it, or use another.',
    });
  if (facts.encoding !== 'UTF8')
    faults.push({
      code: 'wrong_encoding',
      message: `The database ${facts.database} stores text as ${facts.encoding}, which does not know every character; UTF8 is needed.`,
      fix: `Make another: CREATE DATABASE "orion" OWNER ${identifier(facts.user)} ENCODING 'UTF8' TEMPLATE template0;`,
    });
  if (facts.isReadOnly)
    faults.push({
      code: 'read_only',
      message: 'This Postgres takes no writes: it is a replica, or was made read-only.',
      fix: 'Use the address of the primary.',
    });
  return faults;
}

function withoutAppRole({ appRole, rights, user: name }: PostgresFacts, user: string): PostgresFault[] {
  if (appRole === 'usable' || appRole === 'grantable') return [];
  if (appRole === 'unsafe')
    return [
      {
        code: 'unsafe_app_role',
        message: `The role ${APP_ROLE} is exempt from row-level security, so it would not keep stores apart.`,
        fix: `A superuser runs: ALTER ROLE ${APP_ROLE} NOSUPERUSER NOBYPASSRLS;`,
      },
    ];
  if (appRole === 'missing' && rights.canCreateRoles) return [];
  const create = appRole === 'missing' ? `CREATE ROLE ${APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS; ` : '';
  return [
    {
      code: 'no_app_role',
      message:
        appRole === 'missing'
          ? `postgres/row works as a role ${APP_ROLE}, which is not there, and ${name} may not create roles.`
          : `postgres/row works as the role ${APP_ROLE}, and ${name} may not take it.`,
      fix: `A superuser runs: ${create}GRANT ${APP_ROLE} TO ${user};`,
    },
  ];
}

/** Databases as a whole: which there are, making them like a template, removing them. None of this is transactional. */
import { quoteName } from '../statement-builder.ts';
import type { PostgresPool } from './pool.ts';

export async function databaseExists(admin: PostgresPool, name: string): Promise<boolean> {
  const { rows } = await admin.use((client) =>
    client.query({ text: 'SELECT 1 FROM pg_database WHERE datname = $1', values: [name] }),
  );
  return rows.length > 0;
}

/** Names that begin with `prefix`. */
export async function databasesWith(admin: PostgresPool, prefix: string): Promise<string[]> {
  const { rows } = await admin.use((client) =>
    client.query({ text: 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', values: [prefix] }),
  );
  return rows.map((row) => String(row.datname));
}

/** Bytes of a database; 0 when there is none of this name. */
export async function databaseSize(admin: PostgresPool, name: string): Promise<number> {
  const { rows } = await admin.use((client) =>
    client.query({ text: 'SELECT pg_database_size(oid) AS bytes FROM pg_database WHERE datname = $1', values: [name] }),
  );
  return Number(rows[0]?.bytes ?? 0);
}

/** Copies a database that nobody is connected to. */
export async function createDatabase(admin: PostgresPool, name: string, template: string): Promise<void> {
  await admin.use((client) => client.query(`CREATE DATABASE ${quoteName(name)} TEMPLATE ${quoteName(template)}`));
}

export async function renameDatabase(admin: PostgresPool, from: string, to: string): Promise<void> {
  await admin.use((client) => client.query(`ALTER DATABASE ${quoteName(from)} RENAME TO ${quoteName(to)}`));
}

/** Removes a database, whoever is connected to it. Repeatable. */
export async function dropDatabase(admin: PostgresPool, name: string): Promise<void> {
  await admin.use((client) => client.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`));
}

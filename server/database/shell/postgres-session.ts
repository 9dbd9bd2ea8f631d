import pg from 'pg';
import { AppError } from '../../errors.ts';
import type { PostgresAddress } from '../postgres/address.ts';
import { mayEncrypt, settingsOf } from '../postgres/address-settings.ts';
import { typeParsers } from '../postgres/driver.ts';
import { APP_ROLE } from '../postgres/row-security.ts';
import { ONLY_READS, type ShellSession, statementFailed } from './shell-session.ts';

export interface PostgresShellTarget {
  /** Of the database that holds the store. */
  readonly address: PostgresAddress;
  /** Where the tables are. */
  readonly schema: string;
  /** The store, where tables are shared: row-level security then shows its rows alone. */
  readonly sharedWithStore: number | null;
  readonly canWrite: boolean;
}

/** What the connection begins with, as `-c name=value`; `psql` takes the same in PGOPTIONS. */
export function startOptions({ schema, sharedWithStore, canWrite }: PostgresShellTarget): string {
  const settings = [
    ['search_path', `"${schema}"`],
    ...(canWrite ? [] : [['default_transaction_read_only', 'on']]),
    ...(sharedWithStore === null
      ? []
      : [
          ['orion.store_id', String(sharedWithStore)],
          ['role', APP_ROLE],
        ]),
  ];
  return settings.map(([name, value]) => `-c ${name}=${value}`).join(' ');
}

/**
 * Opens a connection of its own to a store's data, which reads only unless `canWrite`.
 * @throws {AppError} when the database cannot be reached
 */
export async function openPostgresSession(target: PostgresShellTarget): Promise<ShellSession> {
  const { address } = target;
  const client = new pg.Client({
    ...(await settingsOf(address, mayEncrypt(address))),
    options: startOptions(target),
    application_name: 'orion dbshell',
    types: typeParsers,
  });
  // A connection that breaks is told by the next statement.
  client.on('error', () => undefined);
  await client.connect().catch((error: Error) => {
    throw new AppError(`The database cannot be opened: ${error.message}.`, {
      status: 503,
      code: 'database_unreachable',
      cause: error,
    });
  });
  const ask = async <Row extends object>(text: string, values: readonly string[]): Promise<Row[]> =>
    (await client.query<Row>(text, [...values])).rows;
  return {
    async tables() {
      const found = await ask<{ tablename: string }>(
        'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename',
        [target.schema],
      );
      return found.map((row) => row.tablename);
    },
    columns: (table) =>
      ask(
        'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position',
        [target.schema, table],
      ),
    async run(sql) {
      try {
        const query = { text: sql, rowMode: 'array', queryMode: 'extended' } as const;
        const { fields, rows, rowCount } = await client.query<unknown[]>(query);
        const columns = fields.map((field) => field.name);
        return { columns, rows, changes: columns.length === 0 ? (rowCount ?? 0) : null };
      } catch (error) {
        throw statementFailed(error, (error as { code?: string }).code === READ_ONLY_TRANSACTION ? ONLY_READS : '');
      }
    },
    close: () => client.end(),
  };
}

/** Source: PostgreSQL manual, appendix A, class 25. */
const READ_ONLY_TRANSACTION = '25006';

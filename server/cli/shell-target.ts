import { join } from 'node:path';
import type { StoreData } from '../contract/backends.ts';
import type { StoreDetail } from '../contract/stores.ts';
import {
  OWN_DATABASE_SCHEMA,
  SHARED_FILE_NAME,
  SHARED_SCHEMA,
  storeDatabaseName,
  storeFileName,
} from '../database/backends/store-places.ts';
import type { PostgresShellTarget } from '../database/shell/postgres-session.ts';
import { type SqliteShellTarget, storeViews } from '../database/shell/sqlite-session.ts';
import { storeTables } from '../modules/index.ts';
import type { ConsoleApi } from './console-api.ts';
import { shellAddress } from './shell-address.ts';

interface Located {
  readonly code: string;
  /** Told before the first prompt. */
  readonly greeting: string;
  /** Whether what this command has opened must stay open. */
  readonly needsServer: boolean;
}

/** What a shell is opened on. */
export type ShellTarget =
  | (Located & SqliteShellTarget & { readonly engine: 'sqlite' })
  | (Located & PostgresShellTarget & { readonly engine: 'postgres' });

/**
 * Finds a store's data in the backend in force.
 * @throws {AppError} when there is no such store, or its data cannot be read
 */
export async function locateStoreData(
  api: ConsoleApi,
  dataDir: string,
  code: string,
  canWrite: boolean,
): Promise<ShellTarget> {
  const params = { code: code.trim().toLowerCase() };
  const data = await api.call('storeData', { params });
  const store = await api.call('getStore', { params });
  const mode = canWrite ? 'Statements may change it.' : 'It is only read; --write lets statements change it.';
  const greeting = `${store.name}: ${data.location}. ${mode}`;
  const wanted: Wanted = { code: store.code, greeting, store, isolation: isolationOf(data), canWrite };
  return data.backend.startsWith('sqlite/') ? sqliteTarget(wanted, dataDir) : postgresTarget(wanted, api, dataDir);
}

interface Wanted {
  readonly code: string;
  readonly greeting: string;
  readonly store: Pick<StoreDetail, 'id' | 'schemaName'>;
  readonly isolation: string | undefined;
  readonly canWrite: boolean;
}

function isolationOf({ backend }: StoreData): string | undefined {
  return backend.split('/')[1];
}

function sqliteTarget({ store, isolation, ...wanted }: Wanted, dataDir: string): ShellTarget {
  const located = { ...wanted, engine: 'sqlite', needsServer: false } as const;
  const folder = join(dataDir, 'stores');
  if (isolation === 'database') return { ...located, filename: join(folder, storeFileName(store.id)), views: [] };
  const names = storeTables.map((definition) => definition.table);
  const shared = 'The file holds all stores: each table is seen as a view with the rows of this one';
  const changed = wanted.canWrite
    ? ` and cannot be written to; to change rows, name main.TABLE and add store_id = ${store.id}`
    : '';
  return {
    ...located,
    greeting: `${wanted.greeting}\n${shared}${changed}. main.TABLE has those of all stores.`,
    filename: join(folder, SHARED_FILE_NAME),
    views: storeViews(store.id, names),
  };
}

async function postgresTarget(
  { store, isolation, ...wanted }: Wanted,
  api: ConsoleApi,
  dataDir: string,
): Promise<ShellTarget> {
  const { connection } = await api.call('backends');
  const address = await shellAddress(connection, dataDir);
  const located = { ...wanted, engine: 'postgres', needsServer: connection.kind === 'embedded' } as const;
  if (isolation === 'schema') return { ...located, address, schema: store.schemaName, sharedWithStore: null };
  if (isolation === 'row') {
    const shared = 'The tables hold all stores; row-level security shows the rows of this one.';
    const greeting = `${wanted.greeting}\n${shared}`;
    return { ...located, greeting, address, schema: SHARED_SCHEMA, sharedWithStore: store.id };
  }
  const database = storeDatabaseName(address.database, store.id);
  return { ...located, address: { ...address, database }, schema: OWN_DATABASE_SCHEMA, sharedWithStore: null };
}

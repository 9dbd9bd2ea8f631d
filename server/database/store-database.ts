import type { StoreRow, TableDefinition } from './model.ts';
import type { Table } from './table.ts';

/** What a backend needs to know of a store to find its data. */
export interface StoreRef {
  /** Positive integer, never used again after the store is deleted. */
  readonly id: number;
  readonly code: string;
  /** Name of the store's schema, where the backend has schemas. */
  readonly schemaName: string;
}

/**
 * A store's own data and nothing else: the one way to reach a tenant table. Every statement is bound to
 * `storeId`, whatever the backend. Valid while the work that received it runs.
 */
export interface StoreDatabase {
  readonly storeId: number;
  table<Row extends StoreRow>(definition: TableDefinition<Row>): Table<Row, 'storeId'>;
  /**
   * Runs a reading statement of the caller's own, with values for `$1`, `$2`, ... Tables are named without a schema. The
   * scope guard refuses it unless every tenant table in it has `store_id = $n` with this store's number.
   */
  query<Row extends object>(sql: string, bind?: readonly unknown[]): Promise<Row[]>;
  /** All of `work` or nothing of it: rolled back when it throws. Use only the handle that `work` receives. */
  transaction<Result>(work: (database: StoreDatabase) => Promise<Result>): Promise<Result>;
}

export type Engine = 'sqlite' | 'postgres';
export type Isolation = 'row' | 'schema' | 'database';

/** One way to keep stores apart. Callers never ask which it is. */
export interface StoreBackend {
  readonly engine: Engine;
  readonly isolation: Isolation;
  /** Makes the shared place or the template of new stores, and brings it up to date. Stores follow when they are opened. */
  migrate(): Promise<void>;
  /** Migrations of one store's data, known and run ones, in their order; where stores share tables, those of all. */
  migrations(store: StoreRef): Promise<readonly MigrationState[]>;
  /** Runs what a store's data lacks; returns the names. @throws {StartupError} naming migration and store */
  migrateStore(store: StoreRef): Promise<readonly string[]>;
  /** Makes the place for a store's data, empty and migrated. Repeatable. */
  create(store: StoreRef): Promise<void>;
  /** Removes a store's data for good. Repeatable. */
  drop(store: StoreRef): Promise<void>;
  /**
   * Runs `work` with the store's handle, which stays open as long as it runs.
   * @throws {UnavailableError} when the store's data is missing, damaged or another store's
   */
  use<Result>(store: StoreRef, work: (database: StoreDatabase) => Promise<Result>): Promise<Result>;
  /** Where in the data folder a store's data lies, in words for people. */
  describe(store: StoreRef): string;
  /** Whether stores can be opened at all. @throws {Error} saying what is wrong */
  check(): Promise<void>;
  /** Bytes of a store's data; null where stores share what holds them. */
  size(store: StoreRef): Promise<number | null>;
  /** Numbers for `/health` and `/metrics`. */
  stats(): BackendStats;
  /** Removes everything this backend holds, all stores, for good. Repeatable; nothing can be used afterwards. */
  dropEverything(): Promise<void>;
  close(): Promise<void>;
}

export interface BackendStats {
  /** Databases that are open: files, or pools of connections. */
  readonly openDatabases: number;
  readonly maxOpenDatabases: number;
  /** Connections: open, being used, waited for, and the most there may be. For files, a file is one. */
  readonly connections: {
    readonly open: number;
    readonly used: number;
    readonly waiting: number;
    readonly max: number;
  };
}

/** A migration and when it ran here: ISO 8601, or null when it has not. */
export interface MigrationState {
  readonly name: string;
  readonly executedAt: string | null;
  /** False for one that this version of the program does not know. */
  readonly isKnown: boolean;
}

/** `sqlite/row`: names a backend in settings, flags and the console. */
export type BackendName = `${Engine}/${Isolation}`;

/** The name of a backend. */
export function backendName(backend: Pick<StoreBackend, 'engine' | 'isolation'>): BackendName {
  return `${backend.engine}/${backend.isolation}`;
}

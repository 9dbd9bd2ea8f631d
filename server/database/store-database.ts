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
  /** All of `work` or nothing of it: rolled back when it throws. Use only the handle that `work` receives. */
  transaction<Result>(work: (database: StoreDatabase) => Promise<Result>): Promise<Result>;
}

export type Engine = 'sqlite' | 'postgres';
export type Isolation = 'row' | 'schema' | 'database';

/** One way to keep stores apart. Callers never ask which it is. */
export interface StoreBackend {
  readonly engine: Engine;
  readonly isolation: Isolation;
  /** Brings the schema of everything this backend holds up to date. */
  migrate(): Promise<void>;
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
  stats(): { readonly openDatabases: number; readonly maxOpenDatabases: number };
  close(): Promise<void>;
}

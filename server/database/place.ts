import type { BackendConnection } from '../contract/backends.ts';
import type { PlatformDatabase } from './platform-database.ts';
import type { SharedState } from './shared-state.ts';
import type { Engine, Isolation, StoreBackend } from './store-database.ts';

/** Where a platform can live: in the data folder, on the Postgres this server runs, or on another Postgres. */
export interface PlaceAddress {
  readonly engine: Engine;
  /** Of another Postgres; null for the data folder's own SQLite files or Postgres. Holds a password: never shown. */
  readonly databaseUrl: string | null;
}

/** An opened place: its platform database, and what its stores' backends are opened with. */
export interface Place {
  readonly address: PlaceAddress;
  /** Migrated. Its setting `backend` names the isolation of the stores in force here; none when nothing lives here yet. */
  readonly platform: PlatformDatabase;
  /** In words for people, without passwords: `the data folder`, `Postgres at db.example:5432/orion`. */
  readonly label: string;
  /** What all processes that serve this place have in common; absent where there can be but one. `close` ends it. */
  readonly shared?: SharedState;
  /** How other tools reach it; the pool's figures come from the backend. */
  readonly connection: Omit<BackendConnection, 'pool'>;
  /** Whether an isolation is possible here. @throws {StartupError} with what to grant, and how */
  check(isolation: Isolation): Promise<void>;
  /** A backend over this place; call its `migrate` before using it. */
  openBackend(isolation: Isolation): StoreBackend;
  /** Removes the platform database for good, after the backends' own `dropEverything`. Closes the place. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a place and brings its platform database up to date.
 * @throws {StartupError} with what is wrong and what to do
 */
export type OpenPlace = (address: PlaceAddress) => Promise<Place>;

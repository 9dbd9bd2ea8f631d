import type {
  BackendStats,
  Isolation,
  MigrationState,
  StoreBackend,
  StoreDatabase,
  StoreRef,
} from '../store-database.ts';
import { gatedStore } from './gated-store.ts';
import { Usage } from './usage.ts';
import type { WriteGate } from './write-gate.ts';

/** The backend in force, whichever that is: everyone but the move itself works with this one. */
export class SwitchableBackend implements StoreBackend {
  readonly #gate: WriteGate;
  #current: Usage<StoreBackend>;

  constructor(first: StoreBackend, gate: WriteGate) {
    this.#current = new Usage(first);
    this.#gate = gate;
  }

  /** The backend itself, past the gate: for the move alone. */
  get inForce(): StoreBackend {
    return this.#current.held;
  }

  get engine(): StoreBackend['engine'] {
    return this.inForce.engine;
  }

  get isolation(): Isolation {
    return this.inForce.isolation;
  }

  /**
   * Puts another backend in force. Call it while the gate is closed.
   * @returns the earlier one; work that reads it may still be under way
   */
  replace(next: StoreBackend): Usage<StoreBackend> {
    const earlier = this.#current;
    this.#current = new Usage(next);
    this.#gate.advance();
    return earlier;
  }

  use<Result>(store: StoreRef, work: (database: StoreDatabase) => Promise<Result>): Promise<Result> {
    const { epoch } = this.#gate;
    return this.#current.during((backend) =>
      backend.use(store, (database) => work(gatedStore(database, this.#gate, epoch))),
    );
  }

  migrate(): Promise<void> {
    return this.#current.during((backend) => backend.migrate());
  }

  migrations(store: StoreRef): Promise<readonly MigrationState[]> {
    return this.#current.during((backend) => backend.migrations(store));
  }

  /** What a migration changes must move as well. */
  migrateStore(store: StoreRef): Promise<readonly string[]> {
    return this.#gate.write(store.id, null, () => this.#current.during((backend) => backend.migrateStore(store)));
  }

  create(store: StoreRef): Promise<void> {
    return this.#gate.write(store.id, null, () => this.#current.during((backend) => backend.create(store)));
  }

  drop(store: StoreRef): Promise<void> {
    return this.#gate.write(store.id, null, () => this.#current.during((backend) => backend.drop(store)));
  }

  describe(store: StoreRef): string {
    return this.inForce.describe(store);
  }

  check(): Promise<void> {
    return this.#current.during((backend) => backend.check());
  }

  size(store: StoreRef): Promise<number | null> {
    return this.#current.during((backend) => backend.size(store));
  }

  stats(): BackendStats {
    return this.inForce.stats();
  }

  dropEverything(): Promise<void> {
    return this.inForce.dropEverything();
  }

  close(): Promise<void> {
    return this.inForce.close();
  }
}

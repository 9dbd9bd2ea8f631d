import type { SwitchStatus } from '../../contract/backends.ts';
import type { AnyTableDefinition } from '../model.ts';
import type { OpenPlace, Place, PlaceAddress } from '../place.ts';
import type { StoreLifecycle } from '../switchable/store-lifecycle.ts';
import type { SwitchableBackend } from '../switchable/switchable-backend.ts';
import type { SwitchablePlatform } from '../switchable/switchable-platform.ts';
import type { WriteGate } from '../switchable/write-gate.ts';

/** Keeps in which place the platform lives; `network/place-pointer.ts` does it with a file. */
export interface PlacePointerFile {
  read(): Promise<{ readonly inForce: PlaceAddress; readonly others: readonly PlaceAddress[] } | null>;
  write(pointer: { readonly inForce: PlaceAddress; readonly others: readonly PlaceAddress[] }): Promise<void>;
}

/** What a move needs. */
export interface SwitchParts {
  readonly backend: SwitchableBackend;
  readonly platform: SwitchablePlatform;
  readonly storeGate: WriteGate;
  /** Closed only when the platform database moves as well. */
  readonly platformGate: WriteGate;
  readonly lifecycle: StoreLifecycle;
  readonly openPlace: OpenPlace;
  readonly pointer: PlacePointerFile;
  /** What `postgres` means without a URL: a server by its address, or null for the one in the data folder. */
  readonly defaultDatabaseUrl: string | null;
  readonly storeTables: readonly AnyTableDefinition[];
  readonly platformTables: readonly AnyTableDefinition[];
  /** Bytes that are free on the disk of the data folder. */
  readonly freeBytes: () => Promise<number>;
  /** How many other servers serve this platform right now: they would go on writing to the old backend. */
  readonly otherServers: () => Promise<number>;
  /** Told how it goes: some times a second, and at each change of phase or state. */
  readonly onStatus: (status: SwitchStatus) => void;
  /** Told when another backend has come into force: what was read before may be stale. */
  readonly onFlip: (place: Place) => void;
  /** Told what went wrong, with its cause. */
  readonly onError: (error: unknown, message: string) => void;
  /** Awaited when a phase begins; tests stop or fail there. */
  readonly onPhase?: ((phase: SwitchStatus['phase']) => Promise<void>) | undefined;
}

/** Puts together what moves the platform between backends, and what everyone else works with meanwhile. */
import { statfs } from 'node:fs/promises';
import type { SwitchStatus } from './contract/backends.ts';
import type { OpenPlace, Place } from './database/place.ts';
import { platformTables } from './database/platform-tables.ts';
import type { StoreBackend } from './database/store-database.ts';
import { BackendSwitch } from './database/switch/backend-switch.ts';
import { StoreLifecycle } from './database/switchable/store-lifecycle.ts';
import { SwitchableBackend } from './database/switchable/switchable-backend.ts';
import { SwitchablePlatform } from './database/switchable/switchable-platform.ts';
import { WriteGate, type WriteGateOptions } from './database/switchable/write-gate.ts';
import { storeTables } from './modules/index.ts';
import { readPlacePointer, writePlacePointer } from './network/place-pointer.ts';
import type { Logger } from './observability/log.ts';

/** What stands between the platform's parts and the backend in force. */
export interface InForce {
  readonly place: Place;
  readonly backend: SwitchableBackend;
  readonly platform: SwitchablePlatform;
  readonly storeGate: WriteGate;
  readonly platformGate: WriteGate;
  readonly lifecycle: StoreLifecycle;
}

export interface SwitchOptions {
  /** The data folder. */
  readonly path: string;
  readonly log: Logger;
  readonly openPlace: OpenPlace;
  readonly defaultDatabaseUrl: string | null;
  readonly otherServers: () => Promise<number>;
  readonly onStatus: (status: SwitchStatus) => void;
  readonly onFlip: (place: Place) => void;
  /** Tests stop or fail there. */
  readonly onPhase?: (phase: SwitchStatus['phase']) => Promise<void>;
}

/** @param limits how long writes wait; the defaults unless a test says otherwise */
export function putInForce(place: Place, backend: StoreBackend, limits: Partial<WriteGateOptions> = {}): InForce {
  const storeGate = new WriteGate(limits);
  const platformGate = new WriteGate(limits);
  return {
    place,
    storeGate,
    platformGate,
    backend: new SwitchableBackend(backend, storeGate),
    platform: new SwitchablePlatform(place.platform, platformGate),
    lifecycle: new StoreLifecycle(),
  };
}

/** The service that moves the platform. Call its `recover` before anything is served. */
export function openSwitch({ place, ...inForce }: InForce, options: SwitchOptions): BackendSwitch {
  const { path, log, ...hooks } = options;
  const parts = {
    ...inForce,
    ...hooks,
    storeTables,
    platformTables,
    pointer: {
      read: () => readPlacePointer(path),
      write: (pointer: Parameters<typeof writePlacePointer>[1]) => writePlacePointer(path, pointer),
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(path);
      return Number(bavail) * Number(bsize);
    },
    onError: (error: unknown, message: string) => log.error({ err: error, event: 'backend.switch' }, message),
  };
  return new BackendSwitch(parts, place);
}

import type { ChangeLimitsInput, StoreLimitsAnswer } from '../contract/backends.ts';
import type { Resolution, WhyInput } from '../contract/requests.ts';
import type { CreatedStore, CreateStoreInput, DeletedStore, ListedStore } from '../contract/stores.ts';
import { findRunningServer, type RunningServer } from '../network/running-server.ts';
import { remoteClient } from './remote-client.ts';

export interface LoadedFixture {
  readonly code: string;
  readonly name: string;
  readonly isNew: boolean;
}

/** What commands do to a platform, whether its server runs or not. */
export interface PlatformClient {
  /** The server in use, or null when the data folder was opened by this command itself. */
  readonly server: RunningServer | null;
  listStores(): Promise<readonly ListedStore[]>;
  /** Deleted stores that can be brought back, the latest first. */
  listDeletedStores(): Promise<readonly DeletedStore[]>;
  createStore(input: CreateStoreInput): Promise<CreatedStore>;
  /** Returns until when it can be brought back, in milliseconds since 1970; null when it was removed for good. */
  deleteStore(code: string, options: { readonly permanently: boolean }): Promise<number | null>;
  restoreStore(code: string): Promise<ListedStore>;
  /** What a store may use, after these changes; null sets a limit back to the default. */
  storeLimits(code: string, changes?: ChangeLimitsInput): Promise<StoreLimitsAnswer>;
  loadFixtures(codes: readonly string[]): Promise<readonly LoadedFixture[]>;
  why(input: WhyInput): Promise<Resolution>;
  close(): Promise<void>;
}

/**
 * Opens the platform of a data folder: through its running server, which alone may write then, or by itself.
 * @throws {StartupError} when the folder cannot be used
 */
export async function openClient(dataDir: string): Promise<PlatformClient> {
  const server = await findRunningServer(dataDir);
  if (server) return remoteClient(server);
  const { localClient, openLocalPlatform } = await import('./local-client.ts');
  try {
    return localClient(await openLocalPlatform(dataDir));
  } catch (error) {
    // A server may have started at the same moment.
    const started = await findRunningServer(dataDir);
    if (started) return remoteClient(started);
    throw error;
  }
}

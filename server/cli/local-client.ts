import { loadConfig } from '../config.ts';
import { readInput } from '../console/input.ts';
import { limitsAnswer } from '../console/limit-routes.ts';
import { readLogo } from '../console/logo-routes.ts';
import { presentDeleted, presentStore } from '../console/present-store.ts';
import { changeLimitsInput } from '../contract/backends.ts';
import { createStoreInput, type ListedStore, type StepReport } from '../contract/stores.ts';
import type { StoreRecord } from '../database/platform-tables.ts';
import { openDataFolder } from '../network/data-folder.ts';
import { createLogger } from '../observability/log.ts';
import type { AppParts } from '../parts.ts';
import { openPlatform, type Platform } from '../platform.ts';
import { restorableUntil } from '../tenancy/deleted-stores.ts';
import { explainWithNearMatches } from '../tenancy/explain-url.ts';
import type { PlatformClient } from './platform-client.ts';

const ACTOR = 'command line';

/** A platform that this command has opened itself. */
export interface LocalPlatform {
  readonly parts: AppParts;
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the data folder; it is taken, so that no server starts meanwhile. `logLevel` says what goes to standard error. */
export async function openLocalPlatform(dataDir: string, logLevel: 'warn' | 'error' = 'warn'): Promise<LocalPlatform> {
  const argv = ['--data-dir', dataDir, '--trace-requests', '0'];
  const config = loadConfig({ argv, env: process.env, cwd: process.cwd() });
  const folder = await openDataFolder(dataDir);
  let platform: Platform;
  try {
    platform = await openPlatform(config, folder, createLogger({ level: logLevel, format: 'pretty' }));
  } catch (error) {
    await folder.release();
    throw error;
  }
  return {
    parts: platform.parts,
    port: config.port,
    async close() {
      await platform.close();
      await folder.release();
    },
  };
}

/** The same as a client of commands. */
export function localClient(platform: LocalPlatform): PlatformClient {
  const { parts } = platform;
  const { stores } = parts;
  const address = { resolver: parts.resolver, scheme: 'http', port: platform.port };
  const present = async (store: StoreRecord): Promise<ListedStore> =>
    presentStore(store, await stores.domains(store.id), address);
  return {
    server: null,
    async listStores() {
      const domains = await stores.domainsOfStores();
      return (await stores.records()).map((store) => presentStore(store, domains.get(store.id) ?? [], address));
    },
    listDeletedStores: async () => (await stores.listDeleted()).map(presentDeleted),
    async createStore(input) {
      const { catalogue, logo: upload, ...rest } = readInput(createStoreInput, input);
      const { logo, faults } = await readLogo(upload, parts.logoReader);
      const steps: StepReport[] = [];
      const seed = parts.fixtures.seedNew(catalogue, { color: rest.color, logo });
      const onStep = (report: StepReport) => report.state !== 'running' && steps.push(report);
      const store = await stores.create(rest, { seed, actor: ACTOR, faults, onStep });
      return { ...(await present(store)), steps };
    },
    async deleteStore(code, { permanently }) {
      if (permanently) await stores.remove(code, ACTOR);
      const deleted = permanently ? null : (await stores.delete(code, ACTOR)).deletedAt;
      return deleted && restorableUntil(deleted).getTime();
    },
    restoreStore: async (code) => present(await stores.restore(code, ACTOR)),
    async storeLimits(code, changes = {}) {
      const store = await stores.get(code);
      const { limits } = parts.limitParts;
      const inForce = await limits.change(store, readInput(changeLimitsInput, changes), ACTOR);
      return limitsAnswer(store, inForce, parts.limitParts);
    },
    async loadFixtures(codes) {
      const loaded = [];
      for (const code of codes) loaded.push(await parts.fixtures.load(code, { actor: ACTOR }));
      return loaded.map(({ store, isNew }) => ({ code: store.code, name: store.name, isNew }));
    },
    why: (input) => explainWithNearMatches({ method: 'GET', ...input }, parts.directory, parts.resolver),
    close: () => platform.close(),
  };
}

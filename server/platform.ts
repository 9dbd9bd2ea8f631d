import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { EventHub } from './console/events-hub.ts';
import { LogoReader } from './console/logo-reader.ts';
import type { PlatformDatabase } from './database/platform-database.ts';
import type { Isolation, StoreBackend } from './database/store-database.ts';
import { StartupError } from './errors.ts';
import { SessionService } from './identity/session-service.ts';
import { SignInLinks } from './identity/sign-in-links.ts';
import { FixtureService } from './modules/fixtures/module.ts';
import { ShopContexts } from './modules/storefront/module.ts';
import type { DataFolder } from './network/data-folder.ts';
import type { Logger } from './observability/log.ts';
import { createMetrics } from './observability/metrics.ts';
import { RequestRecorder } from './observability/request-recorder.ts';
import { Traffic } from './observability/traffic.ts';
import { placeOpener } from './open-place.ts';
import type { AppParts } from './parts.ts';
import { LogoFiles } from './tenancy/logo-files.ts';
import { StoreDirectory } from './tenancy/store-directory.ts';
import { StoreEvents } from './tenancy/store-events.ts';
import { StoreService } from './tenancy/store-service.ts';
import { storeSizes } from './tenancy/store-size.ts';
import { startUpkeep } from './tenancy/store-upkeep.ts';
import { loadPlatformPages } from './themes/platform-pages.ts';
import { loadTheme } from './themes/theme.ts';

const ROOT = join(import.meta.dirname, '..');
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

export { version };

/** An opened platform: its parts, and how to close it. */
export interface Platform {
  readonly parts: AppParts;
  readonly database: PlatformDatabase;
  close(): Promise<void>;
}

/**
 * Opens the data of a platform and puts its parts together; nothing listens yet.
 * @throws {StartupError} when the data cannot be opened as configured
 */
export async function openPlatform(config: Config, folder: DataFolder, log: Logger): Promise<Platform> {
  const place = await placeOpener(config, folder)({ engine: config.engine ?? 'sqlite', databaseUrl: null });
  const database = place.platform;
  try {
    const backend = place.openBackend(await settleIsolation(database, config));
    await backend.migrate();
    const parts = assemble(config, folder, log, database, backend);
    const upkeep = await startUpkeep(parts.stores, log);
    return {
      parts,
      database,
      async close() {
        await upkeep.stop();
        await backend.close();
        await place.close();
      },
    };
  } catch (error) {
    await place.close();
    throw error;
  }
}

/**
 * The isolation in force: the one the folder was made with. A folder's stores live where they were made;
 * another backend would not find them.
 */
async function settleIsolation(database: PlatformDatabase, config: Config): Promise<Isolation> {
  const kept = await database.readSetting('backend');
  const [keptEngine, keptIsolation] = typeof kept === 'string' ? kept.split('/') : [undefined, undefined];
  const engine = config.engine ?? keptEngine ?? 'sqlite';
  const isolation = config.isolation ?? keptIsolation ?? 'database';
  const wanted = `${engine}/${isolation}`;
  if (kept !== undefined && kept !== wanted) {
    throw new StartupError(
      `This data folder holds stores on ${String(kept)}, not on ${wanted}. Start without --engine and --isolation, or name another folder with --data-dir.`,
      2,
    );
  }
  if (kept === undefined) await database.writeSetting('backend', wanted);
  return isolation as Isolation;
}

function assemble(
  config: Config,
  folder: DataFolder,
  log: Logger,
  database: PlatformDatabase,
  backend: StoreBackend,
): AppParts {
  const { storageDir } = folder;
  const theme = loadTheme(join(ROOT, 'templates/themes/meridian'), 'meridian');
  const pages = loadPlatformPages(join(ROOT, 'templates/pages'));
  const events = new StoreEvents();
  const directory = new StoreDirectory(database);
  const removeFiles = (store: { readonly id: number }) =>
    rm(join(storageDir, `store_${store.id}`), { recursive: true, force: true });
  const logos = new LogoFiles(storageDir);
  const stores = new StoreService({
    platform: database,
    backend,
    removeFiles,
    directory,
    events,
    logos,
    platformDomain: config.platformDomain,
  });
  const shops = new ShopContexts(backend, theme);
  events.subscribe((event) => shops.forget(event.storeId));
  const metrics = createMetrics({
    openDatabases: () => backend.stats().openDatabases,
    storeSizes: async (limit) => storeSizes((await directory.all()).slice(0, limit), backend, storageDir),
  });
  return {
    config,
    log,
    metrics,
    ...observation(config, backend, events),
    healthChecks: [
      { name: 'platform_database', run: () => database.readSetting('backend') },
      { name: 'store_backend', run: () => backend.check() },
    ],
    settings: database,
    resolver: { platformDomain: config.platformDomain, pathRouting: config.pathRouting },
    directory,
    stores,
    backend,
    fixtures: new FixtureService({ stores, logos, fixturesDir: join(ROOT, 'fixtures/stores'), storageDir }),
    logoReader: new LogoReader(),
    shops,
    pages,
    consoleDirectory: join(ROOT, 'renderer/dist'),
    assetSources: [
      { id: theme.id, directory: theme.directory },
      { id: 'platform', directory: pages.directory },
    ],
    sessions: new SessionService(database),
    links: new SignInLinks(),
    controlToken: folder.controlToken,
    storageDir,
    storeContext: {
      isDevelopment: config.mode === 'development',
      storeCodes: async () => (await directory.all()).map((store) => store.code),
    },
    rateLimit: {
      requestsPerMinute: config.apiRequestsPerMinute,
      onLimited: (code) => metrics.rateLimited.inc({ store: metrics.storeLabel(code) }),
    },
  };
}

/** What tells of this run of the server: who it is, what it was asked, and what happens. */
function observation(
  config: Config,
  backend: StoreBackend,
  stores: StoreEvents,
): Pick<AppParts, 'recorder' | 'traffic' | 'events' | 'about' | 'bootId' | 'startedAt'> {
  const startedAt = Date.now();
  const bootId = randomUUID();
  const recorder = new RequestRecorder({
    maxRequests: config.traceRequests,
    maxBytes: config.traceMegabytes * 1024 * 1024,
  });
  return {
    recorder,
    traffic: new Traffic(),
    events: new EventHub({ bootId, version, recorder, stores }),
    about: () => ({
      version,
      engine: backend.engine,
      isolation: backend.isolation,
      mode: config.mode,
      uptimeSeconds: Math.round((Date.now() - startedAt) / 1000),
      modules: ['catalog', 'customers', 'orders', 'cms'],
      requestsKept: recorder.stats().requests,
    }),
    bootId,
    startedAt,
  };
}

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { EventHub } from './console/events-hub.ts';
import type { LimitParts } from './console/limit-routes.ts';
import { LogoReader } from './console/logo-reader.ts';
import { createScopeGuard } from './database/guard/create-scope-guard.ts';
import type { ScopeGuard } from './database/guard/scope-guard.ts';
import type { OpenPlace } from './database/place.ts';
import type { PlatformDatabase } from './database/platform-database.ts';
import { localSharedState, MovableSharedState } from './database/shared-state.ts';
import type { StoreBackend } from './database/store-database.ts';
import type { BackendSwitch } from './database/switch/backend-switch.ts';
import { SessionService } from './identity/session-service.ts';
import { SignInLinks } from './identity/sign-in-links.ts';
import { limitStores } from './limit-stores.ts';
import { createSeeder, FixtureService } from './modules/fixtures/module.ts';
import { storeTables } from './modules/index.ts';
import { ShopContexts } from './modules/storefront/module.ts';
import type { DataFolder } from './network/data-folder.ts';
import type { Logger } from './observability/log.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { RequestRecorder } from './observability/request-recorder.ts';
import { reportViolations } from './observability/scope-violations.ts';
import { Traffic } from './observability/traffic.ts';
import { placeOpener } from './open-place.ts';
import { type InForce, openSwitch, putInForce } from './open-switch.ts';
import type { AppParts } from './parts.ts';
import { keepPlace, settleIsolation, settlePlace } from './settle-place.ts';
import { isAlone } from './tenancy/is-alone.ts';
import { LogoFiles } from './tenancy/logo-files.ts';
import { relayChanges } from './tenancy/relay-changes.ts';
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
  const guard = await createScopeGuard({ tables: storeTables.map(({ table }) => table), mode: config.scopeGuard });
  const openPlace = placeOpener({ config, folder, log, guard });
  const place = await openPlace(await settlePlace(config, folder));
  try {
    const isolation = await settleIsolation(place, config, folder);
    await place.check(isolation);
    const backend = place.openBackend(isolation);
    await backend.migrate();
    await keepPlace(place, isolation, folder);
    const shared = new MovableSharedState(place.shared ?? localSharedState());
    const inForce = putInForce(place, backend);
    const parts = assemble(config, folder, log, inForce, openPlace, guard, shared);
    const codeOf = async (id: number) => (await parts.directory.byPublicId(`store_${id}`)).value?.code;
    guard.onViolation(reportViolations({ log, metrics: parts.metrics, codeOf }));
    await recoverSwitch(parts.switches, log);
    const upkeep = await startUpkeep(parts.stores, log, () => isAlone(shared.processes));
    return {
      parts,
      database: inForce.platform,
      async close() {
        // What waits for a move to end would keep the upkeep from ending.
        await parts.switches.close();
        await upkeep.stop();
        await shared.processes.close();
        await inForce.backend.close();
        await parts.switches.place.close();
      },
    };
  } catch (error) {
    await place.close();
    throw error;
  }
}

async function recoverSwitch(switches: BackendSwitch, log: Logger): Promise<void> {
  const interrupted = await switches.recover();
  if (!interrupted) return;
  const { from, to } = interrupted;
  log.warn(
    { event: 'backend.switch', from, to },
    `the move from ${from} to ${to} was cut short; ${from} is in force. Start it again and it goes on.`,
  );
}

function assemble(
  config: Config,
  folder: DataFolder,
  log: Logger,
  inForce: InForce,
  openPlace: OpenPlace,
  guard: ScopeGuard,
  shared: MovableSharedState,
): AppParts {
  const { platform: database, backend: unlimited, lifecycle, storeGate } = inForce;
  const storageDir = config.storageDir ?? folder.storageDir;
  const { backend, limitParts } = limitStores({ config, database, backend: unlimited, shared, storageDir });
  const fixturesDir = join(ROOT, 'fixtures/stores');
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
    seed: createSeeder({ logos, fixturesDir, storageDir }),
    directory,
    events,
    logos,
    storage: limitParts.storage,
    lifecycle,
    platformDomain: config.platformDomain,
  });
  const shops = new ShopContexts(backend, theme);
  events.subscribe((event) => shops.forget(event.storeId));
  const metrics = measure(backend, directory, limitParts, storageDir);
  const observed = observation(config, backend, events);
  const others = { shops, consoles: observed.events };
  relayChanges({ processes: shared.processes, directory, events, limits: limitParts.limits, ...others });
  const switches = openSwitch(inForce, {
    path: folder.path,
    log,
    openPlace,
    defaultDatabaseUrl: config.databaseUrl,
    otherServers: () => shared.processes.otherProcesses(),
    onStatus: (status) => observed.events.tellSwitch(status),
    onFlip(place) {
      directory.forget();
      shops.forgetAll();
      if (place !== switches.place) shared.moveTo(place.shared ?? localSharedState());
    },
  });
  return {
    config,
    log,
    metrics,
    ...observed,
    switches,
    storeGate,
    guard,
    healthChecks: [
      { name: 'platform_database', run: () => database.readSetting('backend') },
      { name: 'store_backend', run: () => backend.check() },
    ],
    settings: database,
    resolver: { platformDomain: config.platformDomain, pathRouting: config.pathRouting },
    directory,
    stores,
    backend,
    storeTables,
    fixtures: new FixtureService({ stores, fixturesDir }),
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
    shared,
    limitParts,
    rateLimit: {
      counter: shared.requests,
      limits: limitParts.limits,
      onLimited: (code) => metrics.rateLimited.inc({ store: metrics.storeLabel(code) }),
    },
  };
}

function measure(
  backend: StoreBackend,
  directory: StoreDirectory,
  { connections }: LimitParts,
  storageDir: string,
): Metrics {
  const codeOf = async (id: number) => (await directory.byPublicId(`store_${id}`)).value?.code;
  return createMetrics({
    connections: () => backend.stats().connections,
    async storeConnections() {
      const usages = await Promise.all(
        [...connections.usages()].map(async ([id, usage]) => [await codeOf(id), usage] as const),
      );
      return new Map(usages.flatMap(([code, usage]) => (code === undefined ? [] : [[code, usage] as const])));
    },
    storeSizes: async (limit) => storeSizes((await directory.all()).slice(0, limit), backend, storageDir),
  });
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

/** Puts the parts of an application together over an opened platform. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { LogoReader } from './console/logo-reader.ts';
import type { ScopeGuard } from './database/guard/scope-guard.ts';
import type { OpenPlace } from './database/place.ts';
import { localSharedState, type MovableSharedState } from './database/shared-state.ts';
import { SessionService } from './identity/session-service.ts';
import { SignInLinks } from './identity/sign-in-links.ts';
import { limitStores } from './limit-stores.ts';
import { createSeeder, FixtureService } from './modules/fixtures/module.ts';
import { storeTables } from './modules/index.ts';
import { ShopContexts } from './modules/storefront/module.ts';
import type { DataFolder } from './network/data-folder.ts';
import { Elevations } from './network/elevation.ts';
import type { Logger } from './observability/log.ts';
import { ResendRegistry } from './observability/resend-registry.ts';
import { type InForce, openSwitch } from './open-switch.ts';
import type { AppParts } from './parts.ts';
import { LogoFiles } from './tenancy/logo-files.ts';
import { relayChanges } from './tenancy/relay-changes.ts';
import { StoreDirectory } from './tenancy/store-directory.ts';
import { StoreEvents } from './tenancy/store-events.ts';
import { StoreService } from './tenancy/store-service.ts';
import { loadPlatformPages } from './themes/platform-pages.ts';
import { loadTheme } from './themes/theme.ts';
import { measure, observe } from './watch-platform.ts';

const ROOT = join(import.meta.dirname, '..');

export interface AssembleInput {
  readonly config: Config;
  readonly folder: DataFolder;
  readonly log: Logger;
  readonly inForce: InForce;
  readonly openPlace: OpenPlace;
  readonly guard: ScopeGuard;
  readonly shared: MovableSharedState;
}

/** Everything the application is made of; nothing listens yet. */
export function assemble(input: AssembleInput): AppParts {
  const { config, folder, log, inForce, guard, shared } = input;
  const tenancy = assembleTenancy(input);
  const look = assembleLook(tenancy);
  const { directory, events, backend, limitParts, storageDir } = tenancy;
  const observed = observe(config, backend, events);
  events.subscribe((event) => look.shops.forget(event.storeId));
  const told = { directory, events, limits: limitParts.limits, shops: look.shops, consoles: observed.events };
  relayChanges({ processes: shared.processes, ...told });
  const metrics = measure(backend, directory, limitParts, storageDir);
  return {
    config,
    log,
    guard,
    shared,
    storeTables,
    ...tenancy,
    ...look,
    ...observed,
    metrics,
    switches: assembleSwitch(input, tenancy, look, observed),
    storeGate: inForce.storeGate,
    healthChecks: [
      { name: 'platform_database', run: () => inForce.platform.readSetting('backend') },
      { name: 'store_backend', run: () => backend.check() },
    ],
    settings: inForce.platform,
    sessions: new SessionService(inForce.platform),
    links: new SignInLinks(),
    elevations: new Elevations(),
    resends: new ResendRegistry(),
    routePatterns: [],
    logoReader: new LogoReader(),
    controlToken: folder.controlToken,
    resolver: { platformDomain: config.platformDomain, pathRouting: config.pathRouting },
    storeContext: {
      isDevelopment: config.mode === 'development',
      storeCodes: async () => (await directory.all()).map((store) => store.code),
    },
    rateLimit: {
      counter: shared.requests,
      limits: limitParts.limits,
      onLimited: (code) => metrics.rateLimited.inc({ store: metrics.storeLabel(code) }),
    },
  };
}

/** The stores: who they are, what they may use, and what is done to them. */
function assembleTenancy({ config, folder, inForce, shared }: AssembleInput) {
  const { platform: database, lifecycle } = inForce;
  const storageDir = config.storageDir ?? folder.storageDir;
  const fixturesDir = join(ROOT, 'fixtures/stores');
  const { backend, limitParts } = limitStores({ config, database, backend: inForce.backend, shared, storageDir });
  const events = new StoreEvents();
  const directory = new StoreDirectory(database);
  const logos = new LogoFiles(storageDir);
  const stores = new StoreService({
    platform: database,
    backend,
    removeFiles: ({ id }) => rm(join(storageDir, `store_${id}`), { recursive: true, force: true }),
    seed: createSeeder({ logos, fixturesDir, storageDir }),
    directory,
    events,
    logos,
    storage: limitParts.storage,
    lifecycle,
    platformDomain: config.platformDomain,
  });
  const fixtures = new FixtureService({ stores, fixturesDir });
  return { storageDir, backend, limitParts, events, directory, stores, fixtures };
}

type Tenancy = ReturnType<typeof assembleTenancy>;

/** What is shown: themes, pages, and the console's files. */
function assembleLook({ backend }: Tenancy) {
  const theme = loadTheme(join(ROOT, 'templates/themes/meridian'), 'meridian');
  const pages = loadPlatformPages(join(ROOT, 'templates/pages'));
  return {
    shops: new ShopContexts(backend, theme),
    pages,
    consoleDirectory: join(ROOT, 'renderer/dist'),
    assetSources: [
      { id: theme.id, directory: theme.directory },
      { id: 'platform', directory: pages.directory },
    ],
  };
}

/** What moves the platform to another backend; whatever was read before is forgotten then. */
function assembleSwitch(
  { config, folder, log, inForce, openPlace, shared }: AssembleInput,
  { directory }: Tenancy,
  { shops }: ReturnType<typeof assembleLook>,
  { events }: ReturnType<typeof observe>,
) {
  const switches = openSwitch(inForce, {
    path: folder.path,
    log,
    openPlace,
    defaultDatabaseUrl: config.databaseUrl,
    otherServers: () => shared.processes.otherProcesses(),
    onStatus: (status) => events.tellSwitch(status),
    onFlip(place) {
      directory.forget();
      shops.forgetAll();
      if (place !== switches.place) shared.moveTo(place.shared ?? localSharedState());
    },
  });
  return switches;
}

/** Puts the parts of an application together over an opened platform. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assembleDoctor } from './assemble-doctor.ts';
import { assembleHosts } from './assemble-hosts.ts';
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
import { platformNames } from './network/hosts/wanted-entries.ts';
import { PacService } from './network/pac/pac-service.ts';
import { ServerPorts } from './network/server-ports.ts';
import { createTls, type Tls } from './network/tls/create-tls.ts';
import type { Logger } from './observability/log.ts';
import { ResendRegistry } from './observability/resend-registry.ts';
import { type InForce, openSwitch } from './open-switch.ts';
import type { AppParts } from './parts.ts';
import { createDomains } from './tenancy/domains/create-domains.ts';
import { LogoFiles } from './tenancy/logo-files.ts';
import { nameOwner } from './tenancy/name-owner.ts';
import { relayChanges } from './tenancy/relay-changes.ts';
import { resolveRequest } from './tenancy/resolve.ts';
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
  const observed = observe(config, backend, events, { log, settings: inForce.platform });
  events.subscribe((event) => look.shops.forget(event.storeId));
  const metrics = measure(backend, directory, limitParts, storageDir);
  const elevations = new Elevations();
  const ports = new ServerPorts();
  const parts: Omit<AppParts, 'doctor'> = {
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
    platformQuery: (sql, bind) => inForce.platform.query(sql, bind),
    sessions: new SessionService(inForce.platform),
    links: new SignInLinks(),
    elevations,
    ...assembleHosts({
      ...tenancy,
      ...observed,
      config,
      log,
      elevations,
      dataDir: folder.path,
      settings: inForce.platform,
      storeEvents: events,
      httpsPort: () => parts.tls.https.inForce.listeningPort,
    }),
    tls: assembleTls(input, elevations, directory, () => observed.events.tellChanged('certificates')),
    ports,
    pac: assemblePac(input, tenancy, observed),
    ...assembleDomains(input, tenancy, observed, () => parts.tls),
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
  followOthers(input, tenancy, { look, observed, tls: parts.tls });
  return { ...parts, doctor: assembleDoctor(parts) };
}

/** What other processes of the platform change counts here as well. */
function followOthers(
  { shared, log }: AssembleInput,
  { directory, events, limitParts }: Tenancy,
  { look, observed, tls }: AssembledLook & { readonly tls: Tls },
): void {
  relayChanges({
    processes: shared.processes,
    directory,
    events,
    limits: limitParts.limits,
    shops: look.shops,
    consoles: observed.events,
    settings: { https: tls.https, inspector: observed.inspector },
    log,
  });
}

interface AssembledLook {
  readonly look: ReturnType<typeof assembleLook>;
  readonly observed: ReturnType<typeof observe>;
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

/** HTTPS for the names that the stores and the platform have. */
function assembleTls(
  { config, folder, inForce, log }: AssembleInput,
  elevations: Elevations,
  directory: StoreDirectory,
  onChange: () => void,
) {
  const { platformDomain, https, httpsPort, trustHome } = config;
  return createTls({
    dataDir: folder.path,
    platformDomain,
    wanted: { isOn: https, port: httpsPort },
    trustHome,
    settings: inForce.platform,
    elevations,
    ownerOf: (name) => nameOwner(name, directory, platformDomain),
    onChange,
    log,
  });
}

/** Stores' own domains, and the DNS that rehearses them. */
function assembleDomains(
  { config, inForce }: AssembleInput,
  { directory, events }: Tenancy,
  observed: ReturnType<typeof observe>,
  tls: () => Tls,
) {
  return createDomains({
    platform: inForce.platform,
    directory,
    events,
    platformDomain: config.platformDomain,
    isDevelopment: config.mode === 'development',
    publicAddresses: config.publicAddress,
    isHttpsOn: () => tls().https.inForce.listeningPort !== null,
    async certificateFor(domain) {
      const found = await tls().hosts.existing(domain);
      return found && { source: found.source, notAfter: found.leaf.validToDate.getTime() };
    },
    onChanged: (what) => observed.events.tellChanged(what),
  });
}

/** Names for browsers outside without administrator rights. */
function assemblePac(
  { config, inForce }: AssembleInput,
  { stores, directory }: Tenancy,
  { events }: ReturnType<typeof observe>,
): PacService {
  const { platformDomain, pathRouting } = config;
  return new PacService({
    settings: inForce.platform,
    platformDomain,
    names: async () => {
      const [records, domains] = await Promise.all([stores.records(), stores.everyDomain()]);
      const named = { platformDomain, stores: records, domains };
      return platformNames(named).map(({ name }) => name);
    },
    isServed: async (host) => {
      const asked = { method: 'GET', host, path: '/' };
      const { refusal } = await resolveRequest(asked, directory, { platformDomain, pathRouting });
      // A store that is closed or unknown has an answer of its own; anything else is not for this server.
      return refusal === null || refusal.status === 404 || refusal.status === 503;
    },
    onChanged: () => events.tellChanged('pac'),
  });
}

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

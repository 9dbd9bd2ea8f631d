import type { Config } from './config.ts';
import type { PlatformSettings } from './console/checklist.ts';
import type { EventHub } from './console/events-hub.ts';
import type { LimitParts } from './console/limit-routes.ts';
import type { LogoReader } from './console/logo-reader.ts';
import type { ServerInfo } from './contract/server.ts';
import type { ScopeGuard } from './database/guard/scope-guard.ts';
import type { AnyTableDefinition } from './database/model.ts';
import type { PlatformDatabase } from './database/platform-database.ts';
import type { MovableSharedState } from './database/shared-state.ts';
import type { StoreBackend } from './database/store-database.ts';
import type { BackendSwitch } from './database/switch/backend-switch.ts';
import type { WriteGate } from './database/switchable/write-gate.ts';
import type { IdentityParts } from './identity/identify.ts';
import type { SignInLinks } from './identity/sign-in-links.ts';
import type { FixtureService } from './modules/fixtures/module.ts';
import type { ShopContexts } from './modules/storefront/module.ts';
import type { Doctor } from './network/doctor/doctor.ts';
import type { Elevations } from './network/elevation.ts';
import type { HostsKeeper } from './network/hosts/hosts-keeper.ts';
import type { HostsService } from './network/hosts/hosts-service.ts';
import type { NameProber } from './network/hosts/probe/name-prober.ts';
import type { PacService } from './network/pac/pac-service.ts';
import type { ServerPorts } from './network/server-ports.ts';
import type { Tls } from './network/tls/create-tls.ts';
import type { HealthCheck } from './observability/health.ts';
import type { Inspector } from './observability/inspector.ts';
import type { Logger } from './observability/log.ts';
import type { LogRing } from './observability/log-ring.ts';
import type { Metrics } from './observability/metrics.ts';
import type { OtlpExport } from './observability/otlp-export.ts';
import type { RequestRecorder } from './observability/request-recorder.ts';
import type { ResendRegistry } from './observability/resend-registry.ts';
import type { Traffic } from './observability/traffic.ts';
import type { Domains } from './tenancy/domains/create-domains.ts';
import type { RateLimitParts } from './tenancy/rate-limit.ts';
import type { ResolverSettings } from './tenancy/resolve.ts';
import type { RoutePattern } from './tenancy/routes/router-rows.ts';
import type { StoreDirectory } from './tenancy/store-directory.ts';
import type { StoreService } from './tenancy/store-service.ts';
import type { AssetSource } from './themes/assets.ts';
import type { PlatformPages } from './themes/platform-pages.ts';

/** What `/health` tells everyone of this server. */
export type About = Pick<
  ServerInfo,
  'version' | 'engine' | 'isolation' | 'mode' | 'uptimeSeconds' | 'modules' | 'requestsKept'
>;

/** Everything the application is put together from; made once in `platform.ts`. */
export interface AppParts extends IdentityParts {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly recorder: RequestRecorder;
  /** How requests are recorded. */
  readonly inspector: Inspector;
  /** Sends traces to a collector, where one is named. */
  readonly otlp: OtlpExport;
  /** The latest lines of the log. */
  readonly logLines: LogRing;
  readonly traffic: Traffic;
  /** Requests that this server is about to send to itself. */
  readonly resends: ResendRegistry;
  readonly events: EventHub;
  readonly healthChecks: readonly HealthCheck[];
  readonly about: () => About;
  /** Changes with every start. */
  readonly bootId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly settings: PlatformSettings;
  /** Runs a reading statement on the platform's own tables. */
  readonly platformQuery: PlatformDatabase['query'];
  readonly resolver: ResolverSettings;
  readonly directory: StoreDirectory;
  readonly stores: StoreService;
  readonly backend: StoreBackend;
  /** Looks at every statement on the stores' data. */
  readonly guard: ScopeGuard;
  /** Moves the platform to another backend. */
  readonly switches: BackendSwitch;
  /** What requests that may write wait at while the platform moves. */
  readonly storeGate: WriteGate;
  /** The tables of a store, in the order they are made. */
  readonly storeTables: readonly AnyTableDefinition[];
  readonly fixtures: FixtureService;
  readonly logoReader: LogoReader;
  readonly shops: ShopContexts;
  readonly pages: PlatformPages;
  /** Where the console's built files are, `renderer/dist`. */
  readonly consoleDirectory: string;
  readonly assetSources: readonly AssetSource[];
  readonly links: SignInLinks;
  /** What may be run with administrator rights. */
  readonly elevations: Elevations;
  /** The names of the platform in the hosts file. */
  readonly hosts: HostsService;
  readonly hostsKeeper: HostsKeeper;
  readonly prober: NameProber;
  readonly ports: ServerPorts;
  /** Names for browsers outside without administrator rights. */
  readonly pac: PacService;
  readonly doctor: Doctor;
  /** HTTPS: the local authority, certificates, the listener, and who trusts them. */
  readonly tls: Tls;
  readonly storageDir: string;
  readonly storeContext: { readonly isDevelopment: boolean; readonly storeCodes: () => Promise<readonly string[]> };
  /** What this process and others that serve the same platform have in common. */
  readonly shared: MovableSharedState;
  /** Stores' own domains. */
  readonly domains: Domains['domains'];
  /** The DNS that plays the internet for them, in development. */
  readonly rehearsal: Domains['rehearsal'];
  readonly limitParts: LimitParts;
  /** The patterns of every router; filled as they are built. */
  readonly routePatterns: RoutePattern[];
  readonly rateLimit: RateLimitParts;
}

/** What tells of this run of the server: who it is, what it was asked, what happens, and its figures. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { PlatformSettings } from './console/checklist.ts';
import { EventHub } from './console/events-hub.ts';
import type { LimitParts } from './console/limit-routes.ts';
import type { StoreBackend } from './database/store-database.ts';
import { Inspector, openKeptRequests } from './observability/inspector.ts';
import { type Logger, logRingOf } from './observability/log.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { OtlpExport } from './observability/otlp-export.ts';
import { RequestRecorder } from './observability/request-recorder.ts';
import { Traffic } from './observability/traffic.ts';
import type { AppParts } from './parts.ts';
import type { StoreDirectory } from './tenancy/store-directory.ts';
import type { StoreEvents } from './tenancy/store-events.ts';
import { storeSizes } from './tenancy/store-size.ts';
import { version } from './version.ts';

/** The figures of `/metrics`. */
export function measure(
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

type Watched = 'recorder' | 'inspector' | 'otlp' | 'logLines' | 'traffic' | 'events' | 'about' | 'bootId' | 'startedAt';

/** Records and events of one run of the server. */
export function observe(
  config: Config,
  backend: StoreBackend,
  stores: StoreEvents,
  { log, settings }: { readonly log: Logger; readonly settings: PlatformSettings },
): Pick<AppParts, Watched> {
  const startedAt = Date.now();
  const bootId = randomUUID();
  const { traceRequests: maxRequests } = config;
  const maxBytes = config.traceMegabytes * 1024 * 1024;
  const kept = openKeptRequests(maxRequests > 0 ? join(config.dataDir, 'requests.sqlite') : null, maxBytes, log);
  const logLines = logRingOf(log);
  const recorder = new RequestRecorder({ maxRequests, maxBytes, restored: kept?.restored ?? [], log: logLines });
  const otlp = new OtlpExport({
    log,
    connect: async (endpoint) =>
      (await import('./observability/otlp-sender.ts')).connectOtlp(endpoint, { version, engine: () => backend.engine }),
  });
  const isDevelopment = config.mode === 'development';
  return {
    recorder,
    inspector: new Inspector({ settings, isDevelopment, recorder, kept, otlp, log }),
    otlp,
    logLines,
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

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Stores that get series of their own; further ones share the label `other`, so that the number of series is bounded. */
const MAX_STORE_LABELS = 200;

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<'store' | 'route' | 'method' | 'status'>;
  readonly requestDuration: Histogram<'store' | 'route' | 'method'>;
  readonly requestsInFlight: Gauge;
  readonly queryDuration: Histogram<'store' | 'op'>;
  readonly resolutions: Counter<'mode' | 'result'>;
  readonly rateLimited: Counter<'store'>;
  readonly scopeViolations: Counter<'store' | 'kind'>;
  /** The label of a store: its code, or `other`, or `none`. */
  readonly storeLabel: (code: string | undefined) => string;
}

export interface MetricSources {
  /** Connections of the whole process; for files, a file is one. */
  readonly connections: () => Readonly<Record<'open' | 'used' | 'waiting' | 'max', number>>;
  /** By store code; only stores that use a connection right now, or wait for one. */
  readonly storeConnections: () => Promise<ReadonlyMap<string, { readonly used: number; readonly waiting: number }>>;
  /** Bytes by store code; asked when the metrics are read. */
  readonly storeSizes: (limit: number) => Promise<ReadonlyMap<string, number>>;
}

/** The platform's Prometheus metrics. Names: features.md section 5. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'db_pool_connections',
    help: 'Database connections: of the whole process, and of the stores that use some right now',
    labelNames: ['store', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const [state, count] of Object.entries(sources.connections())) this.set({ store: 'all', state }, count);
      for (const [store, { used, waiting }] of [...(await sources.storeConnections())].slice(0, MAX_STORE_LABELS)) {
        this.set({ store, state: 'used' }, used);
        this.set({ store, state: 'waiting' }, waiting);
      }
    },
  });
  new Gauge({
    name: 'store_storage_bytes',
    help: 'Bytes of the database and the files of a store',
    labelNames: ['store'],
    registers,
    async collect() {
      this.reset();
      for (const [store, bytes] of await sources.storeSizes(MAX_STORE_LABELS)) this.set({ store }, bytes);
    },
  });
  return {
    registry,
    requests: new Counter({
      name: 'http_requests_total',
      help: 'Requests answered',
      labelNames: ['store', 'route', 'method', 'status'],
      registers,
    }),
    requestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from request to answer',
      labelNames: ['store', 'route', 'method'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    requestsInFlight: new Gauge({ name: 'http_requests_in_flight', help: 'Requests being answered', registers }),
    queryDuration: new Histogram({
      name: 'db_query_duration_seconds',
      help: 'Time of one SQL statement',
      labelNames: ['store', 'op'],
      buckets: [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    resolutions: new Counter({
      name: 'tenant_resolution_total',
      help: 'Routing decisions',
      labelNames: ['mode', 'result'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'rate_limited_total',
      help: 'Requests refused by a rate limit',
      labelNames: ['store'],
      registers,
    }),
    scopeViolations: new Counter({
      name: 'scope_guard_violations_total',
      help: 'Statements that could have reached other stores: refused, or let through where the guard only logs',
      labelNames: ['store', 'kind'],
      registers,
    }),
    storeLabel: boundedLabels(),
  };
}

function boundedLabels(): (code: string | undefined) => string {
  const known = new Set<string>();
  return (code) => {
    if (code === undefined) return 'none';
    if (known.has(code)) return code;
    if (known.size >= MAX_STORE_LABELS) return 'other';
    known.add(code);
    return code;
  };
}

/** Backends: the ways to keep stores apart, which one is in force, and moving the platform to another. */
import { z } from 'zod';

export const BACKEND_IDS = [
  'sqlite/database',
  'sqlite/row',
  'postgres/row',
  'postgres/schema',
  'postgres/database',
] as const;
/** An engine with an isolation. */
export const backendId = z.enum(BACKEND_IDS);
export type BackendId = z.infer<typeof backendId>;

/** One of the five, as the console shows them side by side. */
export const backendCard = z
  .object({
    id: backendId,
    /** `current` holds the stores; `kept` still holds what was there before a switch; `available` holds nothing. */
    state: z.enum(['current', 'kept', 'available']),
    /** Milliseconds since 1970 when the platform moved away; null unless kept. */
    keptSince: z.number().nullable(),
    /** Where it lies, in words, without passwords; null when nothing is there. */
    place: z.string().nullable(),
  })
  .meta({ id: 'Backend' });
export type BackendCard = Readonly<z.infer<typeof backendCard>>;

/** How to reach the data in force with other tools. No password is in it. */
export const backendConnection = z
  .object({
    /** `file` SQLite in the data folder, `embedded` a Postgres this server runs, `external` one by its address. */
    kind: z.enum(['file', 'embedded', 'external']),
    /** Of the engine, as `3.50.4` or `18.4`. */
    version: z.string(),
    /** Host or folder of the socket, port, database and user; null for files. */
    host: z.string().nullable(),
    port: z.int().nullable(),
    database: z.string().nullable(),
    user: z.string().nullable(),
    isEncrypted: z.boolean(),
    /** The folder of the files, or null. */
    directory: z.string().nullable(),
    /** A command for a terminal that opens it; the password is asked for or read from `passwordFile`. */
    shellCommand: z.string(),
    /** File of the data folder with the password, readable by its owner alone; null without one. */
    passwordFile: z.string().nullable(),
    /** Connections or files: open now, being used, waited for, and the most there may be. */
    pool: z.object({ open: z.int(), used: z.int(), waiting: z.int(), max: z.int() }),
  })
  .meta({ id: 'BackendConnection' });
export type BackendConnection = Readonly<z.infer<typeof backendConnection>>;

export const SWITCH_PHASES = ['plan', 'copy', 'wait', 'verify', 'flip'] as const;

/** A move of the platform to another backend, while it runs and after. */
export const switchStatus = z
  .object({
    id: z.string(),
    from: backendId,
    to: backendId,
    /** Where it goes when that is a server of its own, without password; null in the data folder. */
    target: z.string().nullable(),
    state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
    /** `copy`: stores are copied while they stay open; `wait`: writes wait from here on; `flip`: one pointer changes. */
    phase: z.enum(SWITCH_PHASES),
    storesDone: z.int(),
    storesTotal: z.int(),
    rowsDone: z.int(),
    rowsTotal: z.int(),
    /** Code of the store that is being copied or compared, or null. */
    store: z.string().nullable(),
    /** Milliseconds since 1970. */
    startedAt: z.number(),
    finishedAt: z.number().nullable(),
    /** How long writes waited, in milliseconds; null until they go on. */
    writesWaitedMs: z.number().nullable(),
    /** SHA-256 over every store's tables after the move; null until it is known. */
    contentHash: z.string().nullable(),
    actor: z.string(),
    /** What went wrong and what to do; null unless failed. */
    error: z.string().nullable(),
  })
  .meta({ id: 'BackendSwitch' });
export type SwitchStatus = Readonly<z.infer<typeof switchStatus>>;

/** Everything the Backends page shows. */
export const backendOverview = z
  .object({
    current: backendId,
    backends: z.array(backendCard),
    connection: backendConnection,
    guard: z.object({
      mode: z.enum(['refuse', 'log', 'off']),
      violations: z.int(),
      /** Jobs that may reach every store, with their reason. */
      exemptions: z.array(z.object({ reason: z.string(), uses: z.int() })),
    }),
    /** The switch that runs now, or null. */
    running: switchStatus.nullable(),
    /** Those that ended, the latest first. */
    history: z.array(switchStatus),
  })
  .meta({ id: 'BackendOverview' });
export type BackendOverview = Readonly<z.infer<typeof backendOverview>>;

export const switchInput = z
  .strictObject({
    to: backendId,
    /** A Postgres server, or `embedded` for the one this server runs itself. Absent: the one in use, else `embedded`. */
    databaseUrl: z.string().optional(),
  })
  .meta({ id: 'SwitchInput' });
export type SwitchInput = z.input<typeof switchInput>;

/** What a switch would do. */
export const switchPlan = z
  .object({
    from: backendId,
    to: backendId,
    target: z.string().nullable(),
    stores: z.int(),
    rows: z.int(),
    tables: z.array(z.object({ table: z.string(), rows: z.int() })),
    /** A guess from the number of rows, in milliseconds. */
    estimateMs: z.number(),
    /** What must be done first; empty when it can begin. */
    obstacles: z.array(z.object({ code: z.string(), message: z.string(), fix: z.string() })),
  })
  .meta({ id: 'SwitchPlan' });
export type SwitchPlan = Readonly<z.infer<typeof switchPlan>>;

/** A store's data as it lies in the backend in force. */
export const storeData = z
  .object({
    backend: backendId,
    /** `store_3.sqlite`, `schema "techstore"`, `database orion_store_3`, `rows with store_id 3`. */
    location: z.string(),
    /** Bytes, or null where stores share what holds them. */
    sizeBytes: z.int().nullable(),
    /** `orion dbshell CODE`, ready to be copied. */
    shellCommand: z.string(),
    tables: z.array(z.object({ name: z.string(), rows: z.int(), columns: z.int() })),
    migrations: z.array(z.object({ name: z.string(), executedAt: z.string().nullable() })),
  })
  .meta({ id: 'StoreData' });
export type StoreData = Readonly<z.infer<typeof storeData>>;

export const tablePageInput = z.strictObject({
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  sort: z.string().max(64).optional(),
  direction: z.enum(['asc', 'desc']).default('asc'),
});
export type TablePageInput = z.input<typeof tablePageInput>;

/** Some rows of one table of one store, as text. Read only. */
export const tablePage = z
  .object({
    table: z.string(),
    total: z.int(),
    offset: z.int(),
    columns: z.array(z.object({ name: z.string(), type: z.string(), isKey: z.boolean() })),
    /** One text a column; null is NULL. Long texts are cut and end with `…`. */
    rows: z.array(z.array(z.string().nullable())),
  })
  .meta({ id: 'TablePage' });
export type TablePage = Readonly<z.infer<typeof tablePage>>;

/** What one store may use. Source of the defaults: DainoStore, "Per-tenant limits". */
export const storeLimits = z
  .strictObject({
    requestsPerMinute: z.int().min(1).max(1_000_000),
    connections: z.int().min(1).max(1000),
    storageMegabytes: z.int().min(1).max(10_000_000),
    concurrentJobs: z.int().min(1).max(100),
  })
  .meta({ id: 'StoreLimits' });
export type StoreLimits = Readonly<z.infer<typeof storeLimits>>;

export const storeLimitsAnswer = z.object({
  limits: storeLimits,
  defaults: storeLimits,
  /** Names of the limits that differ from the defaults. */
  changed: z.array(z.string()),
  usage: z.object({
    requestsThisMinute: z.int(),
    connections: z.int(),
    waiting: z.int(),
    storageBytes: z.int(),
    jobs: z.int(),
  }),
});
export type StoreLimitsAnswer = Readonly<z.infer<typeof storeLimitsAnswer>>;
/** Null sets a limit back to the default. */
export const changeLimitsInput = z
  .strictObject({
    requestsPerMinute: storeLimits.shape.requestsPerMinute.nullable(),
    connections: storeLimits.shape.connections.nullable(),
    storageMegabytes: storeLimits.shape.storageMegabytes.nullable(),
    concurrentJobs: storeLimits.shape.concurrentJobs.nullable(),
  })
  .partial();
export type ChangeLimitsInput = z.input<typeof changeLimitsInput>;

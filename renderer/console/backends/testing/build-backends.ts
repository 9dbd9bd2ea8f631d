import {
  BACKEND_IDS,
  type BackendOverview,
  type SwitchPlan,
  type SwitchStatus,
} from '../../../../server/contract/backends.ts';

/** A move for tests that is under way; what matters is given. */
export function buildSwitch(given: Partial<SwitchStatus> = {}): SwitchStatus {
  return {
    id: 'switch-1',
    from: 'sqlite/database',
    to: 'postgres/schema',
    target: null,
    state: 'running',
    phase: 'copy',
    storesDone: 1,
    storesTotal: 3,
    rowsDone: 300,
    rowsTotal: 1000,
    store: 'fashion',
    startedAt: 0,
    finishedAt: null,
    writesWaitedMs: null,
    contentHash: null,
    actor: 'console',
    error: null,
    ...given,
  };
}

/** What the Backends page gets, on SQLite with a file per store. */
export function buildOverview(given: Partial<BackendOverview> = {}): BackendOverview {
  const current = given.current ?? 'sqlite/database';
  return {
    current,
    backends: BACKEND_IDS.map((id) =>
      id === current
        ? { id, state: 'current', keptSince: null, place: 'the data folder' }
        : { id, state: 'available', keptSince: null, place: null },
    ),
    connection: {
      kind: 'file',
      version: '3.50.4',
      host: null,
      port: null,
      database: null,
      user: null,
      isEncrypted: false,
      directory: '/data/stores',
      shellCommand: 'sqlite3 /data/platform.sqlite',
      passwordFile: null,
      pool: { open: 3, used: 1, waiting: 0, max: 64 },
    },
    guard: { mode: 'refuse', violations: 0, exemptions: [] },
    running: null,
    history: [],
    ...given,
  };
}

/** A plan that can begin. */
export function buildPlan(given: Partial<SwitchPlan> = {}): SwitchPlan {
  return {
    from: 'sqlite/database',
    to: 'postgres/schema',
    target: null,
    stores: 3,
    rows: 1000,
    tables: [
      { table: 'products', rows: 700 },
      { table: 'orders', rows: 300 },
    ],
    estimateMs: 4000,
    obstacles: [],
    ...given,
  };
}

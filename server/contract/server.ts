import { z } from 'zod';
import { storeTraffic } from './stores.ts';

/** What `GET /api/server` says of this server. */
export const serverInfo = z
  .object({
    version: z.string(),
    /** Changes with every start: what was counted before is void. */
    bootId: z.string(),
    pid: z.int(),
    nodeVersion: z.string(),
    engine: z.string(),
    isolation: z.string(),
    mode: z.enum(['development', 'production']),
    platformDomain: z.string(),
    pathRouting: z.boolean(),
    port: z.int(),
    /** Where databases and pictures are. */
    dataDir: z.string(),
    /** Milliseconds since 1970. */
    startedAt: z.number(),
    uptimeSeconds: z.int(),
    memoryBytes: z.int(),
    modules: z.array(z.string()),
    requestsKept: z.int(),
  })
  .meta({ id: 'ServerInfo' });
export type ServerInfo = Readonly<z.infer<typeof serverInfo>>;

export const CHECKLIST_STEPS = ['open-store', 'create-store', 'preview', 'request', 'what-if'] as const;
export const checklistStep = z.enum(CHECKLIST_STEPS);
export type ChecklistStep = z.infer<typeof checklistStep>;

/** The first-run checklist: what was done, and whether it was put away. Kept with the platform. */
export const checklist = z
  .strictObject({ done: z.array(checklistStep), isDismissed: z.boolean() })
  .meta({ id: 'Checklist' });
export type Checklist = Readonly<z.infer<typeof checklist>>;

/** Everything the first screen shows of the platform as a whole. */
export const overview = z
  .object({
    server: serverInfo,
    health: z.array(z.object({ name: z.string(), isHealthy: z.boolean(), message: z.string() })),
    stores: z.object({ total: z.int(), active: z.int(), deleted: z.int() }),
    /** The busiest first. Stores without any request since the start are left out. */
    traffic: z.array(storeTraffic),
    checklist,
  })
  .meta({ id: 'Overview' });
export type Overview = Readonly<z.infer<typeof overview>>;

export const signInLink = z.object({ url: z.string(), email: z.string().optional() });
export const loadFixturesInput = z.strictObject({ codes: z.array(z.string()).min(1) });
export const loadedFixtures = z.object({
  stores: z.array(z.object({ code: z.string(), name: z.string(), isNew: z.boolean() })),
});

/** Every host and path pattern of the platform, and checks of where URLs lead. */
import { z } from 'zod';
import { area, RULES, resolution, routingMode } from './requests.ts';

export const ROUTE_STATES = ['active', 'inactive', 'unverified', 'shadowed', 'collision', 'reserved'] as const;

/** A pattern that requests are matched against. */
export const routeRow = z
  .object({
    id: z.string(),
    /** Which rule of the ladder it belongs to; `router`: a page below it, once the store is known. */
    rule: z.enum([...RULES, 'router']),
    /** `admin.localhost`, `techstore.localhost`, `*` for every host of its kind. */
    host: z.string(),
    /** `/storefront/techstore/*`. */
    path: z.string(),
    methods: z.array(z.string()).readonly(),
    /** Whose it is: a store's code, or null for the platform's own. */
    store: z.object({ code: z.string(), name: z.string(), color: z.string() }).nullable(),
    area: area.nullable(),
    mode: routingMode.nullable(),
    /** The part that answers: `console`, `storefront`, `store-api`, ... */
    owner: z.string(),
    state: z.enum(ROUTE_STATES),
    /** Why it is not simply active, in a sentence; null when it is. */
    reason: z.string().nullable(),
    /** Ids of the rows it collides with or is shadowed by. */
    related: z.array(z.string()).readonly(),
    /** A URL that matches it, to try. */
    example: z.string().nullable(),
  })
  .meta({ id: 'RouteRow' });
export type RouteRow = Readonly<z.infer<typeof routeRow>>;
/** Which rows are wanted; an empty value is no filter. */
export const listRoutesInput = z.strictObject({
  /** Text in host, path, store or owner. */
  text: z.string().max(200).optional(),
  /** `problem`: every state but `active`. */
  state: z.enum(['', 'problem', ...ROUTE_STATES]).optional(),
  rule: z.enum(['', ...RULES, 'router']).optional(),
  /** A store's code. */
  store: z.string().max(60).optional(),
});
export type ListRoutesInput = z.input<typeof listRoutesInput>;
export const routeTable = z.object({
  rows: z.array(routeRow),
  /** How many match; more than there are rows when the list was cut off. */
  total: z.int(),
  /** How many rows are not simply active, whatever was filtered. */
  problems: z.int(),
  /** Stores that were not looked at, because there are too many: a text or a store narrows them down. */
  storesLeftOut: z.int(),
});
export type RouteTable = Readonly<z.infer<typeof routeTable>>;

/** One URL with where it must lead. Members that are absent are not checked; `store: null` means to no store. */
export const routeCheck = z
  .strictObject({
    url: z.string(),
    method: z.string().optional(),
    storeHeader: z.string().optional(),
    store: z.string().nullable().optional(),
    area: area.optional(),
    mode: routingMode.nullable().optional(),
    outcome: z.enum(['admin', 'store', 'landing', 'refused']).optional(),
    /** The status of a refusal, as 404 or 421. */
    status: z.int().optional(),
    note: z.string().max(200).optional(),
  })
  .meta({ id: 'RouteCheck' });
export type RouteCheck = z.infer<typeof routeCheck>;

/** The file that `orion routes check FILE` reads, and that the console saves. */
export const routeCheckFile = z
  .strictObject({ version: z.literal(1), checks: z.array(routeCheck).max(5000) })
  .meta({ id: 'RouteCheckFile' });
export type RouteCheckFile = z.infer<typeof routeCheckFile>;

export const routeCheckResult = z.object({
  check: routeCheck,
  isAsExpected: z.boolean(),
  /** Each difference, as `store: expected techstore, got fashion`. */
  differences: z.array(z.string()).readonly(),
  resolution: resolution.nullable(),
  /** Why the URL could not be judged at all, or null. */
  fault: z.string().nullable(),
});
export type RouteCheckResult = Readonly<z.infer<typeof routeCheckResult>>;
export const routeCheckReport = z
  .object({
    passed: z.int(),
    failed: z.int(),
    results: z.array(routeCheckResult).readonly(),
    durationMs: z.number(),
  })
  .meta({ id: 'RouteCheckReport' });
export type RouteCheckReport = Readonly<z.infer<typeof routeCheckReport>>;

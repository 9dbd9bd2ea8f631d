import { z } from 'zod';
import { requestSummary } from './requests.ts';

/** A store's addresses, one a routing mode. */
export const storeUrls = z
  .object({
    subdomain: z.string(),
    /** Null when routing by path is off. */
    path: z.string().nullable(),
    /** Verified and active custom domains, the primary one first. */
    domains: z.array(z.string()).readonly(),
    dashboard: z.string(),
  })
  .readonly();

/** A store as lists show it. */
export const listedStore = z
  .object({
    id: z.int(),
    /** `store_12`: what the `X-Store-ID` header takes. */
    publicId: z.string(),
    code: z.string(),
    subdomain: z.string(),
    schemaName: z.string(),
    name: z.string(),
    isActive: z.boolean(),
    currency: z.string(),
    locale: z.string(),
    /** `#rrggbb`. */
    color: z.string(),
    /** Counts the changes of the store's record; a change names the version it was made from. */
    version: z.int(),
    /** Address of the logo on the console's own host, or null. */
    logoUrl: z.string().nullable(),
    /** Milliseconds since 1970. */
    createdAt: z.number(),
    domains: z.array(z.string()).readonly(),
    urls: storeUrls,
  })
  .meta({ id: 'Store' });
export type ListedStore = Readonly<z.infer<typeof listedStore>>;

export const storeList = z.object({ stores: z.array(listedStore).readonly() });

/** A store's own page. */
export const storeDetail = listedStore
  .extend({
    owner: z.object({ email: z.string(), name: z.string() }).nullable(),
    members: z.array(z.object({ email: z.string(), name: z.string(), role: z.string() })),
    /** Null when the store's data cannot be opened; `dataError` says why. */
    figures: z
      .object({
        products: z.int(),
        orders: z.int(),
        customers: z.int(),
        /** Bytes of pictures and, where it has its own, of its database. */
        storageBytes: z.int(),
        /** The handle of the product that lists show first; null without products. */
        firstProduct: z.string().nullable(),
      })
      .nullable(),
    dataError: z.string().nullable(),
    /** Where its rows lie, in words: a file's name or the shared tables. */
    location: z.string(),
  })
  .meta({ id: 'StoreDetail' });
export type StoreDetail = Readonly<z.infer<typeof storeDetail>>;

/** A picture as it was chosen: PNG, JPEG, WebP, AVIF, GIF or SVG. */
export const logoUpload = z.strictObject({
  fileName: z.string().max(255),
  /** The file's bytes in Base64; at most 2 MiB of bytes. */
  data: z.base64(),
});
export type LogoUpload = Readonly<z.infer<typeof logoUpload>>;

/** What a logo becomes when it is kept. */
export const checkedLogo = z
  .object({
    width: z.int(),
    height: z.int(),
    /** Of the file that was given. */
    format: z.string(),
    /** The picture as it will be kept, as a `data:` URL. */
    preview: z.string(),
  })
  .meta({ id: 'CheckedLogo' });
export type CheckedLogo = Readonly<z.infer<typeof checkedLogo>>;

/** What makes a store. Strict: a misspelt key is a fault, not ignored. */
export const createStoreInput = z
  .strictObject({
    name: z.string(),
    /** Suggested from the name when absent. */
    code: z.string().optional(),
    /** ISO 4217; EUR when absent. */
    currency: z.string().optional(),
    /** `#rrggbb`: the store's colour in lists and in its theme. Absent: one of a palette, and a demo catalogue's theme keeps its own. */
    color: z.string().optional(),
    ownerEmail: z.string().optional(),
    ownerName: z.string().optional(),
    /** Custom domains; the first is the primary one. */
    domains: z.array(z.string()).optional(),
    /** `empty`, or the code of a demo store whose goods are copied. */
    catalogue: z.string().default('empty'),
    logo: logoUpload.optional(),
  })
  .meta({ id: 'CreateStore' });
export type CreateStoreInput = z.input<typeof createStoreInput>;

/** The same while it is typed: nothing is required, nothing is made. */
export const checkStoreInput = createStoreInput.omit({ logo: true, catalogue: true }).partial();
export type CheckStoreInput = z.input<typeof checkStoreInput>;

export const checkedStore = z
  .object({
    /** The code it would have: the given one, normalized, or the suggestion. */
    code: z.string(),
    suggestedCode: z.string(),
    /** Everything that would be refused, taken names included. Empty when the store can be made. */
    faults: z.array(z.object({ field: z.string(), message: z.string() })),
    /** The addresses it would have. */
    urls: storeUrls,
  })
  .meta({ id: 'CheckedStore' });
export type CheckedStore = Readonly<z.infer<typeof checkedStore>>;

/** The steps of making a store, in their order. Source: DainoStore's `provisionStore`. */
export const PROVISIONING_STEPS = [
  'validate',
  'database',
  'migrations',
  'owner',
  'domain',
  'settings',
  'ready',
] as const;

export const stepReport = z.object({
  step: z.enum(PROVISIONING_STEPS),
  state: z.enum(['running', 'done', 'failed']),
  /** Since the step began; 0 while it runs. */
  durationMs: z.number(),
});
export type StepReport = Readonly<z.infer<typeof stepReport>>;

export const createdStore = listedStore.extend({ steps: z.array(stepReport) }).meta({ id: 'CreatedStore' });
export type CreatedStore = Readonly<z.infer<typeof createdStore>>;

/**
 * What changes a store; absent members stay as they are. With `version`, the change is refused with 409
 * `version_conflict` when somebody else changed the store since; the problem's `current` is the store as it is now.
 */
export const updateStoreInput = z
  .strictObject({
    version: z.int().optional(),
    name: z.string().optional(),
    color: z.string().optional(),
    isActive: z.boolean().optional(),
    /** Null takes the logo away. */
    logo: logoUpload.nullable().optional(),
  })
  .meta({ id: 'UpdateStore' });
export type UpdateStoreInput = z.input<typeof updateStoreInput>;

/** A store that was deleted and can still be brought back. */
export const deletedStore = z
  .object({
    id: z.int(),
    code: z.string(),
    name: z.string(),
    color: z.string(),
    /** Milliseconds since 1970. */
    deletedAt: z.number(),
    /** After this it is removed for good. */
    restorableUntil: z.number(),
  })
  .meta({ id: 'DeletedStore' });
export type DeletedStore = Readonly<z.infer<typeof deletedStore>>;
export const deletedStoreList = z.object({ stores: z.array(deletedStore) });

export const deletedAnswer = z.object({
  deleted: z.string(),
  /** Milliseconds since 1970; null when it was removed for good. */
  restorableUntil: z.number().nullable(),
});

/** What a new store can start with. */
export const catalogue = z
  .object({
    /** What `createStoreInput.catalogue` takes: `empty`, or a demo store's code. */
    name: z.string(),
    title: z.string(),
    description: z.string(),
    products: z.int(),
    currency: z.string().nullable(),
    /** Address of a picture on the console's host, or null. */
    picture: z.string().nullable(),
  })
  .meta({ id: 'Catalogue' });
export type Catalogue = Readonly<z.infer<typeof catalogue>>;
export const catalogueList = z.object({ catalogues: z.array(catalogue) });

/** What one store was asked lately. */
export const storeTraffic = z
  .object({
    /** Null: requests that reached no store. The console's own are not counted. */
    code: z.string().nullable(),
    /** In the last 60 seconds. */
    requestsPerMinute: z.int(),
    /** Answers of 500 or above among them. */
    errorsPerMinute: z.int(),
    /** Requests a 5-second slot, oldest first, the last one still running: two minutes. */
    series: z.array(z.int()).readonly(),
    lastRequestAt: z.number().nullable(),
    /** The latest answer of 500 or above that is kept. */
    lastError: requestSummary
      .pick({ requestId: true, startedAt: true, method: true, path: true, status: true })
      .nullable(),
  })
  .meta({ id: 'StoreTraffic' });
export type StoreTraffic = Readonly<z.infer<typeof storeTraffic>>;
export const TRAFFIC_SLOT_SECONDS = 5;
export const TRAFFIC_SLOTS = 24;

/** What can be done with recorded requests: keep, explain, send again, compare, carry elsewhere. */
import { z } from 'zod';
import { diffLine } from './names.ts';
import { capturedBody, logLine, requestTrace, routingMode } from './requests.ts';

export const inspectorSettings = z
  .object({
    /** Whether bodies are kept, and up to how many KiB of each. */
    bodies: z.boolean(),
    bodyKilobytes: z.int().min(1).max(1024),
    /** Whether requests are written to the data folder, so that they are there after a restart. */
    keepAcrossRestarts: z.boolean(),
    /** From how many milliseconds on a request or a statement is marked as slow. */
    slowRequestMs: z.int().min(1).max(600_000),
    slowStatementMs: z.int().min(1).max(600_000),
    /** Whether storefront pages show a bar that leads to their request; in development alone. */
    debugBar: z.boolean(),
    /** Where traces are sent (OTLP over HTTP), as `http://localhost:4318/v1/traces`; null sends none. */
    otlpEndpoint: z.url({ protocol: /^https?$/ }).nullable(),
  })
  .meta({ id: 'InspectorSettings' });
export type InspectorSettings = Readonly<z.infer<typeof inspectorSettings>>;
export const inspectorState = inspectorSettings.extend({
  /** How the last sending of traces went, in a sentence; null before the first. */
  otlpState: z.string().nullable(),
  /** Bytes on disk of the kept requests. */
  storedBytes: z.int(),
});
export const changeInspectorInput = inspectorSettings.partial().strict();

/** A filter with a name; `query` is the query string of the Requests screen. */
export const savedFilter = z.object({ name: z.string().min(1).max(60), query: z.string().max(2000) });
export type SavedFilter = Readonly<z.infer<typeof savedFilter>>;
export const savedFilters = z.object({ filters: z.array(savedFilter).max(50) });

export const explainInput = z.strictObject({
  /** Index of the statement in the request. */
  statement: z.int().min(0),
});
export const explained = z
  .object({
    engine: z.enum(['sqlite', 'postgres']),
    /** The plan's lines, with their depth. */
    lines: z.array(z.object({ depth: z.int(), text: z.string(), isWarning: z.boolean() })),
    /** What stands out, as a full scan of a large table. */
    notes: z.array(z.string()),
  })
  .meta({ id: 'Explained' });
export type Explained = Readonly<z.infer<typeof explained>>;

/** What is changed before a request is sent again; absent members stay as they were. */
export const resendInput = z
  .strictObject({
    method: z.string().optional(),
    /** A whole URL, or a path with its query on the host it had. */
    url: z.string().optional(),
    /** Replaces all of them; masked values are put back where the server still knows them. */
    headers: z.record(z.string(), z.string()).optional(),
    /** As text; null sends none. */
    body: z.string().max(2_000_000).nullable().optional(),
    /** The same page of another store. */
    store: z.string().optional(),
    /** The same page by another way. */
    mode: routingMode.optional(),
    /** As whom: `anonymous`, `store_staff`, `store_owner`; absent: as before, when that is still known, else anonymous. */
    role: z.enum(['anonymous', 'store_staff', 'store_owner']).optional(),
    /** With the theme settings of this store. */
    theme: z.string().optional(),
  })
  .meta({ id: 'Resend' });
export type ResendInput = z.input<typeof resendInput>;

/** Two requests side by side. */
export const comparison = z
  .object({
    left: requestTrace,
    right: requestTrace,
    status: z.object({ left: z.int().nullable(), right: z.int().nullable() }),
    headers: z.array(
      z.object({
        name: z.string(),
        left: z.string().nullable(),
        right: z.string().nullable(),
        /** True for those that differ in every answer, such as dates and ids. */
        isVolatile: z.boolean(),
      }),
    ),
    /** Of the two bodies, changed lines with some around them. Empty when they are the same; null when one was not kept. */
    body: z.array(diffLine).nullable(),
    /** Statements of both in order, one a line, values left out. */
    sql: z.array(diffLine),
    /** What differs, in a sentence or more. */
    summary: z.string(),
  })
  .meta({ id: 'Comparison' });
export type Comparison = Readonly<z.infer<typeof comparison>>;

export const resent = z.object({ requestId: z.string(), comparison }).meta({ id: 'Resent' });

export const COPY_FORMATS = ['curl', 'fetch', 'report'] as const;
export const copyInput = z.strictObject({ format: z.enum(COPY_FORMATS) });
export const copied = z.object({ text: z.string() });

/** The most bytes of an archive that is imported. */
export const MAX_HAR_BYTES = 64 * 1024 * 1024;

/** HTTP Archive 1.2. Loose: programs add members of their own. Source: Jan Odvarko, "HAR 1.2 Spec". */
export const har = z.looseObject({
  log: z.looseObject({ version: z.string(), entries: z.array(z.looseObject({})).max(20_000) }),
});
export const importedHar = z.object({
  imported: z.int(),
  /** Entries that could not be read, with why. */
  skipped: z.array(z.object({ entry: z.int(), reason: z.string() })),
});

export const listLogsInput = z.strictObject({
  store: z.string().optional(),
  level: z.enum(['debug', 'info', 'warn', 'error']).optional(),
  text: z.string().max(200).optional(),
  requestId: z.string().max(200).optional(),
  /** Only lines after this sequence. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** Waits up to so many milliseconds for a line when there is none yet. */
  waitMs: z.coerce.number().int().min(0).max(25_000).default(0),
});
/** Oldest first. */
export const logList = z.object({ lines: z.array(logLine), newest: z.int() });
export type LogList = Readonly<z.infer<typeof logList>>;

/** A request that was made up rather than sent again. */
export const sendInput = resendInput.required({ method: true, url: true });
export const sent = z.object({ requestId: z.string(), status: z.int(), body: capturedBody.nullable() });

import { z } from 'zod';

export const ROUTING_MODES = ['custom_domain', 'subdomain', 'path_based', 'header'] as const;
export const AREAS = ['admin', 'store', 'storefront', 'api', 'platform'] as const;
/** The five rules in the order they are tried. */
export const RULES = ['admin', 'custom_domain', 'subdomain', 'path', 'header'] as const;

export const routingMode = z.enum(ROUTING_MODES);
export type RoutingMode = z.infer<typeof routingMode>;
export const area = z.enum(AREAS);
export type Area = z.infer<typeof area>;
const outcome = z.enum(['admin', 'store', 'landing', 'refused']);
/** `n_plus_one`: one statement repeated with other values; `repeated_sql`: with the same values. */
export const FLAGS = ['error', 'slow', 'slow_sql', 'n_plus_one', 'repeated_sql', 'truncated'] as const;
/** Where a request came from when no client sent it; `probe`: this program tried whether it answers. */
export const ORIGINS = ['resent', 'imported', 'probe'] as const;
export type RequestFlag = (typeof FLAGS)[number];

/** What one rule saw. A rung is recorded for every rule, also for those that were not reached. */
export const rung = z
  .object({
    rule: z.enum(RULES),
    result: z.enum(['matched', 'no_match', 'refused', 'not_reached']),
    /** The part of the request that the rule looked at. */
    input: z.string(),
    /** The look-up it made, or null. */
    query: z.string().nullable(),
    /** Whether the look-up was answered from the cache; null when there was none. */
    cached: z.boolean().nullable(),
    /** Why it won, lost or was not tried, in a sentence. */
    reason: z.string(),
    durationMs: z.number(),
  })
  .meta({ id: 'Rung' });
export type Rung = Readonly<z.infer<typeof rung>>;

const traceStore = z.object({ id: z.int(), code: z.string(), name: z.string(), color: z.string() });

/** What of a request a list shows. */
export const requestSummary = z
  .object({
    /** Counts up without gaps, in the order in which requests end. Begins anew with the server. */
    sequence: z.int(),
    requestId: z.string(),
    /** Milliseconds since 1970. */
    startedAt: z.number(),
    method: z.string(),
    host: z.string(),
    /** With the query, secrets masked. */
    path: z.string(),
    /** 499: the client went away before the answer was complete. */
    status: z.int().nullable(),
    durationMs: z.number().nullable(),
    mode: routingMode.nullable(),
    area: area.nullable(),
    store: traceStore.nullable(),
    outcome: outcome.nullable(),
    /** How many SQL statements it caused. */
    statements: z.int(),
    /** Who asked: `anonymous`, `console`, or a member's role in the store. */
    role: z.string().nullable(),
    /** What was noticed about it. */
    flags: z.array(z.enum(FLAGS)).readonly(),
    /** Null when a client sent it; else sent again from the console, read from a HAR file, or a probe of this program's own. */
    origin: z.enum(ORIGINS).nullable(),
  })
  .meta({ id: 'RequestSummary' });
export type RequestSummary = Readonly<z.infer<typeof requestSummary>>;

export const span = z.object({
  name: z.string(),
  /** Milliseconds since the request began. */
  startMs: z.number(),
  /** Milliseconds, its children included; null while it runs. */
  durationMs: z.number().nullable(),
  /** Index of the span around it, or null. */
  parent: z.int().nullable(),
});
export type Span = z.infer<typeof span>;

export const sqlRecord = z.object({
  sql: z.string(),
  /** The bound values, as text. */
  parameters: z.string().nullable(),
  startMs: z.number(),
  durationMs: z.number(),
  rows: z.int(),
  error: z.string().nullable(),
  /** Index of the span that sent it, or null. */
  span: z.int().nullable(),
});
export type SqlRecord = Readonly<z.infer<typeof sqlRecord>>;

const headers = z.record(z.string(), z.string());

/** A body as far as it was kept. Secrets of forms and JSON are masked. */
export const capturedBody = z
  .object({
    contentType: z.string().nullable(),
    /** Bytes that went over the wire, encoded as they were. */
    bytes: z.int(),
    /** Bytes that were kept, before masking. */
    keptBytes: z.int(),
    /** The kept part as text; null for bytes that are none. */
    text: z.string().nullable(),
    /** The kept part of bytes that are no text. */
    base64: z.string().nullable(),
    /** Why it is not here as it was: not kept, cut off, undecodable, streamed; null when it is whole. */
    note: z.string().nullable(),
  })
  .meta({ id: 'CapturedBody' });
export type CapturedBody = Readonly<z.infer<typeof capturedBody>>;

export const requestCookie = z.object({
  name: z.string(),
  /** Masked unless it is known to be harmless. */
  value: z.string(),
  direction: z.enum(['sent', 'set']),
  /** Of a cookie that was set, as `Path=/; HttpOnly`; empty for one that was sent. */
  attributes: z.string(),
});

/** A line of the server's log that was written during the request. */
export const logLine = z
  .object({
    /** Counts up in the order of writing; begins anew with the server. */
    sequence: z.int(),
    /** Milliseconds since 1970. */
    at: z.number(),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    store: z.string().nullable(),
    requestId: z.string().nullable(),
    message: z.string(),
    /** Everything else of it. */
    fields: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LogLine' });
export type LogLine = Readonly<z.infer<typeof logLine>>;

/** True for a line about a request of the console itself. */
export function isConsoleLine({ fields }: Pick<LogLine, 'fields'>): boolean {
  const { event, area, host } = fields;
  return event === 'request' && (area === 'admin' || (typeof host === 'string' && host.startsWith('admin.')));
}

/** Something worth knowing about a request's SQL or time. */
export const insight = z.object({
  kind: z.enum(['slow', 'slow_sql', 'n_plus_one', 'repeated_sql']),
  /** In a sentence, with what to do. */
  message: z.string(),
  /** Indexes of the statements it is about. */
  statements: z.array(z.int()),
});
export type Insight = Readonly<z.infer<typeof insight>>;

/** Where an error was thrown, with the lines around it. */
export const errorSource = z.object({
  /** Below the project's folder. */
  file: z.string(),
  line: z.int(),
  column: z.int(),
  excerpt: z.array(z.object({ line: z.int(), text: z.string() })),
});

/** A request and its answer with everything that was recorded. */
export const requestTrace = requestSummary
  .omit({ statements: true })
  .extend({
    /** W3C trace id. */
    traceId: z.string(),
    requestHeaders: headers,
    responseHeaders: headers,
    /** The route's pattern, or `none`. */
    route: z.string().nullable(),
    cleanPath: z.string().nullable(),
    hint: z.string().nullable(),
    refusal: z.string().nullable(),
    ladder: z.array(rung).readonly(),
    spans: z.array(span),
    sql: z.array(sqlRecord),
    error: z
      .object({
        name: z.string(),
        code: z.string().nullable(),
        message: z.string(),
        stack: z.string().nullable(),
        source: errorSource.nullable(),
      })
      .nullable(),
    scheme: z.enum(['http', 'https']),
    /** As `1.1` or `2.0`. */
    httpVersion: z.string(),
    /** The member's e-mail address or the console's name; null for everyone else. */
    actor: z.string().nullable(),
    cookies: z.array(requestCookie),
    /** Null when bodies are not kept, or when there was none. */
    requestBody: capturedBody.nullable(),
    responseBody: capturedBody.nullable(),
    logs: z.array(logLine),
    insights: z.array(insight),
    /** The request that this one repeats, or null. */
    resentFrom: z.string().nullable(),
  })
  .meta({ id: 'RequestTrace' });
export type RequestTrace = Readonly<z.infer<typeof requestTrace>>;

const emptyIsNone = (value: string) => (value === '' ? undefined : value);
const filterText = z.string().max(200).transform(emptyIsNone).optional();
const filterOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .union([z.literal(''), z.enum(values)], { error: `must be one of ${values.join(', ')}` })
    .transform((value) => (value === '' ? undefined : (value as Values[number])))
    .optional();

const filterNumber = z
  .union([z.literal('').transform(() => undefined), z.coerce.number().min(0)], { error: 'must be a number' })
  .optional();

/** Which requests are wanted; an empty value is no filter. */
const filterShape = {
  /** A store's code; `-` means those that reached no store. */
  store: filterText,
  /** Text in method, host or path. */
  text: filterText,
  mode: filterOf(ROUTING_MODES),
  area: filterOf(AREAS),
  status: z
    .union([z.literal(''), z.string().regex(/^([1-5]xx|[1-5]\d\d)$/, 'must be a status such as 404 or 4xx')])
    .transform(emptyIsNone)
    .optional(),
  method: filterText,
  role: filterText,
  /** What was noticed about it. */
  flag: filterOf(FLAGS),
  origin: filterOf(ORIGINS),
  /** Milliseconds that it took. */
  minMs: filterNumber,
  maxMs: filterNumber,
  /** When it began, in milliseconds since 1970. */
  from: filterNumber,
  to: filterNumber,
  /** `only` or `hide`: theme files and pictures, and the console's own requests. */
  assets: filterOf(['hide', 'only']),
  console: filterOf(['hide', 'only']),
};

/** The query of the list of requests. */
export const listRequestsInput = z.strictObject({
  ...filterShape,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** How many of the newest matching requests to pass over. */
  offset: z.coerce.number().int().min(0).default(0),
  /** Only requests up to this sequence: pages of a list stay in place while new requests arrive. */
  upTo: z.coerce.number().int().min(0).optional(),
  /** The sequence of the last request already seen: only older ones. */
  before: z.coerce.number().int().min(0).optional(),
});
export type ListRequestsInput = z.input<typeof listRequestsInput>;

/** The filter of a list, without paging. */
export type RequestFilter = Omit<z.output<typeof listRequestsInput>, 'limit' | 'offset' | 'upTo' | 'before'>;

export const requestList = z.object({
  /** Newest first. */
  requests: z.array(requestSummary),
  /** How many match, within `upTo`. */
  total: z.int(),
  /** The newest sequence of all, matching or not; 0 when nothing was recorded. */
  newest: z.int(),
  /** The bytes are those of details (ladder, spans, SQL, headers), which are kept of the newest requests only. */
  kept: z.object({ requests: z.int(), bytes: z.int(), maxRequests: z.int(), maxBytes: z.int() }),
});
export type RequestList = Readonly<z.infer<typeof requestList>>;

type Filtered = Omit<RequestSummary, 'sequence' | 'requestId' | 'statements'>;

const ASSET_PATH = /^\/(?:assets|media|console-assets)\/|^\/storefront\/[^/]+\/media\/|^\/favicon\.ico$/;

/** True for theme files, pictures and the console's own files: what a page brings along. */
export function isAsset(path: string): boolean {
  return ASSET_PATH.test(path);
}

/** Whether a request is wanted. The server's list and the console's live view decide by this one function. */
export function matchesFilter(request: Filtered, filter: RequestFilter): boolean {
  return matcherOf(filter)(request);
}

/** The same for many requests. */
export function matcherOf(filter: RequestFilter): (request: Filtered) => boolean {
  const text = filter.text?.toLowerCase();
  const method = filter.method?.toUpperCase();
  return (request) => {
    if (filter.store && (filter.store === '-' ? request.store !== null : request.store?.code !== filter.store))
      return false;
    if (filter.mode && request.mode !== filter.mode) return false;
    if (filter.area && request.area !== filter.area) return false;
    if (method && request.method !== method) return false;
    if (filter.status && !statusMatches(request.status, filter.status)) return false;
    if (filter.role && request.role !== filter.role) return false;
    if (filter.flag && !request.flags.includes(filter.flag)) return false;
    if (filter.origin && request.origin !== filter.origin) return false;
    if (!isWithin(request.durationMs ?? 0, filter.minMs, filter.maxMs)) return false;
    if (!isWithin(request.startedAt, filter.from, filter.to)) return false;
    if (filter.console && isOwn(request) !== (filter.console === 'only')) return false;
    if (filter.assets && isAsset(request.path) !== (filter.assets === 'only')) return false;
    return !text || `${request.method} ${request.host}${request.path}`.toLowerCase().includes(text);
  };
}

/** The console's own requests, and those with which this program tries itself. */
function isOwn({ outcome, origin }: Filtered): boolean {
  return outcome === 'admin' || origin === 'probe';
}

function isWithin(value: number, min: number | undefined, max: number | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function statusMatches(status: number | null, wanted: string): boolean {
  return wanted.endsWith('xx') ? Math.floor((status ?? 0) / 100) === Number(wanted[0]) : String(status) === wanted;
}

/** What the what-if box asks: which store would this reach? Nothing is sent. */
export const whyInput = z
  .strictObject({
    /** A URL as typed into a browser, with or without a scheme. */
    url: z.string(),
    method: z
      .string()
      .regex(/^[A-Z]+$/, 'must be a method such as GET')
      .default('GET'),
    /** Replaces the host of the URL. */
    host: z.string().optional(),
    /** The value of `X-Store-ID`. */
    storeHeader: z.string().optional(),
  })
  .meta({ id: 'Why' });
export type WhyInput = z.input<typeof whyInput>;

/** The whole decision about a request. */
export const resolution = z
  .object({
    outcome,
    area,
    mode: routingMode.nullable(),
    store: z
      .object({
        id: z.int(),
        publicId: z.string(),
        code: z.string(),
        name: z.string(),
        color: z.string(),
        isActive: z.boolean(),
      })
      .nullable(),
    refusal: z.looseObject({ status: z.int(), code: z.string(), message: z.string() }).nullable(),
    hostname: z.string(),
    hostKind: z.string().nullable(),
    port: z.int().nullable(),
    originalPath: z.string(),
    cleanPath: z.string(),
    basePath: z.string(),
    redirectTo: z.string().nullable(),
    ladder: z.array(rung).readonly(),
    hint: z.string().nullable(),
    /** Codes of stores that an unknown one may have been meant to be, nearest first. */
    nearMatches: z.array(z.string()),
  })
  .meta({ id: 'Resolution' });
export type Resolution = Readonly<z.infer<typeof resolution>>;

/** Recorded requests as spans of OpenTelemetry. Attribute names: OpenTelemetry, "Semantic conventions", stable ones. */
import { randomBytes } from 'node:crypto';
import { type Attributes, type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import {
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_VERSION,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
} from '@opentelemetry/semantic-conventions';
import type { RequestTrace } from './trace.ts';

/** Who sends the spans. */
export interface Origin {
  readonly version: string;
  /** Made once by {@link resourceOf}, so that spans are sent together. */
  readonly resource: Resource;
  readonly engine: () => 'sqlite' | 'postgres';
}

interface Timed {
  readonly startMs: number;
  readonly durationMs: number;
}

const SYSTEMS = { sqlite: 'sqlite', postgres: 'postgresql' } as const;

/** The request itself, its middleware and its statements, each below what it ran in. */
export function spansOf(trace: RequestTrace, about: Origin): ReadableSpan[] {
  const make = spanMaker(trace, about);
  const root = make({
    name: trace.route ? `${trace.method} ${trace.route}` : trace.method,
    kind: SpanKind.SERVER,
    parent: /^00-[0-9a-f]{32}-([0-9a-f]{16})-/.exec(trace.requestHeaders['traceparent'] ?? '')?.[1],
    time: { startMs: 0, durationMs: trace.durationMs ?? 0 },
    attributes: requestAttributes(trace),
    isError: (trace.status ?? 0) >= 500,
  });
  const rootId = root.spanContext().spanId;
  const middleware: ReadableSpan[] = [];
  for (const { name, startMs, durationMs, parent } of trace.spans)
    middleware.push(
      make({
        name,
        kind: SpanKind.INTERNAL,
        parent: parent === null ? rootId : (middleware[parent]?.spanContext().spanId ?? rootId),
        time: { startMs, durationMs: durationMs ?? Math.max(0, (trace.durationMs ?? 0) - startMs) },
      }),
    );
  const statements = trace.sql.map((statement) => {
    const operation = /^\s*(\w+)/.exec(statement.sql)?.[1]?.toUpperCase() ?? 'SQL';
    return make({
      name: operation,
      kind: SpanKind.CLIENT,
      parent: middleware[statement.span ?? -1]?.spanContext().spanId ?? rootId,
      time: statement,
      attributes: {
        [ATTR_DB_SYSTEM_NAME]: SYSTEMS[about.engine()],
        [ATTR_DB_OPERATION_NAME]: operation,
        // Values stay here: they may be personal.
        [ATTR_DB_QUERY_TEXT]: statement.sql,
        'db.response.returned_rows': statement.rows,
      },
      isError: statement.error !== null,
    });
  });
  return [root, ...middleware, ...statements];
}

function requestAttributes(trace: RequestTrace): Attributes {
  const [path = '', query] = trace.path.split('?', 2);
  const port = /:(\d+)$/.exec(trace.host)?.[1];
  return {
    [ATTR_HTTP_REQUEST_METHOD]: trace.method,
    [ATTR_URL_SCHEME]: trace.scheme,
    [ATTR_URL_PATH]: path,
    ...(query ? { [ATTR_URL_QUERY]: query } : {}),
    [ATTR_SERVER_ADDRESS]: trace.host.replace(/:\d+$/, ''),
    ...(port ? { [ATTR_SERVER_PORT]: Number(port) } : {}),
    [ATTR_NETWORK_PROTOCOL_VERSION]: trace.httpVersion,
    ...(trace.status === null ? {} : { [ATTR_HTTP_RESPONSE_STATUS_CODE]: trace.status }),
    ...(trace.route && trace.route !== 'none' ? { [ATTR_HTTP_ROUTE]: trace.route } : {}),
    ...(trace.requestHeaders['user-agent'] ? { [ATTR_USER_AGENT_ORIGINAL]: trace.requestHeaders['user-agent'] } : {}),
    ...((trace.status ?? 0) >= 500 ? { [ATTR_ERROR_TYPE]: trace.error?.name ?? String(trace.status) } : {}),
    'orion.request_id': trace.requestId,
    ...(trace.store ? { 'orion.store': trace.store.code } : {}),
    ...(trace.mode ? { 'orion.routing_mode': trace.mode } : {}),
    ...(trace.role ? { 'orion.role': trace.role } : {}),
  };
}

/** What OpenTelemetry calls the program that sends spans. */
export function resourceOf(version: string): Resource {
  return resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'orion-studio', [ATTR_SERVICE_VERSION]: version });
}

function spanMaker(trace: RequestTrace, { version, resource }: Origin) {
  const shared = {
    resource,
    instrumentationScope: { name: 'orion-studio', version },
    links: [],
    ended: true,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
  const contextOf = (spanId: string) => ({ traceId: trace.traceId, spanId, traceFlags: TraceFlags.SAMPLED });
  return (span: {
    readonly name: string;
    readonly kind: SpanKind;
    readonly parent?: string | undefined;
    readonly time: Timed;
    readonly attributes?: Attributes;
    readonly isError?: boolean;
  }): ReadableSpan => {
    const context = contextOf(randomBytes(8).toString('hex'));
    const startTime = hrTime(trace.startedAt + span.time.startMs);
    const isRoot = span.kind === SpanKind.SERVER;
    return {
      ...shared,
      name: span.name,
      kind: span.kind,
      spanContext: () => context,
      ...(span.parent ? { parentSpanContext: contextOf(span.parent) } : {}),
      startTime,
      endTime: hrTime(trace.startedAt + span.time.startMs + span.time.durationMs),
      duration: hrTime(span.time.durationMs),
      status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
      attributes: span.attributes ?? {},
      events: isRoot && trace.error && span.isError ? [exceptionEvent(trace.error, startTime)] : [],
    };
  };
}

function exceptionEvent(error: NonNullable<RequestTrace['error']>, time: HrTime): ReadableSpan['events'][number] {
  return {
    name: 'exception',
    time,
    attributes: {
      [ATTR_EXCEPTION_TYPE]: error.name,
      [ATTR_EXCEPTION_MESSAGE]: error.message,
      ...(error.stack ? { [ATTR_EXCEPTION_STACKTRACE]: error.stack } : {}),
    },
  };
}

/** Seconds and nanoseconds. */
function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

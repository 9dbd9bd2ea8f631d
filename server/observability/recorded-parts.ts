/** What belongs to a request in memory and is made readable only when somebody asks for it. */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type CapturedBody, isAsset } from '../contract/requests.ts';
import type { BodyArena } from './body-arena.ts';
import type { BodyCapture, SeenBody } from './body-capture.ts';
import { describeBody, leftOut } from './describe-body.ts';
import { errorSource } from './error-source.ts';
import type { KeptLine, LogRing } from './log-ring.ts';
import { describeCookies, maskHeaders } from './mask.ts';
import type { RequestTrace } from './trace.ts';

/** The parts of a recorded request that its trace does not hold. */
export interface RecordedParts {
  /** As they came, secrets included. Never shown, written or sent: what sends a request again needs them. */
  readonly original: { readonly url: string; readonly headers: IncomingHttpHeaders };
  /** As they were sent, secrets included: like those that came, they are masked when somebody asks. */
  readonly answerHeaders: OutgoingHttpHeaders;
  /** Null when bodies are not kept. */
  bodies: BodyCapture | null;
  readonly lines: readonly KeptLine[];
}

/** A request as its client sent it. */
export interface OriginalRequest {
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Null when there was none, or it was not kept whole. */
  readonly body: Buffer | null;
}

const DROPPED = 'Not here any more: bodies of older requests are dropped to stay within the memory for requests.';
const ASSET = 'Not kept: files of themes and pictures are left out.';
const UNREAD = 'Not kept: the request was answered without reading it.';
const ARCHIVE = 'Not kept: it is a file of recorded requests, secrets included.';
const INSPECTOR = 'Not kept: it showed recorded requests or the log.';

/** Files of requests that were recorded elsewhere: they hold the secrets of other sites, at places that nobody can list. */
export function isArchive({ outcome, path }: Pick<RequestTrace, 'outcome' | 'path'>): boolean {
  return outcome === 'admin' && /^\/api\/requests\.har\b/.test(path);
}

/** Answers that would repeat what is recorded already. */
export function isInspectorsOwn({ outcome, path }: Pick<RequestTrace, 'outcome' | 'path'>): boolean {
  return outcome === 'admin' && /^\/api\/(?:requests|events|logs)\b/.test(path);
}

/** Moves what was kept of both bodies to where it stays; how long they were is known without. */
export function storeBodies({ bodies }: RecordedParts, arena: BodyArena): void {
  for (const body of [bodies?.request, bodies?.response]) {
    if (!body) continue;
    if (body.kept.length > 0) body.place = arena.store(body.kept, body.keptBytes);
    body.kept = [];
  }
}

/** The whole trace, as the contract has it. */
export function completed(
  trace: RequestTrace,
  parts: RecordedParts | null,
  { log, arena }: { readonly log: LogRing; readonly arena: BodyArena },
): RequestTrace {
  if (!parts) return trace;
  const { bodies, lines } = parts;
  const whole = withHeaders(trace, parts);
  return {
    ...whole,
    requestBody: readRequest(whole, bodies, arena),
    responseBody: readResponse(whole, bodies, arena),
    logs: lines.map((line) => log.read(line)),
    error: trace.error && { ...trace.error, source: trace.error.source ?? errorSource(trace.error.stack) },
  };
}

/** A trace that was recorded here with its headers and cookies, secrets masked. */
export function withHeaders(
  trace: RequestTrace,
  { original, answerHeaders }: Pick<RecordedParts, 'original' | 'answerHeaders'>,
): RequestTrace {
  return {
    ...trace,
    requestHeaders: maskHeaders(original.headers),
    responseHeaders: maskHeaders(answerHeaders),
    cookies: describeCookies(original.headers.cookie, answerHeaders['set-cookie']),
  };
}

function readRequest(trace: RequestTrace, bodies: BodyCapture | null, arena: BodyArena): CapturedBody | null {
  const body = bodies?.request ?? null;
  const { requestHeaders } = trace;
  if (body && body.bytes > 0 && isArchive(trace)) return leftOut(body.bytes, requestHeaders['content-type'], ARCHIVE);
  if (body?.bytes === 0)
    return leftOut(Number(requestHeaders['content-length'] ?? 0), requestHeaders['content-type'], UNREAD);
  return readBody(body, requestHeaders, arena);
}

function readResponse(trace: RequestTrace, bodies: BodyCapture | null, arena: BodyArena): CapturedBody | null {
  if (!bodies) return null;
  const headers = trace.responseHeaders;
  const bytes = bodies.response?.bytes ?? 0;
  if (isInspectorsOwn(trace) && bytes > 0) return leftOut(bytes, headers['content-type'], INSPECTOR);
  const isWithout = trace.method === 'HEAD' || trace.status === 204 || trace.status === 304;
  if (bodies.response === null && isAsset(trace.path) && !isWithout)
    return leftOut(Number(headers['content-length'] ?? 0), headers['content-type'], ASSET);
  return readBody(bodies.response, headers, arena);
}

function readBody(
  body: SeenBody | null,
  headers: Readonly<Record<string, string | undefined>>,
  arena: BodyArena,
): CapturedBody | null {
  if (!body || body.bytes === 0) return null;
  const kept = stored(body, arena);
  if (kept === null) return leftOut(body.bytes, headers['content-type'], DROPPED);
  return describeBody({ bytes: body.bytes, kept: [kept], isCut: body.isCut }, headers);
}

/** The request as it came; for sending it again. */
export function originalOf({ original, bodies }: RecordedParts, arena: BodyArena): OriginalRequest {
  const body = bodies?.request;
  return { ...original, body: body && body.bytes > 0 && !body.isCut ? stored(body, arena) : null };
}

function stored({ place, keptBytes }: SeenBody, arena: BodyArena): Buffer | null {
  return place === null ? null : arena.read(place, keptBytes);
}

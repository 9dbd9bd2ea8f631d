/**
 * Watches the bodies of a request and its answer pass by, and keeps the beginning of each. Nothing is consumed, delayed
 * or changed: what arrives is seen where the parser hands it over, what leaves where it is written. What was kept is made
 * readable only when somebody asks (describe-body.ts).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One body as it was seen. */
export interface SeenBody {
  /** Bytes that passed. */
  bytes: number;
  /** The first of them, until the request has ended. */
  kept: (Buffer | string)[];
  /** How many bytes these are. */
  keptBytes: number;
  /** Where they are from then on (see BodyArena); null: nowhere. */
  place: number | null;
  /** Whether anything that passed was not kept. */
  isCut: boolean;
}

/** The bodies of one request; null for one that is not watched, or had none. */
export interface BodyCapture {
  request: SeenBody | null;
  response: SeenBody | null;
}

type Write = (this: ServerResponse, ...input: unknown[]) => unknown;

/** Begins to watch both bodies. @param res null when its body is not wanted @param limit bytes of each that are kept */
export function captureBodies(req: IncomingMessage, res: ServerResponse | null, limit: number): BodyCapture {
  return { request: mayHaveBody(req) ? watchRequest(req, limit) : null, response: res && watchResponse(res, limit) };
}

function mayHaveBody({ headers, method }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = headers['content-length'];
  if (length !== undefined) return length !== '0';
  // HTTP/2 needs to declare neither.
  return ':path' in headers && method !== 'GET' && method !== 'HEAD';
}

/** The parser hands every piece to `push`, of HTTP/1 as of HTTP/2; null is the end. */
function watchRequest(req: IncomingMessage, limit: number): SeenBody {
  const seen = nothingYet();
  const push = req.push;
  req.push = function watchedPush(chunk: unknown, encoding?: BufferEncoding) {
    if (chunk) see(seen, chunk, encoding, limit);
    return push.call(this, chunk, encoding);
  };
  return seen;
}

function watchResponse(res: ServerResponse, limit: number): SeenBody {
  const seen = nothingYet();
  const write = res.write as Write;
  const end = res.end as Write;
  let isEnding = false;
  res.write = function watchedWrite(this: ServerResponse, ...input: unknown[]) {
    // HTTP/2 ends with a write of its own.
    if (!isEnding && input[0]) see(seen, input[0], input[1], limit);
    return write.apply(this, input);
  } as ServerResponse['write'];
  res.end = function watchedEnd(this: ServerResponse, ...input: unknown[]) {
    if (!isEnding && input[0] && typeof input[0] !== 'function') see(seen, input[0], input[1], limit);
    isEnding = true;
    return end.apply(this, input);
  } as ServerResponse['end'];
  return seen;
}

function nothingYet(): SeenBody {
  return { bytes: 0, kept: [], keptBytes: 0, place: null, isCut: false };
}

function see(seen: SeenBody, chunk: unknown, encoding: unknown, limit: number): void {
  if (typeof chunk === 'string' && isUtf8(encoding)) seeText(seen, chunk, limit);
  else if (typeof chunk === 'string') seeBytes(seen, Buffer.from(chunk, encoding as BufferEncoding), limit);
  else if (chunk instanceof Uint8Array) seeBytes(seen, chunk, limit);
}

function seeText(seen: SeenBody, text: string, limit: number): void {
  const bytes = Buffer.byteLength(text);
  const before = seen.bytes;
  const room = Math.max(0, limit - before);
  if (bytes > room) {
    // No character takes less than a byte.
    seeBytes(seen, Buffer.from(text.slice(0, room)), limit);
    seen.isCut = true;
  } else {
    seen.kept.push(text);
    seen.keptBytes += bytes;
  }
  seen.bytes = before + bytes;
}

function seeBytes(seen: SeenBody, bytes: Uint8Array, limit: number): void {
  const room = Math.max(0, limit - seen.bytes);
  seen.bytes += bytes.length;
  if (bytes.length > room) seen.isCut = true;
  if (room === 0) return;
  // A copy: a piece is a view of a much larger buffer, which would be kept as well.
  const copy = Buffer.from(bytes.subarray(0, room));
  seen.kept.push(copy);
  seen.keptBytes += copy.length;
}

function isUtf8(encoding: unknown): boolean {
  return typeof encoding !== 'string' || encoding === 'utf8' || encoding === 'utf-8';
}

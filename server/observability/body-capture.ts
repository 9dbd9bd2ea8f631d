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
  /** The first of them, until the request has ended; empty when they are in their place already. */
  kept: Buffer[];
  /** How many bytes these are. */
  keptBytes: number;
  /** Where they stay (see BodyArena); null: nowhere, or not yet. */
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

/** A text that has come to where bodies stay. */
export interface KeptText {
  readonly place: number;
  /** A copy of its bytes. */
  readonly bytes: Buffer;
}

/**
 * Takes a whole text of so many bytes at once to where bodies stay; null when it is not kept, or has not so many. Texts that
 * are held until the answer has left outlive the young generation: under load that doubled the heap, and the garbage
 * collector's work.
 */
export type KeepText = (text: string, bytes: number) => KeptText | null;

/**
 * Begins to watch both bodies.
 * @param res null when its body is not wanted
 * @param limit bytes of each that are kept
 */
export function captureBodies(
  req: IncomingMessage,
  res: ServerResponse | null,
  limit: number,
  keepText: KeepText,
): BodyCapture {
  const request = mayHaveBody(req) ? watchRequest(req, limit) : null;
  return { request, response: res && watchResponse(res, limit, keepText) };
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
    if (chunk instanceof Uint8Array) seeBytes(seen, chunk, limit);
    return push.call(this, chunk, encoding);
  };
  return seen;
}

function watchResponse(res: ServerResponse, limit: number, keepText: KeepText): SeenBody {
  const seen = nothingYet();
  const write = res.write as Write;
  const end = res.end as Write;
  let isEnding = false;
  res.write = function watchedWrite(this: ServerResponse, ...input: unknown[]) {
    // HTTP/2 ends with a write of its own.
    if (!isEnding) see(seen, input[0], input[1], limit);
    return write.apply(this, input);
  } as ServerResponse['write'];
  res.end = function watchedEnd(this: ServerResponse, ...input: unknown[]) {
    if (isEnding) return end.apply(this, input);
    isEnding = true;
    const [chunk, encoding] = input;
    if (typeof chunk === 'string' && seen.bytes === 0 && isUtf8(encoding))
      input[0] = seeWhole(seen, chunk, this, limit, keepText);
    else see(seen, chunk, encoding, limit);
    return end.apply(this, input);
  } as ServerResponse['end'];
  return seen;
}

function nothingYet(): SeenBody {
  return { bytes: 0, kept: [], keptBytes: 0, place: null, isCut: false };
}

/**
 * Sees a text that is the whole body, as pages are.
 * @returns what leaves in its place: encoding a page is most of what keeping it costs, so it is done once
 */
function seeWhole(
  seen: SeenBody,
  text: string,
  res: ServerResponse,
  limit: number,
  keepText: KeepText,
): Buffer | string {
  // Whoever declared a length has counted already.
  const bytes = Number(res.getHeader('Content-Length')) || Buffer.byteLength(text);
  if (bytes > limit) {
    seeBytes(seen, Buffer.from(text), limit);
    return text;
  }
  seen.bytes = bytes;
  const kept = bytes > 0 ? keepText(text, bytes) : null;
  if (!kept) return text;
  seen.place = kept.place;
  seen.keptBytes = bytes;
  return kept.bytes;
}

function see(seen: SeenBody, chunk: unknown, encoding: unknown, limit: number): void {
  if (typeof chunk === 'string')
    seeBytes(seen, Buffer.from(chunk, isUtf8(encoding) ? 'utf8' : (encoding as BufferEncoding)), limit);
  else if (chunk instanceof Uint8Array) seeBytes(seen, chunk, limit);
}

function seeBytes(seen: SeenBody, bytes: Uint8Array, limit: number): void {
  const room = limit - seen.keptBytes;
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

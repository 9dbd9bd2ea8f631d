/** What is sent when a request is repeated: read from what is kept of it and from what was changed by hand. */
import { METHODS } from 'node:http';
import { MASKED } from '../contract/curl.ts';
import type { ResendInput } from '../contract/inspect.ts';
import type { CapturedBody, RequestTrace } from '../contract/requests.ts';
import { ConflictError, type Fault, ValidationError } from '../errors.ts';
import type { OriginalRequest } from '../observability/recorded-parts.ts';
import { readHeaders } from './outgoing-headers.ts';
import { encodePath, readTarget } from './outgoing-target.ts';

/** A request that is ready to be sent. */
export interface Outgoing {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** As it stands in the Host header. */
  readonly host: string;
  /** With its query; what HTTP cannot carry is percent-encoded. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Headers that were masked and are put back: they belong to the host that they were sent to. */
  readonly secrets: readonly string[];
  readonly body: Buffer | null;
  /** What differs from the request that is repeated, in sentences. */
  readonly notes: readonly string[];
}

/** A request that is repeated. */
export interface Repeated {
  readonly trace: Pick<RequestTrace, 'method' | 'scheme' | 'host' | 'path' | 'requestHeaders' | 'requestBody'>;
  /** As it came, secrets included; null when that is not known any more. */
  readonly original: OriginalRequest | null;
}

type Edits = Pick<ResendInput, 'method' | 'url' | 'headers' | 'body'>;

/** Node's client would take CONNECT for a tunnel. */
const METHOD_NAMES: readonly string[] = METHODS.filter((method) => method !== 'CONNECT');

/**
 * Puts together what is sent.
 * @param repeated null for a request that was made up
 * @throws {ValidationError} with every fault of the edits at once
 * @throws {ConflictError} when a part of the request was not kept and nothing stands in for it
 */
export function buildOutgoing(repeated: Repeated | null, edits: Edits): Outgoing {
  const faults: Fault[] = [];
  const method = readMethod(edits.method ?? repeated?.trace.method ?? 'GET', faults);
  const target = readTarget(edits.url, repeated?.trace ?? null, faults);
  const isSameHost = target.host.toLowerCase() === repeated?.trace.host.toLowerCase();
  const { headers, secrets, leftOut } = readHeaders(
    edits.headers ?? repeated?.trace.requestHeaders ?? {},
    isSameHost ? repeated : null,
    edits.headers !== undefined,
    faults,
  );
  if (faults.length > 0) throw new ValidationError(inOneSentence(faults), faults);
  const path = isSameHost && repeated ? unmaskedPath(target.path, repeated) : target.path;
  const isAsSent = edits.body === undefined || edits.body === repeated?.trace.requestBody?.text;
  const original = isAsSent ? (repeated?.original?.body ?? null) : null;
  const body = original ?? (edits.body === undefined ? keptBody(repeated) : textBody(edits.body));
  // What is sent instead of the original bytes is text, decoded.
  if (original === null) headers.delete('content-encoding');
  return { method, ...target, path, headers, secrets, body, notes: notesOn(method, body, leftOut) };
}

/** The faults in one sentence, for people. */
export function inOneSentence(faults: readonly Fault[]): string {
  return `The request cannot be sent: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}.`;
}

function readMethod(text: string, faults: Fault[]): string {
  const method = text.trim().toUpperCase();
  if (METHOD_NAMES.includes(method)) return method;
  faults.push({ field: 'method', message: `"${text}" is not a method that can be sent, as GET or POST are` });
  return method;
}

/** An address that stayed as it was shown gets its secrets back. @throws {ConflictError} when they are not known */
function unmaskedPath(path: string, { trace, original }: Repeated): string {
  if (!trace.path.includes(MASKED) || path !== encodePath(trace.path)) return path;
  if (original) return original.url;
  throw new ConflictError(
    'address_masked',
    'The address holds a secret that is not known any more. Give the whole URL to send this request.',
  );
}

function textBody(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text);
}

function keptBody(repeated: Repeated | null): Buffer | null {
  if (!repeated) return null;
  const { requestBody, requestHeaders } = repeated.trace;
  if (requestBody) return bytesOf(requestBody);
  if (!saysBody(requestHeaders)) return null;
  throw new ConflictError(
    'body_not_kept',
    'The body of this request was not kept. Let bodies be kept in the settings of the inspector, or give a body.',
  );
}

function bytesOf(body: CapturedBody): Buffer {
  if (body.keptBytes < body.bytes || (body.text === null && body.base64 === null)) {
    const kept = `${body.keptBytes} of its ${body.bytes} bytes were kept`;
    throw new ConflictError(
      'body_cut_off',
      `The body of this request is not whole: ${kept}. Give a body, or let more of each be kept.`,
    );
  }
  if (/^multipart\//i.test(body.contentType ?? ''))
    throw new ConflictError('body_not_kept', 'The files of this form were not kept. Give a body to send it again.');
  return body.text === null ? Buffer.from(body.base64 ?? '', 'base64') : Buffer.from(body.text);
}

/** Whether headers announce a body. */
function saysBody(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(
    ([name, value]) => /^transfer-encoding$/i.test(name) || (/^content-length$/i.test(name) && Number(value) > 0),
  );
}

function notesOn(method: string, body: Buffer | null, leftOut: readonly string[]): string[] {
  const notes: string[] = [];
  if (leftOut.length > 0) notes.push(`Left out: ${leftOut.join(', ')}.`);
  if (body && (method === 'GET' || method === 'HEAD')) notes.push(`A ${method} with a body is rarely read by servers.`);
  if (body?.includes(MASKED)) notes.push(`The body holds "${MASKED}", which may stand for a masked secret.`);
  return notes;
}

import type { DiffLine } from '../contract/names.ts';
import type { CapturedBody, RequestTrace } from '../contract/requests.ts';
import { diffLines, withContext } from './diff-lines.ts';

/** What is compared of each body; more is not read by anyone, and takes long. */
const MAX_CHARACTERS = 1024 * 1024;

export interface ComparedBodies {
  /** Null when one was not kept. */
  readonly lines: DiffLine[] | null;
  /** Null when they could not be compared. */
  readonly changed: number | null;
  /** What was not compared, in sentences. */
  readonly notes: readonly string[];
}

type Answered = Pick<RequestTrace, 'requestId' | 'responseBody' | 'responseHeaders' | 'method' | 'status'>;

/** Compares two answers' bodies line by line; what differs in every answer is left out. */
export function compareBodies(left: Answered, right: Answered): ComparedBodies {
  const [before, after] = [left.responseBody, right.responseBody];
  if (!before && !after && hasNone(left) && hasNone(right)) return { lines: [], changed: 0, notes: [] };
  if (!isKept(before, left) || !isKept(after, right)) {
    return { lines: null, changed: null, notes: ['The bodies were not compared: one of them was not kept.'] };
  }
  const lines = diffLines(linesOf(before, left.requestId), linesOf(after, right.requestId));
  if (!lines) return { lines: null, changed: null, notes: ['The bodies differ too much to be shown line by line.'] };
  const notes = [before, after].some(isPart) ? ['Only the kept parts of the bodies were compared.'] : [];
  return { lines: withContext(lines), changed: lines.filter(({ kind }) => kind !== 'same').length, notes };
}

/** No body beside one that is kept counts as an empty one. */
function isKept(body: CapturedBody | null, answer: Answered): boolean {
  return body ? body.text !== null || body.base64 !== null || body.bytes === 0 : hasNone(answer);
}

/** Whether an answer can have no body. */
function hasNone({ method, status, responseHeaders }: Answered): boolean {
  if (method === 'HEAD' || status === 204 || status === 304) return true;
  return responseHeaders['content-length'] === '0';
}

function isPart(body: CapturedBody | null): boolean {
  return body !== null && (body.keptBytes < body.bytes || (body.text?.length ?? 0) > MAX_CHARACTERS);
}

function linesOf(body: CapturedBody | null, requestId: string): string[] {
  if (!body || body.bytes === 0) return [];
  if (body.text === null) return [`${body.bytes} bytes of ${body.contentType ?? 'an unknown type'}`, body.base64 ?? ''];
  const text = body.text.slice(0, MAX_CHARACTERS).replaceAll(requestId, '…');
  const type = body.contentType ?? '';
  const split = /html|xml|svg/i.test(type) ? splitMarkup(text) : /json/i.test(type) ? splitJson(text) : text;
  return split.split(/\r?\n/).map((line) => line.trimEnd());
}

/** One tag a line, without nonces and without the debug bar, which has times in it. */
function splitMarkup(text: string): string {
  return text
    .replace(/<script[^>]*\bdata-orion-debug-bar\b[^>]*><\/script>/g, '')
    .replace(/\bnonce="[^"]*"/g, 'nonce="…"')
    .replace(/>\s*</g, '>\n<')
    .replace(/^[ \t]+/gm, '');
}

function splitJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

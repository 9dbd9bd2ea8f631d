import { TextDecoder } from 'node:util';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { CapturedBody } from '../contract/requests.ts';
import type { SeenBody } from './body-capture.ts';
import { maskAddresses, maskLines, maskPairs } from './mask.ts';
import { maskJson } from './mask-json.ts';
import { maskMarkup, maskXml } from './mask-markup.ts';
import { describeMultipart } from './mask-multipart.ts';
import { maskYaml } from './mask-yaml.ts';

/** A compressed body may become so many times larger than what is kept. */
const MAX_EXPANSION = 16;
const DECODERS = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
} as const;
const TEXT_TYPE =
  /^text\/|[/+]json\b|[/+]xml\b|javascript|ecmascript|x-www-form-urlencoded|graphql|yaml|x-ndjson|event-stream/;

/** Headers of the body, by lower-case names. */
export type BodyHeaders = Readonly<Record<string, string | undefined>>;

/**
 * Makes a body readable: decoded, as text where it is text, secrets masked. Never fails; what could not be done is noted.
 * Null when there was no body.
 */
export function describeBody(
  seen: Pick<SeenBody, 'bytes' | 'kept' | 'isCut'> | null,
  headers: BodyHeaders,
): CapturedBody | null {
  if (!seen || seen.bytes === 0) return null;
  const contentType = headers['content-type'] ?? null;
  const kept = bytesOf(seen);
  const notes: string[] = [];
  const about = { contentType, bytes: seen.bytes, keptBytes: kept.length };
  if (seen.isCut) notes.push(`Cut off: ${kept.length} of ${seen.bytes} bytes were kept.`);
  if (contentType?.startsWith('text/event-stream')) notes.push('Streamed: it was written piece by piece.');
  const plain = decompressed(kept, headers['content-encoding'], seen.isCut, notes);
  const text = plain && textOf(plain, contentType ?? '', seen.isCut, notes);
  return {
    ...about,
    text,
    base64: text === null ? kept.toString('base64') : null,
    note: notes.length > 0 ? notes.join(' ') : null,
  };
}

/** A body that is not kept, with why. */
export function leftOut(bytes: number, contentType: string | undefined, note: string): CapturedBody {
  return { contentType: contentType ?? null, bytes, keptBytes: 0, text: null, base64: null, note };
}

/** What was kept of a body. */
export function bytesOf({ kept }: Pick<SeenBody, 'kept'>): Buffer {
  return Buffer.concat(kept);
}

/** Null when it cannot be read. */
function decompressed(bytes: Buffer, encoding: string | undefined, isCut: boolean, notes: string[]): Buffer | null {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return bytes;
  if (!Object.hasOwn(DECODERS, name)) {
    notes.push(`Encoded as ${name}, which is not decoded here.`);
    return null;
  }
  if (isCut) {
    notes.push(`Encoded as ${name}, which can be decoded only as a whole.`);
    return null;
  }
  try {
    const maxOutputLength = Math.max(1024 * 1024, bytes.length * MAX_EXPANSION);
    return DECODERS[name as keyof typeof DECODERS](bytes, { maxOutputLength });
  } catch (error) {
    const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    notes.push(
      isLarge
        ? `Encoded as ${name}; decoded it would be too large to show.`
        : `Declared as ${name}, but it cannot be decoded.`,
    );
    return null;
  }
}

/** Null for bytes that are no text. */
function textOf(bytes: Buffer, contentType: string, isCut: boolean, notes: string[]): string | null {
  const type = contentType.toLowerCase();
  const boundary = /^multipart\/.*boundary="?([^";]{1,200})/i.exec(contentType)?.[1];
  if (boundary !== undefined) {
    notes.push('Files are shown by their size.');
    return maskAddresses(describeMultipart(bytes, boundary.trim()));
  }
  // Without its parts nothing tells which of it is secret.
  if (type.startsWith('multipart/')) return `[${bytes.length} bytes without a boundary]`;
  const isDeclared = TEXT_TYPE.test(type);
  if (!isDeclared && type !== '') return null;
  const charset = /charset="?([\w:.-]+)/.exec(type)?.[1] ?? 'utf-8';
  const text = decodedText(bytes, charset, isCut, isDeclared ? notes : []);
  if (text === null || (!isDeclared && text.includes('\0'))) return null;
  return masked(text, type);
}

function decodedText(bytes: Buffer, charset: string, isCut: boolean, notes: string[]): string | null {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    notes.push(`The charset ${charset} is not known here; read as UTF-8.`);
    decoder = new TextDecoder('utf-8', { fatal: true });
  }
  try {
    // The last character of what was cut off may lack its end.
    return decoder.decode(bytes, { stream: isCut });
  } catch {
    notes.push(`It is not valid ${decoder.encoding}, so it is shown as bytes.`);
    return null;
  }
}

function masked(text: string, type: string): string {
  if (type.includes('yaml')) return maskAddresses(maskYaml(maskJson(text)));
  // Whatever it is declared as.
  if (/^\s*[[{]/.test(text)) return maskAddresses(maskJson(text));
  if (type.includes('x-www-form-urlencoded')) return maskPairs(text);
  if (/xml/.test(type) && !type.includes('html')) return maskAddresses(maskXml(maskMarkup(text)));
  if (type.includes('html')) return maskAddresses(maskMarkup(text));
  return maskAddresses(maskLines(maskJson(type === '' ? maskPairs(text) : text)));
}

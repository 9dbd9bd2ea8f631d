/** What a body is and how it can be shown. */
import type { CapturedBody } from '../../../../../server/contract/requests.ts';

export type BodyView = 'pretty' | 'tree' | 'table' | 'source' | 'image' | 'hex' | 'raw';

/** The views of a body, the best one first. */
export function viewsOf(body: CapturedBody): readonly BodyView[] {
  const type = mediaType(body);
  if (body.text === null) {
    if (body.base64 === null) return [];
    return type.startsWith('image/') ? ['image', 'hex'] : ['hex'];
  }
  if (isForm(type)) return ['table', 'raw'];
  if (readJson(body) !== undefined) return ['pretty', 'tree', 'raw'];
  if (isMarkup(type)) return type === 'image/svg+xml' ? ['image', 'source'] : ['source'];
  return ['raw'];
}

/** The media type without its parameters, in small letters; empty when there is none. */
export function mediaType({ contentType }: Pick<CapturedBody, 'contentType'>): string {
  return contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The value of a JSON body; undefined when it is none, or was cut off within. */
export function readJson({ text, contentType }: CapturedBody): unknown {
  const type = mediaType({ contentType });
  if (text === null || !(type.endsWith('json') || /^\s*[[{]/.test(text))) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The fields of a form in the order they were sent. */
export function formPairs(text: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(text)];
}

/** The address of an image's bytes for an `img` element. */
export function imageAddress(body: CapturedBody): string {
  if (body.base64 !== null) return `data:${mediaType(body)};base64,${body.base64}`;
  return `data:${mediaType(body)};charset=utf-8,${encodeURIComponent(body.text ?? '')}`;
}

/** One line of a hex dump. */
export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const ROW_BYTES = 16;

/** The bytes as lines of sixteen, at most `most` of them. */
export function hexRows(base64: string, most: number): readonly HexRow[] {
  const bytes = Uint8Array.from(atob(base64.slice(0, Math.ceil((most * ROW_BYTES) / 3) * 4)), (char) =>
    char.charCodeAt(0),
  );
  const rows: HexRow[] = [];
  for (let start = 0; start < bytes.length && rows.length < most; start += ROW_BYTES) {
    const part = [...bytes.subarray(start, start + ROW_BYTES)];
    rows.push({
      offset: start.toString(16).padStart(8, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join(''),
    });
  }
  return rows;
}

function isForm(type: string): boolean {
  return type === 'application/x-www-form-urlencoded';
}

function isMarkup(type: string): boolean {
  return type === 'text/html' || type.endsWith('xml');
}

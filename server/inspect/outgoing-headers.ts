import { MASKED } from '../contract/curl.ts';
import type { Fault } from '../errors.ts';
import type { Repeated } from './outgoing.ts';

/** True of one connection only. Source: RFC 9110 §7.6.1; `expect` and `upgrade` ask for more than one answer. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);
/** Set anew by whoever sends. */
const OWN = new Set(['host', 'content-length', 'x-request-id', 'traceparent', 'tracestate']);
/** Node reads at most 16 KiB of them. */
const MAX_BYTES = 12_000;

export interface ReadHeaders {
  /** By name in lower case. */
  readonly headers: Map<string, string>;
  /** Those of them that were masked and are put back. */
  readonly secrets: readonly string[];
  /** What is not sent, with why: `cookie (masked)`. */
  readonly leftOut: readonly string[];
}

/**
 * Takes what can be sent of headers; names and values that HTTP cannot carry are faults of `headers.{name}`.
 * @param repeated who knows what stands behind masked values that were not changed; null when nobody does
 * @param isEdited whether they were given by hand
 */
export function readHeaders(
  given: Readonly<Record<string, string>>,
  repeated: Repeated | null,
  isEdited: boolean,
  faults: Fault[],
): ReadHeaders {
  const headers = new Map<string, string>();
  const secrets: string[] = [];
  const leftOut: string[] = [];
  for (const [written, value] of Object.entries(given)) {
    const name = written.trim().toLowerCase();
    // HTTP/2 has the request line among its headers.
    if (OWN.has(name) || name.startsWith(':')) continue;
    const known = value.includes(MASKED) ? behindMask(name, value, repeated) : value;
    if (HOP_BY_HOP.has(name)) {
      // Whoever wrote it down by hand may wonder; every client sends some.
      if (isEdited) leftOut.push(`${name} (of one connection only)`);
    } else if (known === null) leftOut.push(`${name} (masked)`);
    else if (isWellFormed(name, known, faults)) {
      headers.set(name, known.trim());
      if (known !== value) secrets.push(name);
    }
  }
  const bytes = [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
  if (bytes > MAX_BYTES)
    faults.push({ field: 'headers', message: `have ${bytes} bytes; at most ${MAX_BYTES} can be sent` });
  return { headers, secrets, leftOut };
}

function behindMask(name: string, value: string, repeated: Repeated | null): string | null {
  if (!repeated?.original || repeated.trace.requestHeaders[name] !== value) return null;
  return repeated.original.headers[name]?.toString() ?? null;
}

function isWellFormed(name: string, value: string, faults: Fault[]): boolean {
  const field = `headers.${name}`;
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
    faults.push({ field, message: 'is not a name that a header can have' });
    return false;
  }
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
    faults.push({ field, message: 'has a line break or another character that headers cannot carry' });
    return false;
  }
  return true;
}

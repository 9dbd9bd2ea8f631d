import type { RequestTrace } from '../contract/requests.ts';
import type { Fault } from '../errors.ts';

/** Where a request goes. */
export type Target = Pick<RequestTrace, 'scheme' | 'host' | 'path'>;

/** Longer ones are refused before they can be recorded. */
const MAX_TARGET = 8000;
const EXAMPLE = 'http://techstore.localhost:8000/products';

/**
 * Reads a whole URL, or a path on the host of the request that is repeated; adds to `faults` what is wrong. Split by
 * hand: a URL parser would tidy up the very things that are to be tried.
 */
export function readTarget(url: string | undefined, repeated: Target | null, faults: Fault[]): Target {
  const { scheme, host, path } = repeated ?? { scheme: 'http', host: '', path: '/' };
  if (url === undefined) return { scheme, host, path: encodePath(path) };
  const text = url.trim();
  const fault = (message: string): Target => {
    faults.push({ field: 'url', message });
    return { scheme, host, path: '/' };
  };
  if (text.length > MAX_TARGET) return fault(`has ${text.length} characters; at most ${MAX_TARGET} can be sent`);
  if (/[\u0000-\u001f\u007f]/.test(text)) return fault('has a line break or another control character');
  const whole = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(text);
  if (whole) {
    const [, given = '', name = '', rest = ''] = whole;
    if (/[^\u0021-\u007e]/.test(name))
      return fault('has a host with characters outside ASCII; write its punycode form');
    return {
      scheme: given.toLowerCase() === 'https' ? 'https' : 'http',
      host: name,
      path: encodePath(rest.startsWith('/') ? rest : `/${rest}`),
    };
  }
  if (host === '') return fault(`must be a whole URL such as ${EXAMPLE}`);
  if (!text.startsWith('/')) return fault(`must be a whole URL such as ${EXAMPLE}, or a path that begins with "/"`);
  return { scheme, host, path: encodePath(text.split('#')[0] ?? '/') };
}

/** A path as HTTP can carry it: everything outside of printable ASCII is percent-encoded. */
export function encodePath(path: string): string {
  return path.toWellFormed().replace(/[^\u0021-\u007e]/gu, encodeURIComponent);
}

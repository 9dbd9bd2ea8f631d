import {
  isAsset,
  type ListRequestsInput,
  type RequestSummary,
  type Resolution,
  type WhyInput,
} from '../../../server/contract/requests.ts';

/** What is asked, as typed. The screen's address holds it, so that it can be linked. */
export interface WhatIf {
  readonly url: string;
  readonly method: string;
  /** Replaces the host of the URL; empty: the URL's own. */
  readonly host: string;
  /** The value of `X-Store-ID`; empty: none is sent. */
  readonly storeHeader: string;
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Reads the screen's address. */
export function readWhatIf(params: URLSearchParams): WhatIf {
  return {
    url: params.get('url') ?? '',
    method: (params.get('method') || 'GET').toUpperCase(),
    host: params.get('host') ?? '',
    storeHeader: params.get('storeHeader') ?? '',
  };
}

/** The query of the screen's address; what is usual is left out. */
export function writeWhatIf({ url, method, host, storeHeader }: WhatIf): string {
  const params = new URLSearchParams();
  if (url !== '') params.set('url', url);
  if (method !== 'GET') params.set('method', method);
  if (host !== '') params.set('host', host);
  if (storeHeader !== '') params.set('storeHeader', storeHeader);
  return params.toString().replaceAll('%3A', ':').replaceAll('%2F', '/');
}

/** What the server is asked. */
export function whyBody({ url, method, host, storeHeader }: WhatIf): WhyInput {
  return {
    url: url.trim(),
    method,
    ...(host.trim() === '' ? {} : { host: host.trim() }),
    ...(storeHeader.trim() === '' ? {} : { storeHeader: storeHeader.trim() }),
  };
}

/** The parts of a URL as typed; split by hand as the server does, since a URL parser would tidy it up. */
export function partsOf({ url, host }: Pick<WhatIf, 'url' | 'host'>): {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** With the query. */
  readonly path: string;
} {
  const [, scheme, urlHost = '', path = '', search = ''] =
    /^(?:(https?):\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url.trim()) ?? [];
  return {
    scheme: scheme?.toLowerCase() === 'https' ? 'https' : 'http',
    host: host.trim() || urlHost,
    path: (path || '/') + search,
  };
}

/** Whether a browser can send what was asked: an address to open, or why not. */
export type Sendable = { readonly href: string } | { readonly reason: string };

/** Says whether a browser can send what was asked to this server. */
export function sendable(asked: WhatIf, answer: Pick<Resolution, 'hostKind' | 'store'>): Sendable {
  if (asked.method !== 'GET') return { reason: `A new tab can only send GET, not ${asked.method}.` };
  if (asked.host.trim() !== '') return { reason: 'A new tab cannot send another Host header than the URL’s.' };
  if (asked.storeHeader.trim() !== '') return { reason: 'A new tab cannot send X-Store-ID.' };
  const { scheme, host, path } = partsOf(asked);
  const href = `${scheme}://${host}${path}`;
  if (answer.hostKind === null || !URL.canParse(href)) return { reason: 'A browser cannot open this address.' };
  // A foreign name may belong to anybody on the internet.
  if (answer.hostKind === 'foreign' && answer.store === null)
    return { reason: 'This name does not lead to this server, so a browser would ask somebody else.' };
  return { href };
}

const MAX_FILTER = 200;
const LOOK_BACK = 50;

/** The list in which the latest real request to the same address would be; null when it cannot be told. */
export function sameRequestsQuery(asked: WhatIf): ListRequestsInput | null {
  // Recorded requests do not say which X-Store-ID they had.
  if (asked.storeHeader.trim() !== '') return null;
  const { host, path } = partsOf(asked);
  if (host === '') return null;
  const text = `${asked.method} ${host}${path}`.slice(0, MAX_FILTER);
  return { text, limit: LOOK_BACK, ...(isAsset(path) ? {} : { assets: 'hide' as const }) };
}

/** True when a recorded request went to exactly the address that is asked about. */
export function isSameRequest(asked: WhatIf, request: Pick<RequestSummary, 'method' | 'host' | 'path'>): boolean {
  const { host, path } = partsOf(asked);
  return request.method === asked.method && request.host.toLowerCase() === host.toLowerCase() && request.path === path;
}

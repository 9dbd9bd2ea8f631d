/**
 * Gets a small file by HTTP from a host that somebody named. Threats: the name may point into this server's own network
 * (in production only public addresses are connected to, and the address that was checked is the one used), a redirect may
 * lead elsewhere (only the same name, with or without `www.`, is followed), and the answer may be endless or late.
 */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isPublicAddress } from './address-kinds.ts';
import type { Looked } from './domain-resolver.ts';

export type FetchedFile =
  | { readonly ok: true; readonly text: string; readonly url: string }
  | {
      readonly ok: false;
      readonly kind:
        | 'timeout'
        | 'not_found'
        | 'unreachable'
        | 'private_address'
        | 'status'
        | 'too_large'
        | 'loop'
        | 'other_host'
        | 'malformed';
      readonly message: string;
    };

export interface FetchFileOptions {
  readonly addressesOf: (name: string) => Promise<Looked>;
  /** Refuses hosts with any address that is not of the public internet. */
  readonly isPublicOnly?: boolean;
  /** Where an address is really reached; null: nowhere. */
  readonly reach?: (address: string, port: number) => { readonly host: string; readonly port: number } | null;
  readonly timeoutMs?: number;
}

type Fault = Exclude<FetchedFile, { readonly ok: true }>;
type Page = { readonly ok: true; readonly status: number; readonly location: string; readonly text: string } | Fault;

export const MAX_FILE_BYTES = 64 * 1024;
const MAX_REDIRECTS = 3;
const MAX_ADDRESSES = 4;

/** @param start an `http:` or `https:` URL; the same name with or without `www.` may answer instead, by a redirect */
export async function fetchFile(start: string, options: FetchFileOptions): Promise<FetchedFile> {
  const allowed = new Set(twinsOf(new URL(start).hostname));
  const signal = AbortSignal.timeout(options.timeoutMs ?? 8000);
  const seen = new Set<string>();
  for (let url = new URL(start); seen.size <= MAX_REDIRECTS; ) {
    if (seen.has(url.href)) return fault('loop', `${start} is redirected in a circle.`);
    seen.add(url.href);
    const page = await getPage(url, options, signal);
    if (!page.ok) return page;
    if (page.status === 200) return { ok: true, text: page.text, url: url.href };
    if (page.location === '')
      return fault(page.status === 404 ? 'not_found' : 'status', `${url.href} answered ${page.status}.`);
    const next = URL.parse(page.location, url.href);
    if (!next || !/^https?:$/.test(next.protocol))
      return fault('malformed', `${url.href} is redirected to no address.`);
    if (!allowed.has(next.hostname) || next.port !== '')
      return fault('other_host', `${url.href} is redirected to ${next.host}, which proves nothing of this domain.`);
    url = next;
  }
  return fault('loop', `${start} is redirected more than ${MAX_REDIRECTS} times.`);
}

async function getPage(url: URL, options: FetchFileOptions, signal: AbortSignal): Promise<Page> {
  const looked = await options.addressesOf(url.hostname);
  if (looked.ok ? looked.values.length === 0 : looked.kind === 'no_records')
    return fault('unreachable', `${url.hostname} points nowhere: it has no address.`);
  if (!looked.ok) return fault(looked.kind === 'timeout' ? 'timeout' : 'unreachable', looked.message);
  const hidden = options.isPublicOnly ? looked.values.find((address) => !isPublicAddress(address)) : undefined;
  if (hidden !== undefined)
    return fault('private_address', `${url.hostname} points to ${hidden}, which is not an address of the internet.`);
  let page: Page = fault('unreachable', `${url.hostname} cannot be reached.`);
  for (const address of looked.values.slice(0, MAX_ADDRESSES)) {
    page = await getFrom(address, url, options, signal);
    if (page.ok || page.kind !== 'unreachable') return page;
  }
  return page;
}

function getFrom(address: string, url: URL, options: FetchFileOptions, signal: AbortSignal): Promise<Page> {
  const isSecure = url.protocol === 'https:';
  const port = isSecure ? 443 : 80;
  const reached = options.reach ? options.reach(address, port) : { host: address, port };
  if (!reached) return Promise.resolve(fault('unreachable', `Nothing answers at ${address}.`));
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) =>
      resolve(
        signal.aborted
          ? fault('timeout', `${url.href} did not answer in time.`)
          : fault('unreachable', `${address} (${url.hostname}) does not answer: ${error.code ?? error.message}.`),
      );
    const call = (isSecure ? requestHttps : requestHttp)(
      {
        ...reached,
        path: url.pathname + url.search,
        headers: { Host: url.host, Accept: 'text/plain', 'User-Agent': 'Orion-Studio-domain-check' },
        agent: false,
        signal,
        // What is proven is the content. Hosts that are being moved often have no valid certificate.
        ...(isSecure ? { servername: url.hostname, rejectUnauthorized: false } : {}),
      },
      (response) => readPage(response, url, resolve, fail),
    );
    call.on('error', fail);
    call.end();
  });
}

function readPage(
  response: IncomingMessage,
  url: URL,
  resolve: (page: Page) => void,
  fail: (error: NodeJS.ErrnoException) => void,
): void {
  const status = response.statusCode ?? 0;
  const location = status >= 300 && status < 400 ? (response.headers.location ?? '') : '';
  if (status !== 200) {
    response.destroy();
    resolve({ ok: true, status, location, text: '' });
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= MAX_FILE_BYTES) return;
    response.destroy();
    resolve(
      fault('too_large', `${url.href} is larger than ${MAX_FILE_BYTES / 1024} KiB; the file holds one short line.`),
    );
  });
  response.on('end', () => resolve({ ok: true, status, location, text: Buffer.concat(chunks).toString('utf8') }));
  response.on('error', fail);
}

function twinsOf(hostname: string): string[] {
  return [hostname, hostname.startsWith('www.') ? hostname.slice('www.'.length) : `www.${hostname}`];
}

function fault(kind: Fault['kind'], message: string): Fault {
  return { ok: false, kind, message };
}

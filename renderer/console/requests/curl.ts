import type { RequestTrace } from '../../../server/contract/requests.ts';

/** What stands in a trace instead of a secret. */
export const MASKED = '…';

export interface CurlCommand {
  readonly command: string;
  /** What the command cannot repeat, for people: masked headers and the body, which is not recorded. */
  readonly missing: readonly string[];
}

type Sent = Pick<RequestTrace, 'method' | 'host' | 'path' | 'requestHeaders'>;

/** Set by curl itself, or true of one connection only. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'accept-encoding',
]);

/**
 * The request as a command for POSIX shells. Names of stores may resolve nowhere, so the command says that
 * they are on this machine.
 */
export function curlCommand(request: Sent, scheme: 'http' | 'https' = 'http'): CurlCommand {
  const { address, options } = target(request.host, request.path, scheme);
  const headers = Object.entries(request.requestHeaders).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  const masked = headers.filter(([, value]) => value.includes(MASKED)).map(([name]) => name);
  const parts = [
    ['curl', ...methodOptions(request.method), ...pathOptions(request.path), quote(address)].join(' '),
    ...options,
    ...headers
      .filter(([name]) => !masked.includes(name))
      // A header without a value is written with a semicolon. Source: curl(1), --header.
      .map(([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...('accept-encoding' in request.requestHeaders ? ['--compressed'] : []),
  ];
  return { command: parts.join(' \\\n  '), missing: [...masked, ...missingParts(request)] };
}

/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function target(host: string, path: string, scheme: string): { address: string; options: readonly string[] } {
  const parsed = /^([a-z0-9.-]+?)\.?(?::(\d{1,5}))?$/i.exec(host);
  const port = parsed?.[2] ?? (scheme === 'https' ? '443' : '80');
  const name = parsed?.[1];
  // What curl would not accept in an address goes into the header as it came.
  if (!name) {
    const given = /:(\d{1,5})$/.exec(host)?.[0] ?? '';
    return { address: `${scheme}://127.0.0.1${given}${path}`, options: [`--header ${quote(`Host: ${host}`)}`] };
  }
  const address = `${scheme}://${host}${path}`;
  if (name === 'localhost' || /^[\d.]+$/.test(name)) return { address, options: [] };
  return { address, options: [`--resolve ${quote(`${name}:${port}:127.0.0.1`)}`] };
}

function methodOptions(method: string): readonly string[] {
  if (method === 'GET') return [];
  return method === 'HEAD' ? ['--head'] : ['--request', quote(method)];
}

/** curl would read `[` and `{` as patterns, and shorten `/../`. */
function pathOptions(path: string): readonly string[] {
  return [
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    ...(/\/\.{1,2}(?:[/?]|$)/.test(path) ? ['--path-as-is'] : []),
  ];
}

function missingParts({ path, requestHeaders }: Sent): readonly string[] {
  const hasBody = 'transfer-encoding' in requestHeaders || Number(requestHeaders['content-length'] ?? 0) > 0;
  return [
    ...(path.includes(MASKED) ? ['the token in the address'] : []),
    ...(hasBody ? ['the body, which is not recorded'] : []),
  ];
}

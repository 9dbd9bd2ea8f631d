/** A request as a command for a terminal; the server and the console's screens write the same one. */
import type { CapturedBody, RequestTrace } from './requests.ts';

/** What stands in a trace instead of a secret. */
export const MASKED = '…';

export interface CurlCommand {
  readonly command: string;
  /** What the command cannot repeat, for people: masked headers, and a body that was not kept. */
  readonly missing: readonly string[];
}

type Sent = Pick<RequestTrace, 'method' | 'host' | 'path' | 'requestHeaders'> & {
  readonly requestBody?: CapturedBody | null;
};

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
  const body = wholeBody(request);
  const headers = repeatedHeaders(request);
  const masked = headers.filter(([, value]) => value.includes(MASKED)).map(([name]) => name);
  const parts = [
    ['curl', ...methodOptions(request.method, body !== null), ...pathOptions(request.path), quote(address)].join(' '),
    ...options,
    ...headers
      .filter(([name]) => !masked.includes(name))
      // A header without a value is written with a semicolon. Source: curl(1), --header.
      .map(([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...bodyOptions(body, headers),
    ...('accept-encoding' in request.requestHeaders ? ['--compressed'] : []),
  ];
  const command = parts.join(' \\\n  ');
  return {
    command: body?.base64 ? `printf %s ${quote(body.base64)} | base64 --decode | ${command}` : command,
    missing: [...masked, ...missingParts(request, body)],
  };
}

/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A body that can be sent as it was; null when there was none, or when it was not kept whole. */
export function wholeBody({ method, requestBody }: Pick<Sent, 'method' | 'requestBody'>): CapturedBody | null {
  if (!requestBody || method === 'HEAD' || requestBody.bytes === 0) return null;
  // Of a form with files, the files are not kept.
  if (requestBody.keptBytes < requestBody.bytes || /^multipart\//i.test(requestBody.contentType ?? '')) return null;
  return requestBody.text === null && requestBody.base64 === null ? null : requestBody;
}

/** Headers that a client can repeat; names beginning with a colon are HTTP/2's request line. */
function repeatedHeaders({ requestHeaders, requestBody }: Sent): [string, string][] {
  // What is kept of an encoded body is decoded text.
  const isDecoded = (name: string) => name === 'content-encoding' && typeof requestBody?.text === 'string';
  return Object.entries(requestHeaders).filter(([written]) => {
    const name = written.toLowerCase();
    return !OWN_HEADERS.has(name) && !name.startsWith(':') && !isDecoded(name);
  });
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

/** With a body curl takes POST for granted. */
function methodOptions(method: string, hasBody: boolean): readonly string[] {
  if (method === 'GET' && !hasBody) return [];
  return method === 'HEAD' ? ['--head'] : ['--request', quote(method)];
}

/** curl would read `[` and `{` as patterns, and shorten `/../`. */
function pathOptions(path: string): readonly string[] {
  return [
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    ...(/\/\.{1,2}(?:[/?]|$)/.test(path) ? ['--path-as-is'] : []),
  ];
}

function bodyOptions(body: CapturedBody | null, headers: readonly (readonly [string, string])[]): readonly string[] {
  if (!body) return [];
  // Without a type of its own the body would be declared as a form.
  const type = headers.some(([name]) => name.toLowerCase() === 'content-type') ? [] : ["--header 'Content-Type:'"];
  return [...type, body.text === null ? '--data-binary @-' : `--data-raw ${quote(body.text)}`];
}

function missingParts({ path, requestHeaders, requestBody }: Sent, body: CapturedBody | null): readonly string[] {
  const hasBody = 'transfer-encoding' in requestHeaders || Number(requestHeaders['content-length'] ?? 0) > 0;
  const isCut = requestBody && requestBody.keptBytes < requestBody.bytes;
  return [
    ...(path.includes(MASKED) ? ['the token in the address'] : []),
    ...(hasBody && !body ? [isCut ? 'the body, which was not kept whole' : 'the body, which is not recorded'] : []),
    ...(body?.text?.includes(MASKED) ? ['secrets in the body'] : []),
  ];
}

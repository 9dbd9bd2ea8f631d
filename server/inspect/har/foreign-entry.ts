import type { CapturedBody, RequestTrace as Recorded, Span } from '../../contract/requests.ts';
import { describeBody, leftOut } from '../../observability/describe-body.ts';
import { describeCookies, maskHeaders, maskUrl } from '../../observability/mask.ts';
import { flagsOf } from '../../observability/notice.ts';
import type { RequestTrace } from '../../observability/trace.ts';
import type { ReadEntry } from './read-entry.ts';

/** Of each body so much is kept. */
const MAX_BODY = 256 * 1024;
const ABSENT = 'Not in the HAR file.';

/** A trace of what another program has recorded; secrets are masked as if it had been recorded here. */
export function foreignTrace(entry: ReadEntry): { readonly trace: RequestTrace } | { readonly reason: string } {
  const target = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(entry.request.url);
  if (!target) return { reason: `request.url is not an address of HTTP: ${entry.request.url.slice(0, 60)}.` };
  const [, scheme = '', host = '', rest = ''] = target;
  const { request, response } = entry;
  const [requestHeaders, responseHeaders] = [headersOf(request.headers), headersOf(response?.headers ?? [])];
  const trace: RequestTrace = {
    ...NOTHING,
    startedAt: entry.startedDateTime,
    method: request.method,
    // A browser names no user here, but others may.
    host: host.slice(host.lastIndexOf('@') + 1),
    path: maskUrl(rest.startsWith('/') ? rest : `/${rest}`),
    scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http',
    httpVersion: versionOf(request.httpVersion),
    status: response?.status || null,
    durationMs: entry.time < 0 ? null : entry.time,
    requestHeaders: maskHeaders(requestHeaders),
    responseHeaders: maskHeaders(responseHeaders),
    cookies: cookiesOf(entry, requestHeaders['cookie'], responseHeaders['set-cookie']),
    requestBody: requestBody(request.postData, requestHeaders['content-type']),
    responseBody: responseBody(response?.content, responseHeaders['content-type']),
    spans: spansOf(entry.timings),
  };
  trace.flags = flagsOf(trace, false);
  return { trace };
}

const NOTHING = {
  sequence: 0,
  requestId: '',
  traceId: '',
  route: null,
  outcome: null,
  mode: null,
  area: null,
  cleanPath: null,
  hint: null,
  refusal: null,
  store: null,
  ladder: [],
  sql: [],
  error: null,
  role: null,
  actor: null,
  flags: [],
  origin: 'imported',
  logs: [],
  insights: [],
  resentFrom: null,
} satisfies Partial<Recorded>;

/** By name in lower case; a name that comes more than once has its values in one, as Node gives them. */
function headersOf(pairs: readonly { readonly name: string; readonly value: string }[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of pairs) {
    const key = name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}${key === 'set-cookie' ? '\n' : ', '}${value}`);
  }
  return Object.fromEntries(values);
}

/** From the headers where they are there; some programs leave them out for privacy and list the names alone. */
function cookiesOf(entry: ReadEntry, sent: string | undefined, set: string | undefined): RequestTrace['cookies'] {
  const { request, response } = entry;
  const sentPairs = sent ?? request.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const setLines =
    set?.split('\n') ??
    (response?.cookies ?? []).map(({ name, value, path, httpOnly, secure }) =>
      [`${name}=${value}`, path ? `Path=${path}` : '', httpOnly ? 'HttpOnly' : '', secure ? 'Secure' : '']
        .filter((part) => part !== '')
        .join('; '),
    );
  return describeCookies(sentPairs === '' ? undefined : sentPairs, setLines);
}

function requestBody(data: ReadEntry['request']['postData'], declared: string | undefined): CapturedBody | null {
  if (!data) return null;
  const type = declared ?? (data.mimeType || 'application/x-www-form-urlencoded');
  const form = new URLSearchParams(data.params.map(({ name, value }): [string, string] => [name, value])).toString();
  const text = data.text || form;
  return text === '' ? null : bodyOf(text, (data._encoding ?? data.encoding) === 'base64', type);
}

function responseBody(
  content: NonNullable<ReadEntry['response']>['content'],
  declared: string | undefined,
): CapturedBody | null {
  if (!content) return null;
  const type = declared ?? content.mimeType;
  if (content.text) return bodyOf(content.text, content.encoding === 'base64', type);
  return content.size > 0 ? leftOut(Math.round(content.size), type, ABSENT) : null;
}

function bodyOf(text: string, isBase64: boolean, type: string): CapturedBody | null {
  const bytes = Buffer.from(text, isBase64 ? 'base64' : 'utf8');
  const kept = bytes.subarray(0, MAX_BODY);
  const seen = { bytes: bytes.length, kept: [kept], size: kept.length, isCut: kept.length < bytes.length };
  // Text of an archive is decoded already, whatever the answer was encoded in.
  const readable = isBase64 ? type : type.replace(/;\s*charset=[^;]*/i, '');
  const body = describeBody(seen, { 'content-type': readable });
  return body && { ...body, contentType: type === '' ? null : type };
}

function spansOf(timings: ReadEntry['timings']): Span[] {
  let at = 0;
  return (['blocked', 'dns', 'connect', 'send', 'wait', 'receive'] as const).flatMap((name) => {
    const durationMs = timings?.[name] ?? -1;
    if (durationMs < 0) return [];
    const span = { name, startMs: at, durationMs, parent: null };
    at += durationMs;
    return [span];
  });
}

function versionOf(text: string): string {
  if (/^h2|\/2/i.test(text)) return '2.0';
  if (/^h3|\/3/i.test(text)) return '3.0';
  return /(\d\.\d)/.exec(text)?.[1] ?? '1.1';
}

import { STATUS_CODES } from 'node:http';
import type { CapturedBody, RequestTrace } from '../../contract/requests.ts';
import type { BodyFacts, HarCookie, HarEntry, HarPair, OrionMember } from './har-entry.ts';

/** The text of an archive, piece by piece: it may be larger than is good to have at once. Each entry is one line. */
export async function* harText(
  traces: Iterable<RequestTrace> | AsyncIterable<RequestTrace>,
  version: string,
  comment: () => string,
): AsyncGenerator<string> {
  const creator = JSON.stringify({ name: 'Orion Studio', version });
  yield `{"log":{"version":"1.2","creator":${creator},"entries":[`;
  let isFirst = true;
  for await (const trace of traces) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(entryOf(trace))}`;
    isFirst = false;
    // Others get their turn between two entries.
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield `\n],"comment":${JSON.stringify(comment())}}}\n`;
}

/** A trace as an entry of an archive. Secrets are masked in the trace already. */
export function entryOf(trace: RequestTrace): HarEntry {
  const time = trace.durationMs ?? 0;
  const httpVersion = `HTTP/${trace.httpVersion}`;
  const message = { httpVersion, headersSize: -1 } as const;
  return {
    startedDateTime: new Date(trace.startedAt).toISOString(),
    time,
    request: {
      ...message,
      method: trace.method,
      url: `${trace.scheme}://${trace.host}${trace.path}`,
      cookies: cookiesOf(trace, 'sent'),
      headers: pairsOf(trace.requestHeaders),
      queryString: queryOf(trace.path),
      ...postDataOf(trace.requestBody),
      bodySize: trace.requestBody?.bytes ?? (trace.requestHeaders['content-length'] === undefined ? 0 : -1),
    },
    response: {
      ...message,
      status: trace.status ?? 0,
      statusText: STATUS_CODES[trace.status ?? 0] ?? '',
      cookies: cookiesOf(trace, 'set'),
      headers: pairsOf(trace.responseHeaders),
      content: contentOf(trace),
      redirectURL: trace.responseHeaders['location'] ?? '',
      bodySize: trace.responseBody?.bytes ?? -1,
    },
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: time, receive: 0 },
    serverIPAddress: '127.0.0.1',
    ...(trace.store ? { comment: `${trace.store.code}, ${trace.mode ?? 'no mode'}` } : {}),
    _orion: orionMember(trace),
  };
}

function orionMember(trace: RequestTrace): OrionMember {
  const { sequence, origin, requestHeaders, responseHeaders, requestBody, responseBody, ...rest } = trace;
  return { version: 1, ...rest, requestBody: factsOf(requestBody), responseBody: factsOf(responseBody) };
}

function factsOf(body: CapturedBody | null): BodyFacts | null {
  if (!body) return null;
  const { contentType, bytes, keptBytes, note } = body;
  const form = body.text !== null ? 'text' : body.base64 !== null ? 'base64' : 'none';
  return { contentType, bytes, keptBytes, note, form };
}

function pairsOf(headers: Readonly<Record<string, string>>): HarPair[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function queryOf(path: string): HarPair[] {
  const start = path.indexOf('?');
  return start === -1 ? [] : [...new URLSearchParams(path.slice(start))].map(([name, value]) => ({ name, value }));
}

function cookiesOf(trace: RequestTrace, direction: 'sent' | 'set'): HarCookie[] {
  return trace.cookies
    .filter((cookie) => cookie.direction === direction)
    .map(({ name, value, attributes }) => ({ name, value, ...attributesOf(attributes) }));
}

function attributesOf(attributes: string): Omit<HarCookie, 'name' | 'value'> {
  const given = new Map(
    attributes.split(';').map((part) => {
      const [name = '', ...value] = part.trim().split('=');
      return [name.toLowerCase(), value.join('=')] as const;
    }),
  );
  const [path, domain, expires] = [given.get('path'), given.get('domain'), given.get('expires')];
  const expiresAt = Date.parse(expires ?? '');
  return {
    ...(path === undefined ? {} : { path }),
    ...(domain === undefined ? {} : { domain }),
    ...(Number.isNaN(expiresAt) ? {} : { expires: new Date(expiresAt).toISOString() }),
    ...(given.has('httponly') ? { httpOnly: true } : {}),
    ...(given.has('secure') ? { secure: true } : {}),
  };
}

function postDataOf(body: CapturedBody | null): Pick<HarEntry['request'], 'postData'> {
  if (!body) return {};
  const mimeType = body.contentType ?? '';
  if (body.text !== null) return { postData: { mimeType, text: body.text } };
  return { postData: { mimeType, text: body.base64 ?? '', ...(body.base64 === null ? {} : { _encoding: 'base64' }) } };
}

function contentOf({ responseBody, responseHeaders }: RequestTrace): HarEntry['response']['content'] {
  const mimeType = responseBody?.contentType ?? responseHeaders['content-type'] ?? '';
  if (!responseBody) return { size: 0, mimeType, comment: 'Not kept.' };
  const { bytes, text, base64, note } = responseBody;
  return {
    size: bytes,
    mimeType,
    ...(text !== null ? { text } : base64 !== null ? { text: base64, encoding: 'base64' as const } : {}),
    ...(note === null ? {} : { comment: note }),
  };
}

/** Protects archives: what is written is read back unchanged, and what browsers write is understood, secrets masked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { har } from '../../contract/inspect.ts';
import { requestTrace } from '../../contract/requests.ts';
import { anyTrace, textBody, traceWith } from '../../testing/traces.ts';
import { entryOf, harText } from './export-har.ts';
import { importEntries, traceOf } from './import-har.ts';

const asFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function imported(entry: unknown) {
  const read = traceOf(asFile(entry));
  if ('reason' in read) throw new Error(read.reason);
  return read.trace;
}

function refused(entry: unknown): string {
  const read = traceOf(asFile(entry));
  return 'reason' in read ? read.reason : 'it was read';
}

/** As Chrome exports it: more members than the format has, and `_priority` of its own. */
const chrome = {
  _initiator: { type: 'other' },
  _priority: 'VeryHigh',
  startedDateTime: '2026-03-01T10:00:00.123Z',
  time: 41.5,
  request: {
    method: 'POST',
    url: 'https://shop.example.com/sign-in?next=%2F&token=s3cret#top',
    httpVersion: 'h2',
    headers: [
      { name: ':authority', value: 'shop.example.com' },
      { name: 'Cookie', value: 'session=abc; theme=dark' },
      { name: 'Authorization', value: 'Basic abc' },
      { name: 'Accept', value: 'text/html' },
    ],
    queryString: [],
    cookies: [{ name: 'session', value: 'abc', path: '/' }],
    headersSize: -1,
    bodySize: 20,
    postData: { mimeType: 'application/x-www-form-urlencoded', text: 'email=a%40b&password=hunter2', params: [] },
  },
  response: {
    status: 200,
    statusText: '',
    httpVersion: 'h2',
    headers: [
      { name: 'content-type', value: 'text/html; charset=iso-8859-1' },
      { name: 'set-cookie', value: 'session=new; Path=/; HttpOnly' },
    ],
    cookies: [],
    content: { size: 24, mimeType: 'text/html', text: '<p>Grüße</p>' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    _transferSize: 300,
  },
  cache: {},
  timings: { blocked: 1, dns: -1, ssl: -1, connect: -1, send: 0.5, wait: 30, receive: 10 },
  connection: '443',
};

describe('archives of this program', () => {
  it('are read back to the same archive, entry by entry', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const first = asFile(entryOf(trace));

        const second = asFile(entryOf(imported(first)));

        expect(second).toEqual(first);
        expect(requestTrace.safeParse(imported(first)).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('say what the format asks for', async () => {
    const trace = traceWith({
      path: '/products?page=2&q=caf%C3%A9',
      responseHeaders: { location: '/elsewhere', 'content-type': 'image/png' },
      responseBody: { contentType: 'image/png', bytes: 3, keptBytes: 3, text: null, base64: 'AAEC', note: null },
      requestBody: textBody('{"a":1}', 'application/json'),
      cookies: [{ name: 'cart', value: '…', direction: 'set', attributes: 'Path=/; HttpOnly; Secure' }],
    });

    let text = '';
    for await (const piece of harText([trace, trace], '1.0.0', () => 'Secrets are masked.')) text += piece;
    const archive = har.parse(JSON.parse(text));

    expect(archive.log).toMatchObject({ version: '1.2', creator: { name: 'Orion Studio', version: '1.0.0' } });
    expect(archive.log.entries).toHaveLength(2);
    expect(archive.log.entries[0]).toMatchObject({
      startedDateTime: '2025-11-21T04:40:00.000Z',
      time: 12.5,
      request: {
        url: 'http://techstore.localhost:8000/products?page=2&q=caf%C3%A9',
        httpVersion: 'HTTP/1.1',
        queryString: [
          { name: 'page', value: '2' },
          { name: 'q', value: 'café' },
        ],
        postData: { mimeType: 'application/json', text: '{"a":1}' },
        bodySize: 7,
      },
      response: {
        statusText: 'OK',
        redirectURL: '/elsewhere',
        content: { size: 3, mimeType: 'image/png', text: 'AAEC', encoding: 'base64' },
        cookies: [{ name: 'cart', value: '…', path: '/', httpOnly: true, secure: true }],
      },
      timings: { send: 0, wait: 12.5, receive: 0 },
    });
  });

  it('are refused where somebody has changed what only this program writes', () => {
    const entry = asFile(entryOf(traceWith())) as { _orion: Record<string, unknown> };

    expect(refused({ ...entry, _orion: { ...entry._orion, flags: ['nonsense'] } })).toMatch(
      /^Its _orion member was changed: flags/,
    );
    // No date: writing the archive again would fail as a whole.
    expect(refused({ ...entry, _orion: { ...entry._orion, startedAt: 1e300 } })).toMatch(/startedAt/);
  });

  it('lose an id that no address could have', () => {
    const entry = asFile(entryOf(traceWith())) as { _orion: Record<string, unknown> };

    expect(imported({ ...entry, _orion: { ...entry._orion, requestId: '../<script>' } }).requestId).toBe('');
  });

  it('have secrets masked that came in since', () => {
    const entry = entryOf(traceWith());
    const headers = [{ name: 'authorization', value: 'Bearer abc' }];

    expect(imported({ ...entry, request: { ...entry.request, headers } }).requestHeaders).toEqual({
      authorization: '…',
    });
  });
});

describe('archives of browsers', () => {
  it('are read with secrets masked wherever they stand', () => {
    const trace = imported(chrome);

    expect(trace).toMatchObject({
      method: 'POST',
      scheme: 'https',
      host: 'shop.example.com',
      path: '/sign-in?next=%2F&token=…',
      httpVersion: '2.0',
      status: 200,
      durationMs: 41.5,
      startedAt: Date.parse('2026-03-01T10:00:00.123Z'),
      store: null,
      origin: 'imported',
      requestHeaders: { cookie: '…', authorization: '…', accept: 'text/html' },
      responseHeaders: { 'set-cookie': '…' },
      requestBody: { text: 'email=a%40b&password=…' },
      responseBody: { text: '<p>Grüße</p>', contentType: 'text/html; charset=iso-8859-1' },
    });
    expect(JSON.stringify(trace)).not.toMatch(/s3cret|hunter2|abc/);
    expect(trace.spans.map(({ name }) => name)).toEqual(['blocked', 'send', 'wait', 'receive']);
    expect(requestTrace.safeParse({ ...trace, requestId: 'x' }).error).toBeUndefined();
  });

  it('may lack nearly everything', () => {
    const trace = imported({
      startedDateTime: '2026-03-01T10:00:00Z',
      request: { method: 'get', url: 'http://a.example' },
    });

    expect(trace).toMatchObject({
      method: 'GET',
      host: 'a.example',
      path: '/',
      status: null,
      durationMs: null,
      requestBody: null,
    });
  });

  it('may hold bytes, forms as pairs, requests that failed, and bodies of any size', () => {
    const content = (more: object) =>
      imported({
        ...chrome,
        response: { ...chrome.response, content: { size: 3, mimeType: 'image/png', ...more }, headers: [] },
      });

    expect(content({ text: 'AAEC', encoding: 'base64' }).responseBody).toMatchObject({
      base64: 'AAEC',
      text: null,
      bytes: 3,
    });
    expect(content({}).responseBody).toMatchObject({ bytes: 3, keptBytes: 0, note: 'Not in the HAR file.' });
    expect(content({ text: 'x'.repeat(300_000), mimeType: 'text/plain' }).responseBody).toMatchObject({
      bytes: 300_000,
      keptBytes: 262_144,
    });
    const form = { ...chrome.request, postData: { mimeType: '', params: [{ name: 'a', value: '1 2' }] } };
    expect(imported({ ...chrome, request: form }).requestBody?.text).toBe('a=1+2');
    expect(imported({ ...chrome, response: { ...chrome.response, status: 0 }, time: -1 })).toMatchObject({
      status: null,
      durationMs: null,
    });
  });

  it.each([
    ['no object', 'a string', 'Invalid input'],
    ['nothing inside', {}, 'startedDateTime is missing'],
    ['another date', { ...chrome, startedDateTime: 'yesterday' }, 'startedDateTime is not a date'],
    [
      'another scheme',
      { ...chrome, request: { ...chrome.request, url: 'data:text/plain,x' } },
      'request.url is not an address of HTTP',
    ],
    ['no method', { ...chrome, request: { ...chrome.request, method: 'G T' } }, 'request.method is not a method'],
  ])('name what is wrong with an entry: %s', (_what, entry, reason) => {
    expect(refused(entry)).toContain(reason);
  });

  it('never fail, whatever an entry holds', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void traceOf(value)));
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('request', 'response', 'timings', 'time'), (value, member) => {
        traceOf({ ...chrome, [member]: value });
      }),
    );
  });
});

describe('importEntries', () => {
  it('takes what can be read, names the rest, and gives ids that are free', async () => {
    const added: string[] = [];
    const own = asFile(entryOf(traceWith({ requestId: 'known-id' })));

    const result = await importEntries([own, own, {}, chrome], {
      resolve: async () => undefined,
      add: (trace) => void added.push(trace.requestId),
      isKnown: (id) => added.includes(id),
      newId: () => `new-${added.length}`,
    });

    expect(result).toEqual({ imported: 3, skipped: [{ entry: 2, reason: expect.stringContaining('missing') }] });
    expect(added).toEqual(['known-id', 'new-1', 'new-2']);
  });
});

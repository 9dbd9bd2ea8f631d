/** Protects what is sent when a request is repeated: nothing that HTTP cannot carry, and secrets to their own host alone. */
import { describe, expect, it } from 'vitest';
import type { ResendInput } from '../contract/inspect.ts';
import type { OriginalRequest } from '../observability/recorded-parts.ts';
import { textBody, traceWith } from '../testing/traces.ts';
import { buildOutgoing } from './outgoing.ts';

const original: OriginalRequest = {
  url: '/sign-in?token=abc',
  headers: { cookie: 'session=1', accept: 'text/html' },
  body: Buffer.from('password=x'),
};
const masked = traceWith({
  method: 'POST',
  path: '/sign-in?token=…',
  requestHeaders: { cookie: '…', accept: 'text/html', connection: 'close', 'content-length': '10', ':path': '/' },
  requestBody: textBody('password=…', 'application/x-www-form-urlencoded'),
});
const build = (input: ResendInput, known: OriginalRequest | null = original, trace = masked) =>
  buildOutgoing({ trace, original: known }, input);

function faultsOf(input: ResendInput): string[] {
  try {
    build(input);
    return [];
  } catch (error) {
    return (error as { faults: { field: string; message: string }[] }).faults.map(
      ({ field, message }) => `${field} ${message}`,
    );
  }
}

describe('buildOutgoing', () => {
  it('puts secrets back where they belong and are still known', () => {
    const { path, headers, secrets, body, notes } = build({});

    expect({ path, secrets, notes, body: body?.toString(), headers: Object.fromEntries(headers) }).toEqual({
      path: '/sign-in?token=abc',
      secrets: ['cookie'],
      notes: [],
      body: 'password=x',
      headers: { cookie: 'session=1', accept: 'text/html' },
    });
  });

  it('sends no secret to another host, and none that was changed', () => {
    const elsewhere = build({ url: 'http://other.localhost:8000/' });
    const changed = build({ headers: { Cookie: 'mine…', 'X-A': '1' } });

    expect([...elsewhere.headers.keys()]).toEqual(['accept']);
    expect(elsewhere.notes).toEqual(['Left out: cookie (masked).']);
    expect([...changed.headers.keys()]).toEqual(['x-a']);
  });

  it('says what is not known any more', () => {
    const code = (input: ResendInput, trace = masked) => {
      try {
        build(input, null, trace);
        return 'sent';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const withBody = (more: object) => traceWith({ requestBody: { ...textBody('abc'), ...more } });

    expect(code({})).toBe('address_masked');
    expect(code({ url: '/sign-in' })).toBe('sent');
    expect(code({}, withBody({ bytes: 900 }))).toBe('body_cut_off');
    expect(code({}, withBody({ contentType: 'multipart/form-data; boundary=x' }))).toBe('body_not_kept');
    expect(code({}, traceWith({ requestHeaders: { 'content-length': '5' } }))).toBe('body_not_kept');
    expect(code({ body: 'x' }, withBody({ bytes: 900 }))).toBe('sent');
    expect(code({ body: null }, withBody({ bytes: 900 }))).toBe('sent');
  });

  it.each<[string, ResendInput, string]>([
    ['an unknown method', { method: 'FETCH' }, 'method "FETCH" is not a method'],
    ['a tunnel', { method: 'CONNECT' }, 'method "CONNECT" is not a method'],
    ['another scheme', { url: 'file:///etc/passwd' }, 'url must be a whole URL'],
    ['a line break', { url: '/a\r\nX-Evil: 1' }, 'url has a line break'],
    ['letters in a host', { url: 'http://čaj.example/' }, 'url has a host with characters outside ASCII'],
    ['a long address', { url: `/${'x'.repeat(9000)}` }, 'url has 9001 characters'],
    ['a header that ends early', { headers: { A: 'x\r\nB: y' } }, 'headers.a has a line break'],
    ['a name with a space', { headers: { 'a b': 'x' } }, 'headers.a b is not a name'],
    ['headers without end', { headers: { a: 'x'.repeat(20_000) } }, 'headers have 20005 bytes'],
  ])('refuses %s', (_what, input, fault) => {
    expect(faultsOf(input)).toEqual([expect.stringContaining(fault)]);
  });

  it('percent-encodes what HTTP cannot carry, and leaves everything else as it was written', () => {
    expect(build({ url: '/a b/č%20/../x?q="1"#part' }).path).toBe('/a%20b/%C4%8D%20/../x?q="1"');
    expect(build({ url: 'HTTP://Shop.Example?x' })).toMatchObject({ host: 'Shop.Example', path: '/?x' });
    expect(build({ url: '/\ud800' }).path).toBe('/%EF%BF%BD');
  });

  it('declares text that replaces an encoded body as what it is', () => {
    const trace = traceWith({ requestHeaders: { 'content-encoding': 'gzip' }, requestBody: textBody('abc') });

    expect(build({}, { ...original, body: Buffer.from('gz') }, trace).headers.has('content-encoding')).toBe(true);
    expect(build({ body: 'new' }, original, trace).headers.has('content-encoding')).toBe(false);
    expect(build({ method: 'GET' }, original, trace).notes).toEqual(['A GET with a body is rarely read by servers.']);
  });
});

/** The file that proves a domain, from servers that do as they like. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FetchedFile, type FetchFileOptions, fetchFile, MAX_FILE_BYTES } from './fetch-file.ts';

const URL_OF_FILE = 'http://shop.test/.well-known/orion-verify.txt';

async function fetchFrom(listener: RequestListener, options: Partial<FetchFileOptions> = {}): Promise<FetchedFile> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return fetchFile(URL_OF_FILE, {
    addressesOf: async () => ({ ok: true, values: ['198.51.100.1'] }),
    reach: () => ({ host: '127.0.0.1', port }),
    ...options,
  });
}

describe('fetchFile', () => {
  it('gives the text, also behind a redirect to the same name with www', async () => {
    const hosts: string[] = [];
    const file = await fetchFrom((request, response) => {
      hosts.push(request.headers.host ?? '');
      if (request.headers.host === 'shop.test')
        response.writeHead(301, { Location: 'http://www.shop.test/code.txt' }).end();
      else response.end('abc\n');
    });

    expect(file).toEqual({ ok: true, text: 'abc\n', url: 'http://www.shop.test/code.txt' });
    expect(hosts).toEqual(['shop.test', 'www.shop.test']);
  });

  it.each<[string, RequestListener, string]>([
    [
      'a redirect to another name',
      (_q, r) => void r.writeHead(302, { Location: 'http://evil.test/' }).end(),
      'other_host',
    ],
    [
      'a redirect to another port',
      (_q, r) => void r.writeHead(302, { Location: 'http://shop.test:8080/' }).end(),
      'other_host',
    ],
    ['a redirect to a file', (_q, r) => void r.writeHead(302, { Location: 'file:///etc/passwd' }).end(), 'malformed'],
    ['a circle', (q, r) => void r.writeHead(302, { Location: q.url ?? '' }).end(), 'loop'],
    ['endless redirects', (q, r) => void r.writeHead(302, { Location: `${q.url}x` }).end(), 'loop'],
    ['a missing file', (_q, r) => void r.writeHead(404).end(), 'not_found'],
    ['an error', (_q, r) => void r.writeHead(500).end(), 'status'],
    ['an endless answer', (_q, r) => void r.end(Buffer.alloc(MAX_FILE_BYTES + 1)), 'too_large'],
    ['a connection that ends', (_q, r) => void r.destroy(), 'unreachable'],
  ])('refuses %s', async (_what, listener, kind) => {
    expect(await fetchFrom(listener)).toMatchObject({ ok: false, kind });
  });

  it('gives up on a server that never answers', async () => {
    expect(await fetchFrom(() => undefined, { timeoutMs: 100 })).toMatchObject({ ok: false, kind: 'timeout' });
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.1.1',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
  ])('sends nothing to %s in production, also when it is one of several', async (address) => {
    let asked = 0;
    const count = () => {
      asked += 1;
    };
    const file = await fetchFrom(count, {
      isPublicOnly: true,
      addressesOf: async () => ({ ok: true, values: ['93.184.215.14', address] }),
    });

    expect(file).toMatchObject({ ok: false, kind: 'private_address' });
    expect(asked).toBe(0);
  });
});

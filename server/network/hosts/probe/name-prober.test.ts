import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { askWithCurl, proxyFor } from './curl.ts';
import { NameProber } from './name-prober.ts';

/** A server with an identity on 127.0.0.1. */
async function serverOf(bootId: string): Promise<number> {
  const server = createServer((_request, response) => response.setHeader('X-Orion-Boot', bootId).end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const name = (text: string) => ({ name: text, kind: 'domain', store: 'shop' }) as const;

it('asks every name of each client, few at once, and is done when a resolver never answers', async () => {
  const port = await serverOf('me');
  let asking = 0;
  let most = 0;
  const prober = new NameProber({
    bootId: 'me',
    async lookUp(asked) {
      asking += 1;
      most = Math.max(most, asking);
      await new Promise((resolve) => setImmediate(resolve));
      asking -= 1;
      return asked === 'lost.test'
        ? { addresses: [], failure: 'timeout', ms: 3000 }
        : { addresses: ['127.0.0.1'], failure: null, ms: 1 };
    },
    askWithCurl: async () => null,
  });

  const found = await prober.probe(
    [...Array.from({ length: 50 }, (_, index) => name(`shop${index}.test`)), name('lost.test')],
    port,
  );

  expect(found).toHaveLength(51);
  expect(most).toBeLessThanOrEqual(2);
  expect(found[0]?.clients.map(({ client, verdict }) => `${client} ${verdict}`)).toEqual([
    'browser works',
    'app works',
    'system works',
    'curl works',
  ]);
  expect(found[0]?.clients[1]?.http).toMatchObject({ isOurs: true, status: 200 });
  expect(found.at(-1)?.clients[2]?.verdict).toBe('fails');
});

it('reads what curl prints', async () => {
  const printed = 'HTTP/1.1 200 OK\r\nX-Orion-Boot: me\r\nDate: x\r\n\r\n200 127.0.0.1';

  expect(await askWithCurl('shop.test', 8000, 'me', async () => ({ stdout: printed }))).toMatchObject({
    http: { status: 200, isOurs: true },
    addresses: ['127.0.0.1'],
  });
  const missing = () => Promise.reject(Object.assign(new Error('no curl'), { code: 'ENOENT' }));
  expect(await askWithCurl('shop.test', 8000, 'me', missing)).toBeNull();
});

it('knows which names curl asks a proxy for', () => {
  const env = { http_proxy: 'http://proxy:3128', no_proxy: 'localhost, .test' };

  expect(proxyFor('shop.example', env)).toBe('http://proxy:3128');
  expect([proxyFor('shop.localhost', env), proxyFor('shop.test', env), proxyFor('shop.example', {})]).toEqual([
    null,
    null,
    null,
  ]);
});

import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pacFile } from './pac-file.ts';
import { readAbsolute, readConnect } from './target.ts';

/** Where a browser would send a host, by the file. */
function sentTo(file: string, host: string): string {
  return runInNewContext(`${file}\nFindProxyForURL("http://" + host + "/", host)`, { host }) as string;
}

describe('pacFile', () => {
  const file = pacFile(['localhost', 'shop.localhost', 'Shop.Example'], 8001);

  it.each([
    ['shop.localhost', 'PROXY 127.0.0.1:8001'],
    ['SHOP.EXAMPLE', 'PROXY 127.0.0.1:8001'],
    ['shop.example.', 'PROXY 127.0.0.1:8001'],
    ['www.shop.example', 'DIRECT'],
    ['example', 'DIRECT'],
    ['shop.example.org', 'DIRECT'],
    ['constructor', 'DIRECT'],
    ['__proto__', 'DIRECT'],
    ['', 'DIRECT'],
  ])('%s: %s', (host, expected) => {
    expect(sentTo(file, host)).toBe(expected);
  });

  it('sends nothing anywhere while the proxy is off', () => {
    expect(sentTo(pacFile(['shop.example'], null), 'shop.example')).toBe('DIRECT');
  });

  it('stays a script with any name in it, in plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const made = pacFile([name], 8001);
        expect(made).toMatch(/^[\x20-\x7e\n]*$/);
        expect(sentTo(made, 'elsewhere.example.org')).toBe('DIRECT');
      }),
    );
  });
});

describe('what the proxy is asked for', () => {
  const ports = { http: 8000, https: 8443 };

  it('reads whole addresses, and keeps the host as it was written', () => {
    expect(readAbsolute('http://Shop.Example/a?b=//c', ports)).toEqual({
      target: { hostname: 'shop.example', authority: 'Shop.Example', port: 8000 },
      path: '/a?b=//c',
    });
    expect(readAbsolute('http://shop.example:8000?x', ports)).toMatchObject({ path: '/?x' });
  });

  it.each([
    ['/', 400],
    ['https://shop.example/', 400],
    ['http://user@shop.example/', 400],
    ['http://[::1]/', 400],
    ['http://shop.example:22/', 403],
    ['http://shop.example:8443/', 403],
  ])('refuses %s with %d', (target, status) => {
    expect(readAbsolute(target, ports)).toMatchObject({ status });
  });

  it('leads tunnels to the two ports of the server alone', () => {
    expect(readConnect('shop.example:443', ports)).toMatchObject({ port: 8443 });
    expect(readConnect('shop.example:8443', ports)).toMatchObject({ port: 8443 });
    expect(readConnect('shop.example:80', ports)).toMatchObject({ port: 8000 });
    expect(readConnect('shop.example:25', ports)).toMatchObject({ status: 403 });
    expect(readConnect('shop.example', ports)).toMatchObject({ status: 400 });
    expect(readConnect('shop.example:443', { http: 8000, https: null })).toMatchObject({ status: 403 });
  });
});

import { existsSync, statSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { expectOperation } from './testing/call-operation.ts';
import { askOverHttp2, askSecurely, openTls, shownNames } from './testing/https.ts';
import { addDomain, startSecure } from './testing/secure-platform.ts';
import type { TestPlatform } from './testing/test-platform.ts';

const NAVIGATION = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

/** An HTTP/2 session that ends with the test. */
function openSession(port: number, name: string, ca: string): ClientHttp2Session {
  const session = connectHttp2(`https://${name}:${port}`, { createConnection: () => openTls(port, name, ca) });
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  return session;
}

describe('stores over HTTPS', () => {
  it('answer with a certificate for each name, over HTTP/1.1 and HTTP/2, and links stay on HTTPS', async () => {
    const platform = await startSecure();
    const { securePort, ca, dataDir } = platform;
    await addDomain(platform, 'fashion', 'fashion.example');

    for (const [name, title] of [
      ['techstore.localhost', 'TechStore'],
      ['fashion.example', 'Fashion'],
      ['localhost', 'Orion'],
    ] as const) {
      for (const send of [askSecurely, askOverHttp2]) {
        const answer = await send(securePort, { name, ca, headers: { accept: 'text/html' } });
        expect([name, answer.status]).toEqual([name, 200]);
        expect(answer.text).toContain(title);
      }
      expect(await shownNames(securePort, name)).toBe(`DNS:${name}`);
    }
    const page = await askOverHttp2(securePort, { name: 'techstore.localhost', ca, headers: { accept: 'text/html' } });
    expect(page.text).toContain(`<link rel="canonical" href="https://techstore.localhost:${securePort}/">`);
    const modes = ['authority.key', 'authority.crt', 'hosts/host_fashion.example.pem'].map((file) =>
      (statSync(join(dataDir, 'certificates', file)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['600', '600', '600']);
  });

  it('show the certificate of the platform to strangers, to addresses and for unknown stores, and make none', async () => {
    const platform = await startSecure('techstore');
    const { securePort, dataDir, ca } = platform;

    for (const name of ['evil.example', 'nosuch.localhost', 'a.techstore.localhost', undefined])
      expect(await shownNames(securePort, name)).toBe('DNS:localhost');
    await expect(askSecurely(securePort, { name: 'evil.example', ca })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(existsSync(join(dataDir, 'certificates/hosts/host_evil.example.pem'))).toBe(false);
    const { certificates } = await expectOperation(platform, 'certificates');
    expect(certificates.map(({ names }) => names)).toEqual([['localhost']]);
  });
});

describe('the journey of a request over HTTP/2', () => {
  it('is the same as over HTTP/1.1: host, path, scheme, headers and body', async () => {
    const { securePort, ca, parts } = await startSecure('techstore');
    const authorization = `Bearer ${parts.controlToken}`;
    const over = (headers: Record<string, string>, more: object = {}) =>
      askOverHttp2(securePort, { name: 'admin.localhost', ca, headers: { authorization, ...headers }, ...more });

    const why = { method: 'POST', path: '/api/why', body: JSON.stringify({ url: 'http://techstore.localhost/' }) };
    const answered = await over({ 'content-type': 'application/json' }, why);
    const listed = await over({}, { path: '/api/requests?limit=10' });
    const { requests } = listed.json<{ requests: { requestId: string; host: string; method: string }[] }>();
    const request = requests.find(({ method }) => method === 'POST');
    const trace = (await over({}, { path: `/api/requests/${request?.requestId}` })).json<Record<string, unknown>>();

    expect([answered.status, answered.json()]).toEqual([200, expect.objectContaining({ outcome: 'store' })]);
    expect(request?.host).toBe(`admin.localhost:${securePort}`);
    expect(trace).toMatchObject({ scheme: 'https', httpVersion: '2.0', status: 200 });
    const headers = trace as { requestHeaders: object; responseHeaders: object };
    expect(headers.requestHeaders).toMatchObject({ host: `admin.localhost:${securePort}` });
    const names = [...Object.keys(headers.requestHeaders), ...Object.keys(headers.responseHeaders)];
    expect(names.filter((name) => name.startsWith(':') || name === 'connection')).toEqual([]);
  });

  it('refuses a Host that differs from :authority, an unreadable one, and an unknown one', async () => {
    const { securePort, ca } = await startSecure('techstore');
    const name = 'techstore.localhost';
    const send = (headers: Record<string, string>) => askOverHttp2(securePort, { name, ca, headers });

    expect((await send({ host: `${name}:${securePort}` })).status).toBe(200);
    expect((await send({ host: 'fashion.localhost' })).json()).toMatchObject({ status: 400, code: 'host_repeated' });
    expect((await send({ ':authority': 'evil.example' })).json()).toMatchObject({ status: 421, code: 'host_unknown' });
    expect((await send({ ':authority': 'localhost:99999' })).json()).toMatchObject({
      status: 400,
      code: 'host_port_invalid',
    });
    expect((await askOverHttp2(securePort, { name, ca, path: '/%2e%2e/x' })).status).toBe(400);
  });

  it('signs in with a cookie that is for HTTPS alone, and streams events until the server ends', async () => {
    const { securePort, ca, parts, stop } = await startSecure('techstore');
    const name = 'admin.localhost';
    const token = parts.links.create({ kind: 'console' }, 60_000);
    const signedIn = await askOverHttp2(securePort, { name, ca, path: `/sign-in?token=${token}` });
    const cookie = signedIn.headers['set-cookie'] ?? '';
    expect(cookie).toMatch(new RegExp(`^orion_console_${securePort}=.*; samesite=strict; secure; httponly$`));

    const session = openSession(securePort, name, ca);
    const stream = session.request({ ':path': '/api/events', cookie: cookie.split(';')[0] ?? '' });
    let text = '';
    const ended = new Promise((resolve) => stream.once('end', resolve));
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await vi.waitFor(() => expect(text).toContain('event: hello'));
    parts.events.tellChanged('certificates');
    await vi.waitFor(() => expect(text).toContain('"what":"certificates"'));
    await stop();
    await ended;
    await vi.waitFor(() => expect(session.destroyed).toBe(true));
  });

  it('ends connections that nobody uses when the server ends', async () => {
    const { securePort, ca, stop } = await startSecure('techstore');
    const session = openSession(securePort, 'techstore.localhost', ca);
    const closed = new Promise((resolve) => session.once('close', resolve));
    await new Promise((resolve) => session.once('connect', resolve));

    await stop();
    await closed;
  });

  it('counts a client that goes away as 499', async () => {
    const platform = await startSecure('techstore');
    const { securePort, ca, parts } = platform;
    const session = openSession(securePort, 'admin.localhost', ca);
    const stream = session.request({
      ':path': '/api/why',
      ':method': 'POST',
      authorization: `Bearer ${parts.controlToken}`,
      'content-type': 'application/json',
    });
    stream.on('error', () => undefined).write('{');
    await vi.waitFor(async () => expect(await inFlight(platform)).toBeGreaterThan(0));
    stream.close(8);

    await vi.waitFor(() => {
      const { requests } = parts.recorder.list({ limit: 50, offset: 0 });
      expect(requests.find(({ path }) => path === '/api/why')?.status).toBe(499);
    });
  });

  it('answers what cannot be read in words, and headers that are too large', async () => {
    const { securePort, ca } = await startSecure('techstore');
    const name = 'techstore.localhost';
    const raw = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTls({ host: '127.0.0.1', port: securePort, servername: name, ca });
        let received = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => {
          received += chunk;
        });
        socket.on('error', reject).on('close', () => resolve(received));
        socket.write(text);
      });

    expect(await raw('GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 [\s\S]*request_unreadable/,
    );
    expect(await raw(`GET / HTTP/1.1\r\nHost: ${name}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    expect(await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*host_missing/);
    expect((await askSecurely(securePort, { name, ca })).status).toBe(200);
  });
});

async function inFlight({ parts }: TestPlatform): Promise<number> {
  const { values } = await parts.metrics.requestsInFlight.get();
  return values[0]?.value ?? 0;
}

describe('from http to https', () => {
  it('leads people to the same address, and nobody else', async () => {
    const platform = await startSecure('techstore');
    const { ask, securePort } = platform;
    const go = async (host: string, path: string, headers: Record<string, string> = NAVIGATION, method = 'GET') => {
      const answer = await ask({ host, path, headers, method });
      return [answer.status, answer.headers['location']];
    };
    expect((await go('techstore.localhost:{port}', '/'))[0]).toBe(200);
    await expectOperation(platform, 'changeHttps', { body: { redirect: true } });

    const target = (rest: string) => [308, `https://techstore.localhost:${securePort}${rest}`];
    expect(await go('TechStore.localhost.:{port}', '/products?q=a%20b&x=/y')).toEqual(target('/products?q=a%20b&x=/y'));
    expect(await go('techstore.localhost', '/', {}, 'HEAD')).toEqual(target('/'));
    expect(await go('techstore.localhost', '/admin/')).toEqual(target('/admin/'));
    expect((await go('localhost', '/'))[1]).toBe(`https://localhost:${securePort}/`);
    for (const [host, path, headers, method] of [
      ['admin.localhost', '/'],
      ['localhost', '/admin/'],
      ['techstore.localhost', '/health'],
      ['techstore.localhost', '/.well-known/orion-verify.txt'],
      ['techstore.localhost', '/api/v1/products'],
      ['techstore.localhost', '/products', NAVIGATION, 'POST'],
      ['techstore.localhost', '/', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
      ['nosuch.localhost', '/'],
      ['evil.example', '/'],
    ] as const)
      expect([host, path, (await go(host, path, headers, method))[0]]).not.toEqual([host, path, 308]);
    expect((await askSecurely(securePort, { name: 'techstore.localhost', ca: platform.ca })).status).toBe(200);
  });

  it('tells browsers to come by https only over https, only when wanted, never for the console', async () => {
    const platform = await startSecure('techstore');
    const { ask, securePort, ca } = platform;
    const hsts = async (name: string) =>
      (await askOverHttp2(securePort, { name, ca })).headers['strict-transport-security'];
    expect(await hsts('techstore.localhost')).toBeUndefined();
    await expectOperation(platform, 'changeHttps', { body: { hstsSeconds: 86_400 } });

    expect(await hsts('techstore.localhost')).toBe('max-age=86400');
    expect(await hsts('admin.localhost')).toBeUndefined();
    const plain = await ask({ host: 'techstore.localhost' });
    expect([plain.status, plain.headers['strict-transport-security']]).toEqual([200, undefined]);
  });

  it('leaves what a trusted proxy took by https alone', async () => {
    const platform = await startSecure('techstore', ['--trust-proxy', 'true']);
    await expectOperation(platform, 'changeHttps', { body: { redirect: true } });
    const status = async (proto: string) =>
      (await platform.ask({ host: 'techstore.localhost', headers: { ...NAVIGATION, 'X-Forwarded-Proto': proto } }))
        .status;

    expect([await status('https'), await status('http')]).toEqual([200, 308]);
  });
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CertificatesState } from './contract/certificates.ts';
import { storeDomains } from './database/platform-tables.ts';
import { issueForHost, makeAuthority } from './network/tls/issue.ts';
import { callOperation, expectOperation } from './testing/call-operation.ts';
import { askOverHttp2, askSecurely, openTls, shownNames } from './testing/https.ts';
import { platformOf } from './testing/platform-rows.ts';
import { takePort } from './testing/take-port.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { startTestPlatform, type TestPlatform } from './testing/test-platform.ts';

const NAVIGATION = { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

interface SecurePlatform extends TestPlatform {
  readonly securePort: number;
  readonly ca: string;
}

/** A server with HTTPS on and two stores; browsers' trust is looked at in an empty home folder. */
async function startSecure(fixtures = 'techstore,fashion', flags: readonly string[] = []): Promise<SecurePlatform> {
  const home = temporaryFolder();
  const https = ['--https', 'true', '--https-port', '0', '--trust-home', home];
  const platform = await startTestPlatform({ fixtures, flags: [...https, ...flags] });
  const ca = readFileSync(join(platform.dataDir, 'certificates/authority.crt'), 'utf8');
  return { ...platform, securePort: platform.parts.tls.https.inForce.listeningPort ?? 0, ca };
}

/** A custom domain as if it had been added and verified. */
async function addDomain(platform: TestPlatform, code: string, domain: string): Promise<void> {
  const store = await platform.parts.stores.get(code);
  await platformOf(platform).table(storeDomains).insert({
    storeId: store.id,
    domain,
    isPrimary: true,
    isActive: true,
    isVerified: true,
    verificationToken: 'token',
    createdAt: new Date(),
  });
  platform.parts.directory.forget();
}

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

describe('switching', () => {
  it('on, to another port and off while http goes on, also from a page that came over it', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--trust-home', temporaryFolder()] });
    const off = await expectOperation(platform, 'certificates');
    expect(off).toMatchObject({
      https: { isOn: false, listeningPort: null, url: null },
      authority: null,
      certificates: [],
    });
    expect(existsSync(join(platform.dataDir, 'certificates'))).toBe(false);

    const port = await takePort();
    const on = await expectOperation(platform, 'changeHttps', { body: { isOn: true, port } });
    const ca = readFileSync(on.authority?.certificateFile ?? '', 'utf8');
    const name = 'techstore.localhost';
    expect(on.https).toMatchObject({ isOn: true, fault: null, url: `https://localhost:${on.https.listeningPort}/` });
    expect((await askOverHttp2(on.https.listeningPort ?? 0, { name, ca })).status).toBe(200);

    const moved = await expectOperation(platform, 'changeHttps', { body: { port: await takePort() } });
    const former = on.https.listeningPort ?? 0;
    const { listeningPort } = moved.https;
    expect((await askOverHttp2(listeningPort ?? 0, { name, ca })).status).toBe(200);
    await vi.waitFor(() => expect(askSecurely(former, { name, ca })).rejects.toMatchObject({ code: 'ECONNREFUSED' }));

    const authorization = `Bearer ${platform.parts.controlToken}`;
    const itself = await askOverHttp2(listeningPort ?? 0, {
      name: 'admin.localhost',
      ca,
      method: 'PATCH',
      path: '/api/https',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ isOn: false }),
    });
    expect(itself.json<CertificatesState>().https).toMatchObject({ isOn: false, listeningPort: null, url: null });
    expect((await platform.ask({ host: name })).status).toBe(200);
    await platform.stop();
    const again = await startTestPlatform({ dataDir: platform.dataDir });
    expect(again.parts.tls.https.inForce).toMatchObject({ isOn: false, port: moved.https.port });
  });

  it('takes the next port when the wanted one is taken, and refuses what who started it asked for', async () => {
    const { port } = await startTestPlatform();
    const flags = ['--https', 'true', '--https-port', String(port), '--trust-home', temporaryFolder()];
    const other = await startTestPlatform({ flags: ['--trust-home', temporaryFolder()] });

    const { https } = await expectOperation(other, 'changeHttps', { body: { isOn: true, port } });
    expect(https.port).toBe(port);
    expect(https.listeningPort).toBeGreaterThan(port);
    await expect(startTestPlatform({ flags })).rejects.toThrow(
      `Port ${port} is in use by another program. Stop it, or name another port with --https-port.`,
    );
  });

  it('says why it is not on, and leaves everything as it was, when the authority cannot be used', async () => {
    const platform = await startSecure('none');
    const { dataDir } = platform;
    await expectOperation(platform, 'changeHttps', { body: { redirect: true } });
    await platform.stop();
    writeFileSync(join(dataDir, 'certificates/authority.key'), 'damaged');
    const flags = ['--trust-home', temporaryFolder()];
    const again = await startTestPlatform({ dataDir, flags });
    const { https, authority } = await expectOperation(again, 'certificates');

    expect(authority).toBeNull();
    expect(https).toMatchObject({ isOn: true, listeningPort: null, fault: expect.stringContaining('it is damaged') });
    const refused = await callOperation(again, 'changeHttps', { body: { isOn: true } });
    expect(refused.json()).toMatchObject({ status: 409, code: 'https_unavailable' });
    await expect(startTestPlatform({ dataDir: again.dataDir, flags: [...flags, '--https', 'true'] })).rejects.toThrow();
    await expectOperation(again, 'renewCertificates');
    const on = await expectOperation(again, 'changeHttps', { body: { isOn: true } });
    expect(on.https).toMatchObject({ isOn: true, fault: null, listeningPort: expect.any(Number) });
  });
});

describe('certificates', () => {
  it('are imported for their names, refused with every fault, and removed', async () => {
    const platform = await startSecure('techstore');
    const { securePort, dataDir } = platform;
    await addDomain(platform, 'techstore', 'www.shop.example');
    const elsewhere = await makeAuthority('ffffff', new Date());
    const { createPrivateKey } = await import('node:crypto');
    const signer = {
      certificate: elsewhere.certificate,
      key: createPrivateKey(elsewhere.key),
      notAfter: Date.now() * 2,
    };
    const wildcard = await issueForHost(signer, '*.shop.example', new Date());

    const refused = await callOperation(platform, 'importCertificate', { body: { ...wildcard, key: elsewhere.key } });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ field: 'key', message: 'does not belong to the certificate' }],
    });
    expect(await shownNames(securePort, 'www.shop.example')).toBe('DNS:www.shop.example');
    const { certificates } = await expectOperation(platform, 'importCertificate', { body: wildcard });
    expect(certificates.find(({ source }) => source === 'imported')).toMatchObject({
      names: ['*.shop.example'],
      fault: null,
    });
    const shown = await askOverHttp2(securePort, { name: 'www.shop.example', ca: elsewhere.certificate });
    expect(shown.status).toBe(200);
    expect(readFileSync(join(dataDir, 'certificates/hosts/host_www.shop.example.pem'), 'utf8')).toContain(
      'PRIVATE KEY',
    );

    await expectOperation(platform, 'removeCertificate', { params: { name: '*.shop.example' } });
    expect(await shownNames(securePort, 'www.shop.example')).toBe('DNS:www.shop.example');
    expect((await callOperation(platform, 'removeCertificate', { params: { name: 'x' } })).status).toBe(404);
  });

  it('are of the new authority after it was renewed, and only its certificate can be had', async () => {
    const platform = await startSecure('techstore');
    const { securePort, ca, askConsole } = platform;
    const name = 'techstore.localhost';
    await askSecurely(securePort, { name, ca });
    const { state } = await expectOperation(platform, 'renewCertificates');
    const download = await askConsole({ path: '/api/certificates/authority.crt' });

    expect(state.authority?.fingerprint).not.toBe(undefined);
    expect(download.headers['content-type']).toContain('application/x-x509-ca-cert');
    expect(download.text).not.toContain('PRIVATE');
    expect((await askSecurely(securePort, { name, ca: download.text })).status).toBe(200);
    await expect(askSecurely(securePort, { name, ca })).rejects.toThrow(/signature|issuer|verify/);
    expect((await platform.ask({ host: name, path: '/api/certificates/authority.crt' })).status).toBe(404);
  });

  it('are trusted and mistrusted through the API, which tells every console', async () => {
    const platform = await startSecure('none');
    const unknown = await callOperation(platform, 'trustAuthority', { body: { stores: ['nonsense'] } });
    expect(unknown.json()).toMatchObject({ status: 422, errors: [{ field: 'stores' }] });

    const { state, elevation } = await expectOperation(platform, 'trustAuthority', { body: { stores: ['node'] } });
    expect(elevation).toBeNull();
    expect(state.trust.map(({ id }) => id)).toEqual(process.platform === 'linux' ? ['nss:chromium', 'node'] : ['node']);
    await expectOperation(platform, 'untrustAuthority');
  });
});

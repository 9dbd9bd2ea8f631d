import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../app.ts';
import { listenOnLoopback } from '../network/listen.ts';
import { type Answer, ask, sendRaw } from '../testing/http.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { signInToConsole, startTestPlatform } from '../testing/test-platform.ts';

const NAVIGATION = {
  Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Dest': 'document',
};

const HOSTILE_PATHS = [
  '/console-assets/../index.html',
  '/console-assets/..%2findex.html',
  '/console-assets/%2e%2e/index.html',
  '/console-assets/%252e%252e%252f%252e%252e%252fsecret.js',
  '/console-assets/..%5c..%5csecret.js',
  '/console-assets//etc/passwd',
  '/console-assets/%00.js',
  '/console-assets/index-1a2B3c4D.js%00.css',
  '/console-assets/%ff.js',
  '/console-assets/link.js',
  '/console-assets/secret.txt',
  '/console-assets/',
  '/console-assets/missing.js',
];

const FETCHES = [
  ['/', 'cross-site', 'navigate', 'iframe', 403],
  ['/', 'same-origin', 'navigate', 'iframe', 404],
  ['/', 'cross-site', 'navigate', 'document', 200],
  ['/', 'same-site', 'cors', 'empty', 403],
  ['/console-assets/index-1a2B3c4D.js', 'same-origin', 'cors', 'script', 200],
  ['/console-assets/index-1a2B3c4D.js', 'cross-site', 'no-cors', 'script', 403],
  ['/console-assets/index-1a2B3c4D.js', 'same-site', 'no-cors', 'script', 403],
  ['/api/overview', 'same-origin', 'cors', 'empty', 200],
  ['/api/overview', 'same-site', 'cors', 'empty', 403],
  ['/api/overview', 'cross-site', 'navigate', 'document', 403],
] as const;

/** A server with a small app built, and what asks it as a signed-in browser. */
async function startWithApp(isBuilt = true) {
  const platform = await startTestPlatform();
  const Cookie = await signInToConsole(platform);
  const folder = temporaryFolder();
  const consoleDirectory = join(folder, 'dist');
  if (isBuilt) {
    mkdirSync(join(consoleDirectory, 'console-assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.js'), 'confidential');
    writeFileSync(
      join(consoleDirectory, 'index.html'),
      '<meta name="csp-nonce" content="__NONCE__"><div id="root"></div>',
    );
    writeFileSync(join(consoleDirectory, 'console-assets/index-1a2B3c4D.js'), 'app()');
    writeFileSync(join(consoleDirectory, 'console-assets/color-scheme.js'), 'scheme()');
    writeFileSync(join(consoleDirectory, 'console-assets/secret.txt'), 'confidential');
    symlinkSync(join(folder, 'secret.js'), join(consoleDirectory, 'console-assets/link.js'));
  }
  const listening = await listenOnLoopback(buildApp({ ...platform.parts, consoleDirectory }).callback(), 0, true);
  onTestFinished(() => listening.close(0));
  // The cookie's name holds the port of the server that gave it.
  const cookie = Cookie.replace(`_${platform.port}=`, `_${listening.port}=`);
  const get = (path: string, headers: Record<string, string> = NAVIGATION, method = 'GET'): Promise<Answer> =>
    ask(listening.port, { host: 'admin.localhost:{port}', path, method, headers: { Cookie: cookie, ...headers } });
  return { get, port: listening.port, cookie };
}

describe('the console app', () => {
  it('is the answer to every address of a screen, with a nonce of its own each time', async () => {
    const { get } = await startWithApp();

    const nonces = new Set<string>();
    for (const path of ['/', '/stores/techstore', '/requests?store=techstore', '/preview/', '/apiary']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toContain('<div id="root">');
      const nonce = /content="([0-9a-f]{32})"/.exec(answer.text)?.[1] ?? '';
      expect(answer.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(5);
  });

  it('may load its own files, show stores, and be in no frame', async () => {
    const { get, port } = await startWithApp();
    const { headers } = await get('/');

    expect(headers['x-frame-options']).toBe('DENY');
    expect(
      Object.fromEntries((headers['content-security-policy'] ?? '').split('; ').map((one) => splitFirst(one))),
    ).toEqual({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': expect.stringMatching(/^'self' 'nonce-\w+'$/),
      'img-src': `'self' data: blob: http://localhost:${port} http://*.localhost:${port}`,
      'connect-src': "'self'",
      'frame-src': `http://localhost:${port} http://*.localhost:${port}`,
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
  });

  it('has files that can be kept for good when their names change with their content', async () => {
    const { get } = await startWithApp();
    const answer = await get('/console-assets/index-1a2B3c4D.js', {
      'Sec-Fetch-Site': 'same-origin',
      'Sec-Fetch-Dest': 'script',
    });

    expect(answer).toMatchObject({ status: 200, text: 'app()' });
    expect(answer.headers).toMatchObject({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect((await get('/console-assets/index-1a2B3c4D.js', {}, 'HEAD')).status).toBe(200);
    const fixed = await get('/console-assets/color-scheme.js', {});
    expect(fixed.headers['cache-control']).toBe('private, no-cache');
    expect(
      (await get('/console-assets/color-scheme.js', { 'If-None-Match': fixed.headers['etag'] ?? '' })).status,
    ).toBe(304);
  });

  it('gives nothing else away', async () => {
    const { port, cookie } = await startWithApp();

    for (const path of HOSTILE_PATHS) {
      const lines = [`GET ${path} HTTP/1.1`, `Host: admin.localhost:${port}`, `Cookie: ${cookie}`, 'Connection: close'];
      const answer = await sendRaw(port, `${lines.join('\r\n')}\r\n\r\n`);
      expect(answer, path).toMatch(/^HTTP\/1.1 (400|404|308) /);
      expect(answer, path).not.toMatch(/confidential|root"|root:/);
    }
  });

  it('leaves what is no screen to the API, to files and to the 404', async () => {
    const { get } = await startWithApp();

    for (const path of ['/api', '/api/', '/api/nothing', '/api/stores/techstore/nothing']) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    for (const path of ['/assets/nothing.css', '/console-assets', '/media/x.webp'])
      expect((await get(path)).status, path).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect(
        (await get('/stores', { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' }, method)).status,
        method,
      ).toBe(404);
    expect((await get('/sign-out')).status).toBe(405);
    expect((await get('/favicon.ico', { Accept: 'image/avif,image/webp,*/*;q=0.8' })).status).toBe(404);
    expect((await get('/metrics')).text).toContain('http_requests_total');
    expect((await get('/health')).json()).toMatchObject({ status: 'ok' });
  });

  it('is for the signed-in administrator alone, files included', async () => {
    const { port } = await startWithApp();

    for (const path of ['/', '/stores/techstore', '/console-assets/index-1a2B3c4D.js']) {
      const answer = await ask(port, { host: 'admin.localhost:{port}', path, headers: NAVIGATION });
      expect(answer.status, path).toBe(401);
      expect(answer.text).toContain('npx orion console');
    }
  });

  it("does nothing on another page's behalf but follow its links", async () => {
    const { get } = await startWithApp();

    for (const [path, site, mode, destination, status] of FETCHES) {
      const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': destination };
      const answer = await get(path, { Accept: 'text/html', ...headers });
      expect(answer.status, `${path} ${site} ${mode} ${destination}`).toBe(status);
    }
  });

  it('says how to build it when it is not there, and the API works on', async () => {
    const { get } = await startWithApp(false);

    const page = await get('/stores/techstore');
    expect(page.status).toBe(503);
    expect(page.text).toContain('npm start');
    expect(page.text).toContain('npm run build');
    expect((await get('/console-assets/index-1a2B3c4D.js')).status).toBe(404);
    expect((await get('/api/stores', { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });
});

it("lets the console, and nobody else, show a store's pages in a frame, also those that say why there is none", async () => {
  const platform = await startTestPlatform({ fixtures: 'techstore' });
  const ancestors = async (path: string) => {
    const { headers } = await platform.ask({ host: 'techstore.localhost', path, headers: { Accept: 'text/html' } });
    return { policy: headers['content-security-policy'], options: headers['x-frame-options'] };
  };
  const allowed = {
    policy: expect.stringMatching(/frame-ancestors 'self' http:\/\/admin\.localhost/),
    options: undefined,
  };

  expect(await ancestors('/')).toEqual(allowed);
  expect(await ancestors('/nothing')).toEqual(allowed);
  expect(await ancestors('/admin/sign-in')).toEqual({
    policy: expect.stringContaining("frame-ancestors 'none'"),
    options: 'DENY',
  });
  await platform.askConsole({ method: 'PATCH', path: '/api/stores/techstore', body: { isActive: false } });
  expect(await ancestors('/')).toEqual(allowed);
});

function splitFirst(text: string): [string, string] {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
}

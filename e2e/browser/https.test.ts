/** HTTPS in a real browser whose home folder is its own, so that its trust can be given and taken. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, expect, test } from '@playwright/test';
import type { CertificatesState, ChangedTrust } from '../../server/contract/certificates.ts';
import { type OrionServer, startServer } from './support/orion-server.ts';

const DOMAIN = 'fashion-house.example';

test.skip(process.platform !== 'linux', 'elsewhere Chromium reads the list of the system, which tests leave alone');
test.skip(spawnSync('certutil', ['-H']).error !== undefined, 'needs certutil: apt-get install libnss3-tools');

// Browsers start three times, also on machines that do other work as well.
test.setTimeout(180_000);

let home: string;
let server: OrionServer;
let port: number;

test.beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'orion-home-'));
  server = await startServer('any', ['--https', 'true', '--https-port', '0', '--trust-home', home]);
  const { https } = (await server.orion('cert', 'list')) as CertificatesState;
  port = https.listeningPort ?? 0;
  await server.orion('domain', 'add', 'fashion', DOMAIN);
  await server.orion('domain', 'verify', 'fashion', DOMAIN, '--method', 'administrator');
});

test.afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

test('stores and a custom domain load without a warning while the browser trusts the authority, and not before or after', async () => {
  const names = ['techstore.localhost', 'fashion.localhost', DOMAIN, 'localhost'];
  const refused = names.map(() => 'net::ERR_CERT_AUTHORITY_INVALID');

  expect(await openAll(names)).toEqual(refused);
  const trusted = (await server.orion('cert', 'trust', '--store', 'nss:chromium')) as ChangedTrust;
  expect(trusted.results).toEqual([{ id: 'nss:chromium', isDone: true, message: 'Chrome and Chromium is done.' }]);
  expect(await openAll(names)).toEqual(names.map(() => '200 h2 secure'));

  await server.orion('cert', 'untrust');
  expect(await openAll(names)).toEqual(refused);
});

test('a page, its pictures, the console and its events work over HTTP/2', async () => {
  await server.orion('cert', 'trust', '--store', 'nss:chromium');
  await withBrowser(async (browser) => {
    const page = await browser.newPage();
    const failed: string[] = [];
    page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));
    await page.goto(`https://techstore.localhost:${port}/`);
    await page.getByRole('link', { name: 'Products' }).first().click();
    await expect(page).toHaveURL(`https://techstore.localhost:${port}/products`);

    const { url } = (await server.orion('console')) as { url: string };
    const link = new URL(url);
    link.protocol = 'https:';
    link.port = String(port);
    await page.goto(link.href);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const events = await page.evaluate(async () => {
      const stream = new EventSource('/api/events');
      const name = await new Promise((resolve) => {
        stream.addEventListener('hello', (event) => resolve(event.type));
        stream.addEventListener('error', () => resolve('error'));
      });
      stream.close();
      return name;
    });
    expect(events).toBe('hello');
    expect(failed).toEqual([]);
  });
});

/** What came of opening each name: the error, or status, protocol and whether the browser calls it secure. */
async function openAll(names: readonly string[]): Promise<string[]> {
  return withBrowser(async (browser) => {
    const page = await browser.newPage();
    const results: string[] = [];
    for (const name of names) {
      try {
        const response = await page.goto(`https://${name}:${port}/`);
        const protocol = await page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol");
        const details = await response?.securityDetails();
        results.push(`${response?.status()} ${protocol} ${details ? 'secure' : 'plain'}`);
      } catch (error) {
        results.push(/net::\w+/.exec((error as Error).message)?.[0] ?? String(error));
      }
    }
    return results;
  });
}

/** A browser of its own each time: it reads whom it trusts when it starts. */
async function withBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: process.env['ORION_CHROMIUM'] ?? '',
    env: { ...process.env, HOME: home } as Record<string, string>,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      `--host-resolver-rules=MAP ${DOMAIN} 127.0.0.1`,
    ],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

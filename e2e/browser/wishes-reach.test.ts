/** Wishes 4, 7, 8 and 18 of those that wishes.test.ts lists: ports, HTTPS, which store answers and why, requests sent again. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import type { Cookie, Page } from '@playwright/test';
import type { CertificatesState } from '../../server/contract/certificates.ts';
import type { DoctorReport } from '../../server/contract/doctor.ts';
import { type OrionServer, projectRoot, startServer } from './support/orion-server.ts';
import { consoleCookies, expect, test } from './support/test.ts';

let server: OrionServer;
let cookies: Cookie[];
const folder = mkdtempSync(join(tmpdir(), 'orion-reach-'));

test.use({ viewport: { width: 1440, height: 900 } });
test.beforeAll(async ({ browser }) => {
  server = await startServer('any', ['--hosts-file', join(folder, 'hosts'), '--trust-home', folder]);
  cookies = await consoleCookies(browser, server);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(({ context }) => context.addCookies(cookies));

const open = (page: Page, path: string) => page.goto(server.console + path);

test.describe('wish 4: a port that is taken', () => {
  test('is named with its process, and the server takes the next one', async () => {
    // Whoever has it already is as good.
    const held = await listen(8000).catch(() => null);
    const moved = await startServer('usual', ['--fixtures', 'none']);
    try {
      expect(moved.port).toBeGreaterThan(8000);
      const finding = await askDoctor(moved, 'port:http');
      expect(finding).toMatchObject({ status: 'warning' });
      expect(finding?.message).toContain(`The server listens on ${moved.port}, because 8000 was taken`);
      expect(finding?.message).toMatch(
        held ? new RegExp(`8000 is in use by ".+" \\(process ${process.pid}, `) : / is in use by /,
      );
      expect(finding?.fix?.command).toMatch(/^(kill|Stop-Process)/);
      expect((await moved.ask(`localhost:${moved.port}`, '/')).status).toBe(200);
    } finally {
      await moved.stop();
      held?.close();
    }
  });

  test('is refused in a sentence when it was asked for', async () => {
    const args = ['server/main.ts', '--port', String(server.port), '--data-dir', join(folder, 'second')];
    const { status, stderr } = spawnSync(process.execPath, [...args, '--fixtures', 'none'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      `Port ${server.port} is in use by another program. Stop it, or name another port with --port.`,
    );
  });

  test('for HTTPS is named in the console, where another one is chosen while the server runs', async ({ page }) => {
    const held = await listen(0);
    const taken = (held.address() as AddressInfo).port;
    await open(page, 'names/certificates');
    const https = page.getByRole('region', { name: 'HTTPS', exact: true });
    const choose = async (port: number) => {
      await https.getByRole('textbox', { name: 'Port' }).fill(String(port));
      await https.getByRole('button', { name: 'Save' }).click();
      await expect(https.getByRole('button', { name: 'Save' })).toBeDisabled();
    };
    await choose(taken);
    const first = await switchHttps(page, true);
    expect(first).toBeGreaterThan(taken);

    await open(page, 'names/doctor');
    const finding = page.getByRole('region', { name: 'Ports' }).getByRole('listitem', { name: 'Port for HTTPS' });
    await expect(finding).toContainText(`The server listens on ${first}, because ${taken} was taken`);
    await expect(finding).toContainText(`process ${process.pid}`);
    await finding.getByText('Details').click();
    await expect(finding).toContainText(new RegExp(`(kill|Stop-Process -Id) ${process.pid}`));

    const free = await freePort();
    await open(page, 'names/certificates');
    await choose(free);
    await expect(page.getByText(`HTTPS is on, port ${free}`)).toBeVisible();
    await expect(shownCertificate(free, 'localhost')).resolves.toMatchObject({ subjectaltname: 'DNS:localhost' });
    held.close();
    await switchHttps(page, false);
  });
});

test.describe('wish 7: HTTPS', () => {
  test('is one switch; each name has a certificate for itself alone, and off is off', async ({ page }) => {
    await open(page, 'names/certificates');
    const port = await switchHttps(page, true);
    const ca = await authorityOf(server);
    const names = ['techstore.localhost', 'fashion.localhost', 'orion.lu'];
    const shown = await Promise.all(names.map((name) => shownCertificate(port, name, ca)));
    expect(shown.map(({ subjectaltname }) => subjectaltname)).toEqual(names.map((name) => `DNS:${name}`));
    expect(new Set(shown.map(({ fingerprint256 }) => fingerprint256)).size).toBe(names.length);
    // For a name that no store has there is no certificate, and none for many names in its place.
    expect((await shownCertificate(port, 'nosuch.localhost')).subjectaltname).toBe('DNS:localhost');
    await page.reload();
    const table = page.getByRole('region', { name: 'Certificates by name' });
    await expect(table.getByRole('cell', { name: 'techstore.localhost', exact: true })).toBeVisible();
    await expect(table.getByText('*')).toHaveCount(0);

    await switchHttps(page, false);
    await expect(shownCertificate(port, 'techstore.localhost')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await server.ask(`techstore.localhost:${server.port}`, '/')).status).toBe(200);
  });

  test('is trusted by the browser with one press, and forgotten with another', async ({ page }) => {
    test.skip(process.platform !== 'linux', 'elsewhere the list is that of the system, which tests leave alone');
    test.skip(spawnSync('certutil', ['-H']).error !== undefined, 'needs certutil: apt-get install libnss3-tools');
    const database = `sql:${join(folder, '.pki/nssdb')}`;
    const trusted = () => spawnSync('certutil', ['-L', '-d', database], { encoding: 'utf8' }).stdout;
    await open(page, 'names/certificates');
    await switchHttps(page, true);
    const browser = page.getByRole('listitem', { name: 'Chrome and Chromium' });
    await page.getByRole('button', { name: 'Trust everywhere' }).click();
    await expect(browser.getByText('trusted', { exact: true })).toBeVisible();
    expect(trusted()).toMatch(/Orion Studio/);

    await page.getByRole('button', { name: 'Remove trust everywhere' }).click();
    await expect(browser.getByText('not trusted', { exact: true })).toBeVisible();
    expect(trusted()).not.toMatch(/Orion Studio/);
    await switchHttps(page, false);
  });
});

test.describe('wish 8: which store answers', () => {
  test('does not depend on the port, the letters or the last dot of the Host', async ({ page }) => {
    const marker = `host-${Date.now()}`;
    const hosts = ['techstore.localhost', 'techstore.localhost:9', 'TechStore.localhost.:443', 'orion.lu:65535'];
    const answers = await Promise.all(hosts.map((host) => server.ask(host, `/?${marker}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(({ text }) => /<title>(TechStore|Orion Shop)/.exec(text)?.[1])).toEqual([
      ...['TechStore', 'TechStore', 'TechStore'],
      'Orion Shop',
    ]);

    await open(page, `requests?text=${marker}`);
    await page.getByRole('row').filter({ hasText: 'techstore.localhost:9' }).click();
    await expect(page.getByText('Reached TechStore by subdomain.')).toBeVisible();
  });

  test('is explained by the page of a misspelt host, and by its request in the console alike', async ({ page }) => {
    const marker = `why-${Date.now()}`;
    expect((await page.goto(server.storeUrl('techstor', `/?${marker}`)))?.status()).toBe(404);
    await expect(page.getByRole('link', { name: 'techstore', exact: true })).toBeVisible();
    const ladder = page.getByRole('table', { name: 'What each routing rule saw' });
    const reasons = await ladder.locator('tbody td:last-child').allTextContents();
    expect(reasons).toHaveLength(5);

    await open(page, `requests?text=${marker}`);
    await page.getByRole('row').filter({ hasText: marker }).click();
    const details = page.getByRole('region', { name: 'Recorded details' });
    await expect(details.getByText('Refused with 404: no store was reached.')).toBeVisible();
    await expect(details.getByText('No store has the address techstor.localhost.')).toBeVisible();
    const rungs = details
      .getByRole('list', { name: 'Routing rules in the order they are tried' })
      .getByRole('listitem');
    await expect(rungs).toHaveCount(5);
    for (const [index, reason] of reasons.entries())
      await expect(rungs.nth(index)).toContainText(reason, { ignoreCase: true });
  });
});

test('wish 18: a request is sent again, also changed, and copied and saved without its secrets', async ({
  page,
  context,
}) => {
  const marker = `again-${Date.now()}`;
  const secret = 'not-for-others-4711';
  const headers = { Accept: 'text/html', Authorization: `Bearer ${secret}`, Cookie: `session=${secret}` };
  await server.ask(`techstore.localhost:${server.port}`, `/products/laptop?${marker}`, headers);
  await open(page, `requests?text=${marker}`);
  const rows = page.getByRole('row').filter({ hasText: marker });
  await rows.first().click();
  const details = page.getByRole('region', { name: 'Recorded details' });
  await expect(details).toBeVisible();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as' }).click();
  await page.getByRole('menuitem', { name: 'Bug report' }).click();
  await expect(page.getByText('Bug report copied')).toBeVisible();
  const report = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(report).toMatch(new RegExp(`^# .GET /products/laptop\\?${marker}. answered 200\n`));
  expect(report).toContain('## Who answered, and why');
  expect(report).not.toContain(secret);

  await page.keyboard.press('r');
  const compared = page.getByRole('region', { name: 'Comparison' });
  await expect(compared.getByRole('article', { name: /^Right/ })).toContainText('sent from the console');
  await page.getByRole('button', { name: 'Back to the request' }).click();
  await page.getByRole('button', { name: 'Edit and resend' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit and resend' });
  await edit.getByRole('textbox', { name: 'URL' }).fill(server.storeUrl('techstore', `/nowhere?${marker}`));
  await edit.getByRole('button', { name: 'Send the changed request' }).click();
  await expect(compared.getByRole('article', { name: /^Left/ })).toContainText('200');
  await expect(compared.getByRole('article', { name: /^Right.*\/nowhere/ })).toContainText('404');

  const file = join(folder, 'requests.har');
  expect(await server.orion('requests', 'export', file, '--store', 'techstore', '--text', marker)).toMatchObject({
    entries: 3,
  });
  expect(readFileSync(file, 'utf8')).toContain(marker);
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  await server.orion('requests', 'import', file);
  await open(page, `requests?text=${marker}`);
  await expect(rows).toHaveCount(6);
  await expect(rows.filter({ hasText: 'imported' })).toHaveCount(3);
});

/** Turns HTTPS on or off at its switch; returns the port it is on, or was on. */
async function switchHttps(page: Page, isOn: boolean): Promise<number> {
  const state = page.getByText(isOn ? /^HTTPS is on, port \d+$/ : 'HTTPS is off', { exact: !isOn });
  const control = page.getByRole('switch', { name: 'HTTPS', exact: true });
  await expect(control).toBeEnabled();
  if ((await control.isChecked()) !== isOn) await control.press('Space');
  await expect(state).toBeVisible();
  return Number(/\d+$/.exec(await state.innerText())?.[0] ?? 0);
}

async function authorityOf({ orion }: OrionServer): Promise<string> {
  const { authority } = (await orion('cert', 'list')) as CertificatesState;
  return readFileSync(authority?.certificateFile ?? '', 'utf8');
}

/** The certificate that is shown for a name; with `ca`, only one that it signed and that is for the name. */
function shownCertificate(port: number, servername: string, ca?: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const trust = ca === undefined ? { rejectUnauthorized: false } : { ca };
    const socket = connect({ host: '127.0.0.1', port, servername, ...trust }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/** What `orion doctor` says of one thing; it ends with 1 when anything else failed. */
async function askDoctor({ orion }: OrionServer, id: string) {
  const failed = ({ stdout }: { readonly stdout: string }): unknown => JSON.parse(stdout);
  const { findings } = (await orion('doctor').catch(failed)) as DoctorReport;
  return findings.find((finding) => finding.id === id);
}

async function listen(port: number): Promise<Server> {
  const holder = createServer().listen(port, '127.0.0.1');
  await once(holder, 'listening');
  return holder;
}

async function freePort(): Promise<number> {
  const holder = await listen(0);
  const { port } = holder.address() as AddressInfo;
  holder.close();
  return port;
}

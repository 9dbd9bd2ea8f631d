/**
 * What users of comparable tools wish for most, each shown answered from end to end. Wishes 2, 3, 5, 6, 22 and 25 are here, 5
 * and 25 for the system's own file in wishes-own-hosts.test.ts, 4, 7, 8 and 18 in wishes-reach.test.ts. What other tests show in
 * full is not repeated; they are:
 *
 * | wish | test file › title |
 * |---|---|
 * | 2, 25 | names-for-real.test.ts › names, certificates and pages work in every client, and leave no trace |
 * | 3 | pac.test.ts › Chromium reaches a custom domain by the PAC file, without a port and without a hosts entry |
 * | 3 | ../electron/names.test.ts › a custom domain opens in the app without a hosts entry, as a browser would show it |
 * | 4 | ../electron/recovery.test.ts › a port that is taken ends in the failure screen, and quitting says that it failed |
 * | 5 | ../electron/names.test.ts › administrator rights are asked for by id alone |
 * | 6 | console-names.test.ts › a file that another program changed is not written over: the new change is shown first |
 * | 7 | https.test.ts › stores and a custom domain load without a warning while the browser trusts the authority, and not before or after |
 * | 7 | ../electron/names.test.ts › https works inside the app without trust, for the platform’s own certificates alone |
 * | 8 | routing.test.ts › an unknown host explains itself › with the stores of a similar name, and a way to them |
 * | 18 | console-requests.test.ts › a request is explained, and sent again to another store beside the first |
 * | 18 | console-requests.test.ts › requests go out as a HAR file and come back in |
 * | 22 | domains.test.ts › the owner's domain › is added, found wrong, put right, and then answers with the shop |
 */
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cookie, Page } from '@playwright/test';
import { type OrionServer, startServer } from './support/orion-server.ts';
import { consoleCookies, expect, test } from './support/test.ts';

/** What others wrote: CRLF, tabs, comments, a name twice, one of ours beside another, a letter in Latin-1, no end of line. */
const OTHERS = Buffer.from(
  [
    '# kept by hand, caf\xe9',
    '127.0.0.1\tlocalhost # this machine',
    '::1\t\tlocalhost ip6-localhost',
    '10.0.0.9  printer\ttechstore.localhost',
    '10.0.0.9  printer',
    '',
    '# BEGIN another tool',
    '10.0.0.8\tdb.internal',
    '# END another tool',
  ].join('\r\n'),
  'latin1',
);

let server: OrionServer;
let cookies: Cookie[];
const folder = mkdtempSync(join(tmpdir(), 'orion-wishes-'));
const hostsFile = join(folder, 'hosts');

test.beforeAll(async ({ browser }) => {
  server = await startServer('any', ['--hosts-file', hostsFile, '--trust-home', folder]);
  cookies = await consoleCookies(browser, server);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(async ({ context }) => {
  writeFileSync(hostsFile, OTHERS);
  await context.addCookies(cookies);
});

const open = (page: Page, path: string) => page.goto(server.console + path);
const hosts = () => readFileSync(hostsFile, 'latin1');
/** The names that lead to an address, by lines of their own. */
const namesAt = (address: string) =>
  hosts()
    .split(/\r?\n/)
    .filter((line) => line.startsWith(`${address} `))
    .map((line) => line.slice(address.length + 1));
const write = (page: Page) => page.getByRole('button', { name: /^Write \d+ names$/ });
const written = (page: Page) => page.getByRole('region', { name: 'The names are written' });
const flip = (page: Page, name: string) => page.getByRole('switch', { name }).press('Space');

test('wish 2: every store and domain has its entry as soon as it is made, and none when it is closed or deleted', async ({
  page,
}) => {
  test.slow();
  const present = () => expect.poll(() => namesAt('127.0.0.1'));
  const all = ['admin', 'fashion', 'orion', 'techstore'].map((label) => `${label}.localhost`);
  await open(page, 'names/hosts');
  await flip(page, 'Keep in step');
  await present().toEqual(expect.arrayContaining([...all, 'orion.lu']));

  await server.orion('store', 'create', 'Tea House');
  await present().toContain('tea-house.localhost');
  await server.orion('domain', 'add', 'tea-house', 'tea.example');
  await server.orion('domain', 'verify', 'tea-house', 'tea.example', '--method', 'administrator');
  await present().toContain('tea.example');
  await open(page, 'stores/tea-house');
  await page.getByRole('button', { name: 'Close store' }).click();
  await present().not.toContain('tea-house.localhost');
  await page.getByRole('button', { name: 'Reopen store' }).click();
  await present().toEqual(expect.arrayContaining(['tea-house.localhost', 'tea.example']));

  // A store keeps its address under another name: links to it go on working.
  await open(page, 'stores/tea-house?tab=settings');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tea Room');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tea Room' })).toBeVisible();
  expect((await server.ask(`tea-house.localhost:${server.port}`, '/')).text).toContain('Tea Room');
  await server.orion('domain', 'remove', 'tea-house', 'tea.example');
  await present().not.toContain('tea.example');
  expect(namesAt('127.0.0.1')).toContain('tea-house.localhost');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete store' }).click();
  await present().not.toContain('tea-house.localhost');
  expect(namesAt('127.0.0.1')).toEqual(expect.arrayContaining(all));
  await server.orion('hosts', 'clean');
  expect(readFileSync(hostsFile).equals(OTHERS)).toBe(true);
});

test('wish 3: each name says which clients reach it and why, with the way for those that do not', async ({ page }) => {
  await server.orion('domain', 'add', 'fashion', 'only-in-the-app.example');
  await server.orion('domain', 'verify', 'fashion', 'only-in-the-app.example', '--method', 'administrator');
  await open(page, 'names');
  const matrix = page.getByRole('region', { name: 'Names by client' });
  await expect(matrix.getByRole('columnheader')).toContainText(['Browser', 'This app', 'Other programs', 'curl']);
  const verdicts = async (name: string, expected: readonly RegExp[]) => {
    const button = matrix.getByRole('button', { name, exact: true });
    const cells = matrix.getByRole('row').filter({ hasText: name }).getByRole('cell');
    for (const [index, verdict] of expected.entries()) await expect(cells.nth(index + 2)).toContainText(verdict);
    await button.click();
  };

  await verdicts('only-in-the-app.example', [/^fails/, /^works/, /^fails/, /^(fails|not known)/]);
  const why = matrix.getByRole('definition');
  await expect(why.nth(1)).toContainText('The app resolves every name of the platform itself, without the hosts file.');
  await expect(why.nth(2)).toContainText('The system does not know this name.');
  await expect(why.nth(2)).toContainText('Write the names into the hosts file: orion hosts sync');
  await matrix.getByRole('button', { name: 'only-in-the-app.example', exact: true }).click();

  // A name below .localhost works in some browsers by themselves, and the others are named.
  await verdicts('techstore.localhost', [/^works/, /^works/]);
  await expect(why.first()).toContainText('Chrome, Edge and Firefox lead names below .localhost to this machine');
  await expect(page.getByRole('heading', { name: 'Without administrator rights' })).toBeVisible();
});

test('wish 5: what cannot be written is said with its cause and the remedy', async ({ page }) => {
  rmSync(hostsFile);
  mkdirSync(hostsFile);
  try {
    await open(page, 'names/hosts');
    await expect(page.getByText('The hosts file cannot be written')).toBeVisible();
    const known = page.getByRole('region', { name: 'To know about this file' });
    await expect(known).toContainText(`${hostsFile} is a folder. Names are looked up in a file.`);
    await expect(known).toContainText('Move it away; a file is made in its place.');
    await expect(write(page)).toBeDisabled();
  } finally {
    rmdirSync(hostsFile);
  }
});

test('wish 6: lines of others survive writing, undo and removal byte for byte', async ({ page }) => {
  await open(page, 'names/hosts');
  const diff = page.getByRole('region', { name: 'What would change in the hosts file' });
  await expect(diff.getByText('added: 127.0.0.1 fashion.localhost')).toBeVisible();
  await expect(diff.getByText(/^removed: /)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'To know about this file' })).toContainText(
    'techstore.localhost leads to another machine by line 4',
  );
  const writeNames = async () => {
    await write(page).click();
    await expect(written(page)).toBeVisible();
    expect(readFileSync(hostsFile).subarray(0, OTHERS.length).equals(OTHERS)).toBe(true);
    const own = hosts().slice(OTHERS.length);
    expect(own).toContain('\r\n127.0.0.1 fashion.localhost\r\n');
    expect(own.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  };

  await writeNames();
  await page.getByRole('button', { name: 'Undo last change' }).click();
  await page.getByRole('button', { name: 'Undo the change' }).click();
  await expect(page.getByRole('region', { name: 'The last change is undone' })).toBeVisible();
  expect(readFileSync(hostsFile).equals(OTHERS)).toBe(true);

  await writeNames();
  await page.getByRole('button', { name: 'More for the hosts file' }).click();
  await page.getByRole('menuitem', { name: /^Remove all names/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove all names?' });
  await expect(dialog.getByText('removed: 127.0.0.1 fashion.localhost')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove all names' }).click();
  await expect(page.getByRole('region', { name: 'All names are removed' })).toBeVisible();
  expect(readFileSync(hostsFile).equals(OTHERS)).toBe(true);
});

test('wish 22: a domain may have any end; the two that make trouble say so', async ({ page, playwright }) => {
  await open(page, 'stores/fashion?tab=domains');
  const field = page.getByRole('textbox', { name: 'Domain' });
  const form = page.getByRole('form', { name: 'Add a domain' });
  for (const [domain, warning] of [
    ['tea-house.local', 'multicast DNS'],
    ['tea-house.dev', 'Browsers open names below .dev over HTTPS alone.'],
  ] as const) {
    await field.fill(domain);
    await expect(form).toContainText(warning);
    await expect(form).toContainText('It can be added.');
  }
  const domain = `tea-house-${process.pid}.site`;
  await field.fill(domain);
  await expect(form).not.toContainText('Browsers open');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const guide = page.getByRole('region', { name: domain, exact: true });
  await guide.getByText('Mark it as verified without a check').click();
  await guide.getByRole('button', { name: 'Mark as verified' }).click();
  await expect(guide.getByText('verified', { exact: true })).toBeVisible();

  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const browser = await playwright.chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...args, `--host-resolver-rules=MAP ${domain} 127.0.0.1`],
  });
  try {
    const shop = await browser.newPage();
    expect((await shop.goto(`http://${domain}:${server.port}/products`))?.status()).toBe(200);
    await expect(shop).toHaveTitle(/Fashion Boutique/);
  } finally {
    await browser.close();
  }
});

test('wish 25: ::1 is a switch, and the server answers at both addresses', async ({ page }) => {
  await open(page, 'names/hosts');
  await write(page).click();
  await expect.poll(() => namesAt('127.0.0.1')).toContain('techstore.localhost');
  expect(namesAt('::1')).toEqual([]);

  for (const expected of [namesAt('127.0.0.1'), []]) {
    await flip(page, 'IPv6 as well');
    await expect(page.getByText(/^Not in step: /)).toBeVisible();
    await write(page).click();
    await expect.poll(() => namesAt('::1')).toEqual(expected);
  }

  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  for (const address of hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'])
    expect([address, await statusAt(address)]).toEqual([address, 200]);
});

function statusAt(address: string): Promise<number | undefined> {
  const headers = { Host: `techstore.localhost:${server.port}` };
  return new Promise((resolve, reject) => {
    get({ host: address, port: server.port, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}

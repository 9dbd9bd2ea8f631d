/** The Names screen and a store's domains on the real server, with a hosts file of its own. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { severeFaults } from './support/accessibility.ts';
import { type OrionServer, startServer } from './support/orion-server.ts';
import { expect, signInToConsole, test } from './support/test.ts';

const BEFORE = '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n# kept by hand\n10.0.0.9\tprinter';

let server: OrionServer;
const folder = mkdtempSync(join(tmpdir(), 'orion-names-'));
const hostsFile = join(folder, 'hosts');

test.beforeAll(async () => {
  server = await startServer('any', ['--hosts-file', hostsFile, '--trust-home', folder, '--https-port', '0']);
});
test.afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
test.beforeEach(async ({ page }) => {
  writeFileSync(hostsFile, BEFORE);
  await signInToConsole(page, server);
});

const open = (page: Page, path: string) => page.goto(server.console + path);
const hosts = () => readFileSync(hostsFile, 'utf8');
const write = (page: Page) => page.getByRole('button', { name: /^Write \d+ names$/ });

test('names are looked at, written to the hosts file and taken out again, byte for byte', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  const matrix = page.getByRole('region', { name: 'Names by client' });
  await matrix.getByRole('button', { name: 'orion.lu', exact: true }).click();
  await expect(matrix.getByRole('definition').first()).toBeVisible();
  await page.getByRole('link', { name: 'Write names to the hosts file' }).click();

  const diff = page.getByRole('region', { name: 'What would change in the hosts file' });
  await expect(diff.getByText('127.0.0.1 techstore.localhost')).toBeVisible();
  await expect(diff.getByText('10.0.0.9\tprinter')).toBeVisible();
  expect(hosts()).toBe(BEFORE);
  await write(page).click();
  const applied = page.getByRole('region', { name: 'The names are written' });
  await expect(applied.getByRole('button', { name: 'techstore.localhost', exact: true })).toBeVisible();
  expect(hosts()).toContain('\n127.0.0.1 orion.lu\n');
  expect(hosts().startsWith(BEFORE)).toBe(true);
  await expect(page.getByText(/^In step: \d+ names in the hosts file$/)).toBeVisible();

  await page.getByRole('button', { name: 'Undo last change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo the last change?' });
  await expect(dialog.getByText('removed: 127.0.0.1 orion.lu')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo the change' }).click();
  await expect(page.getByRole('region', { name: 'The last change is undone' })).toBeVisible();
  expect(hosts()).toBe(BEFORE);
});

test('a file that another program changed is not written over: the new change is shown first', async ({ page }) => {
  await open(page, 'names/hosts');
  const diff = page.getByRole('region', { name: 'What would change in the hosts file' });
  await expect(diff.getByText('127.0.0.1 techstore.localhost')).toBeVisible();
  appendFileSync(hostsFile, '\n10.0.0.10\tscanner\n');
  await write(page).click();

  await expect(page.getByRole('alert')).toContainText('The file changed meanwhile');
  await expect(diff.getByText('10.0.0.10\tscanner')).toBeVisible();
  expect(hosts()).not.toContain('techstore.localhost');
  await write(page).click();
  await expect(page.getByRole('region', { name: 'The names are written' })).toBeVisible();
  expect(hosts().startsWith(`${BEFORE}\n10.0.0.10\tscanner\n`)).toBe(true);
});

test('a domain goes from a wrong record to an answering shop, on one screen', async ({ page }) => {
  await open(page, 'stores/fashion?tab=domains');
  await page.getByRole('textbox', { name: 'Domain' }).fill('boutique.example.com');
  await expect(page.getByText('It can be added.')).toBeVisible();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const guide = page.getByRole('region', { name: 'boutique.example.com', exact: true });
  await expect(guide.getByRole('button', { name: 'Copy the value of the TXT record' })).toBeVisible();

  const play = async (title: string) => {
    const select = guide.getByRole('combobox', { name: 'What the rehearsal DNS plays' });
    await select.click();
    await page.getByRole('option', { name: title }).click();
    await expect(select).toHaveValue(title);
  };
  await play('Wrong code');
  await guide.getByRole('button', { name: 'Check now' }).click();
  const checks = guide.getByRole('list', { name: 'What was found' });
  await expect(checks.getByText('Expected').first()).toBeVisible();
  await expect(page.getByRole('list', { name: 'Domains of this store' }).getByText('failed')).toBeVisible();

  await play('Everything right');
  await guide.getByRole('button', { name: 'Check now' }).click();
  await expect(guide.getByText('verified', { exact: true })).toBeVisible();
  const shop = await server.ask(`boutique.example.com:${server.port}`, '/', { Accept: 'text/html' });
  expect(shop.status).toBe(200);
  await open(page, 'names/dns');
  const questions = page.getByRole('region', { name: 'Last questions' });
  await expect(questions.getByText('_orion-verify.boutique.example.com').first()).toBeVisible();
});

test('HTTPS is switched on, with an authority whose certificate can be fetched', async ({ page }) => {
  await open(page, 'names/certificates');
  await page.getByRole('button', { name: 'Switch on HTTPS' }).click();
  await expect(page.getByText(/^HTTPS is on, port \d+$/)).toBeVisible();
  const authority = page.getByRole('region', { name: 'Local authority' });
  await expect(authority.getByText(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/i)).toBeVisible();
  const download = page.waitForEvent('download');
  await authority.getByRole('link', { name: 'Download the certificate' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.crt$/);
});

test('the doctor says what it finds, and its report can be saved', async ({ page }) => {
  await open(page, 'names/doctor');
  const ports = page.getByRole('region', { name: 'Ports' });
  await expect(ports.getByText(`${server.port}`).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Quick test checklist' })).toBeVisible();
  await page.getByText(/^Fine \d+$/).click();
  await expect(page).toHaveURL(/status=ok$/);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'More for the report' }).click();
  await page.getByRole('menuitem', { name: 'Save as JSON' }).click();
  expect((await download).suggestedFilename()).toMatch(/^orion-doctor-.*\.json$/);
});

for (const [colorScheme, width] of [
  ['light', 1100],
  ['dark', 400],
] as const) {
  test(`nobody is kept out: ${colorScheme}, ${width} pixels wide`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    for (const [path, shown] of [
      ['names', 'techstore.localhost'],
      ['names/hosts', '127.0.0.1 techstore.localhost'],
      ['names/certificates', 'Who trusts it'],
      ['names/dns', 'A stand-in for public DNS'],
      ['names/doctor', 'Quick test checklist'],
      ['stores/orion?tab=domains', 'Certificates of this machine'],
    ] as const) {
      await open(page, path);
      await expect(page.getByText(shown).first()).toBeVisible();
      expect.soft(await severeFaults(page), path).toEqual([]);
      const overflow = "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth";
      expect.soft(await page.evaluate(overflow), `${path} scrolls to the side`).toBe(0);
    }
  });
}

/** A server that dies comes back under an open window; one that cannot start is explained, and can be tried again. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { isAlive } from './support/shell.ts';
import { expect, test } from './support/test.ts';

const failureHeading = (page: Page) => page.getByRole('heading', { name: 'The server is not running' });

test('a killed server comes back, and the open console continues', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore']);
  const page = await shell.console();
  const address = page.url();
  const pid = shell.serverPid();
  await page.evaluate(`globalThis.typed = 'kept'`);

  const began = performance.now();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => shell.statusIn(page), { intervals: [20] }).toBe(200);
  console.log(`The killed server answered again after ${Math.round(performance.now() - began)} ms.`);

  expect(isAlive(pid)).toBe(false);
  expect(page.url()).toBe(address);
  expect(await page.evaluate('globalThis.typed')).toBe('kept');
});

test('a console that is loaded while the server is away shows up by itself', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const pid = shell.serverPid();

  process.kill(pid, 'SIGKILL');
  await page.reload().catch(() => undefined);
  await expect.poll(() => isAlive(pid)).toBe(false);

  await shell.console();
});

test('a session that has ended is begun anew, without leaving the page and by loading it', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const forget = () =>
    shell.app.evaluate(({ session }) => session.defaultSession.clearStorageData({ storages: ['cookies'] }));

  await forget();
  expect(await shell.statusIn(page)).toBe(401);
  expect(await page.evaluate('orionDesktop.signIn()')).toBe(true);
  expect(await shell.statusIn(page)).toBe(200);

  await forget();
  await page.reload().catch(() => undefined);
  await shell.console();
});

test('the menu restarts the server', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const pid = shell.serverPid();

  await shell.app.evaluate(({ Menu }) => {
    const server = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Server');
    server?.submenu?.items.find(({ label }) => label === 'Restart server')?.click();
  });
  await expect.poll(() => isAlive(pid)).toBe(false);
  await expect.poll(() => shell.statusIn(page)).toBe(200);
});

test('a data folder of a newer version ends in the failure screen; without it, "Try again" starts', async ({
  start,
  folders,
}) => {
  const format = join(folders.data, 'orion.json');
  mkdirSync(folders.data, { recursive: true });
  writeFileSync(format, '{"format":99}');
  const shell = await start();
  const page = await shell.page();

  await expect(failureHeading(page)).toBeVisible();
  await expect(page.getByText('is from a newer version of Orion Studio (format 99').first()).toBeVisible();
  await expect(page.getByRole('log')).toContainText('newer version');
  await expect(page.getByText(`Data folder: ${folders.data}`)).toBeVisible();

  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByRole('status')).toHaveText('The report is in the clipboard.');
  const report = await shell.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toContain('Orion Studio');
  expect(report).toContain('format 99');

  // The cause is still there: the screen comes back.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(failureHeading(page)).toBeVisible();

  rmSync(format);
  await page.getByRole('button', { name: 'Try again' }).click();
  await shell.console();
});

test('the failure screen can be used by everyone, light and dark', async ({ start }) => {
  const shell = await start(['--nonsense', '1']);
  const page = await shell.page();
  await expect(failureHeading(page)).toBeVisible();

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The other mode opens a page of its own, which this window cannot.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
  }
});

test('a port that is taken ends in the failure screen, and quitting says that it failed', async ({ start }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const shell = await start(['--port', String(port)]);
  const page = await shell.page();

  await expect(failureHeading(page)).toBeVisible();
  await expect(page.getByText(`Port ${port} is in use by another program`).first()).toBeVisible();
  other.close();
  expect(await shell.quit()).toBe(1);
});

test('wrong flags are listed', async ({ start }) => {
  const shell = await start(['--nonsense', '1']);
  const page = await shell.page();

  await expect(failureHeading(page)).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveText([/^--nonsense: is not a flag/]);
});

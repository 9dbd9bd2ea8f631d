/**
 * The app as users get it: packed, moved out of the repository, started for the first time by somebody with an empty home.
 * One app for all tests, since packing takes a while; they build on each other, as a first run does.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { type Addresses, addressesAt } from '../browser/support/orion-server.ts';
import { createStore, seeFirstRun, seeStoreAnswer } from '../journeys/console-journeys.ts';
import { type PackagedApp, packApp, processesOf, userEnvironment } from './support/packaged-app.ts';
import { projectRoot } from './support/runtime.ts';
import type { Machine } from './support/shell.ts';
import { expect, test } from './support/test.ts';

test.describe.configure({ mode: 'serial' });

let machine: Machine;
let packaged: PackagedApp;
let app: ElectronApplication;
let page: Page;
let server: Addresses;

test.beforeAll(async ({ found }) => {
  test.setTimeout(300_000);
  const reason = 'reason' in found ? found.reason : '';
  test.skip(reason !== '', `No desktop window on this machine: ${reason}`);
  machine = found as Machine;
  packaged = await packApp(machine.program);
  app = await launch();
  page = await app.firstWindow();
});

test.afterAll(async () => {
  await app?.close();
  packaged?.remove();
});

test('the first start opens the console, signed in, with the demo stores', async () => {
  await page.waitForURL(/^http:\/\/admin\.localhost:\d+\/$/);
  await page.setViewportSize({ width: 1440, height: 900 });
  server = addressesAt(Number(new URL(page.url()).port));

  await seeFirstRun(page);
});

test('it is the packaged app, with its data in the home of the user', async () => {
  const about = await app.evaluate((electron) => ({
    isPackaged: electron.app.isPackaged,
    name: electron.app.getName(),
    userData: electron.app.getPath('userData'),
  }));

  expect(about).toMatchObject({ isPackaged: true, name: 'Orion Studio' });
  expect(about.userData.startsWith(packaged.home)).toBe(true);
  expect(filesBelow(packaged.home)).toContain('platform.sqlite');
});

test('a demo store answers under its own name', async () => {
  const answer = await server.ask(`techstore.localhost:${server.port}`, '/');

  expect(answer.status).toBe(200);
  expect(answer.text).toContain('TechStore');
});

test('a store is made with a logo, and answers by subdomain and by path', async () => {
  await createStore(page, server, 'Corner Books', 'corner-books');

  await seeStoreAnswer(server, 'corner-books', 'Corner Books');
});

test('nothing of the repository is in use', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux tells which files a process uses.');
  const processes = processesOf(packaged.folder);

  const programs = new Set(processes.map(({ program }) => program));
  const foreign = processes.flatMap(({ files }) => files.filter((file) => file.startsWith(`${projectRoot}/`)));

  expect([...programs]).toContain(join(packaged.resources, 'node/node'));
  expect([...programs]).toContain(packaged.executable);
  expect(foreign).toEqual([]);
});

test('no file of the app names the folder it was made in', () => {
  const texts = ['app.asar', 'server-app/package.json', 'server-app/server', 'server-app/renderer'];

  const naming = texts.flatMap((name) => filesNaming(join(packaged.resources, name), projectRoot));

  expect(naming).toEqual([]);
});

test('quitting leaves no process behind', async () => {
  await app.close();

  await expect.poll(() => processesOf(packaged.folder).map(({ program }) => program)).toEqual([]);
  await expect(server.ask(`localhost:${server.port}`, '/')).rejects.toThrow('ECONNREFUSED');
});

test('a server that cannot start is explained on the page for that', async () => {
  const file = join(packaged.home, 'no folder');
  writeFileSync(file, '');

  app = await launch(['--data-dir', file]);
  page = await app.firstWindow();

  await expect(page.getByRole('heading', { name: 'The server is not running' })).toBeVisible();
  await expect(page.getByText('a file stands in its place').first()).toBeVisible();
  await app.close();
  await expect.poll(() => processesOf(packaged.folder)).toEqual([]);
});

/** Starts the app as its user would, with its own home. Any port: others on this machine may want the usual one. */
function launch(serverArgs: readonly string[] = []): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: packaged.executable,
    args: ['--no-sandbox', '--disable-gpu', '--', '--port', '0', ...serverArgs],
    cwd: packaged.home,
    env: { ...userEnvironment(packaged.home), ...machine.env },
  });
}

/** Names of the files below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

/** The path when it is a file, else the files below it, that hold a text. */
function filesNaming(path: string, text: string): string[] {
  const files = statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => readFileSync(file).includes(text));
}

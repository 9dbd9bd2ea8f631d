/**
 * The app as users get it: packed, moved out of the repository, started for the first time by somebody with an empty home.
 * One app for all tests, since packing takes a while; they build on each other, as a first run does.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import {
  type PackagedApp,
  packApp,
  processesOf,
  repository,
  userEnvironment,
  whyNoPackagedApp,
} from './support/packaged-app.ts';

const hindrance = whyNoPackagedApp();
test.skip(hindrance !== undefined, `The packaged app is not tested: ${hindrance}.`);
test.describe.configure({ mode: 'serial', timeout: 60_000 });

let packaged: PackagedApp;
let app: ElectronApplication;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  packaged = await packApp();
  mkdirSync(packaged.home, { recursive: true });
  app = await launch();
  page = await app.firstWindow();
});

test.afterAll(async () => {
  await app?.close();
  packaged?.remove();
});

test('the first start opens the console, signed in', async () => {
  await expect(page).toHaveTitle('Overview · Orion Studio', { timeout: 30_000 });

  expect(new URL(page.url()).host).toMatch(/^admin\.localhost:\d+$/);
  expect(page.url()).not.toContain('token');
  const overview = await page.evaluate(async () => (await fetch('/api/overview')).status);
  expect(overview).toBe(200);
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

test('a demo shop answers under its own name', async () => {
  const answer = await ask(`techstore.localhost:${new URL(page.url()).port}`);

  expect(answer.status).toBe(200);
  expect(answer.text).toContain('TechStore');
});

test('a new shop is made in the window’s session and answers at once', async () => {
  const { port } = new URL(page.url());

  const status = await page.evaluate(async () => {
    const store = { name: 'Corner Books', code: 'corner-books', catalogue: 'orion' };
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('/api/stores', { method: 'POST', headers, body: JSON.stringify(store) })).status;
  });

  expect(status).toBe(201);
  expect((await ask(`corner-books.localhost:${port}`)).text).toContain('Corner Books');
});

test('nothing of the repository is in use', async () => {
  test.skip(process.platform !== 'linux', 'Only Linux tells which files a process uses.');
  const processes = processesOf(packaged.folder);

  const programs = new Set(processes.map(({ program }) => program));
  const foreign = processes.flatMap(({ files }) => files.filter((file) => file.startsWith(`${repository}/`)));

  expect([...programs]).toContain(join(packaged.resources, 'node/node'));
  expect([...programs]).toContain(packaged.executable);
  expect(foreign).toEqual([]);
});

test('no file of the app names the folder it was made in', () => {
  const texts = ['app.asar', 'server-app/package.json', 'server-app/server', 'server-app/renderer'];

  const naming = texts.flatMap((name) => filesNaming(join(packaged.resources, name), repository));

  expect(naming).toEqual([]);
});

test('quitting leaves no process behind', async () => {
  const { port } = new URL(page.url());

  await app.close();

  await expect.poll(() => processesOf(packaged.folder).map(({ program }) => program)).toEqual([]);
  await expect(ask(`localhost:${port}`)).rejects.toThrow('ECONNREFUSED');
});

test('a server that cannot start is explained on the page for that', async () => {
  const file = join(packaged.home, 'no folder');
  writeFileSync(file, '');

  app = await launch(['--', '--data-dir', file]);
  page = await app.firstWindow();

  await expect(page.getByRole('heading', { name: 'The server is not running' })).toBeVisible();
  await expect(page.getByText('a file stands in its place').first()).toBeVisible();
  await app.close();
  await expect.poll(() => processesOf(packaged.folder)).toEqual([]);
});

/** Starts the app as its user would, with its own home. */
function launch(args: readonly string[] = []): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: packaged.executable,
    args: ['--no-sandbox', '--disable-gpu', ...args],
    cwd: packaged.home,
    env: userEnvironment(packaged.home),
  });
}

/** Asks on loopback under any Host, as a browser would that resolves every name below localhost. */
function ask(host: string): Promise<{ status: number; text: string }> {
  const port = Number(host.split(':')[1]);
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, headers: { Host: host }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on('error', reject);
    call.end();
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

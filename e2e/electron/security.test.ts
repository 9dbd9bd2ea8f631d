/** What the window's page may do: be the console, and nothing else. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { projectRoot } from './support/runtime.ts';
import { expect, test } from './support/test.ts';

const go = (page: Page, url: string) => page.evaluate(`void (location.href = ${JSON.stringify(url)})`);

test('the window never leaves the console; other web addresses open in the system’s browser', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore']);
  const page = await shell.console();
  const opened = await shell.catchOpened();
  const address = page.url();
  const store = `http://techstore.localhost:${shell.server()?.port}/`;

  await go(page, store);
  await expect.poll(opened).toEqual([store]);
  await go(page, 'http://example.com/');
  await expect.poll(opened).toEqual([store, 'http://example.com/']);
  // Neither opened nor shown.
  await go(page, 'http://user:secret@example.com/');
  await go(page, 'some-program://do-something');
  await go(page, 'https://example.org/last');
  await expect.poll(opened).toEqual([store, 'http://example.com/', 'https://example.org/last']);

  expect(page.url()).toBe(address);
  expect(await shell.statusIn(page)).toBe(200);
});

test('a store in a frame stays a store, and has no say over the window', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore']);
  const page = await shell.console();
  const opened = await shell.catchOpened();
  const address = page.url();
  const store = `http://techstore.localhost:${shell.server()?.port}`;
  await page.evaluate(`{
    const frame = document.createElement('iframe');
    frame.src = ${JSON.stringify(`${store}/`)};
    document.body.append(frame);
  }`);
  const inside = () => page.frames().find((frame) => frame.url().startsWith(store));
  await expect
    .poll(() =>
      inside()
        ?.title()
        .catch(() => ''),
    )
    .toContain('TechStore');

  // A refused navigation leaves no trace: the allowed one after it shows that its time has passed.
  for (const url of ['http://example.com/', `${store}/`, 'file:///etc/passwd']) {
    await inside()?.evaluate(`try { top.location.href = ${JSON.stringify(url)}; } catch {}`);
  }
  await inside()?.evaluate(`void (location.href = '/products')`);
  await expect.poll(() => inside()?.url()).toBe(`${store}/products`);

  expect(page.url()).toBe(address);
  expect(await opened()).toEqual([]);
});

test('no page opens a window inside', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const opened = await shell.catchOpened();

  expect(await page.evaluate(`window.open('https://example.com/') === null`)).toBe(true);
  expect(await page.evaluate(`window.open('file:///etc/passwd') === null`)).toBe(true);
  expect(await page.evaluate(`window.open('about:blank') === null`)).toBe(true);

  await expect.poll(opened).toEqual(['https://example.com/']);
  expect(shell.app.windows()).toHaveLength(1);
});

test('the page has the bridge and nothing of Node or Electron', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();

  expect(
    await page.evaluate(
      `['process', 'require', 'module', 'Buffer', 'electron', 'ipcRenderer', 'orionShell'].filter((name) => name in globalThis)`,
    ),
  ).toEqual([]);
  expect(await page.evaluate('Object.keys(orionDesktop).sort()')).toEqual([
    'clearNames',
    'elevate',
    'onCommand',
    'onServerState',
    'openDataFolder',
    'openExternal',
    'openStore',
    'platform',
    'restartServer',
    'settings',
    'signIn',
    'versions',
  ]);
  const preferences = await shell.app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0] ?? {};
    // Not in the types, because it is for tests.
    return (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the bridge checks what it is given', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const refusal = (code: string) => page.evaluate(`${code}.then(() => 'done', (error) => error.message)`);

  expect(await refusal(`orionDesktop.openExternal('file:///etc/passwd')`)).toContain('Only http and https');
  expect(await refusal(`orionDesktop.openExternal({})`)).toContain('Only http and https');
  expect(await refusal(`orionDesktop.settings.set({ keepServerRunning: 'yes' })`)).toContain('true or false');
  expect(await page.evaluate('orionDesktop.settings.get()')).toEqual({ keepServerRunning: false });
  expect(
    await page.evaluate(`new Promise((resolve) => orionDesktop.onServerState(({ status }) => resolve(status)))`),
  ).toBe('running');
});

test('the bridge does not answer another page or window', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore']);
  const page = await shell.console();
  const address = `http://techstore.localhost:${shell.server()?.port}/`;
  const ask = `orionDesktop.settings.get().then(() => 'answered', (error) => error.message)`;

  // The same page in a window that is not ours.
  const [stranger] = await Promise.all([
    shell.app.waitForEvent('window'),
    shell.app.evaluate(
      ({ BrowserWindow }, { url, preload }) => {
        void new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } }).loadURL(url);
      },
      { url: page.url(), preload: join(projectRoot, 'electron/dist/preload.cjs') },
    ),
  ]);
  expect(await stranger.evaluate(ask)).toContain('is not answered here');

  // A store's page in ours, as if it had got there.
  await shell.app.evaluate(({ BrowserWindow }, url) => {
    const own = BrowserWindow.getAllWindows().find((window) => window.isVisible());
    void own?.loadURL(url);
  }, address);
  await page.waitForURL(address);
  expect(await page.evaluate(ask)).toContain('is not answered here');
});

test('permissions are refused, but for copying', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const outcome = (code: string) => page.evaluate(`${code}.then((value) => String(value), (error) => error.name)`);

  expect(await outcome('Notification.requestPermission()')).toBe('denied');
  expect(await outcome('navigator.mediaDevices.getUserMedia({ video: true })')).toMatch(
    /NotAllowedError|NotFoundError/,
  );
  expect(
    await outcome(
      `new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, (e) => no({ name: 'code ' + e.code })))`,
    ),
  ).toBe('code 1');
  await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  expect(await outcome(`navigator.clipboard.writeText('copied')`)).toBe('undefined');
  expect(await shell.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied');
});

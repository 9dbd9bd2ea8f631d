/** Names inside the app: every store and domain works in its windows as it is, over http and https, and nothing else does. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { TEST_CERTIFICATE, TEST_KEY } from '../../server/testing/test-certificate.ts';
import type { Shell } from './support/shell.ts';
import { expect, test } from './support/test.ts';

/** A domain of the demo store `orion` that leads elsewhere in the world, or nowhere. */
const DOMAIN = 'orion.lu';

/** What the console's page gets from the bridge; a refusal as its message. */
const askBridge = (page: Page, code: string) =>
  page.evaluate<unknown>(`orionDesktop.${code}.then((value) => value ?? 'done', (error) => error.message)`);

async function openStore(shell: Shell, page: Page, url: string): Promise<Page> {
  const [store, outcome] = await Promise.all([
    shell.app.waitForEvent('window'),
    askBridge(page, `openStore(${JSON.stringify(url)})`),
  ]);
  expect(outcome).toBe('done');
  await store.waitForURL(url);
  return store;
}

test('a custom domain opens in the app without a hosts entry, as a browser would show it', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore,orion']);
  const page = await shell.console();
  const port = shell.server()?.port;
  const opened = await shell.catchOpened();

  const store = await openStore(shell, page, `http://${DOMAIN}:${port}/`);
  await expect(store.locator('body')).toContainText('Orion');

  await test.step('the page has no bridge, no cookie of the console, and no permission', async () => {
    expect(
      await store.evaluate(`['orionDesktop', 'orionShell', 'require', 'process'].filter((name) => name in globalThis)`),
    ).toEqual([]);
    const cookies = await shell.app.evaluate(async ({ session }) => {
      const namesOf = async (own: Electron.Session) => (await own.cookies.get({})).map(({ name }) => name);
      return {
        console: await namesOf(session.defaultSession),
        stores: await namesOf(session.fromPartition('persist:stores')),
      };
    });
    expect(cookies.console.length).toBeGreaterThan(0);
    expect(cookies.stores.filter((name) => cookies.console.includes(name))).toEqual([]);
    expect(await store.evaluate('Notification.requestPermission()')).toBe('denied');
  });

  await test.step('the title shows the address, and keys go back', async () => {
    const title = () =>
      shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()));
    await expect.poll(title).toEqual(expect.arrayContaining([expect.stringContaining(`http://${DOMAIN}:${port}/`)]));
    await store.goto(`http://${DOMAIN}:${port}/products`);
    await shell.app.evaluate(({ BrowserWindow, Menu }, domain) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes(domain));
      const back = Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .find(({ label }) => label === 'Back');
      back?.click(undefined, window, undefined);
    }, DOMAIN);
    await store.waitForURL(`http://${DOMAIN}:${port}/`);
  });

  await test.step('links to other machines open in the system’s browser', async () => {
    await store.evaluate(`void (location.href = 'https://example.com/elsewhere')`);
    await expect.poll(opened).toEqual(['https://example.com/elsewhere']);
    expect(store.url()).toBe(`http://${DOMAIN}:${port}/`);
    await store.evaluate(`void (location.href = 'file:///etc/passwd')`);
    await store.evaluate(`void window.open('https://example.org/window')`);
    await expect.poll(opened).toEqual(['https://example.com/elsewhere', 'https://example.org/window']);
  });

  await test.step('a name that no store has, and an address elsewhere, are refused with the reason', async () => {
    expect(await askBridge(page, `openStore('http://nobody.example:${port}/')`)).toContain(
      'does not answer for nobody.example',
    );
    expect(await askBridge(page, `openStore('http://techstore.localhost:1/')`)).toContain(
      'is not an address of this server',
    );
    expect(await askBridge(page, `openStore('file:///etc/passwd')`)).toContain('Only http and https');
    expect(await askBridge(page, 'openStore({})')).toContain('Only http and https');
  });

  await test.step('closing the console closes the stores', async () => {
    const ended = new Promise((resolve) => shell.process.once('exit', resolve));
    await page.close();
    expect(await ended).toBe(0);
  });
});

test('https works inside the app without trust, for the platform’s own certificates alone', async ({ start }) => {
  const shell = await start(['--fixtures', 'orion']);
  const page = await shell.console();
  const state = await page.evaluate<{ https: { listeningPort: number } }>(`fetch('/api/https', {
    method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"isOn":true}',
  }).then((answer) => answer.json())`);
  const { listeningPort } = state.https;

  const store = await openStore(shell, page, `https://${DOMAIN}:${listeningPort}/`);
  await expect(store.locator('body')).toContainText('Orion');

  // A stranger who listens on this machine with a certificate of its own.
  const stranger = createServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (_request, answer) =>
    answer.end('stranger'),
  );
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = stranger.address() as AddressInfo;
    const outcome = await shell.app.evaluate(
      ({ session }, url) =>
        session
          .fromPartition('persist:stores')
          .fetch(url)
          .then(
            () => 'accepted',
            (error: Error) => error.message,
          ),
      `https://localhost:${port}/`,
    );
    expect(outcome).toContain('ERR_CERT');
  } finally {
    stranger.close();
  }
});

test('administrator rights are asked for by id alone', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();

  expect(await askBridge(page, `elevate('no-such-id')`)).toEqual({
    outcome: 'failed',
    message: 'The server does not know this any more. Begin again.',
  });
  expect(await askBridge(page, `elevate('/bin/sh -c id')`)).toContain('named by its id');
  expect(await askBridge(page, 'elevate({})')).toContain('named by its id');
  expect(await askBridge(page, 'clearNames()')).toBe('done');
});

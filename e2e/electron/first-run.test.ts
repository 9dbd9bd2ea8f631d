/** The window's usual life: it opens signed in, there is one of it, it comes back where it was, and it ends with everything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandFor, isAlive } from './support/shell.ts';
import { expect, test } from './support/test.ts';

test('the first run opens the console, signed in, with the demo stores', async ({ start }) => {
  const shell = await start(['--fixtures', 'techstore']);
  const page = await shell.console();

  await expect(page.getByText('TechStore').first()).toBeVisible();
  expect(await page.title()).toContain('Orion Studio');
  // Neither the starting page nor the used link is a place to go back to.
  expect(
    await shell.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.navigationHistory.canGoBack(),
    ),
  ).toBe(false);
});

test('quitting leaves no process behind', async ({ start }) => {
  const shell = await start();
  await shell.console();
  const pid = shell.serverPid();

  expect(await shell.quit()).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

test('closing the window quits', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const pid = shell.serverPid();

  const exited = once(shell.process, 'exit');
  await page.close();
  expect(await exited).toEqual([0, null]);
  expect(isAlive(pid)).toBe(false);
});

test('a killed window leaves no server behind', async ({ start }) => {
  const shell = await start();
  await shell.console();
  const pid = shell.serverPid();

  shell.process.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a second start shows the window of the first and ends', async ({ start, machine, folders }) => {
  const shell = await start();
  await shell.console();
  const isVisible = () => shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible()).toBe(false);

  const { executablePath, args, env } = commandFor(machine, folders);
  const second = spawn(executablePath, args, { env, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);

  await expect.poll(isVisible).toBe(true);
  expect(await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the window opens where it was', async ({ start, folders }) => {
  const bounds = { x: 60, y: 80, width: 900, height: 640 };
  const file = join(folders.profile, 'window-state.json');
  const kept = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).bounds : null);
  const first = await start();
  await first.console();
  await first.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
  await expect.poll(kept).toEqual(bounds);
  await first.quit();

  const second = await start();
  await second.page();
  const placed = () => second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await expect.poll(placed).toEqual(bounds);
});

test('with the setting on, the server goes on without a window until the tray says quit', async ({ start }) => {
  const shell = await start();
  const page = await shell.console();
  const pid = shell.serverPid();
  // A tray has no way to ask for its menu: the next one that is given to it is kept.
  await shell.app.evaluate(({ Tray }) => {
    const setContextMenu = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function keep(menu) {
      Object.assign(globalThis, { trayMenu: menu });
      return setContextMenu.call(this, menu);
    };
  });
  const click = (label: string) =>
    shell.app.evaluate((_electron, name) => {
      const { trayMenu } = globalThis as unknown as { trayMenu: Electron.Menu };
      trayMenu.items.find((item) => item.label === name)?.click();
    }, label);
  expect(await page.evaluate('orionDesktop.settings.set({ keepServerRunning: true })')).toEqual({
    keepServerRunning: true,
  });

  await page.close();
  const answer = await fetch(`http://localhost:${shell.server()?.port}/health/live`);
  expect(answer.status).toBe(200);

  const [again] = await Promise.all([shell.app.waitForEvent('window'), click('Show window')]);
  await again.waitForURL((url) => url.hostname === 'admin.localhost' && url.pathname === '/');
  await again.close();
  expect(isAlive(pid)).toBe(true);

  const exited = once(shell.process, 'exit');
  await click('Quit Orion Studio').catch(() => undefined);
  expect(await exited).toEqual([0, null]);
  expect(isAlive(pid)).toBe(false);
});

/**
 * What people do with the console, step by step. Each journey runs in Chromium (e2e/browser) and in the desktop window
 * (e2e/electron): the console must not know the difference.
 */
import { expect, type FrameLocator, type Page } from '@playwright/test';
import type { Addresses } from '../browser/support/orion-server.ts';
import { squareLogo } from './logo.ts';

/** The first run: all is well, three demo stores as live pages, five first steps. */
export async function seeFirstRun(page: Page): Promise<void> {
  await expect(page.getByText('All is well: 3 stores open')).toBeVisible();
  await expect(page.getByRole('region', { name: 'First steps' })).toContainText('of 5');
  for (const name of ['TechStore', 'Fashion Boutique', 'Orion Shop']) {
    const card = page.getByRole('article', { name });
    await expect(card.frameLocator('iframe').locator('h1').first()).toBeAttached();
  }
}

/** Makes a store with colour and logo through the panel, and watches every step of it. */
export async function createStore(page: Page, server: Addresses, name: string, code: string): Promise<void> {
  await page.goto(`${server.console}stores?create=1`);
  const panel = page.getByRole('dialog', { name: 'Create a store' });
  await panel.getByRole('region', { name: 'Name and code' }).getByRole('textbox', { name: 'Name' }).fill(name);
  await expect(panel.getByRole('textbox', { name: 'Code' })).toHaveValue(code);
  await expect(panel.getByText(`Free: it will answer at ${server.storeUrl(code)}`)).toBeVisible();
  await panel.getByRole('radio', { name: /Orion/ }).check({ force: true });
  await panel
    .locator('input[type="file"]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: squareLogo() });
  await expect(panel.getByRole('img', { name: 'The logo as it will be kept' })).toBeVisible();
  const color = panel.locator('input[value^="#"]').first();
  await color.fill('#0f766e');
  await panel.getByRole('button', { name: 'Create store' }).click();

  const ready = page.getByRole('dialog', { name: 'The store is ready' });
  await expect(ready.getByRole('listitem')).toHaveCount(7);
  await expect(ready.getByLabel('done')).toHaveCount(7);
  await expect(ready.getByRole('link', { name: 'Open store' })).toHaveAttribute('href', server.storeUrl(code));
}

/** The store answers by its own name and by path, with its name, its colour and its logo. */
export async function seeStoreAnswer(server: Addresses, code: string, name: string): Promise<void> {
  for (const url of [server.storeUrl(code), server.pathUrl(code)]) {
    const { host, pathname } = new URL(url);
    const answer = await server.ask(host, pathname, { Accept: 'text/html' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(name);
    expect(answer.text).toContain('#0f766e');
    expect(answer.text).toMatch(/<img[^>]+logo/);
  }
}

/** Two stores side by side, each in three widths that are real to its page. */
export async function previewThreeWidths(page: Page, server: Addresses, left: string, right: string): Promise<void> {
  await page.goto(`${server.console}preview?left=${left}:/&right=${right}:/`);
  for (const [pane, code] of [
    ['Left pane', left],
    ['Right pane', right],
  ] as const) {
    const region = page.getByRole('region', { name: pane });
    for (const width of [360, 768, 1280]) {
      // The radio button itself is not drawn: its label is what people press.
      await region.getByText(String(width), { exact: true }).click();
      await expect(region).toContainText(`${width} px`);
      await expect(region.locator('iframe')).toHaveAttribute('src', server.storeUrl(code));
      await expect.poll(() => innerWidthOf(region.frameLocator('iframe'))).toBe(width);
    }
  }
}

/** A request that others send appears by itself, with its ladder, waterfall and SQL. */
export async function inspectLiveRequest(page: Page, server: Addresses, code: string): Promise<void> {
  const marker = `live-${Date.now()}`;
  await page.goto(`${server.console}requests?text=${marker}`);
  await expect(page.getByText(/No request matches these filters|No requests yet/)).toBeVisible();
  const { host, pathname } = new URL(server.pathUrl(code, '/products'));
  await server.ask(host, `${pathname}?${marker}`, { Accept: 'text/html' });

  const row = page.getByRole('row').filter({ hasText: marker });
  await expect(row).toContainText('path');
  await expect(row).toContainText('200');
  await row.click();
  await page.waitForURL('**/requests/*');
  const details = page.getByRole('region', { name: 'Recorded details' });
  await expect(details).toContainText(`/storefront/${code}`);
  await expect(details.getByText('not reached').first()).toBeVisible();
  await page.getByRole('tab', { name: /^Timeline/ }).click();
  await expect(details.getByText('store-database').first()).toBeVisible();
  await page.getByRole('tab', { name: /^SQL/ }).click();
  await expect(details.getByText('store_id').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(details).toContainText('text/html');
}

/** The what-if box says what a real request then gets, for every kind of address. */
export async function compareWhatIf(page: Page, server: Addresses): Promise<void> {
  await page.goto(`${server.console}routing`);
  const url = page.getByRole('textbox', { name: 'URL' });
  const outcome = page.getByRole('region', { name: 'Outcome' });
  const marker = `what-if-${Date.now()}`;
  for (const [address, expected] of [
    [server.storeUrl('techstore', `/products?${marker}`), 'TechStore'],
    [server.pathUrl('fashion', `/products/jeans?${marker}`), 'Fashion Boutique'],
    [server.storeUrl('techstor', `/?${marker}`), '404'],
    [`http://evil.example:${server.port}/?${marker}`, '421'],
    [`http://127.0.0.1:${server.port}/?${marker}`, '421'],
  ] as const) {
    await url.fill(address);
    await expect(outcome).toContainText(expected);
    await expect(outcome).toContainText('No request to exactly this address is recorded yet.');
    const { host, pathname, search } = new URL(address);
    await server.ask(host, `${pathname}${search}`, { Accept: 'text/html' });
    await expect(outcome).toContainText('Same as the request of');
  }
}

/** A deleted store is gone at once, and back as it was after Undo. */
export async function deleteAndUndo(page: Page, server: Addresses, code: string, name: string): Promise<void> {
  await page.goto(`${server.console}stores?q=${code}`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText(`${name} is deleted.`)).toBeVisible();
  const { host } = new URL(server.storeUrl(code));
  expect((await server.ask(host, '/')).status).toBe(404);

  await page.getByRole('button', { name: 'Undo' }).click();

  await expect(page.getByText(`${name} is back as it was.`)).toBeVisible();
  await seeStoreAnswer(server, code, name);
}

/** Nobody without the link gets in, and no name but the platform's own is answered for. */
export async function seeRefusals(server: Addresses): Promise<void> {
  const { host } = new URL(server.console);
  expect((await server.ask(host, '/', { Accept: 'text/html' })).status).toBe(401);
  expect((await server.ask(host, '/api/stores')).status).toBe(401);
  expect((await server.ask(host, '/sign-in?token=guessed')).status).toBe(401);
  // A name that somebody made resolve to loopback: DNS rebinding.
  for (const rebound of [`evil.example:${server.port}`, `admin.localhost.evil.example:${server.port}`])
    expect((await server.ask(rebound, '/api/stores')).status).toBe(421);
}

function innerWidthOf(frame: FrameLocator): Promise<unknown> {
  return frame.locator('html').evaluate('innerWidth');
}

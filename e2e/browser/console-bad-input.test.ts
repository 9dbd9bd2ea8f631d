/** What goes wrong is said where it went wrong, with what to do, and nothing that was typed is lost. */
import type { Page } from '@playwright/test';
import { startServer } from './support/orion-server.ts';
import { expect, signInToConsole, test } from './support/test.ts';

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Create a store' });
const nameOf = (page: Page) =>
  panelOf(page).getByRole('region', { name: 'Name and code' }).getByRole('textbox', { name: 'Name' });
const codeOf = (page: Page) => panelOf(page).getByRole('textbox', { name: 'Code' });

test('a code is checked while it is typed', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}stores?create=1`);
  await nameOf(page).fill('TechStore');
  // The suggestion passes over what is taken.
  await expect(codeOf(page)).toHaveValue('techstore-2');

  for (const [code, fault] of [
    ['techstore', /is taken by TechStore/],
    ['admin', /is reserved/],
    ['ab', /at least 3 characters/],
    ['pg-books', /a schema of Postgres itself/],
  ] as const) {
    await codeOf(page).fill(code);
    await expect(panelOf(page).getByText(fault)).toBeVisible();
  }
  await codeOf(page).fill('corner-books');
  await expect(panelOf(page).getByText(`Free: it will answer at ${server.storeUrl('corner-books')}`)).toBeVisible();
});

test('a logo that cannot be used is named with its reason at once', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}stores?create=1`);
  await nameOf(page).fill('Logo Trouble');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  for (const [name, content, reason] of [
    ['scripted.svg', Buffer.from(svg), /script/i],
    [
      'broken.png',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]),
      /cannot be read|broken|damaged|not complete|not a picture/i,
    ],
    ['huge.png', Buffer.alloc(2 * 1024 * 1024 + 1, 1), /2 MiB/],
  ] as const) {
    await panelOf(page).locator('input[type="file"]').setInputFiles({ name, mimeType: 'image/png', buffer: content });
    await expect(panelOf(page).getByRole('alert').filter({ hasText: reason })).toBeVisible();
  }
  await expect(nameOf(page)).toHaveValue('Logo Trouble');
});

test('a draft survives closing, a reload and a screen that fails', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}stores?create=1`);
  await nameOf(page).fill('Half Typed');
  await page.reload();
  await expect(nameOf(page)).toHaveValue('Half Typed');

  // An answer that no server of ours gives makes the screen throw.
  await page.route('**/api/stores', (route) => route.fulfill({ json: { stores: [null] } }));
  await page.goto(`${server.console}stores`);
  await expect(page.getByRole('alert').filter({ hasText: 'This screen failed' })).toBeVisible();
  await page.unroute('**/api/stores');
  await page.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(page.getByText('All is well')).toBeVisible();
  await page.goto(`${server.console}stores?create=1`);
  await expect(nameOf(page)).toHaveValue('Half Typed');
});

test('two windows that change one store see both values, and one of them decides', async ({
  page,
  context,
  server,
}) => {
  await signInToConsole(page, server);
  await server.orion('store', 'create', 'Shared Shelf', '--code', 'shared-shelf');
  const other = await context.newPage();
  for (const window of [page, other]) await window.goto(`${server.console}stores/shared-shelf?tab=settings`);
  const name = (window: Page) => window.getByRole('textbox', { name: 'Name' });
  await name(page).fill('Mine');
  await name(other).fill('Theirs');
  await other.getByRole('button', { name: 'Save' }).click();

  const conflict = page.getByRole('listitem', { name: 'Name, yours and theirs' });
  await expect(conflict).toContainText('Mine');
  await expect(conflict).toContainText('Theirs');
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(other.getByRole('heading', { name: 'Mine' })).toBeVisible();
  await other.close();
  await server.orion('store', 'delete', 'shared-shelf', '--permanently', '--yes');
});

test('a store that cannot be made because the server is away is made by trying again', async ({ page }) => {
  const server = await startServer();
  try {
    await signInToConsole(page, server);
    await page.goto(`${server.console}stores?create=1`);
    await nameOf(page).fill('Patient Shop');
    await expect(panelOf(page).getByText(/Free: it will answer/)).toBeVisible();
    await server.crash();
    await panelOf(page).getByRole('button', { name: 'Create store' }).click();
    await expect(panelOf(page).getByRole('alert').filter({ hasText: 'does not answer' })).toBeVisible();
    await expect(nameOf(page)).toHaveValue('Patient Shop');

    await server.startAgain();
    await panelOf(page)
      .getByRole('button', { name: /Try again|Create store/ })
      .click();

    await expect(page.getByRole('dialog', { name: 'The store is ready' })).toBeVisible();
  } finally {
    await server.stop();
  }
});

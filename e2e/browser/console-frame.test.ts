/** What is around the console's screens: navigation, palette, keys, first steps, and a server that goes away and comes back. */
import { startServer } from './support/orion-server.ts';
import { expect, signInToConsole, test } from './support/test.ts';

test('every screen is one click, one address and two keys away', async ({ page, server }) => {
  await signInToConsole(page, server);
  const screens = page.getByRole('navigation', { name: 'Screens' });
  for (const [name, path, key] of [
    ['Stores', '/stores', 's'],
    ['Preview', '/preview', 'p'],
    ['Requests', '/requests', 'r'],
    ['Routing', '/routing', 'w'],
    ['Backends', '/backends', 'b'],
    ['Help', '/help', 'h'],
    ['Overview', '/', 'o'],
  ] as const) {
    await screens.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(path);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('g');
    await page.keyboard.press(key === 'h' ? 'o' : 'h');
    await expect(page.getByRole('heading', { level: 1, name: key === 'h' ? 'Overview' : 'Help' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});

test('the palette finds stores, screens and actions', async ({ page, server }) => {
  await signInToConsole(page, server);
  await expect(page.getByRole('article', { name: 'Fashion Boutique' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Search stores, screens, actions').fill('fashion');
  await page.getByRole('button', { name: /^Fashion Boutique/ }).click();

  await page.waitForURL('**/stores/fashion');
});

test('an address that leads nowhere says so and offers a way on', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}nowhere/at/all`);

  await expect(page.getByText('There is no such screen')).toBeVisible();
  await page.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
});

test('light or dark stays chosen', async ({ page, server }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signInToConsole(page, server);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await page.reload();

  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('on a phone the navigation is a drawer', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInToConsole(page, server);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Help' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
});

test.describe('with a server of its own', () => {
  test('the first steps tick as they are taken, and can be put away', async ({ page }) => {
    const server = await startServer();
    try {
      await signInToConsole(page, server);
      const steps = page.getByRole('region', { name: 'First steps' });
      await expect(steps).toContainText('0 of 5');
      const [shop] = await Promise.all([
        page.waitForEvent('popup'),
        steps.getByRole('link', { name: 'Open a store' }).click(),
      ]);
      await shop.close();
      await expect(steps).toContainText('1 of 5');
      await steps.getByRole('link', { name: 'Compare two stores' }).click();
      // A step is taken by arriving: whoever turns round before that has compared nothing.
      await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible();
      await page.getByRole('link', { name: 'Overview' }).click();
      await expect(steps).toContainText('2 of 5');

      await steps.getByRole('button', { name: 'Put the first steps away' }).click();
      await expect(steps).toBeHidden();
      await page.reload();
      await expect(page.getByRole('article', { name: 'TechStore' })).toBeVisible();
      await expect(steps).toBeHidden();
    } finally {
      await server.stop();
    }
  });

  test('when the server dies the console says so, keeps what was typed, and continues by itself', async ({ page }) => {
    const server = await startServer();
    try {
      await signInToConsole(page, server);
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Stores' }).click();
      const filter = page.locator('input[data-filter-input]');
      await filter.fill('tech');

      await server.crash();
      await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeVisible();
      await server.startAgain();

      await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeHidden();
      await expect(page.getByText('Server running')).toBeVisible();
      await expect(filter).toHaveValue('tech');
      // What happened meanwhile is read again.
      await server.orion('store', 'create', 'Tech Annex');
      await expect(page.getByText('Tech Annex').first()).toBeVisible();
    } finally {
      await server.stop();
    }
  });

  test('a session that ends elsewhere is said, and continues after signing in again', async ({ page, context }) => {
    const server = await startServer();
    try {
      await signInToConsole(page, server);
      const other = await context.newPage();
      await other.goto(server.console);
      await other.getByRole('button', { name: 'Session' }).click();
      await other.getByRole('menuitem', { name: 'Sign out' }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'Signed out' })).toBeVisible();

      await signInToConsole(other, server);
      await page.getByRole('button', { name: 'Try again' }).click();

      await expect(page.getByRole('alert').filter({ hasText: 'Signed out' })).toBeHidden();
      await expect(page.getByText('Server running')).toBeVisible();
    } finally {
      await server.stop();
    }
  });
});

/** The Backends page with a move on the real server, and a store's data and limits. */
import { severeFaults } from './support/accessibility.ts';
import { BackendsScreen } from './support/backends-screen.ts';
import { startServer } from './support/orion-server.ts';
import { expect, signInToConsole, test } from './support/test.ts';

test('the platform moves to another backend, and what it left is kept until it is dropped', async ({ page }) => {
  // From this one, also when the other tests run on another.
  const server = await startServer('any', ['--engine', 'sqlite', '--isolation', 'database']);
  try {
    await signInToConsole(page, server);
    const screen = new BackendsScreen(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await expect(screen.card('SQLite: A file per store')).toContainText('in force');

    await screen.card('SQLite: Shared tables').getByRole('button', { name: 'Switch to this' }).click();
    await screen.panel.getByRole('button', { name: 'Show the plan' }).click();
    await expect(screen.panel.getByRole('row', { name: /^products/ })).toBeVisible();
    await screen.panel.getByRole('button', { name: 'Move 3 stores' }).click();

    const result = screen.result('Moved to SQLite, shared tables');
    await expect(result).toContainText('3 stores');
    await expect(result.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
    await expect(screen.card('SQLite: Shared tables')).toContainText('in force');
    await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('sqlite/row');
    const shop = await server.ask(`fashion.localhost:${server.port}`, '/', { Accept: 'text/html' });
    expect(shop.status).toBe(200);

    await page.reload();
    await expect(result).toBeVisible();
    await expect(screen.history.getByRole('row').filter({ hasText: 'done' })).toHaveCount(1);
    expect(await severeFaults(page)).toEqual([]);

    await result.getByRole('button', { name: 'Drop what is kept' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Drop for good' }).click();
    await expect(screen.card('SQLite: A file per store')).toContainText('nothing here');
    await page.goto(`${server.console}stores/fashion?tab=data`);
    await expect(page.getByText('SQLite, shared tables')).toBeVisible();
  } finally {
    await server.stop();
  }
});

test('an address that cannot be used is explained, and its password is not shown again', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}backends?switch=postgres/row`);
  const { panel } = new BackendsScreen(page);
  await panel.getByRole('radio', { name: 'Another one, by its address' }).check();
  await panel.getByRole('textbox', { name: 'Address' }).fill('postgres://orion:hush@127.0.0.1:1/orion');
  await panel.getByRole('button', { name: 'Show the plan' }).click();

  await expect(panel.getByRole('alert')).toContainText('127.0.0.1:1');
  await expect(panel.getByText('postgres://orion:•••@127.0.0.1:1/orion')).toBeVisible();
  await expect(page.getByText('hush')).toHaveCount(0);
  // Back at the field the address can be corrected without being typed again.
  await panel.getByRole('button', { name: 'Back' }).click();
  await expect(panel.getByRole('textbox', { name: 'Address' })).toHaveValue(/127\.0\.0\.1/);
});

test("a store's tables can be looked through by mouse and by keys", async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}stores/orion?tab=data`);
  await expect(page.getByText('orion dbshell orion')).toBeVisible();
  await page.getByRole('link', { name: 'products', exact: true }).click();

  const grid = page.getByRole('table', { name: 'Rows of products' });
  await expect(grid.getByRole('columnheader', { name: /^key\s*id/ })).toContainText('uuid');
  await grid
    .getByRole('columnheader', { name: /^handle/ })
    .getByRole('button')
    .click();
  await expect(page).toHaveURL(/sort=handle$/);
  const handles = await grid.locator('tbody tr td:nth-child(4)').allTextContents();
  expect(handles).toEqual(handles.toSorted());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'products, row 2' })).toContainText(handles[1] ?? '');
  expect(await severeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  // Only the table scrolls to the side, never the page.
  await page.setViewportSize({ width: 400, height: 800 });
  const overflow = "document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth";
  expect(await page.evaluate(overflow)).toBe(0);
});

test('a limit is changed where it stands and set back', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}stores/techstore?tab=limits`);
  const requests = page.getByRole('listitem', { name: 'Requests' });
  await requests.getByRole('button', { name: 'Change' }).click();
  await requests.getByRole('textbox').fill('777');
  await requests.getByRole('textbox').press('Enter');
  await expect(requests).toContainText('777 a minute');

  await page.reload();
  await expect(requests).toContainText('777 a minute');
  await requests.getByRole('button', { name: 'Reset' }).click();
  await expect(requests).toContainText('the default');
});

/** A backend that the tests' server does not run on. */
const elsewhere = process.env['ORION_TEST_BACKEND'] === 'sqlite/row' ? 'sqlite/database' : 'sqlite/row';

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 1100],
  ['light', 400],
] as const) {
  test(`nobody is kept out: ${colorScheme}, ${width} pixels wide`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await signInToConsole(page, server);
    const { panel } = new BackendsScreen(page);
    for (const [path, shown] of [
      ['backends', 'A schema per store'],
      ['stores/fashion?tab=data', 'Migrations'],
      ['stores/fashion/data/products', 'Jeans'],
      ['stores/fashion?tab=limits', 'the default'],
      [`backends?switch=${elsewhere}`, 'Move every store to'],
    ] as const) {
      await page.goto(server.console + path);
      await expect(page.getByText(shown).first()).toBeVisible();
      expect.soft(await severeFaults(page), path).toEqual([]);
    }
    await panel.getByRole('button', { name: 'Show the plan' }).click();
    await expect(panel.getByText('What happens')).toBeVisible();
    expect.soft(await severeFaults(page), 'plan').toEqual([]);
  });
}

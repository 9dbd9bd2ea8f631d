/** The what-if box: the resolver that answers requests, asked without sending one. */
import { expect, signInToConsole, test } from './support/test.ts';

test('a question can be linked, and faults stand at their fields', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}routing?url=${encodeURIComponent(server.pathUrl('orion'))}`);
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('Orion Shop');

  await page.getByRole('textbox', { name: 'URL' }).fill('/no/host/at/all');

  await expect(page.getByText(/has no host/).first()).toBeVisible();
});

test('a URL dropped on the screen is asked about, and its patterns are marked in the table', async ({
  page,
  server,
}) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}routing`);
  const dataTransfer = await page.evaluateHandle('new DataTransfer()');
  await dataTransfer.evaluate(
    (transfer, url) => (transfer as { setData(type: string, text: string): void }).setData('text/uri-list', url),
    server.pathUrl('orion'),
  );
  await page.getByRole('form', { name: 'What if' }).dispatchEvent('drop', { dataTransfer });
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('Orion Shop');

  const patterns = page.getByRole('table', { name: 'Patterns' });
  await page.getByRole('textbox', { name: 'Filter patterns' }).fill('/storefront/orion');
  await expect(patterns.getByRole('row').filter({ hasText: '/storefront/orion/*' })).toContainText('answers');
  await page.getByRole('textbox', { name: 'Filter patterns' }).fill('admin.localhost/api/routes');
  await expect(patterns.getByRole('row').filter({ hasText: '/api/routes/check' })).toContainText('console-api');
});

test('pasted URLs become checks that are kept and say when one leads elsewhere', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}routing?view=checks`);
  await page.getByRole('button', { name: 'Paste URLs' }).first().click();
  await page
    .getByRole('textbox', { name: 'One URL a line' })
    .fill('http://techstore.localhost/products\nhttp://fashion.localhost/admin/');
  await page.getByRole('button', { name: 'Add 2 checks' }).click();
  await expect(page.getByText('2 as expected')).toBeVisible();

  await page.getByRole('combobox', { name: 'Store of check 2' }).click();
  await page.getByRole('option', { name: 'techstore' }).click();

  await expect(page.getByText('store: expected techstore, got fashion')).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('store: expected techstore, got fashion')).toBeVisible();
  for (const check of ['Remove check 2', 'Remove check 1']) await page.getByRole('button', { name: check }).click();
  await expect(page.getByRole('heading', { name: 'No check yet' }).or(page.getByText('No check yet'))).toBeVisible();
});

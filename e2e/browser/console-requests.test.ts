/** The request inspector: live, filtered, and explained down to the SQL. */
import { expect, signInToConsole, test } from './support/test.ts';

test('filters answer together, live, and in the address', async ({ page, server }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInToConsole(page, server);
  const marker = `filter-${Date.now()}`;
  for (const [host, path] of [
    [`techstore.localhost:${server.port}`, `/?${marker}`],
    [`techstore.localhost:${server.port}`, `/nothing-here?${marker}`],
    [`localhost:${server.port}`, `/storefront/orion?${marker}`],
  ] as const)
    await server.ask(host, path, { Accept: 'text/html' });
  await page.goto(`${server.console}requests?text=${marker}`);
  const rows = page.getByRole('row').filter({ hasText: marker });
  await expect(rows).toHaveCount(3);

  await page.getByText('4xx', { exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('404');
  expect(new URL(page.url()).searchParams.get('status')).toBe('4xx');

  await server.ask(`orion.localhost:${server.port}`, `/?${marker}-ok`, { Accept: 'text/html' });
  await server.ask(`orion.localhost:${server.port}`, `/gone?${marker}`, { Accept: 'text/html' });
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: `${marker}-ok` })).toHaveCount(0);

  await page.getByPlaceholder('Method, host or path').fill('nobody-asked-this');
  await expect(page.getByText('No request matches these filters')).toBeVisible();
});

test('rows are walked with the keyboard', async ({ page, server }) => {
  await signInToConsole(page, server);
  const marker = `keys-${Date.now()}`;
  for (const path of ['/one', '/two']) await server.ask(`fashion.localhost:${server.port}`, `${path}?${marker}`);
  await page.goto(`${server.console}requests?text=${marker}`);
  await expect(page.getByRole('row').filter({ hasText: marker })).toHaveCount(2);

  await page.getByRole('grid', { name: 'Requests' }).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/requests/*');
  // Shown, not only in the address: from now on the keys lead the detail along.
  await expect(page.getByRole('region', { name: 'Recorded details' })).toBeVisible();
  const first = page.url();
  await page.keyboard.press('j');
  await expect.poll(() => page.url()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/requests');
});

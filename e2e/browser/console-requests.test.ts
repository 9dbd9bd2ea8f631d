/** The request inspector: live, filtered, explained down to the SQL, sent again, compared and carried elsewhere. */
import { readFileSync } from 'node:fs';
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

test('a filter is a link, and is saved with a name', async ({ page, server }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInToConsole(page, server);
  const marker = `saved-${Date.now()}`;
  await server.ask(`techstore.localhost:${server.port}`, `/?${marker}`, { Accept: 'text/html' });
  await server.ask(`fashion.localhost:${server.port}`, `/?${marker}`, { Accept: 'text/html' });
  await page.goto(`${server.console}requests?text=${marker}&store=fashion&minMs=0&last=1h&role=anonymous`);
  const rows = page.getByRole('row').filter({ hasText: marker });
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Fashion Boutique');

  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByLabel('Name for the filters in force').fill(marker);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: `Copy the link to ${marker}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect.poll(() => new URL(page.url()).search).toBe('');

  // Kept by the server: there after a reload.
  await page.reload();
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('button', { name: marker, exact: true }).click();
  await expect(rows).toHaveCount(1);
  expect(new URL(page.url()).searchParams.get('store')).toBe('fashion');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('button', { name: `Delete ${marker}` }).click();
  await expect(page.getByText(`“${marker}” was deleted`)).toBeVisible();
});

test('a request is explained, and sent again to another store beside the first', async ({ page, server }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInToConsole(page, server);
  const marker = `again-${Date.now()}`;
  await server.ask(`techstore.localhost:${server.port}`, `/products/laptop?${marker}`, { Accept: 'text/html' });
  await page.goto(`${server.console}requests?text=${marker}`);
  await page.getByRole('row').filter({ hasText: marker }).click();

  await page.getByRole('tab', { name: 'Flow' }).click();
  await expect(page.getByText('3. Subdomain')).toBeVisible();
  await page.getByRole('tab', { name: /^SQL/ }).click();
  await page.getByRole('button', { name: 'Explain' }).first().click();
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText(/search|scan/i);

  await page.getByRole('button', { name: 'Send as' }).click();
  await page.getByRole('button', { name: 'Send to Fashion Boutique' }).click();
  await page.waitForURL('**/requests/*compare=*');
  const compared = page.getByRole('region', { name: 'Comparison' });
  await expect(compared.getByRole('article', { name: /^Left/ })).toContainText('TechStore');
  await expect(compared.getByRole('article', { name: /^Right/ })).toContainText('Fashion Boutique');
  await expect(compared.getByRole('row', { name: /x-store-code/ })).toContainText('techstore');
  await expect(compared.getByRole('region', { name: 'Body, line by line' })).toContainText('Fashion Boutique');
});

test('requests go out as a HAR file and come back in', async ({ page, server }, info) => {
  await signInToConsole(page, server);
  const marker = `har-${Date.now()}`;
  await server.ask(`orion.localhost:${server.port}`, `/?${marker}`, { Accept: 'text/html' });
  await page.goto(`${server.console}requests?text=${marker}`);
  const rows = page.getByRole('row').filter({ hasText: marker });
  await expect(rows).toHaveCount(1);

  await page.getByRole('button', { name: 'HAR files' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export 1 request as HAR' }).click(),
  ]);
  const file = info.outputPath('requests.har');
  await download.saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ log: { version: '1.2', entries: [{}] } });

  await page.getByLabel('HAR file', { exact: true }).setInputFiles(file);
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'imported' })).toHaveCount(1);
});

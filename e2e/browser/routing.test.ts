import { expect, test } from './support/test.ts';

test.describe('stores come and go while the server runs', () => {
  test('a store made by `orion store create` is open at once, empty and under its own name', async ({
    server,
    storefront,
    page,
  }) => {
    await page.goto(server.storeUrl('cinema-kiosk'));
    await expect(storefront.heading).toHaveText('No such store');

    await server.orion('store', 'create', 'Cinema Kiosk');
    try {
      await page.goto(server.storeUrl('cinema-kiosk'));
      await expect(page).toHaveTitle(/^Cinema Kiosk/);
      await expect(storefront.heading).toHaveText('Cinema Kiosk');
      await expect(storefront.main.getByText('The first products will appear here.')).toBeVisible();

      await storefront.open('cinema-kiosk', '/products', 'path');
      await expect(storefront.main.getByText('There are no products in this shop yet.')).toBeVisible();

      await page.goto(server.url);
      await expect(page.getByRole('link', { name: 'Cinema Kiosk' })).toBeVisible();
    } finally {
      await server.orion('store', 'delete', 'cinema-kiosk', '--permanently', '--yes');
    }
  });

  test('a store made from a catalogue has its goods, under its own name and look', async ({
    server,
    storefront,
    page,
  }) => {
    await server.orion('store', 'create', 'Second Orion', '--code', 'second', '--catalogue', 'orion');
    try {
      await storefront.open('second', '/products');
      await expect(page).toHaveTitle(/Second Orion$/);
      await expect(storefront.product('Stoneware Mug')).toBeVisible();
      expect(await page.locator('body').innerText()).not.toContain('Orion Shop');
    } finally {
      await server.orion('store', 'delete', 'second', '--permanently', '--yes');
    }
  });

  test('a deleted store is an unknown host at once, and its neighbours in spelling are named', async ({
    server,
    storefront,
    page,
  }) => {
    await server.orion('store', 'create', 'Fashions', '--code', 'fashions');
    await storefront.open('fashions');
    await expect(storefront.heading).toHaveText('Fashions');

    await server.orion('store', 'delete', 'fashions', '--permanently', '--yes');

    const response = await page.reload();
    expect(response?.status()).toBe(404);
    await expect(storefront.heading).toHaveText('No such store');
    await expect(page.getByRole('link', { name: 'fashion', exact: true })).toBeVisible();
    expect((await page.goto(server.pathUrl('fashions')))?.status()).toBe(404);
  });
});

test.describe('an unknown host explains itself', () => {
  test('with the stores of a similar name, and a way to them', async ({ server, page, storefront }) => {
    const response = await page.goto(server.storeUrl('techstor'));

    expect(response?.status()).toBe(404);
    await expect(page.getByText('No store has the address techstor.localhost.')).toBeVisible();
    await page.getByRole('link', { name: 'techstore', exact: true }).click();
    await expect(page).toHaveURL(server.storeUrl('techstore'));
    await expect(storefront.product('Laptop')).toBeVisible();
  });

  test('with every routing rule, what it looked at and why it lost', async ({ server, page }) => {
    await page.goto(server.storeUrl('nosuch'));

    const ladder = page.getByRole('table', { name: 'What each routing rule saw' });
    await expect(ladder.getByRole('rowheader')).toHaveText(['admin', 'custom domain', 'subdomain', 'path', 'header']);
    const subdomain = ladder.getByRole('row', { name: /^subdomain/ });
    await expect(subdomain).toContainText('no match');
    await expect(subdomain).toContainText('nosuch');
    await expect(subdomain).toContainText('no store has this subdomain');
    await expect(page.getByRole('heading', { name: 'Stores with a similar name' })).toHaveCount(0);
    await page.getByRole('link', { name: 'All stores of this platform' }).click();
    await expect(page).toHaveURL(server.url);
  });

  test('an unknown code in a path is answered the same way', async ({ server, page }) => {
    const response = await page.goto(server.pathUrl('fashon', '/products'));

    expect(response?.status()).toBe(404);
    await expect(page.getByText('No store has the code "fashon".')).toBeVisible();
    await expect(page.getByRole('link', { name: 'fashion', exact: true })).toBeVisible();
  });

  test('a name that only points to this machine gets 421, styled and with the reason', async ({
    server,
    playwright,
    launchOptions,
  }) => {
    const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP evil.test 127.0.0.1'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    try {
      const page = await browser.newPage();
      const failed: string[] = [];
      page.on('response', (response) => response.status() >= 400 && failed.push(new URL(response.url()).pathname));

      const response = await page.goto(`http://evil.test:${server.port}/`);

      expect(response?.status()).toBe(421);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This server does not answer for that address');
      await expect(page.getByText('Add it to a store as a custom domain')).toBeVisible();
      await expect(page.getByRole('row', { name: /^custom domain/ })).toContainText('no store has this domain');
      await page.waitForLoadState('load');
      expect(failed.filter((path) => path.startsWith('/assets/'))).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('names that merely look like the platform or the console get 421', async ({ server }) => {
    for (const host of ['evil.test', 'evillocalhost', 'techstore.localhost.evil.test', 'admin.localhost.evil.test']) {
      const answer = await server.ask(host, '/', { Accept: 'application/json' });
      expect([host, answer.status, answer.contentType]).toEqual([host, 421, 'application/problem+json']);
    }
  });
});

import { dashboardLink, expect, test } from './support/test.ts';

test.describe("a store's dashboard", () => {
  test('asks for a sign-in and says how to get one', async ({ page, server }) => {
    await page.goto(server.storeUrl('techstore', '/admin/'));

    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();
    await expect(page.getByText('npx orion store open techstore --dashboard')).toBeVisible();
  });

  test('opens by the link of `orion store open`, with the figures of its own store', async ({ page, server }) => {
    await page.goto(await dashboardLink(server, 'techstore'));

    await expect(page).toHaveURL(server.storeUrl('techstore', '/admin/'));
    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
    for (const [name, value] of [
      ['Products', '2'],
      ['Orders', '1'],
    ] as const) {
      // A definition list: the figure follows its name.
      const figure = page.getByRole('main').locator('dl > div').filter({ hasText: name });
      await expect(figure.getByRole('definition')).toHaveText(value);
    }
    await expect(page.getByRole('region', { name: 'Latest orders' })).toContainText('TECH001');
    await expect(page.getByRole('region', { name: 'Products' }).getByRole('rowheader')).toHaveText(['Laptop', 'Mouse']);
  });

  test("its session does not open another store's dashboard", async ({ page, context, server }) => {
    await page.goto(await dashboardLink(server, 'techstore'));
    const [cookie] = await context.cookies(server.storeUrl('techstore', '/admin/'));
    expect(cookie).toMatchObject({ domain: 'techstore.localhost', httpOnly: true, sameSite: 'Strict' });

    await page.goto(server.storeUrl('fashion', '/admin/'));
    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();

    // The same again with the cookie carried over by hand.
    await context.addCookies([
      { name: cookie?.name ?? '', value: cookie?.value ?? '', url: server.storeUrl('fashion') },
      { name: cookie?.name ?? '', value: cookie?.value ?? '', url: server.url },
    ]);
    for (const url of [server.storeUrl('fashion', '/admin/'), new URL('/store/fashion/', server.url).href]) {
      const carried = await page.goto(url);
      expect(carried?.status()).toBe(403);
      expect(await page.content()).not.toContain('FASH001');
    }
  });

  test("its link does not open another store's dashboard", async ({ page, server }) => {
    const link = await dashboardLink(server, 'techstore');

    await page.goto(link.replace('//techstore.', '//fashion.'));
    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();

    await page.goto(server.storeUrl('fashion', '/admin/'));
    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();
  });

  test('its link works from a page of another site, such as a mail program', async ({ page, server }) => {
    const link = await dashboardLink(server, 'techstore');
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1 }).evaluate((heading, url) => {
      (heading as { innerHTML: string }).innerHTML = `<a href="${url}">Your sign-in link</a>`;
    }, link);
    await page.getByRole('link', { name: 'Your sign-in link' }).click();

    await expect(page.getByRole('heading', { name: 'Dashboard' })).toBeVisible();
  });

  test('signing out ends the session', async ({ page, server }) => {
    await page.goto(await dashboardLink(server, 'techstore'));
    await page.getByRole('button', { name: 'Sign out' }).click();

    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();
    await page.goto(server.storeUrl('techstore', '/admin/'));
    await expect(page.getByRole('heading', { name: 'Staff sign-in' })).toBeVisible();
  });
});

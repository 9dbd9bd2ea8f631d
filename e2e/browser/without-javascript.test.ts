import { expect, test } from './support/test.ts';

test.use({ javaScriptEnabled: false });

test.describe('the storefront with JavaScript off', () => {
  test('browsing, choosing a variant and searching work', async ({ storefront, page }) => {
    await storefront.open('orion');
    await page.getByRole('banner').getByRole('link', { name: 'Tableware' }).click();
    await storefront.product('Stoneware Mug').click();
    await storefront.option('Glaze', 'Ink').click();
    await expect(storefront.price).toContainText('26.00');

    await page.getByRole('banner').getByRole('searchbox').fill('oak stool');
    await page.getByRole('banner').getByRole('button', { name: 'Search' }).click();
    await expect(storefront.heading).toHaveText('Results for “oak stool”');
    await storefront.product('Oak Stool').click();
    await expect(storefront.heading).toHaveText('Oak Stool');
  });

  test('sorting and paging work', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    await page.getByText('Sort', { exact: true }).click();
    await storefront.main.locator('a[href$="?sort=title-ascending"]').click();
    const titles = await storefront.productLinks.allInnerTexts();
    expect(titles).toEqual(titles.toSorted((a, b) => a.localeCompare(b, 'en')));

    await storefront.pages.getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(storefront.url('orion', '/products?sort=title-ascending&page=2'));
    await expect(storefront.productLinks.first()).toBeVisible();
  });

  for (const code of ['techstore', 'fashion', 'orion']) {
    test(`${code} fits a screen 360 px wide, and its menu opens`, async ({ storefront, page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      for (const path of ['/', '/products', '/search?q=zeppelin']) {
        await storefront.open(code, path);
        const width = await page.locator('html').evaluate((root) => (root as { scrollWidth: number }).scrollWidth);
        expect(width, `width of ${path}`).toBeLessThanOrEqual(360);
      }
      const menu = page.getByRole('navigation', { name: 'Main menu' });
      await expect(menu).toBeHidden();

      await page.getByRole('banner').locator('summary').filter({ hasText: 'Menu' }).click();

      await expect(menu).toBeVisible();
      await menu.getByRole('link').first().click();
      await expect(page).toHaveURL(storefront.url(code, '/products'));
    });
  }

  test('the console shows its way on after a sign-in link', async ({ page, server }) => {
    const { url } = (await server.orion('console')) as { url: string };
    await page.goto(url);
    await page.getByRole('link', { name: 'Go on' }).click();

    await expect(page.getByRole('heading', { name: 'The console needs JavaScript' })).toBeVisible();
  });
});

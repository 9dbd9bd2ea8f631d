import { expect, test } from './support/test.ts';

test.describe('search', () => {
  test('a word finds products by name, and keeps what was typed', async ({ storefront, page }) => {
    await storefront.open('orion', '/search');
    await storefront.search('stool');

    await expect(page).toHaveURL(storefront.url('orion', '/search?q=stool'));
    await expect(storefront.heading).toHaveText('Results for “stool”');
    await expect(storefront.searchField).toHaveValue('stool');
    await expect(storefront.product('Oak Stool')).toBeVisible();
  });

  test('several words must all be met, in any order and case', async ({ storefront }) => {
    await storefront.open('orion', '/search?q=linen');
    const linen = await storefront.productLinks.count();

    for (const query of ['linen cushion', 'CUSHION  Linen']) {
      await storefront.open('orion', '/search');
      await storefront.search(query);
      await expect(storefront.product('Linen Cushion')).toBeVisible();
      await expect(storefront.product('Linen Towel')).toHaveCount(0);
      expect(await storefront.productLinks.count()).toBeLessThan(linen);
    }
  });

  test('the search of the header works on every page', async ({ storefront, page }) => {
    await storefront.open('orion', '/pages/about');
    const field = page.getByRole('banner').getByRole('searchbox', { name: 'Search products' });
    await field.fill('lamp');
    await field.press('Enter');

    await expect(storefront.heading).toHaveText('Results for “lamp”');
    await expect(storefront.product('Bell Pendant Lamp')).toBeVisible();
  });

  test('nothing found says so and offers products', async ({ storefront, page }) => {
    await storefront.open('orion', '/search?q=zeppelin');

    await expect(storefront.main.getByText('Nothing matches “zeppelin”.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Worth a look' }).getByRole('link').first()).toBeVisible();
  });

  test('an empty search asks for a word instead of failing', async ({ storefront }) => {
    for (const query of ['', '?q=', '?q=%20%20']) {
      await storefront.open('orion', `/search${query}`);
      await expect(storefront.heading).toHaveText('Search');
      await expect(storefront.main.getByText('Look for a product')).toBeVisible();
    }
  });

  test("another store's products are never found", async ({ storefront }) => {
    await storefront.open('techstore', '/search?q=jeans');

    await expect(storefront.main.getByText('Nothing matches “jeans”.')).toBeVisible();
    await expect(storefront.product('Jeans')).toHaveCount(0);
  });

  for (const query of [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "' OR 1=1 --",
    '%',
    '_',
    '<%= 7*7 %>',
    '\\',
  ]) {
    test(`special characters are text, nothing else: ${query}`, async ({ storefront, page }) => {
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        return dialog.dismiss();
      });
      await storefront.open('orion', '/search');
      const pictures = await storefront.main.locator('img, script').count();
      await storefront.search(query);

      await expect(storefront.heading).toHaveText(`Results for “${query}”`);
      await expect(storefront.searchField).toHaveValue(query);
      await expect(storefront.main.getByText('Nothing matches')).toBeVisible();
      // The suggestions have pictures of their own, as many as before.
      expect(await storefront.main.locator('img, script').count()).toBe(pictures);
      expect(dialogs).toEqual([]);
    });
  }

  test('a query that no keyboard types, with a NUL in it, does not break the page', async ({ storefront, page }) => {
    const response = await page.goto(storefront.url('orion', '/search?q=oak%00stool'));

    expect(response?.status()).toBeLessThan(500);
    await expect(storefront.heading).not.toHaveText('Something went wrong');
  });
});

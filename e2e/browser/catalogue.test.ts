import { expect, test } from './support/test.ts';

test.describe('the catalogue of a rich store', () => {
  test('a shopper comes from the home page through a category to a product', async ({ storefront, page }) => {
    await storefront.open('orion');
    await page
      .getByRole('banner')
      .getByRole('navigation', { name: 'Main menu' })
      .getByRole('link', { name: 'Tableware' })
      .click();

    await expect(page).toHaveURL(storefront.url('orion', '/collections/tableware'));
    await expect(storefront.heading).toHaveText('Tableware');
    await expect(storefront.categories.getByRole('link', { name: /^Tableware/ })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await expect(storefront.product('Oak Stool')).toHaveCount(0);

    await storefront.product('Stoneware Mug').click();

    await expect(page).toHaveURL(storefront.url('orion', '/products/stoneware-mug'));
    await expect(storefront.heading).toHaveText('Stoneware Mug');
    await expect(page.getByRole('navigation', { name: 'You are here' }).getByRole('link')).toHaveText([
      'Home',
      'Tableware',
    ]);
  });

  test('each category lists as many products as it promises', async ({ storefront }) => {
    await storefront.open('orion', '/products');
    const links = await storefront.categories.getByRole('link', { name: /\d$/ }).all();
    const categories = await Promise.all(
      links.map(async (link) => ({ url: await link.getAttribute('href'), text: await link.innerText() })),
    );
    expect(categories.length).toBeGreaterThan(3);

    for (const { url, text } of categories) {
      await storefront.open('orion', url ?? '');
      await expect(storefront.productLinks).toHaveCount(Number(/\d+$/.exec(text.trim())?.[0]));
    }
  });

  test('the orders have names that people read', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    await page.getByText('Sort', { exact: true }).click();

    const labels = await storefront.main.locator('a[href*="sort="]').allInnerTexts();
    expect(labels.length).toBeGreaterThan(2);
    for (const label of labels) expect(label).not.toMatch(/sort\.|_/);
  });

  test('sorting by price orders the list, and its pages keep the order', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    await page.getByText('Sort', { exact: true }).click();
    await storefront.main.locator('a[href$="?sort=price-ascending"]').click();

    await expect(page).toHaveURL(storefront.url('orion', '/products?sort=price-ascending'));
    const first = await storefront.pricesInOrder();
    await storefront.pages.getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(storefront.url('orion', '/products?sort=price-ascending&page=2'));
    const prices = [...first, ...(await storefront.pricesInOrder())];

    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(new Set(prices).size).toBeGreaterThan(5);
  });

  test('paging shows every product once, 24 on a page', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    await expect(storefront.productLinks).toHaveCount(24);
    const total = Number(/of (\d+) products/.exec(await storefront.main.innerText())?.[1]);
    expect(total).toBeGreaterThan(24);
    const titles = await storefront.productLinks.allInnerTexts();

    await storefront.pages.getByRole('link', { name: 'Next' }).click();

    await expect(page).toHaveURL(storefront.url('orion', '/products?page=2'));
    await expect(storefront.pages.getByRole('link', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
    await expect(storefront.productLinks).toHaveCount(total - 24);
    titles.push(...(await storefront.productLinks.allInnerTexts()));
    expect(new Set(titles).size).toBe(total);

    await storefront.pages.getByRole('link', { name: 'Previous' }).click();
    await expect(page).toHaveURL(storefront.url('orion', '/products'));
  });

  test('a page beyond the last is not found', async ({ storefront, page }) => {
    const response = await page.goto(storefront.url('orion', '/products?page=99'));

    expect(response?.status()).toBe(404);
    await expect(storefront.heading).toHaveText('This page cannot be found');
  });
});

test.describe('a product page', () => {
  test('choosing a variant is a link that changes address, price and choice', async ({ storefront, page }) => {
    await storefront.open('orion', '/products/stoneware-mug');
    await expect(storefront.price).toContainText('24.00');
    await expect(storefront.option('Glaze', 'Chalk')).toHaveAttribute('aria-current', 'true');

    await storefront.option('Glaze', 'Ink').click();

    await expect(page).toHaveURL(storefront.url('orion', '/products/stoneware-mug?variant=MUG-INK'));
    await expect(storefront.price).toContainText('26.00');
    await expect(storefront.option('Glaze', 'Ink')).toHaveAttribute('aria-current', 'true');
    await expect(storefront.option('Glaze', 'Chalk')).not.toHaveAttribute('aria-current');

    await page.goBack();
    await expect(storefront.price).toContainText('24.00');
  });

  test('with two options, choosing one keeps the other', async ({ storefront, page }) => {
    await storefront.open('orion', '/products/dinner-plate');
    await storefront.option('Glaze', 'Moss').click();
    await expect(page).toHaveURL(/variant=PLATE-S-MOSS$/);

    await storefront.option('Size', 'Large').click();

    await expect(page).toHaveURL(/variant=PLATE-L-MOSS$/);
    await expect(storefront.option('Glaze', 'Moss')).toHaveAttribute('aria-current', 'true');
    await expect(storefront.price).toContainText('28.00');
  });

  test('a variant that is sold out says so, and can still be looked at', async ({ storefront }) => {
    await storefront.open('orion', '/products/everyday-bowl');
    await storefront.option('Glaze', 'Ink (sold out)').click();

    await expect(storefront.main.getByText('This version is sold out.')).toBeVisible();
  });

  test('by path, every choice stays below the path', async ({ storefront, page }) => {
    await storefront.open('orion', '/products/stoneware-mug', 'path');
    await storefront.option('Glaze', 'Ink').click();

    await expect(page).toHaveURL(storefront.url('orion', '/products/stoneware-mug?variant=MUG-INK', 'path'));
    await expect(storefront.price).toContainText('26.00');
  });
});

import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

test.describe('the keyboard alone', () => {
  for (const code of ['techstore', 'fashion', 'orion']) {
    test(`the first Tab in ${code} shows a link past the menu, which moves the focus to the content`, async ({
      storefront,
      page,
    }) => {
      await storefront.open(code);
      await page.keyboard.press('Tab');
      await expect(storefront.skipLink).toBeFocused();
      await expect(storefront.skipLink).toBeInViewport();

      await page.keyboard.press('Enter');

      await expect(storefront.main).toBeFocused();
      await page.keyboard.press('Tab');
      await expect(storefront.main.locator(':focus')).toHaveCount(1);
    });
  }

  test('the skip link of the landing page leads past the header', async ({ server, page }) => {
    await page.goto(server.url);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');

    await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
  });

  test('a product card can be reached and opened', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    const card = storefront.product('Stoneware Mug');
    await tabTo(page, async () => (await card.and(page.locator(':focus')).count()) === 1);
    await page.keyboard.press('Enter');

    await expect(storefront.heading).toHaveText('Stoneware Mug');
  });

  test('the order of the list can be changed, and Escape closes its menu', async ({ storefront, page }) => {
    await storefront.open('orion', '/products');
    const summary = storefront.main.locator('summary').filter({ hasText: 'Sort' });
    const choice = storefront.main.locator('a[href$="?sort=price-descending"]');
    await summary.focus();
    await page.keyboard.press('Enter');
    await expect(choice).toBeVisible();

    await page.keyboard.press('Escape');
    await expect(choice).toBeHidden();
    await expect(summary).toBeFocused();

    await page.keyboard.press('Space');
    await tabTo(page, async () => (await choice.and(page.locator(':focus')).count()) === 1);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(storefront.url('orion', '/products?sort=price-descending'));
  });
});

/** Presses Tab until the focus is where it should be; 60 times reach every product of the first page. */
async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await isThere()) return;
  }
  throw new Error('Tab never came there.');
}

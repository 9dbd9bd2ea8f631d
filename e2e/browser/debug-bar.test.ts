import { severeFaults } from './support/accessibility.ts';
import { expect, signInToConsole, test } from './support/test.ts';

test.describe('the debug bar of a storefront page', () => {
  test('says who answered, opens by keyboard, closes with Escape, and stays as it was left', async ({
    storefront,
    page,
  }) => {
    await storefront.open('fashion');
    const bar = page.getByRole('complementary', { name: 'Debug bar' });
    const pill = bar.getByRole('button', { name: /fashion/ });

    await expect(pill).toHaveText(/fashion subdomain · 200 · [\d.]+ ms · \d+ SQL/);
    await expect(bar.getByText('Why this store')).toBeHidden();
    await pill.press('Enter');
    await expect(bar.getByText('Why this store')).toBeVisible();
    await expect(bar.getByRole('listitem')).toHaveCount(5);
    expect(await severeFaults(page)).toEqual([]);
    await page.reload();
    await expect(bar.getByText('Why this store')).toBeVisible();
    await bar.getByRole('link', { name: 'Open this request' }).press('Escape');
    await expect(bar.getByText('Why this store')).toBeHidden();
    await expect(pill).toBeFocused();
  });

  test("leads to the page's own request in the console", async ({ server, storefront, page, context }) => {
    await signInToConsole(page, server);
    await storefront.open('fashion', '/products');
    const bar = page.getByRole('complementary', { name: 'Debug bar' });
    await bar.getByRole('button', { name: /fashion/ }).click();
    const opened = context.waitForEvent('page');

    await bar.getByRole('link', { name: 'Open this request' }).click();

    const console = await opened;
    await expect(console.getByText('fashion.localhost').first()).toBeVisible();
    await expect(console).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  });

  test('can be hidden for the tab, and is not drawn in frames', async ({ storefront, page }) => {
    await storefront.open('fashion');
    const bar = page.getByRole('complementary', { name: 'Debug bar' });
    await bar.getByRole('button', { name: /fashion/ }).click();
    await bar.getByRole('button', { name: 'Hide in this tab' }).click();
    await expect(bar).toHaveCount(0);

    await storefront.open('fashion', '/products');

    await expect(page.getByRole('contentinfo').first()).toBeVisible();
    await expect(bar).toHaveCount(0);
  });
});

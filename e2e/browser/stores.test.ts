import { readFixture } from './support/orion-server.ts';
import { expect, test } from './support/test.ts';

const demos = {
  techstore: { name: 'TechStore', products: ['Laptop', 'Mouse'], handle: 'laptop', other: 'fashion' },
  fashion: { name: 'Fashion Boutique', products: ['T-Shirt', 'Jeans'], handle: 'jeans', other: 'techstore' },
} as const;

for (const code of ['techstore', 'fashion'] as const) {
  const { name, products, handle, other } = demos[code];

  for (const mode of ['subdomain', 'path'] as const) {
    test(`${code} by ${mode} shows its own name, products and look, and nothing of ${other}`, async ({
      storefront,
      page,
    }) => {
      const failed: string[] = [];
      page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));

      await storefront.open(code, '/', mode);

      await expect(page).toHaveTitle(new RegExp(`^${name}`));
      await expect(page.getByRole('banner').getByRole('link', { name })).toBeVisible();
      await expect(storefront.heading).toHaveText(readFixture(code).hero.heading);
      for (const title of products) await expect(storefront.product(title)).toBeVisible();
      const shown = await page.locator('body').innerText();
      for (const foreign of [demos[other].name, ...demos[other].products]) expect(shown).not.toContain(foreign);
      await expect(page.locator('body')).toHaveCSS('background-color', rgb(code));
      expect(rgb(code)).not.toBe(rgb(other));
      await page.waitForLoadState('load');
      expect(failed).toEqual([]);
    });

    test(`no link of ${code} by ${mode} leads out of the store or of the way it was reached`, async ({
      storefront,
      page,
    }) => {
      for (const path of ['/', '/products', `/products/${handle}`, '/search?q=o']) {
        await storefront.open(code, path, mode);
        const links = page.getByRole('link');
        await expect(links.first()).toBeAttached();
        const targets = await links.evaluateAll((all) => all.map((link) => (link as { href?: string }).href ?? ''));
        const root = storefront.url(code, '/', mode);
        for (const target of targets) expect(target.startsWith(root), `${target} on ${path}`).toBe(true);
      }
    });

    test(`a product of ${other} is not found in ${code} by ${mode}, in the look of ${code}`, async ({
      storefront,
      page,
    }) => {
      const path = `/products/${demos[other].handle}`;

      const response = await page.goto(storefront.url(code, path, mode));

      expect(response?.status()).toBe(404);
      await expect(storefront.heading).toHaveText('This page cannot be found');
      await expect(page.getByRole('banner').getByRole('link', { name })).toBeVisible();
      await expect(storefront.product(products[0])).toBeVisible();
    });
  }
}

test('techstore and fashion are set in different type', async ({ storefront }) => {
  const fonts: string[] = [];
  for (const code of ['techstore', 'fashion']) {
    await storefront.open(code);
    fonts.push(await storefront.heading.evaluate((heading) => getComputedStyle(heading).fontFamily));
  }
  expect(fonts[0]).not.toBe(fonts[1]);
});

test('a picture of one store is not served to another', async ({ storefront, page, server }) => {
  await storefront.open('fashion', '/products/jeans');
  const source = await storefront.main.getByRole('img').first().getAttribute('src');
  expect(source).toMatch(/^\/media\//);

  const own = await page.goto(server.storeUrl('fashion', source ?? ''));
  const foreign = await page.goto(server.storeUrl('techstore', source ?? ''));

  expect([own?.status(), foreign?.status()]).toEqual([200, 404]);
});

/** `getComputedStyle` runs in the page. */
declare function getComputedStyle(element: unknown): { readonly fontFamily: string };

/** The store's background as browsers print colours. */
function rgb(code: keyof typeof demos): string {
  const hex = String(readFixture(code).theme.settings['color_background']);
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}

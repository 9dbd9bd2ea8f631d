import { severeFaults } from './support/accessibility.ts';
import { dashboardLink, expect, signInToConsole, test } from './support/test.ts';

/** One address a template; `{product}`, `{category}` and `{hit}` differ by store. */
const templates = {
  home: '/',
  'all products': '/products',
  category: '/collections/{category}',
  product: '/products/{product}',
  'search with results': '/search?q={hit}',
  'search without results': '/search?q=zeppelin',
  'empty search': '/search',
  page: '/pages/about',
  'not found': '/nothing/here',
  error: '/products?sort=sideways',
};

const stores = {
  techstore: { category: 'computers', product: 'laptop', hit: 'laptop' },
  fashion: { category: 'tops', product: 'jeans', hit: 'jeans' },
  orion: { category: 'tableware', product: 'dinner-plate', hit: 'linen' },
} as const;

test.describe('nobody is kept out by the pages of', () => {
  // Axe moves and measures everything: one page after the other, and all faults of a store at once.
  for (const [code, names] of Object.entries(stores)) {
    test(`${code}: every template, without serious faults`, async ({ storefront, page }) => {
      test.slow();
      for (const [template, pattern] of Object.entries(templates)) {
        const path = pattern.replace(/\{(\w+)\}/, (_all, name: keyof typeof names) => names[name]);
        await test.step(template, async () => {
          await storefront.open(code, path);
          expect.soft(await severeFaults(page), `${template} (${path})`).toEqual([]);
        });
      }
    });

    test(`${code} on a phone, with its menu open`, async ({ storefront, page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await storefront.open(code);
      expect.soft(await severeFaults(page), 'home').toEqual([]);
      await page.getByRole('banner').locator('summary').filter({ hasText: 'Menu' }).click();
      expect.soft(await severeFaults(page), 'menu').toEqual([]);
    });
  }

  test('a store without products', async ({ storefront, page, server }) => {
    await server.orion('store', 'create', 'Empty Shelves', '--code', 'empty-shelves');
    try {
      for (const path of ['/', '/products', '/search?q=a', '/nothing']) {
        await storefront.open('empty-shelves', path);
        expect.soft(await severeFaults(page), path).toEqual([]);
      }
    } finally {
      await server.orion('store', 'delete', 'empty-shelves', '--yes');
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the platform, in ${colorScheme} colours`, async ({ page, server }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      const check = async (name: string, url: string) => {
        await page.goto(url);
        expect.soft(await severeFaults(page), name).toEqual([]);
      };
      await check('landing page', server.url);
      await check('unknown host', server.storeUrl('techstor'));
      await check('console sign-in', server.console);
      await check('dashboard sign-in', server.storeUrl('techstore', '/admin/'));
      await signInToConsole(page, server);
      await check('console', server.console);
      await page.goto(await dashboardLink(server, 'techstore'));
      await check('dashboard', server.storeUrl('techstore', '/admin/'));
    });
  }
});

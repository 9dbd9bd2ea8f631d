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

/** Every screen of the console, and a text that is there once it is loaded. */
const consoleScreens = [
  { name: 'overview', path: '/', shown: 'All is well' },
  { name: 'stores', path: '/stores', shown: 'Fashion Boutique' },
  { name: 'create a store', path: '/stores?create=1', shown: 'Starting catalogue' },
  { name: 'deleted stores', path: '/stores?state=deleted', shown: 'No deleted stores' },
  { name: 'a store', path: '/stores/fashion', shown: 'Fashion Boutique' },
  { name: 'settings of a store', path: '/stores/fashion?tab=settings', shown: 'Fashion Boutique' },
  { name: 'data of a store', path: '/stores/fashion?tab=data', shown: 'Migrations' },
  { name: 'a table of a store', path: '/stores/orion/data/products', shown: 'Dinner Plate' },
  { name: 'limits of a store', path: '/stores/fashion?tab=limits', shown: 'the default' },
  { name: 'backends', path: '/backends', shown: 'A schema per store' },
  { name: 'switch', path: '/backends?switch=postgres/schema', shown: 'On which Postgres' },
  { name: 'a store that is not there', path: '/stores/nobody', shown: 'nobody' },
  { name: 'preview', path: '/preview', shown: 'px at' },
  { name: 'requests', path: '/requests', shown: 'Requests' },
  { name: 'routing', path: '/routing', shown: 'URL' },
  { name: 'what if', path: '/routing?url=http://techstore.localhost/', shown: 'TechStore' },
  { name: 'help', path: '/help', shown: 'When something does not work' },
  { name: 'nowhere', path: '/nowhere', shown: 'There is no such screen' },
] as const;

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
      await server.orion('store', 'delete', 'empty-shelves', '--permanently', '--yes');
    }
  });

  for (const [colorScheme, rules] of [
    ['light', 'all'],
    ['dark', 'contrast'],
  ] as const) {
    test(`the platform, in ${colorScheme} colours`, async ({ page, server }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      const check = async (name: string, url: string) => {
        await page.goto(url);
        expect.soft(await severeFaults(page, rules), name).toEqual([]);
      };
      await check('landing page', server.url);
      await check('unknown host', server.storeUrl('techstor'));
      await check('console sign-in', server.console);
      await check('dashboard sign-in', server.storeUrl('techstore', '/admin/'));
      await signInToConsole(page, server);
      await page.goto(await dashboardLink(server, 'techstore'));
      await check('dashboard', server.storeUrl('techstore', '/admin/'));
    });
  }

  for (const [colorScheme, width, rules] of [
    ['light', 1440, 'all'],
    ['dark', 1440, 'contrast'],
    ['light', 720, 'all but contrast'],
  ] as const) {
    test(`the console, in ${colorScheme} colours, ${width} pixels wide`, async ({ page, server }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await server.ask(`localhost:${server.port}`, '/storefront/fashion/products/jeans', { Accept: 'text/html' });
      await signInToConsole(page, server);
      for (const { name, path, shown } of consoleScreens) {
        await test.step(name, async () => {
          await page.goto(new URL(path, server.console).href);
          await expect(page.getByText(shown).first()).toBeVisible();
          expect.soft(await severeFaults(page, rules), name).toEqual([]);
        });
      }
      await page.goto(`${server.console}requests?text=jeans`);
      await page.getByRole('row').filter({ hasText: 'jeans' }).first().click();
      for (const tab of ['Why', 'Flow', 'Timeline', 'SQL', 'Request', 'Response', 'Logs']) {
        await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
        expect.soft(await severeFaults(page, rules), `request, ${tab}`).toEqual([]);
      }
      await page.keyboard.press('Control+k');
      await expect(page.getByPlaceholder('Search stores, screens, actions')).toBeVisible();
      expect.soft(await severeFaults(page, rules), 'palette').toEqual([]);
    });
  }
});

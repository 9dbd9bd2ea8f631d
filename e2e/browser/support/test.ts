import { type Browser, test as base, type Cookie, type Page } from '@playwright/test';
import { type OrionServer, startServer } from './orion-server.ts';
import { Storefront } from './storefront.ts';

export { expect } from '@playwright/test';

interface TestParts {
  /** Pages of a store in this test's browser page. */
  readonly storefront: Storefront;
}

interface WorkerParts {
  /** One server for all tests of a worker; a test that changes it puts things back. */
  readonly server: OrionServer;
}

/** Playwright's test with the server under test. */
export const test = base.extend<TestParts, WorkerParts>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  storefront: async ({ page, server }, use) => use(new Storefront(page, server)),
});

/** Signs the page's browser in to the console with a new one-time link. */
export async function signInToConsole(page: Page, server: OrionServer): Promise<void> {
  await page.goto(await consoleLink(server));
  await page.waitForURL(server.console);
}

/** Signs in to the console once, for pages of several tests that get these cookies. */
export async function consoleCookies(browser: Browser, server: OrionServer): Promise<Cookie[]> {
  const page = await browser.newPage();
  await signInToConsole(page, server);
  const cookies = await page.context().cookies();
  await page.close();
  return cookies;
}

/** A new one-time sign-in link to the console. */
export async function consoleLink(server: OrionServer): Promise<string> {
  return ((await server.orion('console')) as { url: string }).url;
}

/** A new one-time sign-in link to a store's dashboard. */
export async function dashboardLink(server: OrionServer, code: string): Promise<string> {
  return ((await server.orion('store', 'open', code, '--dashboard')) as { url: string }).url;
}

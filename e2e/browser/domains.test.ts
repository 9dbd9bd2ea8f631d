import type { Page } from '@playwright/test';
import { severeFaults } from './support/accessibility.ts';
import type { OrionServer } from './support/orion-server.ts';
import { dashboardLink, expect, signInToConsole, test } from './support/test.ts';

const DOMAIN = 'techshop.test';

/** Sets what the stand-in for the public DNS answers, as the console does. */
async function play(page: Page, server: OrionServer, scenario: string): Promise<void> {
  const status = await page.evaluate(
    async ([url, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(url, { method: 'PUT', headers, body })).status;
    },
    [`${server.console}api/rehearsal-dns/scenario`, JSON.stringify({ domain: DOMAIN, scenario })] as const,
  );
  expect(status).toBe(200);
}

test.describe("the owner's domain", () => {
  test.afterEach(async ({ server }) => {
    await server.orion('domain', 'remove', 'techstore', DOMAIN).catch(() => undefined);
  });

  test('is added, found wrong, put right, and then answers with the shop', async ({ page, context, server }) => {
    const consolePage = await context.newPage();
    await signInToConsole(consolePage, server);
    await page.goto(await dashboardLink(server, 'techstore'));
    await page.getByRole('link', { name: 'Domains' }).click();

    await page.getByLabel('Domain', { exact: true }).fill('co.uk');
    await page.getByRole('button', { name: 'Add domain' }).click();
    await expect(page.getByRole('alert')).toContainText('co.uk is a public suffix');
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('co.uk');

    await page.getByLabel('Domain', { exact: true }).fill(DOMAIN);
    await page.getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Add domain' }).click();
    await expect(page.getByRole('heading', { level: 1, name: DOMAIN })).toBeVisible();
    await expect(page.getByText('_orion-verify', { exact: true })).toBeVisible();
    expect(await severeFaults(page)).toEqual([]);

    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy the value of TXT' }).click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toMatch(/^orion-verify=[0-9a-f]{32}$/);

    await play(consolePage, server, 'wrong_token');
    await page.getByRole('button', { name: 'Check now' }).click();
    const checks = page.getByRole('region', { name: 'Last check' });
    await expect(checks).toContainText(`Expected${copied}`);
    await expect(checks).toContainText('Foundorion-verify=0123456789abcdef0123456789abcdef');
    expect((await server.ask(`${DOMAIN}:${server.port}`, '/')).status).toBe(421);

    await play(consolePage, server, 'correct');
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Verified', { exact: true })).toBeVisible();
    const answers = page.getByRole('heading', { name: 'The shop answers' });
    await expect(answers).toContainText('Done');

    const shop = await server.ask(`${DOMAIN}:${server.port}`, '/');
    expect(shop.status).toBe(200);
    expect(shop.text).toContain('TechStore');
  });
});

test.describe('without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

  test('the pages work and fit', async ({ page, server }) => {
    await server.orion('domain', 'add', 'techstore', DOMAIN);
    await page.goto(await dashboardLink(server, 'techstore'));
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('link', { name: 'Domains' }).click();
    await page.getByRole('link', { name: DOMAIN }).click();
    await page.getByRole('button', { name: 'Check now' }).click();

    await expect(page.getByRole('region', { name: 'Last check' })).toContainText('TXT record');
    // What nothing could copy is not offered.
    await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeHidden();
    expect(
      await page.locator('html').evaluate((root) => (root as { scrollWidth: number }).scrollWidth),
    ).toBeLessThanOrEqual(360);
    await page.getByText('Remove this domain').click();
    await page.getByRole('button', { name: `Remove ${DOMAIN}` }).click();

    await expect(page.getByText('The shop has no domain of its own yet.')).toBeVisible();
  });
});

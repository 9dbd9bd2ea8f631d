/** Stores side by side: real pages in their real width. */
import { expect, signInToConsole, test } from './support/test.ts';

test('all widths of one store at once, and the same page in both panes', async ({ page, server }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInToConsole(page, server);
  await page.goto(`${server.console}preview?left=orion:/products&view=widths`);
  await expect(page.locator('iframe')).toHaveCount(3);
  for (const [index, width] of [360, 768, 1280].entries()) {
    const frame = page.frameLocator('iframe').nth(index);
    await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await frame.locator('html').evaluate('innerWidth')).toBe(width);
  }

  await page.goto(`${server.console}preview?left=techstore:/products&right=fashion:/&same=1`);
  for (const pane of ['Left pane', 'Right pane']) {
    await expect(page.getByRole('region', { name: pane })).toContainText('/products');
  }
});

test('a previewed page cannot lead the console elsewhere', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}preview?left=techstore:/`);
  const frame = page.frame({ url: server.storeUrl('techstore') }) ?? (await page.waitForEvent('frameattached'));
  await page.frameLocator('iframe').first().getByRole('heading', { level: 1 }).waitFor();

  const left = await frame.evaluate(
    `(() => { try { top.location.href = 'http://example.com/'; return 'tried'; } catch { return 'refused'; } })()`,
  );

  expect(['refused', 'tried']).toContain(left);
  await expect(page.getByRole('heading', { level: 1, name: 'Preview' })).toBeVisible();
  expect(page.url()).toContain(server.console);
});

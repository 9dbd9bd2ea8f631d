import { expect, test } from './support/test.ts';

test.describe('the landing page', () => {
  test('lists every store, and each link opens its store', async ({ page, server }) => {
    for (const name of ['TechStore', 'Fashion Boutique', 'Orion Shop']) {
      await page.goto(server.url);
      await page.getByRole('listitem').getByRole('link', { name, exact: true }).click();
      await expect(page).toHaveTitle(new RegExp(`^${name}`));
    }
  });

  test('leads to the console, which asks for a sign-in', async ({ page, server }) => {
    await page.goto(server.url);
    await page.getByRole('link', { name: 'Open the console' }).click();

    await expect(page).toHaveURL(server.console);
    await expect(page.getByRole('heading', { name: 'Sign-in required' })).toBeVisible();
  });

  test('is JSON for who asks for JSON', async ({ server }) => {
    const answer = await server.ask(`localhost:${server.port}`, '/', { Accept: 'application/json' });

    expect([answer.status, answer.contentType]).toEqual([200, 'application/json; charset=utf-8']);
    expect(JSON.parse(answer.text)).toEqual({
      message: 'This is the public schema',
      info: `Access tenant sites using subdomain.localhost:${server.port}`,
      available_tenants: expect.arrayContaining([
        `http://techstore.localhost:${server.port}`,
        `http://fashion.localhost:${server.port}`,
        `http://orion.localhost:${server.port}`,
      ]),
    });
  });
});

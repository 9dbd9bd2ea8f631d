/** The what-if box: the resolver that answers requests, asked without sending one. */
import { expect, signInToConsole, test } from './support/test.ts';

test('a question can be linked, and faults stand at their fields', async ({ page, server }) => {
  await signInToConsole(page, server);
  await page.goto(`${server.console}routing?url=${encodeURIComponent(server.pathUrl('orion'))}`);
  await expect(page.getByRole('region', { name: 'Outcome' })).toContainText('Orion Shop');

  await page.getByRole('textbox', { name: 'URL' }).fill('/no/host/at/all');

  await expect(page.getByText(/has no host/).first()).toBeVisible();
});

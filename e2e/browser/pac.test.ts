/** A browser outside, told of the PAC file and of nothing else, reaches a custom domain that resolves nowhere. */
import { chromium } from '@playwright/test';
import { expect, signInToConsole, test } from './support/test.ts';

/** Of the demo store `orion`. */
const DOMAIN = 'orion.lu';

test('Chromium reaches a custom domain by the PAC file, without a port and without a hosts entry', async ({
  page,
  server,
}) => {
  await signInToConsole(page, server);
  const change = (isOn: boolean) =>
    page.evaluate<{ url: string }>(`fetch('/api/pac', {
      method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"isOn":${isOn}}',
    }).then((answer) => answer.json())`);
  const { url } = await change(true);
  const { args = [] } = test.info().project.use.launchOptions ?? {};
  const outside = await chromium.launch({
    // The headless shell reads no PAC file.
    executablePath: process.env['ORION_CHROMIUM'] ?? '',
    args: [...args, `--proxy-pac-url=${url}`],
  });
  try {
    const store = await outside.newPage();
    const answer = await store.goto(`http://${DOMAIN}/`);
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['x-store-code']).toBe('orion');

    // Links of the page stay on the address that was asked, without a port.
    await store.goto(`http://${DOMAIN}/products`);
    expect(store.url()).toBe(`http://${DOMAIN}/products`);
    const links = await store.evaluate<string[]>(`[...document.links].map(({ host }) => host)`);
    expect([...new Set(links)]).toEqual([DOMAIN]);
    // A name that no store has is not the proxy's.
    await expect(store.goto('http://nobody.invalid/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  } finally {
    await outside.close();
    await change(false);
  }
});
